"""The process that opens an attached file: bytes on its input, JSON on its output.

What a hostile file can reach ends here: the process may write to no file, and its memory and its
time are short. `extract.py` starts it.
"""

import json
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from policies.confined import hold_limits
from policies.copies import MOST_PAGES, MOST_SIGNS, CopyError, CopyRefusal

SECONDS_OF_WORK = 60
MEMORY = 1200 * 1024 * 1024
PDF = b"%PDF-"
WEB = (".html", ".htm")
SPACES = re.compile(r"\s+")
# PDFium's signs for a hyphen that breaks a word at the end of a line.
BREAKS = re.compile("[\x02\ufffe]")


def read(name: str, raw: bytes) -> list[str]:
    """The text of each page; a page of the web is one."""
    name = name.lower()
    if PDF in raw[:1024]:
        return list(_limited(_pdf_pages(raw)))
    if name.endswith(".pdf"):
        raise CopyError(CopyRefusal.NOT_A_PDF)
    if not name.endswith((*WEB, ".txt")) or b"\x00" in raw:
        raise CopyError(CopyRefusal.NOT_A_DOCUMENT)
    text = _decoded(raw)
    return list(_limited(iter([_web_text(text) if name.endswith(WEB) else text])))


def _limited(pages: Iterator[str]) -> Iterator[str]:
    room = MOST_SIGNS
    for page in pages:
        room -= len(page)
        if room < 0:
            raise CopyError(CopyRefusal.TOO_MUCH_TEXT)
        yield page


def _pdf_pages(raw: bytes) -> Iterator[str]:
    try:
        pdf = pypdfium2.PdfDocument(raw)
        if len(pdf) > MOST_PAGES:
            raise CopyError(CopyRefusal.TOO_MANY_PAGES)
        for index in range(len(pdf)):
            yield BREAKS.sub("-\n", pdf[index].get_textpage().get_text_range(errors="replace"))
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise CopyError(CopyRefusal.ENCRYPTED if locked else CopyRefusal.BROKEN) from None


def _decoded(raw: bytes) -> str:
    """Text as most files hold it, or as old ones of Windows do."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


class _WebText(HTMLParser):
    """The words of a page of the web, with a line for each block."""

    UNSEEN = ("script", "style", "head", "template", "noscript", "svg")
    WITHIN_A_LINE = ("a", "abbr", "b", "em", "i", "mark", "q", "small", "span", "strong", "u")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.unseen: list[str] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.UNSEEN:
            self.unseen.append(tag)
        elif tag not in self.WITHIN_A_LINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag) :]
        elif tag not in self.WITHIN_A_LINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(SPACES.sub(" ", data))


def _web_text(text: str) -> str:
    reader = _WebText()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)


def answer(given: bytes) -> dict[str, Any]:
    name, _, raw = given.partition(b"\n")
    try:
        return {"pages": read(name.decode("utf-8", errors="replace"), raw)}
    except CopyError as error:
        return {"refusal": error.reason}


if __name__ == "__main__":
    hold_limits(seconds=SECONDS_OF_WORK, memory=MEMORY)
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
