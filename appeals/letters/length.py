"""How long a letter may be: nobody reads more to its end, and setting it takes time."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from math import ceil

from django.utils.translation import gettext as _

from appeals.letters.content import (
    Block,
    Boxes,
    Element,
    LetterContent,
    Paragraph,
    Sentence,
    Signature,
    Table,
    sentences_of,
)
from appeals.letters.edited_text import CELLS, WITHIN_CELL

# More than any block of ours has.
MOST_CHARACTERS, MOST_LINES = 6_000, 150
MOST_CHARACTERS_IN_ALL = 40_000
MOST_PAGES = 40
# Taken together with the room between them, and rather too few.
_LINES_ON_A_PAGE, _CHARACTERS_IN_A_LINE = 36, 90
_MOST_LINES_IN_ALL = MOST_PAGES * _LINES_ON_A_PAGE
_LINES_TO_SIGN = 4


class Measure(StrEnum):
    """What there is too much of."""

    CHARACTERS = "characters"
    LINES = "lines"
    CHARACTERS_IN_ALL = "characters_in_all"
    PAGES = "pages"


class EditsError(ValueError):
    """A letter, or a part of it, that is longer than it may be; `block` is where to shorten it."""

    def __init__(self, block: str, measure: Measure, length: int, most: int) -> None:
        super().__init__(f"{block}: {length} {measure}, at most {most}")
        self.block = block
        self.measure = measure
        self.length = length
        self.most = most

    @property
    def said(self) -> str:
        """What is wrong and what to do, in the language of the page."""
        match self.measure:
            case Measure.CHARACTERS:
                text = _("That is %(length)d characters. Shorten it to %(most)d.")
            case Measure.LINES:
                text = _(
                    "That is %(length)d lines, with each cell of a table as one. Shorten it to "
                    "%(most)d."
                )
            case Measure.CHARACTERS_IN_ALL:
                text = _(
                    "Your own words have %(length)d characters in all. Shorten them to %(most)d."
                )
            case Measure.PAGES:
                text = _(
                    "The letter would have about %(length)d pages, and we make no more than "
                    "%(most)d. Shorten it: this is its longest part."
                )
        return text % {"length": self.length, "most": self.most}


def too_long(texts: Mapping[str, str]) -> EditsError | None:
    """The first of the writer's texts that is too long; or the longest, where all are too much."""
    for block, text in texts.items():
        if len(text) > MOST_CHARACTERS:
            return EditsError(block, Measure.CHARACTERS, len(text), MOST_CHARACTERS)
        if is_too_long(text):
            return EditsError(block, Measure.LINES, lines_typed(text), MOST_LINES)
    in_all = sum(map(len, texts.values()))
    if in_all > MOST_CHARACTERS_IN_ALL:
        longest = max(texts, key=lambda one: len(texts[one]))
        return EditsError(longest, Measure.CHARACTERS_IN_ALL, in_all, MOST_CHARACTERS_IN_ALL)
    return None


def is_too_long(text: str) -> bool:
    """Whether a text is too long to be one part of a letter."""
    return len(text) > MOST_CHARACTERS or lines_typed(text) > MOST_LINES


def lines_typed(text: str) -> int:
    """Each line, and in a table each line of a cell: every one is set by itself.

    >>> lines_typed("Dose | Result\\n200 mg | None / no change\\n\\n")
    5
    """
    lines = [line for line in text.split("\n") if line.strip()]
    return sum(
        1 + (len(CELLS.findall(line)) + line.count(WITHIN_CELL) if CELLS.search(line) else 0)
        for line in lines
    )


def too_many_pages(content: LetterContent) -> EditsError | None:
    """Where to shorten a letter that would have too many pages, before any is laid out."""
    lengths = [(lines_of(one), one.id) for one in content.blocks]
    lines = sum(length for length, _id in lengths)
    if lines <= _MOST_LINES_IN_ALL:
        return None
    pages = ceil(lines / _LINES_ON_A_PAGE)
    return EditsError(max(lengths)[1], Measure.PAGES, pages, MOST_PAGES)


def lines_of(block: Block) -> int:
    """About how many lines a block takes, and rather too many."""
    return (1 if block.heading else 0) + sum(map(_lines, block.elements))


def _lines(element: Element) -> int:
    match element:
        case Table(columns, rows):
            width = _CHARACTERS_IN_A_LINE // len(columns) or 1
            return len(columns) + sum(_set(cell, width) or 1 for row in rows for cell in row)
        case Boxes(items):
            return len(items) + _set(sentences_of(element))
        case Signature(lines):
            return _LINES_TO_SIGN + _set(lines)
        case Paragraph(sentences):
            # They run on.
            characters = sum(len(one.text) + 1 for one in sentences)
            return 1 + ceil(characters / _CHARACTERS_IN_A_LINE)
    return 1 + _set(sentences_of(element))


def _set(sentences: Iterable[Sentence], width: int = _CHARACTERS_IN_A_LINE) -> int:
    return sum(ceil(len(one.text) / width) or 1 for one in sentences)
