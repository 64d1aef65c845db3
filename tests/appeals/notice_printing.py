"""Prints a sample notice, and makes of the print what a scanner, a tilted scanner or a fax does."""

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
from django.conf import settings
from PIL import Image, ImageChops, ImageFilter
from weasyprint import CSS, HTML

FONTS = Path(settings.STATICFILES_DIRS[0]) / "fonts"
FACES = "".join(
    f'@font-face {{ font-family: "{name}"; src: url("{(FONTS / file).as_uri()}") }}'
    for name, file in (
        ("Source Serif 4", "source-serif-4.woff2"),
        ("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next.woff2"),
    )
)
POINTS = 72
SCAN_DPI, FAX_DPI = 200, 204
TILT = 1.6


def printed(html: str) -> bytes:
    """The notice as a PDF with its text, as a member downloads it."""
    return bytes(HTML(string=html).write_pdf(stylesheets=[CSS(string=FACES)]))


def scanned(pdf: bytes) -> bytes:
    """Gray, a little soft and grainy, on paper that is not quite white."""
    return _pictured(pdf, SCAN_DPI, _as_scan)


def tilted(pdf: bytes) -> bytes:
    """The same from a sheet that lay at an angle."""
    return _pictured(
        pdf,
        SCAN_DPI,
        lambda page, seed: _as_scan(page, seed).rotate(
            TILT if seed % 2 else -TILT, Image.Resampling.BICUBIC, fillcolor=242
        ),
    )


def faxed(pdf: bytes) -> bytes:
    """Black and white dots, some lost and some stray."""
    return _pictured(pdf, FAX_DPI, _as_fax)


WAYS: tuple[Callable[[bytes], bytes], ...] = (scanned, tilted, faxed)


def _pictured(pdf: bytes, dpi: int, change: Callable[[Image.Image, int], Image.Image]) -> bytes:
    pages = [change(page, seed) for seed, page in enumerate(_pages(pdf, dpi))]
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pages[1:])
    return out.getvalue()


def _pages(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    document = pdfium.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=dpi / POINTS).to_pil().convert("L")
    document.close()


def _grain(size: tuple[int, int], seed: int) -> Image.Image:
    """The same at every run: a figure of the bench has to repeat."""
    width, height = size
    # Grain is no secret.
    dots = random.Random(seed).randbytes(width * height)  # noqa: S311
    return Image.frombytes("L", size, dots)


def _as_scan(page: Image.Image, seed: int) -> Image.Image:
    paper = page.point([min(value, 242) + 6 for value in range(256)])
    soft = paper.filter(ImageFilter.GaussianBlur(0.6))
    return Image.blend(soft, _grain(page.size, seed), 0.06)


def _as_fax(page: Image.Image, seed: int) -> Image.Image:
    black = page.point([255 if value > 150 else 0 for value in range(256)])
    grain = _grain(page.size, seed)
    stray = grain.point([0 if value == 0 else 255 for value in range(256)])
    lost = grain.point([255 if value == 255 else 0 for value in range(256)])
    return ImageChops.lighter(ImageChops.darker(black, stray), lost).convert("1")
