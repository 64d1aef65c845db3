"""Papers as people add them to a letter, and as an attacker would."""

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from tests.appeals.letter_files import as_file, letter_content, pdf, png_header

NOTICE = pdf(letter_content())


def changed(change: Callable[[Pdf], object], raw: bytes = NOTICE) -> bytes:
    """The same file after something was done to it."""
    with Pdf.open(io.BytesIO(raw)) as opened:
        change(opened)
        return written(opened)


def written(opened: Pdf, **options: object) -> bytes:
    file = io.BytesIO()
    opened.save(file, **options)  # type: ignore[arg-type]
    return file.getvalue()


def javascript() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def launch() -> Dictionary:
    return Dictionary(S=Name.Launch, F="calc.exe")


def with_script(opened: Pdf) -> None:
    opened.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["start", opened.make_indirect(javascript())]))
    )


def with_open_action(opened: Pdf) -> None:
    opened.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([]), Next=Array([javascript()]))


def with_page_action(opened: Pdf) -> None:
    opened.pages[0].obj.AA = Dictionary(O=javascript())


def with_launching_link(opened: Pdf) -> None:
    opened.pages[0].obj.Annots = Array([note(opened, "/Link", A=launch())])


def with_dynamic_form(opened: Pdf) -> None:
    opened.Root.NeedsRendering = True
    opened.Root.AcroForm = Dictionary(Fields=Array(), XFA=Stream(opened, b"<xdp/>"))


def with_checked_field(opened: Pdf) -> None:
    """As the forms of insurers have it: a field that checks its own date."""
    field = note(opened, "/Widget", AA=Dictionary(K=javascript()), FT=Name.Tx, T="date")
    opened.pages[0].obj.Annots = Array([field])
    opened.Root.AcroForm = Dictionary(Fields=Array([field]))


def with_baggage(opened: Pdf) -> None:
    """An attachment, data about the file and a remark: nothing of it is seen on the page."""
    opened.attachments["secret.txt"] = pikepdf.AttachedFileSpec(opened, b"attached secret")
    opened.docinfo["/Author"] = "Sample Author"
    with opened.open_metadata() as data:
        data["dc:creator"] = ["Sample Author"]
    opened.pages[0].obj.PieceInfo = Dictionary(Sample=Dictionary(Private="private secret"))
    remark = note(opened, "/Text", Contents="remark secret")
    opened.pages[0].obj.Annots = Array([remark])


def note(opened: Pdf, kind: str, **entries: object) -> pikepdf.Object:
    made = Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=Array([10, 10, 90, 30]))
    for name, value in entries.items():
        made[f"/{name}"] = value
    return opened.make_indirect(made)


def locked(opened: Pdf) -> bytes:
    return written(opened, encryption=pikepdf.Encryption(user="open", owner="own"))


def with_content(content: bytes, **entries: object) -> bytes:
    """A page that draws this, as packed as it is given."""
    with Pdf.open(io.BytesIO(NOTICE)) as opened:
        drawn = Stream(opened, b"")
        drawn.write(content, **entries)  # type: ignore[arg-type]
        opened.pages[0].obj.Contents = drawn
        # Else what is packed twice is unpacked here and packed once.
        none = pikepdf.StreamDecodeLevel.none
        return written(opened, compress_streams=False, stream_decode_level=none)


def bomb(size: int = 1 << 30) -> bytes:
    """A page of a few kilobytes that unpacks to a gigabyte of spaces, packed twice."""
    packer = zlib.compressobj(9)
    chunk = b" " * (1 << 20)
    begun = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same megabyte is packed as the same bytes: no need to pack each.
    again = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(size >> 20):
        checksum = zlib.adler32(chunk, checksum)
    end = b"\x03\x00" + checksum.to_bytes(4, "big")
    packed = begun + again * ((size >> 20) - 1) + end
    filters = Array([Name.FlateDecode, Name.FlateDecode])
    return with_content(zlib.compress(packed, 9), filter=filters, decode_parms=Array([None, None]))


def picture_pdf(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """A scan: a page that is one picture."""

    def change(opened: Pdf) -> None:
        drawn = Stream(opened, b"")
        if kind == "JPEG":
            drawn.write(as_file(image, "JPEG", **options), filter=Name.DCTDecode)
        else:
            drawn.write(zlib.compress(image.tobytes()), filter=Name.FlateDecode)
        drawn.Type, drawn.Subtype = Name.XObject, Name.Image
        drawn.Width, drawn.Height = image.size
        drawn.BitsPerComponent = 8
        drawn.ColorSpace = Name.DeviceGray if image.mode == "L" else Name.DeviceRGB
        page = opened.pages[0].obj
        page.MediaBox = Array([0, 0, 612, 792])
        page.Resources = Dictionary(XObject=Dictionary(I=drawn))
        page.Contents = Stream(opened, b"q 612 0 0 792 0 0 cm /I Do Q")

    return changed(change)


def scans_pdf(count: int) -> bytes:
    """Pages as a scanner makes them, each of its own dots, at 200 to the inch."""
    with Pdf.new() as made:
        for number in range(count):
            noise = Image.effect_noise((85, 110), 40 + number).resize((1700, 2200))
            with Pdf.open(io.BytesIO(picture_pdf(noise, quality=30))) as page:
                made.pages.extend(page.pages)
        return written(made)


def huge_picture_pdf() -> bytes:
    def change(opened: Pdf) -> None:
        page = opened.pages[0].obj
        page.Resources.XObject.I.Width = 30_000
        page.Resources.XObject.I.Height = 30_000

    return changed(change, picture_pdf(Image.new("L", (10, 10))))


def pages_pdf(count: int) -> bytes:
    return pdf(*[letter_content()] * count)


HUGE_PNG = png_header(30_000, 30_000)
