"""A photo or a screenshot as a Letter page, and the large pictures of a PDF made smaller."""

import zlib
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageOps

from appeals.notices.pictures import opaque, open_upright
from appeals.packet.pages import add_page, saved
from appeals.packet.parts import Cleaned

# A Letter page at 200 dots per inch: a fax sends no more.
LONGEST = 2200
_SHORTEST = 1700
QUALITY = 80


def picture_page(raw: bytes) -> Cleaned:
    """A page with the picture upright on it; what a camera wrote beside it stays behind."""
    picture = shrunk(plain(open_upright(raw, mode=None, longest=LONGEST)))
    pdf = Pdf.new()
    drawn = _stream(pdf, picture)
    # The unit of a picture is its own width and height.
    form = Stream(pdf, f"q {picture.width} 0 0 {picture.height} 0 0 cm /Picture Do Q".encode())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, picture.width, picture.height])
    form.Resources = Dictionary(XObject=Dictionary(Picture=drawn))
    # A card or a screen is meant to be seen as it lies.
    add_page(pdf, form, (0, 0, picture.width, picture.height), may_turn=False)
    return Cleaned(saved(pdf), 1)


def plain(picture: Image.Image) -> Image.Image:
    """In gray if it was, else in color, and on white paper."""
    is_gray = picture.mode in ("1", "L", "LA", "I", "F") or picture.mode.startswith("I;16")
    return opaque(picture).convert("L" if is_gray else "RGB")


def shrunk(picture: Image.Image) -> Image.Image:
    """No finer than a fax shows."""
    is_wide = picture.width > picture.height
    box = (LONGEST, _SHORTEST) if is_wide else (_SHORTEST, LONGEST)
    if picture.width <= box[0] and picture.height <= box[1]:
        return picture
    return ImageOps.contain(picture, box, Image.Resampling.LANCZOS)


def as_jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _stream(pdf: Pdf, picture: Image.Image) -> Stream:
    """As JPEG, or without loss where that is smaller, as with a drawing or a screen of text."""
    jpeg, flat = as_jpeg(picture), zlib.compress(picture.tobytes(), 9)
    made = Stream(pdf, min(jpeg, flat, key=len))
    made.Type, made.Subtype = Name.XObject, Name.Image
    made.Width, made.Height = picture.size
    made.BitsPerComponent = 8
    made.ColorSpace = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    made.Filter = Name.FlateDecode if len(flat) < len(jpeg) else Name.DCTDecode
    return made
