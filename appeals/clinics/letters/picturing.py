"""Pages of a letter as pictures, so that whoever signs sees them where they sign."""

from io import BytesIO
from threading import Lock

import pypdfium2

SCALE = 1.6
"""Some 115 dots per inch: as large as the page is shown."""
# PDFium works for one thread at a time. It opens only what we made ourselves; what strangers made
# goes to a process apart.
_ONE_AT_A_TIME = Lock()


def count_pages(pdf: bytes) -> int:
    """How many pages there are."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as opened:
        return len(opened)


def picture_of(pdf: bytes, page: int) -> bytes:
    """A page as PNG, the first being 1; IndexError where there is none of that number."""
    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as opened:
        if not 1 <= page <= len(opened):
            raise IndexError(page)
        picture = opened[page - 1].render(scale=SCALE).to_pil()
    file = BytesIO()
    picture.convert("L").save(file, "PNG", optimize=True)
    return file.getvalue()
