"""The pictures in a PDF made no finer than a fax shows, and freed of what a camera wrote."""

import pikepdf
from pikepdf import Array, Name, Object, Pdf, PdfImage, Stream

from appeals.notices.pictures import MOST_PIXELS
from appeals.packet.parts import PacketError, PacketRefusal
from appeals.packet.pictures import LONGEST, as_jpeg, plain, shrunk

# A picture is taken to fill its page: one this large may stay, and so may one of few bytes.
_FINE = round(LONGEST * 1.15)
_FEW_BYTES = 300_000
# What can be undone and done again without a change of color that is seen.
_FILTERS = (Name.DCTDecode, Name.FlateDecode)


def shrink_pictures(pdf: Pdf) -> None:
    """Every picture of the file that is too fine or badly packed; PacketError for a bomb."""
    for one in pdf.objects:
        if not isinstance(one, Stream) or one.get("/Subtype") != Name.Image:
            continue
        if int(one.get("/Width", 0)) * int(one.get("/Height", 0)) > MOST_PIXELS:
            raise PacketError(PacketRefusal.TOO_MANY_PIXELS)
        if _is_plain(one) and _is_worth_it(one):
            _shrink(one)
        if one.get("/Filter") == Name.DCTDecode:
            one.write(without_notes(one.read_raw_bytes()), filter=Name.DCTDecode)


def _is_plain(picture: Stream) -> bool:
    """Whether it is gray or of three colors, of eight bits, and shown as it is."""
    if picture.get("/ImageMask", False) or "/Decode" in picture or "/Mask" in picture:
        return False
    space = picture.get("/ColorSpace")
    if isinstance(space, Array) and len(space) == 2 and space[0] == Name.ICCBased:
        is_known = space[1].get("/N") in (1, 3)
    else:
        is_known = space in (Name.DeviceGray, Name.DeviceRGB)
    return is_known and picture.get("/BitsPerComponent") == 8 and _filter(picture) in _FILTERS


def _filter(picture: Stream) -> Object | None:
    found = picture.get("/Filter")
    if isinstance(found, Array):
        return found[0] if len(found) == 1 else None
    return found


def _is_worth_it(picture: Stream) -> bool:
    if max(int(picture.Width), int(picture.Height)) > _FINE:
        return True
    packed = len(picture.read_raw_bytes())
    return _filter(picture) == Name.FlateDecode and packed > _FEW_BYTES


def _shrink(picture: Stream) -> None:
    """Pack it anew, if that makes it smaller; what Pillow can't open stays as it is."""
    try:
        opened = shrunk(plain(PdfImage(picture).as_pil_image()))
    except (pikepdf.PdfError, pikepdf.UnsupportedImageTypeError, OSError, ValueError):
        return
    jpeg = as_jpeg(opened)
    if len(jpeg) >= len(picture.read_raw_bytes()):
        return
    for name in ("/DecodeParms", "/Intent"):
        if name in picture:
            del picture[name]
    picture.write(jpeg, filter=Name.DCTDecode)
    picture.Width, picture.Height = opened.size
    picture.ColorSpace = Name.DeviceGray if opened.mode == "L" else Name.DeviceRGB


_NOTES = frozenset((0xE1, 0xED, 0xFE))  # Exif and XMP, Photoshop's, and remarks
_SCAN = 0xDA


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG without the place, the time and the camera that it may tell of.

    >>> without_notes(bytes.fromhex("ffd8 ffe1 0004 4142 ffda 0002 00")).hex(" ")
    'ff d8 ff da 00 02 00'
    """
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != _SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] not in _NOTES:
            kept.append(jpeg[at:end])
        at = end
    return b"".join((*kept, jpeg[at:]))
