"""Cells of a page: runs of words between wide gaps, gathered into columns and read in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from appeals.notices.pages import Line, Page

# In widths of a letter: a space is half a letter wide, justified text seldom reaches two.
COLUMN_GAP, NARROW_GAP, LOST_WORD = 2.6, 1.3, 14.0
# The line between two columns of a table, as a scanner reads it.
RULE = re.compile(r"[\[\]{}]?\|+[\[\]{}]?")
# How near another line's column has to be, in lines and in widths of the page.
NEAR_LINES, ALIGNED = 4, 0.004
# Lines before and after that tell how far apart lines of this size stand.
NEAR_STEPS = 4
# In heights of a line: a cell further down is no longer the same column.
BREAK = 2.6
# How many rows a column stays open for; it keeps hostile pages from growing many columns.
OPEN_BLOCKS = 12


@dataclass(slots=True)
class Cell:
    """Words `first` to `last` of one line, and where they stand on the page."""

    page: int
    line: int
    first: int
    last: int
    left: float
    top: float
    right: float
    bottom: float
    # Where it stands in the text that is searched; set when that text is joined.
    start: int = 0
    end: int = 0

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.002)

    def overlap(self, other: "Cell") -> float:
        """The share of the narrower one that stands over or under the other."""
        narrower = min(self.right - self.left, other.right - other.left)
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared / narrower if narrower > 0 else 0.0


@dataclass(slots=True)
class Block:
    """Cells one under the other: a paragraph, a column, an address."""

    cells: list[Cell] = field(default_factory=list)
    left: float = 1.0
    right: float = 0.0

    def add(self, cell: Cell) -> None:
        self.cells.append(cell)
        self.left = min(self.left, cell.left)
        self.right = max(self.right, cell.right)

    def takes(self, cell: Cell) -> bool:
        last = self.cells[-1]
        near = cell.top - last.bottom < BREAK * max(cell.height, last.height)
        shared = min(self.right, cell.right) - max(self.left, cell.left)
        narrower = min(self.right - self.left, cell.right - cell.left)
        return near and shared > 0.5 * narrower

    def breaks_before(self, index: int, pitch: float) -> bool:
        """Whether a new paragraph starts at this cell."""
        before, cell = self.cells[index - 1], self.cells[index]
        if cell.bottom - before.bottom > 1.45 * pitch:
            return True
        taller, lower = max(cell.height, before.height), min(cell.height, before.height)
        return taller > 1.35 * lower


def rows_of(page: Page) -> list[list[Cell]]:
    """Every line of a page as cells, the lines as they were read."""
    widths = [_letter_width(line) for line in page.lines]
    starts = [
        [at for at in range(1, len(line.words)) if _gap(line, at) > COLUMN_GAP * width]
        for line, width in zip(page.lines, widths, strict=True)
    ]
    if page.is_scanned:
        starts = _without_lost_words(page, starts, widths)
    rows = []
    for index, (line, width) in enumerate(zip(page.lines, widths, strict=True)):
        # A narrow gap parts columns too where the lines near by have a column begin there.
        near = range(max(index - NEAR_LINES, 0), min(index + NEAR_LINES + 1, len(starts)))
        lefts = [
            page.lines[one].words[at].left for one in near if one != index for at in starts[one]
        ]
        cuts = [
            at
            for at in range(1, len(line.words))
            if at in starts[index]
            or RULE.fullmatch(line.words[at - 1].text)
            or (
                _gap(line, at) > NARROW_GAP * width
                and any(abs(line.words[at].left - left) < ALIGNED for left in lefts)
            )
        ]
        rows.append(_cut(line, page.number, index, cuts))
    return rows


def _without_lost_words(
    page: Page, starts: Sequence[Sequence[int]], widths: Sequence[float]
) -> list[list[int]]:
    """A word that the scanner lost leaves a gap too: only a column's is met again near by."""
    kept = []
    for index, line in enumerate(page.lines):
        near = range(max(index - NEAR_LINES, 0), min(index + NEAR_LINES + 1, len(starts)))
        others = [one for one in near if one != index and page.lines[one].words]
        lefts = [page.lines[one].words[at].left for one in others for at in (0, *starts[one])]
        kept.append(
            [
                at
                for at in starts[index]
                if len(starts[index]) > 1
                or _gap(line, at) > LOST_WORD * widths[index]
                or any(abs(line.words[at].left - left) < 3 * ALIGNED for left in lefts)
            ]
        )
    return kept


def _letter_width(line: Line) -> float:
    letters = sum(max(len(word.text), 1) for word in line.words)
    width = sum(max(word.right - word.left, 0.0) for word in line.words)
    return width / letters if letters else 0.0


def _gap(line: Line, at: int) -> float:
    return line.words[at].left - line.words[at - 1].right


def _cut(line: Line, page: int, index: int, cuts: Sequence[int]) -> list[Cell]:
    words = line.words
    if not words:
        return []
    return [
        Cell(
            page=page,
            line=index,
            first=first,
            last=after - 1,
            left=words[first].left,
            top=min(word.top for word in words[first:after]),
            right=max(word.right for word in words[first:after]),
            bottom=max(word.bottom for word in words[first:after]),
        )
        for first, after in zip([0, *cuts], [*cuts, len(words)], strict=True)
    ]


def blocks_of(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """Gather cells into columns; a line across several columns ends them all."""
    blocks: list[Block] = []
    open_blocks: list[Block] = []
    for row in rows:
        taken = [[one for one in open_blocks if one.takes(cell)] for cell in row]
        spread = {id(one) for takers in taken if len(takers) > 1 for one in takers}
        wanted = [id(takers[0]) for takers in taken if len(takers) == 1]
        shared = {one for one in wanted if wanted.count(one) > 1} if len(wanted) > 1 else set()
        ended = spread | shared
        open_blocks = [one for one in open_blocks if id(one) not in ended][-OPEN_BLOCKS:]
        for cell, takers in zip(row, taken, strict=True):
            if len(takers) == 1 and id(takers[0]) not in ended:
                takers[0].add(cell)
                continue
            block = Block()
            block.add(cell)
            blocks.append(block)
            open_blocks.append(block)
    return blocks


def paragraphs(block: Block) -> Iterator[list[Cell]]:
    """A block cut where the distance between lines or the size of the letters changes."""
    cells = block.cells
    steps = [after.bottom - before.bottom for before, after in pairwise(cells)]
    start = 0
    for index in range(1, len(cells)):
        near = steps[max(index - NEAR_STEPS, 0) : index + NEAR_STEPS]
        pitch = median(sorted(near)[: max(1, (len(near) * 3) // 4)])
        # Lines of one paragraph are seldom further apart; boxes are as tall as the letters alone.
        if block.breaks_before(index, min(pitch, 1.8 * cells[index].height)):
            yield cells[start:index]
            start = index
    yield cells[start:]
