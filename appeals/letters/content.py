"""A letter as finished words: blocks of sentences, and what each sentence rests on.

Nothing here knows how a letter is composed or set; a template, a PDF and a Word file show the same
blocks in the same order.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Origin(StrEnum):
    """What a sentence can rest on.

    `form` is the anatomy of the document: what a sentence of that kind always says, as a request or
    a closing. It carries no number, date, drug or law.
    """

    FACT = "fact"
    FINDING = "finding"
    QUOTE = "quote"
    POSITION = "position"
    STUDY = "study"
    RIGHT = "right"
    STAGE = "stage"
    REASON = "reason"
    LAW = "law"
    FORM = "form"


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """One thing that a sentence rests on, by an id that `provenance.resolve` finds again."""

    origin: Origin
    id: str

    def __str__(self) -> str:
        return f"{self.origin}:{self.id}"


@dataclass(frozen=True, slots=True)
class Gap:
    """A fact that the letter needs and nobody told: printed as a mark, listed to be filled in.

    `short` is the mark's own text, where what stands beside it says the rest; no two in a letter
    have the same.
    """

    id: str
    label: str
    short: str = ""

    @property
    def mark(self) -> str:
        return f"[{self.short or self.label}]"


@dataclass(frozen=True, slots=True)
class Told:
    """Words to put into a sentence, and what they rest on."""

    text: str
    rests_on: tuple[Basis, ...]


Piece: TypeAlias = str | Gap


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finished sentence, or a line of a table or list; `pieces` are its words and its gaps."""

    pieces: tuple[Piece, ...]
    rests_on: tuple[Basis, ...]

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.mark for one in self.pieces)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(one for one in self.pieces if isinstance(one, Gap))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that run on."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines under one another, as an address has; `is_strong` for the subject of a letter."""

    lines: tuple[Sentence, ...]
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what stands beside each: the reference block."""

    rows: tuple[tuple[str, Sentence], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or not; each item is some sentences."""

    items: tuple[tuple[Sentence, ...], ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; a cell is some sentences, each on its own line."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Sentence, ...], ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes that only the signer may tick: they are never printed ticked."""

    items: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Where the signer signs: the lines beneath stay together with the line for the name."""

    lines: tuple[Sentence, ...]
    wants_date: bool = True


Element: TypeAlias = Paragraph | Lines | Facts | Items | Table | Boxes | Signature


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter with its place in the anatomy; `is_authors` marks the writer's own words.

    What the writer changed rests on nothing that we checked.
    """

    id: str
    heading: str
    elements: tuple[Element, ...]
    is_authors: bool = False


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A paper that goes with the letter, under the number by which the letter names it."""

    number: int
    id: str
    label: str
    is_on_hand: bool


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A whole document, finished: what is printed, word for word, and in this order.

    `running` stands in the header of every page with its number. `language` is that of the words:
    the copy that is sent is English, a copy to read along may be another's.
    """

    kind: str
    voice: str
    title: str
    language: str
    on: dt.date
    running: Sentence
    blocks: tuple[Block, ...]
    enclosures: tuple[Enclosed, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is still to be filled in, each once, in the order of the letter."""
        found = {gap.id: gap for one in sentences(self) for gap in one.gaps}
        return tuple(found.values())

    @property
    def is_draft(self) -> bool:
        """Whether something is missing: such a letter says so on every page."""
        return bool(self.gaps)

    @property
    def is_reading_copy(self) -> bool:
        """Whether it is only to read along: the one that is sent is English."""
        return self.language != "en"


def sentences(content: LetterContent) -> Iterator[Sentence]:
    """Every sentence of a letter in order, the writer's own words included."""
    yield content.running
    for block in content.blocks:
        for element in block.elements:
            yield from sentences_of(element)


def sentences_of(element: Element) -> Iterator[Sentence]:
    """The sentences of one element, in reading order."""
    match element:
        case Paragraph(found) | Lines(found) | Signature(found):
            yield from found
        case Facts(rows):
            yield from (one for _, one in rows)
        case Items(items) | Boxes(items):
            yield from (one for item in items for one in item)
        case Table():
            yield from (one for row in element.rows for cell in row for one in cell)
