"""What an uploaded letter is read into, or why it can't be read."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_BYTES = 10 * 1024 * 1024
MOST_PAGES = 12


class Refusal(StrEnum):
    """Why an upload can't be read; `refusals.py` says it to people."""

    TOO_LARGE = "too_large"
    NOT_A_LETTER = "not_a_letter"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOOK_TOO_LONG = "took_too_long"
    NO_TEXT = "no_text"
    NO_READER = "no_reader"
    BUSY = "busy"


class LetterError(Exception):
    """An upload that can't be read, with the `reason`."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its box, in fractions of the page as it is read: upright and straightened."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """What stands side by side, however wide the gaps; the boxes tell columns apart."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """One page; `sureness` is 1 for text that stood in the file, else what Tesseract says of it."""

    number: int
    lines: tuple[Line, ...]
    is_scanned: bool
    sureness: float


@dataclass(frozen=True, slots=True)
class Letter:
    pages: tuple[Page, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for page in self.pages for line in page.lines)


def placed_word(text: str, left: float, top: float, right: float, bottom: float) -> Word | None:
    """A word with its signs in their plain form (`ﬁ` as `fi`), if any part of it is on the page."""
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if not is_unreadable(sign)
    ).strip()
    left, top, right, bottom = (round(min(max(x, 0), 1), 5) for x in (left, top, right, bottom))
    if plain and left < right and top < bottom:
        return Word(plain, left, top, right, bottom)
    return None


def is_unreadable(sign: str) -> bool:
    """Whether a sign says nothing: control, private use, half a pair, unassigned, replacement."""
    return sign == "\N{REPLACEMENT CHARACTER}" or unicodedata.category(sign)[0] == "C"


def packed(letter: Letter) -> list[Any]:
    """The letter as JSON takes it from the child process to its parent."""
    return [
        {
            "is_scanned": page.is_scanned,
            "sureness": page.sureness,
            "lines": [
                [[word.text, word.left, word.top, word.right, word.bottom] for word in line.words]
                for line in page.lines
            ],
        }
        for page in letter.pages
    ]


def unpacked(pages: list[Any]) -> Letter:
    """The letter from the child's JSON; what isn't one raises the errors of a wrong shape."""
    return Letter(
        tuple(
            Page(
                number=number,
                lines=tuple(Line(tuple(map(_unpacked_word, line))) for line in page["lines"]),
                is_scanned=bool(page["is_scanned"]),
                sureness=float(page["sureness"]),
            )
            for number, page in enumerate(pages, start=1)
        )
    )


def _unpacked_word(parts: list[Any]) -> Word:
    text, left, top, right, bottom = parts
    word = placed_word(text, left, top, right, bottom)
    if word is None:
        raise ValueError("A word has its text and its place on the page.")
    word.text.encode()  # half a sign can't be shown on a page
    return word
