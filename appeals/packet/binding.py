"""The parts of a packet bound into one PDF, with bookmarks and a number on every page."""

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Dictionary, Name, OutlineItem, Pdf

from appeals.packet.pages import saved
from appeals.packet.parts import Cleaned, Part

_FONT = Name("/PacketNumber")
_SIZE = 10
# In the middle of the foot that `pages.py` leaves free; a printer reaches as far down.
_LEFT, _UP = 254, 20


def bind(parts: Sequence[Part], *, title: str, on: str, is_numbered: bool = True) -> Cleaned:
    """One PDF, in English, that says the same day however often it is made.

    Where it is not one packet, its pages stay as they are, without a number.
    """
    packet = Pdf.new()
    starts = []
    for part in parts:
        starts.append(len(packet.pages))
        with Pdf.open(BytesIO(part.pdf)) as pdf:
            packet.pages.extend(pdf.pages)
    _untag(packet)
    if is_numbered:
        _number(packet)
    _add_bookmarks(packet, parts, starts)
    packet.Root.Lang = "en"
    packet.Root.PageMode = Name.UseOutlines
    packet.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with packet.open_metadata(set_pikepdf_as_editor=False) as data:
        data["dc:title"] = title
        data["xmp:CreateDate"] = data["xmp:ModifyDate"] = f"{on}T00:00:00Z"
    return Cleaned(saved(packet), len(packet.pages))


def _untag(packet: Pdf) -> None:
    """Take out what points into a tree of tags that is not bound with the pages."""
    for page in packet.pages:
        for name in ("/StructParents", "/Tabs"):
            if name in page.obj:
                del page.obj[name]


def _number(packet: Pdf) -> None:
    """Write the number below what stands on each page, whatever that page did to the pen."""
    font = packet.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
    )
    for number, page in enumerate(packet.pages, start=1):
        page.add_resource(font, Name.Font, _FONT)
        text = f"Packet page {number} of {len(packet.pages)}"
        mark = f"BT {_FONT} {_SIZE} Tf 0 g {_LEFT} {_UP} Td ({text}) Tj ET"
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q /Artifact BMC q {mark} Q EMC".encode())


def _add_bookmarks(packet: Pdf, parts: Sequence[Part], starts: Sequence[int]) -> None:
    with packet.open_outline() as outline:
        for part, start in zip(parts, starts, strict=True):
            item = OutlineItem(part.title, start)
            if part.level and outline.root:
                outline.root[-1].children.append(item)
            else:
                outline.root.append(item)
