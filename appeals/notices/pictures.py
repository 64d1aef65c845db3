"""A photo or a scan, opened with care and cleaned until Tesseract can read it."""

from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageOps, ImageStat

from appeals.notices.pages import LetterError, Refusal

FORMATS = ("PNG", "JPEG")
MOST_PIXELS = 40_000_000
# A letter page at 270 dots per inch: more makes Tesseract slower, not surer.
_LONGEST_SIDE = 3000
_SHORT_SIDE = 1500

Image.MAX_IMAGE_PIXELS = MOST_PIXELS  # opening refuses twice as many before we can count


def open_picture(raw: bytes) -> Image.Image:
    """The picture in gray, turned as its camera says and no larger than it has to be."""
    return opaque(open_upright(raw, mode="L", longest=_LONGEST_SIDE)).convert("L")


def open_upright(raw: bytes, *, mode: str | None, longest: int) -> Image.Image:
    """The picture as its camera says; a JPEG is read about as large as is wanted."""
    try:
        picture = Image.open(BytesIO(raw), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise LetterError(Refusal.TOO_MANY_PIXELS)
        picture.verify()  # and is of no use after it
        picture = Image.open(BytesIO(raw), formats=FORMATS)
        picture.draft(mode, (longest, longest))
        return ImageOps.exif_transpose(picture)
    except Image.DecompressionBombError:
        raise LetterError(Refusal.TOO_MANY_PIXELS) from None
    # What Pillow's two decoders raise for a damaged file.
    except (OSError, SyntaxError, ValueError):
        raise LetterError(Refusal.BROKEN) from None


def opaque(picture: Image.Image) -> Image.Image:
    """Opaque, and of eight bits a color."""
    if picture.has_transparency_data:  # what shows through is paper, not black
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    if picture.mode.startswith("I;16"):  # converting alone would cut off all but the darkest
        picture = picture.point(lambda value: value / 256)
    return picture


def cleaned(gray: Image.Image) -> Image.Image:
    """Dark on white, straight, and of a size at which letters are 20 to 30 pixels tall."""
    return _straight(_flat(_grown(_smooth(_shrunk(gray)))))


def _shrunk(gray: Image.Image) -> Image.Image:
    if max(gray.size) <= _LONGEST_SIDE:
        return gray
    return ImageOps.contain(gray, (_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)


def _grown(gray: Image.Image) -> Image.Image:
    if max(gray.size) >= _SHORT_SIDE:
        return gray
    return ImageOps.scale(gray, 2, Image.Resampling.BICUBIC)


# How far the average pixel lies from its neighbors: clean text 1 to 5, a dithered fax 15 to 80.
_SPECKLED = 8
# A speck is this much darker than all eight pixels around it.
_LONE = 120


def _smooth(gray: Image.Image) -> Image.Image:
    """Turn the dots by which a fax shows gray back into gray; otherwise take lone specks away."""
    roughness = ImageChops.difference(gray, gray.filter(ImageFilter.MedianFilter(3)))
    if ImageStat.Stat(roughness).mean[0] > _SPECKLED:
        return gray.filter(ImageFilter.GaussianBlur(1))
    second_darkest = gray.filter(ImageFilter.RankFilter(3, 1))
    specks = ImageChops.subtract(second_darkest, gray).point([0] * _LONE + [255] * (256 - _LONE))
    return Image.composite(second_darkest, gray, specks)


def _flat(gray: Image.Image) -> Image.Image:
    """Divide by the paper: shadows and shaded boxes turn white, and the ink stays."""
    eighth = (max(1, gray.width // 8), max(1, gray.height // 8))
    paper = gray.resize(eighth, Image.Resampling.BOX)
    paper = paper.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6))
    darkest = ImageStat.Stat(paper).extrema[0][0]
    if darkest > 235:
        return gray
    flat = ImageMath.lambda_eval(
        lambda the: the["convert"](
            the["min"](the["ink"] * 255 / the["max"](the["paper"], 1), 255), "L"
        ),
        ink=gray,
        paper=paper.resize(gray.size, Image.Resampling.BILINEAR),
    )
    return ImageOps.autocontrast(flat, cutoff=(0.5, 0.5))


_MOST_SKEW = 6.0
_LEAST_SKEW = 0.2


def _straight(gray: Image.Image) -> Image.Image:
    """Turn the page by the few degrees at which its rows stand out most sharply."""
    ink = ImageOps.contain(ImageOps.invert(gray), (800, 800), Image.Resampling.BOX)
    best, step = 0.0, 1.0
    reach = _MOST_SKEW
    while step > 0.1:
        count = round(reach / step)
        angles = [best + step * part for part in range(-count, count + 1)]
        best = max(angles, key=lambda angle: _sharpness(ink, angle))
        reach, step = step, step / 4
    if abs(best) < _LEAST_SKEW:
        return gray
    return gray.rotate(best, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def _sharpness(ink: Image.Image, angle: float) -> float:
    """How much one row differs from the next, and one column: a page on its side counts too."""
    turned = ink.rotate(angle, Image.Resampling.BILINEAR).convert("F")
    rows = turned.resize((1, turned.height), Image.Resampling.BOX)
    columns = turned.resize((turned.width, 1), Image.Resampling.BOX)
    return sum(
        (one - other) ** 2
        for sums in (rows, columns)
        for one, other in pairwise(memoryview(sums.tobytes()).cast("f"))
    )
