"""The process that opens an upload: bytes on its input, JSON on its output, and no file touched.

What a hostile file can reach ends here: the process may write to no file, and its memory and its
time are short. Tesseract inherits the limits. `extract.py` starts it.
"""

import json
import os
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from appeals.notices.ocr import read_picture
from appeals.notices.pages import Letter, LetterError, Page, Refusal, packed
from appeals.notices.pdf_pages import open_pdf, pages_of
from appeals.notices.pictures import open_picture
from policies.confined import hold_limits

SECONDS_OF_WORK = 30
MEMORY = 1200 * 1024 * 1024  # a picture of the most pixels takes 800
_MOST_READERS = 4


def limit_itself() -> None:
    hold_limits(seconds=SECONDS_OF_WORK, memory=MEMORY)


def read(raw: bytes) -> Letter:
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_READERS)) as readers:
        if b"%PDF-" in raw[:1024]:
            found: list[Page | Future[Page]] = [
                page if isinstance(page, Page) else readers.submit(read_picture, page, number)
                for number, page in enumerate(pages_of(open_pdf(raw)), start=1)
            ]
        elif raw.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            found = [readers.submit(read_picture, open_picture(raw), 1)]
        else:
            raise LetterError(Refusal.NOT_A_LETTER)
        pages = tuple(page if isinstance(page, Page) else page.result() for page in found)
    if not any(page.lines for page in pages):
        raise LetterError(Refusal.NO_TEXT)
    return Letter(pages)


def answer(raw: bytes) -> dict[str, Any]:
    try:
        return {"pages": packed(read(raw))}
    except LetterError as error:
        return {"refusal": error.reason}


if __name__ == "__main__":
    limit_itself()
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
