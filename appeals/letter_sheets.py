"""What the templates of the printed letter are given: the content, part by part, with its places.

A template can't ask of what kind an element is; here each gets the name of the one that sets it.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.letters.content import (
    Block,
    Boxes,
    Element,
    Facts,
    Items,
    LetterContent,
    Lines,
    Paragraph,
    Sentence,
    Signature,
    Table,
)
from policies.language import is_unreviewed
from policies.wording.dates import date

# What finds the file is set two to a row from so many on, where both fit into half a line.
PAIRS = "pairs"
_REFERENCE = ("reference", "employer_reference")
_MANY_FACTS, _SHORT_LABEL, _SHORT_VALUE = 6, 18, 20
# The block that may list the enclosures itself.
ENCLOSURES = "enclosures"
CLINICIAN = "clinician"
DRAFT = N_("DRAFT: not ready to send")
READ_ALONG = N_("To read along only: the letter that is sent is the one in English.")
# The template of each kind of element.
PARTS: Mapping[type[Element], str] = {
    Paragraph: "paragraph",
    Lines: "lines",
    Facts: "facts",
    Items: "items",
    Table: "table",
    Boxes: "boxes",
    Signature: "signature",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A line that every page begins with, and the language it is in."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Facts two to a row; one that is long, or without a neighbor, has a row to itself."""

    rows: tuple[tuple[tuple[str, Sentence], ...], ...]

    @classmethod
    def of(cls, facts: Facts) -> "Pairs":
        rows: list[tuple[tuple[str, Sentence], ...]] = []
        for fact in facts.rows:
            if _is_short(fact) and rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]):
                rows[-1] = (*rows[-1], fact)
            else:
                rows.append((fact,))
        return cls(tuple(rows))


def _is_short(fact: tuple[str, Sentence]) -> bool:
    label, sentence = fact
    return len(label) <= _SHORT_LABEL and len(sentence.text) <= _SHORT_VALUE


@dataclass(frozen=True, slots=True)
class PartSheet:
    """One element, and the name of the template that sets it."""

    name: str
    element: Element

    @property
    def template(self) -> str:
        return f"appeals/letter/_{self.name}.html"

    @property
    def given(self) -> Element | Pairs:
        """What the template is given."""
        if self.name == PAIRS and isinstance(self.element, Facts):
            return Pairs.of(self.element)
        return self.element


@dataclass(frozen=True, slots=True)
class BlockSheet:
    """A block, its parts, and whether the index of enclosures belongs under them."""

    id: str
    heading: str
    parts: tuple[PartSheet, ...]
    has_index: bool

    @property
    def is_signed(self) -> bool:
        return any(isinstance(one.element, Signature) for one in self.parts)


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """A letter to be set; `is_large` for large print."""

    content: LetterContent
    is_large: bool = False

    @property
    def subject(self) -> Lines | None:
        """The lines that head the letter, as its only heading of the first level.

        A heading of a block before them would come without one above it.
        """
        for block in self.content.blocks:
            if block.heading:
                return None
            for element in block.elements:
                if isinstance(element, Lines) and element.is_strong:
                    return element
        return None

    @property
    def blocks(self) -> Iterator[BlockSheet]:
        subject = self.subject
        for block in self.content.blocks:
            parts = tuple(
                PartSheet("subject", one) if one is subject else self._part(one, block)
                for one in block.elements
            )
            yield BlockSheet(block.id, block.heading, parts, block is self._index_block)

    def _part(self, element: Element, block: Block) -> PartSheet:
        match element:
            case Facts(rows) if block.id in _REFERENCE and len(rows) >= _MANY_FACTS:
                name = PARTS[Facts] if self.is_large else PAIRS
            case _:
                name = PARTS[type(element)]
        return PartSheet(name, element)

    @property
    def has_index_at_end(self) -> bool:
        """Whether no block of the letter holds the index of its enclosures."""
        return bool(self.content.enclosures) and not any(
            one.id == ENCLOSURES for one in self.content.blocks
        )

    @property
    def title(self) -> str:
        """What a reader shows and says first."""
        if self.content.is_draft:
            return f"{_(DRAFT)}. {self.content.title}"
        return self.content.title

    @property
    def day(self) -> str:
        """When it was made, in the language of its words."""
        return date(self.content.on)

    @property
    def notices(self) -> Iterator[Notice]:
        """What stands at the head of every page, in the language of the words that is on.

        A copy to read along says what it is in English too, for whoever gets it by mistake.
        """
        language = self.content.language
        if self.content.is_draft:
            yield Notice(_(DRAFT), language)
        if self.content.is_reading_copy:
            doubt = f" ({_('unreviewed translation')})" if is_unreviewed() else ""
            yield Notice(f"{_(READ_ALONG)}{doubt}", language)
            yield Notice(READ_ALONG, "en")

    @property
    def is_clinicians(self) -> bool:
        return self.content.voice == CLINICIAN

    @property
    def is_reviewed(self) -> bool:
        """Whether a line for the reviewer stands last: on what a clinician signs."""
        return self.is_clinicians and any(one.is_signed for one in self.blocks)

    @property
    def is_marked(self) -> bool:
        """Whether a notice stands at the head of every page."""
        return self.content.is_draft or self.content.is_reading_copy

    @property
    def _index_block(self) -> Block | None:
        """The block under which the index goes, unless it lists the enclosures itself."""
        for block in self.content.blocks:
            if block.id == ENCLOSURES and self.content.enclosures:
                is_listed = any(isinstance(one, Items | Table) for one in block.elements)
                return None if is_listed else block
        return None


@dataclass(frozen=True, slots=True)
class TabSheet:
    """The page before an enclosure: what it is, and whose packet it stands in."""

    heading: str
    running: str
    on: dt.date
    is_draft: bool


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """The first page of a packet, finished: its facts, and what follows with its pages."""

    title: str
    on: dt.date
    is_draft: bool
    rows: tuple[tuple[str, str], ...]
    following: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeparatorSheet:
    """The page before a letter of a batch, which stays in the clinic and names no patient.

    Were it put into an envelope by mistake, it would tell one patient's insurer of another's.
    """

    title: str
    on: dt.date
    rows: tuple[tuple[str, str], ...]
