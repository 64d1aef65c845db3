"""What the lists of each document are made of, and how much of them facts can test.

For editors and reviewers: no answer depends on it.
"""

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from policies.catalogue import Document, PrintedDate
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Leaf,
    Node,
    Operator,
    ScaleCriterion,
    Unread,
)
from policies.folder import Folder
from policies.sureness import Sureness, sureness_of

WIDTH = 112
# A list of which more can only be judged wants a reason.
MOST_JUDGED = 0.25
MARK = "*"
KINDS = {
    FactCriterion: "fact",
    CountCriterion: "count",
    ScaleCriterion: "scale",
    CodeCriterion: "code",
    Unread: "unread",
}
COLUMNS = ("fact", "count", "scale", "code", *Judge, "unread")
HEADINGS = ("document", "sureness", *COLUMNS, "judged", "ours", "cases")
LEGEND = (
    "clinic, plan: criteria that only they can judge; judged: the share of those. "
    "ours: criteria in our own words, without a quote, of all."
)


@dataclass(frozen=True, slots=True)
class Tally:
    """The criteria of some lists by kind, how many are in our words, and the worked cases."""

    kinds: Counter[str] = field(default_factory=Counter)
    in_our_words: int = 0
    cases: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.kinds + other.kinds,
            self.in_our_words + other.in_our_words,
            self.cases + other.cases,
        )

    @property
    def criteria(self) -> int:
        return self.kinds.total()

    @property
    def share_judged(self) -> float:
        """Zero where there is no list."""
        judged = sum(self.kinds[judge] for judge in Judge)
        return judged / self.criteria if self.criteria else 0.0

    @property
    def wants_reason(self) -> bool:
        return self.share_judged > MOST_JUDGED


@dataclass(frozen=True, slots=True)
class Line:
    """One document as its newest edition has it."""

    stem: str
    sureness: Sureness
    tally: Tally


@cache
def judgement_reasons() -> Mapping[str, str]:
    """Why a document's lists can hardly be tested by facts, by its stem."""
    file = Path(__file__).parent / "judgement_reasons.yaml"
    reasons: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return reasons


def leaves(tree: Node) -> Iterator[Leaf]:
    """The criteria of a tree; the first list within a list for going on is not counted again."""
    if not isinstance(tree, Group):
        yield tree
    elif tree.operator is not Operator.FIRST_LIST:
        for member in tree.members:
            yield from leaves(member)


def line_of(document: Document, *, cases: int, on: dt.date) -> Line:
    """Count what the lists of the newest edition hold, those for going on included."""
    edition = max(document.editions, key=lambda one: one.order)
    trees = [
        tree
        for position in edition.positions
        for tree in (position.criteria, position.continuation)
        if tree is not None
    ]
    found = [leaf for tree in trees for leaf in leaves(tree)]
    tally = Tally(
        kinds=Counter(_kind(leaf) for leaf in found),
        in_our_words=sum(not leaf.source.quote for leaf in found),
        cases=cases,
    )
    return Line(document.stem, sureness_of(edition, on=on), tally)


def _kind(leaf: Leaf) -> str:
    return leaf.judge if isinstance(leaf, Judgement) else KINDS[type(leaf)]


def report(folder: Folder, *, on: dt.date, reasons: Mapping[str, str]) -> str:
    """The whole catalogue as a table in plain text, with totals and reasons below it."""
    lines = [
        line_of(document, cases=len(folder.cases.get(document.stem, ())), on=on)
        for document in folder.documents
    ]
    total = sum((line.tally for line in lines), Tally())
    found = [
        f"The newest edition of each document, as of {PrintedDate(on.isoformat())}",
        "",
        *_table(lines, total),
        "",
        *textwrap.wrap(LEGEND, WIDTH),
        _sureness(lines),
        *_reasons([line.stem for line in lines if line.tally.wants_reason], reasons),
    ]
    return "\n".join(found)


def _table(lines: list[Line], total: Tally) -> Iterator[str]:
    rows = [
        HEADINGS,
        *(_cells_of(line) for line in lines),
        (f"{len(lines)} documents", "", *_cells(total)),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = "-" * (sum(widths) + len(widths) - 1)
    for number, row in enumerate(rows):
        if number in (1, len(rows) - 1):
            yield rule
        names = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        numbers = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        yield " ".join([*names, *numbers])


def _cells_of(line: Line) -> tuple[str, ...]:
    mark = MARK if line.tally.wants_reason else " "
    return (line.stem, _spoken(line.sureness), *_cells(line.tally, mark=mark))


def _cells(tally: Tally, *, mark: str = " ") -> Iterator[str]:
    has_lists = tally.criteria > 0
    for kind in COLUMNS:
        yield str(tally.kinds[kind]) if has_lists else "-"
    yield f"{tally.share_judged:.0%}{mark}" if has_lists else f"-{mark}"
    yield f"{tally.in_our_words}/{tally.criteria}" if has_lists else "-"
    yield str(tally.cases)


def _spoken(sureness: Sureness) -> str:
    """Its label, short enough for a column."""
    return sureness.label.removeprefix("Insurer's own, ").lower()


def _sureness(lines: list[Line]) -> str:
    counts = Counter(line.sureness for line in lines)
    return "sureness: " + ", ".join(f"{counts[one]} {_spoken(one)}" for one in Sureness) + "."


def _reasons(stems: list[str], reasons: Mapping[str, str]) -> Iterator[str]:
    if not stems:
        return
    yield ""
    yield f"{MARK} More than {MOST_JUDGED:.0%} can only be judged by the clinic or the plan:"
    for stem in stems:
        reason = reasons.get(stem, "no reason is given; write one in judgement_reasons.yaml.")
        yield from textwrap.wrap(
            f"{stem}: {reason}",
            WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
            break_on_hyphens=False,
        )
