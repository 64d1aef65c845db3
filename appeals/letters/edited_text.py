"""A block of a letter as text to be edited, and the text as a block again.

A paragraph is a line, an address several; a list item starts with "- " or its number, a box with
"[ ]", the cells of a table stand between " | ", and a signature goes under a line of underscores.
Between two parts stands an empty line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby
from typing import TypeVar

from appeals.letters.content import (
    Block,
    Boxes,
    Element,
    Facts,
    Gap,
    Items,
    Lines,
    Paragraph,
    Piece,
    Sentence,
    Signature,
    Table,
    sentences_of,
)

BETWEEN_CELLS, WITHIN_CELL = " | ", " / "
CELLS = re.compile(r"(?<!\\)\|")
# However a box is filled in: only the signer ticks it, on paper.
BOX = re.compile(r"(?:\[[ xXvV*✓✔✗✘]?\]|[☐☑☒✓✔])\s+(?=\S)")
BULLET = re.compile(r"[-*•]\s+(?=\S)")
NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
# Something in brackets with a letter in it, on one line.
OWN_MARK = r"\[(?=[^\[\]\n]*[^\W\d_])[^\[\]\n]{1,200}\]"
# How the gap that the writer marked begins.
WRITTEN = "written."
INK = re.compile(r"_{3,}")
FACT = re.compile(r"[^:]{1,60}: ")

Part = TypeVar("Part", Facts, Signature, Table)


class LineKind(Enum):
    """What a line of the text is by how it starts."""

    BOX = auto()
    BULLET = auto()
    NUMBER = auto()
    ROW = auto()
    INK = auto()
    PLAIN = auto()


def to_text(block: Block) -> str:
    """The words of a block, as a person edits them; its heading is not among them."""
    return "\n\n".join(text for one in block.elements if (text := "\n".join(_lines_of(one))))


def from_text(text: str, block: Block, *, gaps: Iterable[Gap] = ()) -> Block:
    """The block with other words, marked as the writer's own; without a change the block itself.

    What is missing stays a gap while its mark stands in the text; `gaps` are those of other blocks.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _without_blanks(text) == _without_blanks(to_text(block)):
        return block
    known = {one.mark: one for one in gaps}
    known |= {gap.mark: gap for one in block.elements for gap in _gaps(one)}
    elements = tuple(_Reader(block, known).elements(text))
    return replace(block, elements=elements, is_authors=True)


def _without_blanks(text: str) -> list[str]:
    return [flat for line in text.split("\n") if (flat := _flat(line))]


def _gaps(element: Element) -> Iterator[Gap]:
    for sentence in sentences_of(element):
        yield from sentence.gaps


def _flat(text: str) -> str:
    return " ".join(text.split())


def _joined(sentences: Iterable[Sentence], joint: str = " ") -> str:
    return joint.join(flat for one in sentences if (flat := _flat(one.text)))


def _lines_of(element: Element) -> Iterator[str]:
    match element:
        case Paragraph(found):
            lines: Iterable[str] = [_joined(found)]
        case Lines(found):
            lines = (_flat(one.text) for one in found)
        case Facts(rows):
            lines = (f"{_flat(label)}: {_flat(one.text)}" for label, one in rows)
        case Items(items):
            marks = (f"{place}." if element.is_numbered else "-" for place in range(1, 100))
            lines = (f"{mark} {_joined(one)}" for mark, one in zip(marks, items, strict=False))
        case Table():
            header = [_cell(one) for one in element.columns]
            rows_of = [[_cell(_joined(cell, WITHIN_CELL)) for cell in row] for row in element.rows]
            lines = (BETWEEN_CELLS.join(row) for row in (header, *rows_of))
        case Boxes(items):
            lines = (f"[ ] {_joined(one)}" for one in items)
        case Signature(found):
            lines = ("______", *(_flat(one.text) for one in found))
    yield from (line for line in lines if line.strip())


def _cell(text: str) -> str:
    return _flat(text).replace("|", r"\|")


def _kind_of(line: str) -> LineKind:
    for pattern, kind in (
        (BOX, LineKind.BOX),
        (BULLET, LineKind.BULLET),
        (NUMBER, LineKind.NUMBER),
    ):
        if pattern.match(line):
            return kind
    if INK.fullmatch(line):
        return LineKind.INK
    return LineKind.ROW if CELLS.search(line) else LineKind.PLAIN


@dataclass(slots=True)
class _Reader:
    """Reads the text of one block; what a line can't tell, the part that stood there tells."""

    block: Block
    gaps: dict[str, Gap]
    read: int = 0

    def elements(self, text: str) -> Iterator[Element]:
        for chunk in re.split(r"\n\s*\n", text):
            lines = [flat for line in chunk.split("\n") if (flat := _flat(line))]
            yield from self._chunk(lines)

    def _chunk(self, lines: Sequence[str]) -> Iterator[Element]:
        kinds = [*map(_kind_of, lines)]
        if LineKind.INK in kinds:
            place = kinds.index(LineKind.INK)
            yield from self._chunk(lines[:place])
            yield self._signature(lines[place + 1 :])
            return
        for kind, group in groupby(lines, key=_kind_of):
            yield self._element(kind, [*group])

    def _element(self, kind: LineKind, lines: list[str]) -> Element:
        self.read += 1
        match kind:
            case LineKind.BOX:
                return Boxes(self._items(lines, BOX))
            case LineKind.BULLET:
                return Items(self._items(lines, BULLET))
            case LineKind.NUMBER:
                return Items(self._items(lines, NUMBER), is_numbered=True)
            case LineKind.ROW if len(lines) > 1:
                return self._table(lines)
            case _:
                return self._prose(lines)

    def _items(self, lines: list[str], mark: re.Pattern[str]) -> tuple[tuple[Sentence, ...], ...]:
        return tuple((self._sentence(mark.sub("", line, count=1)),) for line in lines)

    def _table(self, lines: list[str]) -> Table:
        """The first line names the columns; a row is filled up, or its rest joined, to fit them."""
        rows = [[one.strip().replace(r"\|", "|") for one in CELLS.split(line)] for line in lines]
        columns, *cells = rows
        width = len(columns)
        before = self._as_before(Table)
        return Table(
            columns=tuple(columns),
            rows=tuple(
                tuple(
                    tuple(self._sentence(one) for one in cell.split(WITHIN_CELL) if one.strip())
                    for cell in _fitted(row, width)
                )
                for row in cells
            ),
            caption=before.caption if before is not None else "",
        )

    def _prose(self, lines: list[str]) -> Element:
        facts = self._as_before(Facts)
        if facts is not None and all(FACT.match(line) for line in lines):
            pairs = (line.split(": ", 1) for line in lines)
            return Facts(tuple((label, self._sentence(words)) for label, words in pairs))
        before = self._stood_here()
        if len(lines) > 1 or isinstance(before, Lines):
            is_strong = isinstance(before, Lines) and before.is_strong
            return Lines(tuple(map(self._sentence, lines)), is_strong=is_strong)
        return Paragraph((self._sentence(lines[0]),))

    def _signature(self, lines: Sequence[str]) -> Signature:
        self.read += 1
        before = self._as_before(Signature)
        wants_date = before is None or before.wants_date
        return Signature(tuple(map(self._sentence, lines)), wants_date=wants_date)

    def _stood_here(self) -> Element | None:
        """What stood at the same place before, counted in parts."""
        place = self.read - 1
        return self.block.elements[place] if place < len(self.block.elements) else None

    def _as_before(self, kind: type[Part]) -> Part | None:
        """What stood there, or else the first part of its kind."""
        here = self._stood_here()
        parts = self.block.elements if here is None else (here, *self.block.elements)
        return next((one for one in parts if isinstance(one, kind)), None)

    def _sentence(self, text: str) -> Sentence:
        """The writer's own words rest on nothing; what stands in brackets is a gap."""
        marks = [re.escape(one) for one in sorted(self.gaps, key=len, reverse=True)]
        pieces: tuple[Piece, ...] = tuple(
            self._gap(part) or part
            for part in re.split(f"({'|'.join((*marks, OWN_MARK))})", text)
            if part
        )
        return Sentence(pieces, ())

    def _gap(self, part: str) -> Gap | None:
        """The gap of this mark; a mark of the writer's own makes one as well."""
        if part in self.gaps or not re.fullmatch(OWN_MARK, part):
            return self.gaps.get(part)
        return Gap(f"{WRITTEN}{part[1:-1]}", part[1:-1])


def _fitted(cells: list[str], width: int) -> list[str]:
    """As many cells as there are columns: none of what was typed is lost."""
    kept, rest = cells[: width - 1], cells[width - 1 :]
    last = [BETWEEN_CELLS.join(rest)] if rest else []
    filled = kept + last
    return filled + [""] * (width - len(filled))
