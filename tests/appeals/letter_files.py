"""Files as people upload them, drawn here: small pages, so that Tesseract is quick."""

import struct
import zlib
from collections.abc import Iterable
from io import BytesIO

import pypdfium2
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

WIDTH, HEIGHT = 360, 216  # in points, 72 to the inch
LETTER = (
    "Sample Health Plan",
    "Notice date: March 14, 2026",
    "We reviewed the request for ketamine infusion",
    "and have decided that we cannot approve it.",
    "You may appeal within 180 days of this notice.",
    "Fax your appeal to 1-800-555-0199.",
)
IN_SPANISH = (
    "Plan de salud de muestra",
    "Usted tiene derecho a apelar esta decisión.",
    "La atención médica no está cubierta.",
    "Llame por teléfono mañana, señor.",
)


def text_at(x: float, y: float, text: str, *, matrix: str = "1 0 0 1", mode: int = 0) -> str:
    """One line of text for a page's content, from its lower left corner, in 12 points."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F 12 Tf {mode} Tr {matrix} {x} {y} Tm ({escaped}) Tj ET\n"


def letter_content(lines: Iterable[str] = LETTER, *, mode: int = 0) -> str:
    return "".join(
        text_at(30, HEIGHT - 35 - 22 * (row % 8), line, mode=mode) for row, line in enumerate(lines)
    )


def pdf_writer(*contents: str, to_unicode: str = "") -> PdfWriter:
    """A PDF with a page for each content, all in one font; `to_unicode` may garble its signs."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    if to_unicode:
        font[NameObject("/ToUnicode")] = writer._add_object(stream(to_unicode))  # noqa: SLF001
    fonts = DictionaryObject({NameObject("/F"): font})
    for content in contents:
        page = writer.add_blank_page(WIDTH, HEIGHT)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream(content))  # noqa: SLF001
    return writer


def stream(content: str) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(content.encode("cp1252"))
    return made


def saved(writer: PdfWriter) -> bytes:
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def pdf(*contents: str) -> bytes:
    return saved(pdf_writer(*contents))


def picture(content: str | None = None, *, dpi: int = 150) -> Image.Image:
    """A page as a scanner sees it, in gray; the PDF library brings the font."""
    page = pypdfium2.PdfDocument(pdf(letter_content() if content is None else content))[0]
    drawn: Image.Image = page.render(scale=dpi / 72, grayscale=True).to_pil()
    return drawn


def png(image: Image.Image) -> bytes:
    return as_file(image, "PNG")


def as_file(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def scan(image: Image.Image) -> bytes:
    """A PDF of one page that is a picture and nothing else."""
    return as_file(image, "PDF", resolution=150)


def with_scan_under(content: str, image: Image.Image, *, on_top: bool = False) -> bytes:
    """A page filled by a picture, and text that is drawn after it or, if it is on top, before."""
    writer = pdf_writer("")
    page = writer.pages[0]
    drawn = DecodedStreamObject()
    drawn.set_data(image.tobytes())
    drawn.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(image.width),
            NameObject("/Height"): NumberObject(image.height),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
        }
    )
    page["/Resources"][NameObject("/XObject")] = DictionaryObject(  # type: ignore[index]
        {NameObject("/I"): writer._add_object(drawn)}  # noqa: SLF001
    )
    shown = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q\n"
    page[NameObject("/Contents")] = writer._add_object(  # noqa: SLF001
        stream(content + shown if on_top else shown + content)
    )
    return saved(writer)


def filled_field(text: str) -> bytes:
    """A form with one field that was filled in, as the Medicare notices are."""
    writer = pdf_writer(letter_content(LETTER[:5]))
    page = writer.pages[0]
    look = stream(text_at(2, 5, text))
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(NumberObject, (0, 0, 200, 20))),
            NameObject("/Resources"): page["/Resources"],
        }
    )
    field = writer._add_object(  # noqa: SLF001
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Tx"),
                NameObject("/F"): NumberObject(4),
                NameObject("/Rect"): ArrayObject(map(NumberObject, (100, 30, 300, 50))),
                NameObject("/AP"): DictionaryObject(
                    {NameObject("/N"): writer._add_object(look)}  # noqa: SLF001
                ),
            }
        )
    )
    page[NameObject("/Annots")] = ArrayObject([field])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([field])}
    )
    return saved(writer)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds no picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
