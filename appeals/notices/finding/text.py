"""The letter as one text to search, from which every match leads back to its words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from appeals.notices.finding.finds import Spot
from appeals.notices.finding.layout import Cell, blocks_of, paragraphs, rows_of
from appeals.notices.finding.pieces import Piece, pieces_of
from appeals.notices.finding.repair import Vocabulary
from appeals.notices.pages import Letter, Page

# Twelve dense pages; what stands beyond is not looked at, and the reading says so.
LONGEST = 40_000

_ENDS = re.compile(r"[.!?][\")']?\Z")
# A bullet or a box to tick opens a new item of a list.
_OPENS_ITEM = re.compile(r"[•·▪◦■□☐☒☑✓✗➢]|\[|\( ?[xX]? ?\)\Z")
_COUNTS_ITEM = re.compile(r"\(?\d{1,2}[.)]\Z")
GREETING = re.compile(r"(?:dear|hello|hi|hola|estimad[oa]s?(?:/[oa])?|apreciad[oa])[ ,]")
# Full stops that end no sentence.
_ABBREVIATED = re.compile(
    r"(?:dr|mrs?|ms|nos?|st|inc|co|ltd|vs|p\.o|u\.s(?:\.c)?|c\.f\.r|sec|ref|[ap]\.m|dept|ave|blvd|ste"
    r"|e\.g|i\.e|num|nro|sra|srta|ext|fl|rd|m\.d|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|i\.d|apt|art|pp?t?|approx)\."
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text: a sentence, a paragraph."""

    start: int
    end: int


class Text:
    """Columns one after another; lines end in a line break, paragraphs in two."""

    def __init__(self, letter: Letter, vocabulary: Vocabulary) -> None:
        self.pieces: list[Piece] = []
        self.cells: list[Cell] = []
        self.paragraphs: list[Span] = []
        self.first_page = letter.pages[0].number if letter.pages else 1
        self._rows: dict[tuple[int, int], list[Cell]] = {}
        self._parts: list[str] = []
        self._length = 0
        for page in letter.pages:
            rows = rows_of(page)
            self._rows |= {(page.number, index): row for index, row in enumerate(rows)}
            for block in blocks_of(rows):
                for paragraph in paragraphs(block):
                    self._add(page, paragraph, vocabulary if page.is_scanned else None)
            if self.is_cut:
                break
        self.text = "".join(self._parts)
        self._starts = [piece.start for piece in self.pieces]
        self._cell_starts = [cell.start for cell in self.cells]

    @property
    def is_cut(self) -> bool:
        """Whether the letter was too long to look at all of it."""
        return self._length > LONGEST

    def _add(self, page: Page, paragraph: list[Cell], vocabulary: Vocabulary | None) -> None:
        if self.is_cut:
            return
        begun = self._length
        for cell in paragraph:
            words = page.lines[cell.line].words[cell.first : cell.last + 1]
            cell.start = self._length
            pieces = pieces_of(cell, words, vocabulary)
            for piece in pieces:
                piece.start = self._length
                self._parts += (piece.shown, " ")
                self._length = piece.end + 1
            if pieces:
                self._parts[-1] = "\n"
            cell.end = max(self._length - 1, cell.start)
            self.pieces += pieces
            self.cells.append(cell)
        if self._length > begun:
            self.paragraphs.append(Span(begun, self._length - 1))
            self._parts.append("\n")
            self._length += 1

    def piece_at(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)

    def cell_at(self, offset: int) -> Cell:
        return self.cells[max(bisect_right(self._cell_starts, offset) - 1, 0)]

    def spots(self, start: int, end: int) -> tuple[Spot, ...]:
        """Where a stretch stands in the letter, one spot for each run of words of a line."""
        places: list[tuple[int, int, int]] = []
        for piece in self.pieces[self.piece_at(start) : self.piece_at(max(end - 1, start)) + 1]:
            places += piece.places
        spots: list[Spot] = []
        for page, line, word in places:
            last = spots[-1] if spots else None
            if last and (last.page, last.line, last.last + 1) == (page, line, word):
                spots[-1] = Spot(page, line, last.first, word)
            else:
                spots.append(Spot(page, line, word, word))
        return tuple(spots)

    def raw(self, start: int, end: int) -> str:
        """A stretch as it is printed, in one line."""
        shown = []
        for piece in self.pieces[self.piece_at(start) : self.piece_at(max(end - 1, start)) + 1]:
            if len(piece.raw) == len(piece.shown):
                kept = piece.raw[max(start - piece.start, 0) : max(end - piece.start, 0)]
            else:
                kept = piece.raw
            if kept:
                shown.append(kept)
        return " ".join(shown)

    def row_of(self, cell: Cell) -> list[Cell]:
        return self._rows[cell.page, cell.line]

    def left_of(self, cell: Cell) -> Cell | None:
        row = self.row_of(cell)
        at = row.index(cell)
        return row[at - 1] if at else None

    def right_of(self, cell: Cell) -> Cell | None:
        row = self.row_of(cell)
        at = row.index(cell) + 1
        return row[at] if at < len(row) else None

    def _vertical(self, cell: Cell, step: int, far: int) -> Iterator[Cell]:
        line = cell.line + step
        for _ in range(far):
            row = self._rows.get((cell.page, line))
            if row is None:
                return
            yield from (one for one in row if one.overlap(cell) > 0.5)
            line += step

    def above(self, cell: Cell, far: int = 1) -> Iterator[Cell]:
        """Cells over this one, the nearest first."""
        return self._vertical(cell, -1, far)

    def below(self, cell: Cell, far: int = 1) -> Iterator[Cell]:
        return self._vertical(cell, 1, far)

    def under(self, heading: Cell, cell: Cell) -> Span:
        """The words of a cell that stand under a heading, up to where the next heading starts."""
        after = self.right_of(heading)
        end = after.left if after is not None else 1.0
        first, last = self.piece_at(cell.start), self.piece_at(max(cell.end - 1, cell.start))
        inside = [
            piece
            for piece in self.pieces[first : last + 1]
            if piece.right > heading.left and piece.left < end - 0.005
        ]
        return Span(inside[0].start, inside[-1].end) if inside else Span(cell.start, cell.start)

    def column_above(self, cell: Cell) -> Iterator[Cell]:
        """The lines over this one in its own paragraph, the nearest first."""
        at = bisect_right(self._cell_starts, cell.start) - 1
        while at > 0 and self.text[self.cells[at].start - 2 : self.cells[at].start] != "\n\n":
            at -= 1
            yield self.cells[at]

    def of(self, part: Cell | Span | None) -> str:
        return self.text[part.start : part.end] if part else ""

    @cached_property
    def sentences(self) -> list[Span]:
        """Cut at paragraphs, at full stops before a capital, and where a heading ends."""
        spans = []
        for paragraph in self.paragraphs:
            first = self.piece_at(paragraph.start)
            last = self.piece_at(paragraph.end - 1)
            begun = self.pieces[first].start
            for at in range(first, last):
                piece, after = self.pieces[at], self.pieces[at + 1]
                if self._ends_sentence(piece, after):
                    spans.append(Span(begun, piece.end))
                    begun = after.start
            spans.append(Span(begun, self.pieces[last].end))
        return spans

    def _ends_sentence(self, piece: Piece, after: Piece) -> bool:
        opens = after.raw.lstrip("(\"'“¿¡")[:1]
        if _OPENS_ITEM.match(after.raw) or not opens:
            return True
        is_line_end = self.text[piece.end : piece.end + 1] == "\n"
        if is_line_end and GREETING.match(self.text, after.start):
            return True
        if _ENDS.search(piece.shown) and not _ABBREVIATED.fullmatch(piece.shown):
            return not opens.islower()
        return self._ends_heading(piece, after, opens)

    def _ends_heading(self, piece: Piece, after: Piece, opens: str) -> bool:
        """A line that stops short of the column, before one that starts with a capital."""
        if self.text[piece.end : piece.end + 1] != "\n" or not (
            opens.isupper() or _COUNTS_ITEM.match(after.raw)
        ):
            return False
        cell, below = self.cell_at(piece.start), self.cell_at(after.start)
        next_word = (below.right - below.left) / max(below.end - below.start, 1) * len(after.shown)
        return cell.right + 2.5 * next_word < max(below.right, cell.left + 0.3)

    def sentence_at(self, offset: int) -> Span:
        at = bisect_right(self.sentences, offset, key=lambda one: one.start) - 1
        return self.sentences[max(at, 0)]

    def __bool__(self) -> bool:
        return bool(self.pieces)
