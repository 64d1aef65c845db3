"""Counts for people outside: what is under eleven is hidden, and so is what would give it away.

Eleven is the line that Medicare's data rules draw. A row is shown with both of its counts or not at
all. The rest is one row of at least two, whose counts are eleven or more as well; so whoever takes
the rows that are shown from the whole learns that row and nothing finer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from appeals.clinics.outcomes import Row

FEWEST = 11
REST = "All others together"
WHOLE = "All"


@dataclass(frozen=True, slots=True)
class SharedRow:
    """What may be told of a row: granted at least in part, and not granted."""

    label: str
    granted: int
    refused: int
    median_days: float | None

    @property
    def total(self) -> int:
        return self.granted + self.refused


@dataclass(frozen=True, slots=True)
class SharedTable:
    """The rows that may be told, the rest as one, and the whole; nothing where that is too few."""

    rows: tuple[SharedRow, ...]
    rest: SharedRow | None
    whole: SharedRow | None


def share(rows: Sequence[Row]) -> SharedTable:
    """Hide what is too few, with the smallest rows beside it until the rest gives nothing away."""
    whole = _sum(rows, WHOLE)
    if not is_enough(whole):
        return SharedTable((), None, None)
    shown = sorted((one for one in rows if is_enough(one)), key=lambda one: one.total)
    hidden = [one for one in rows if not is_enough(one)]
    while hidden and shown and not (len(hidden) > 1 and is_enough(_sum(hidden, REST))):
        hidden.append(shown.pop(0))
    kept = tuple(_shared(one) for one in reversed(shown))
    rest = _shared(_sum(hidden, REST)) if hidden and shown else None
    return SharedTable(kept, rest, _shared(whole))


def is_enough(row: Row) -> bool:
    """Whether neither of its counts is under eleven.

    >>> is_enough(Row("one", yes=8, partly=3, no=11)), is_enough(Row("two", yes=40, no=0))
    (True, False)
    """
    return row.yes + row.partly >= FEWEST and row.no >= FEWEST


def _sum(rows: Sequence[Row], label: str) -> Row:
    return reduce(Row.__add__, rows, Row(label))


def _shared(row: Row) -> SharedRow:
    # The time of a few answers would tell of them.
    days = row.median_days if len(row.days) >= FEWEST else None
    return SharedRow(row.label, row.yes + row.partly, row.no, days)
