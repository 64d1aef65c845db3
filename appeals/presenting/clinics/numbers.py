"""A clinic's numbers as charts: bars in whole units, beside the table that says it all."""

from collections.abc import Iterable
from dataclasses import dataclass

from appeals.clinics.numbers import Table
from appeals.clinics.outcomes import Row
from appeals.presenting.cited import grade_label
from appeals.public_outcomes import PublicOutcome
from policies.wording.dates import printed_date

WIDTH = 300
MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar in three parts: where each begins and how wide it is."""

    row: Row
    yes: int
    partly_from: int
    partly: int
    no_from: int
    no: int

    @property
    def told(self) -> str:
        row = self.row
        return f"{row.label}: {row.yes} granted, {row.partly} in part, {row.no} refused"


@dataclass(frozen=True, slots=True)
class TimeBarView:
    """A bar of a median time."""

    row: Row
    days: int


@dataclass(frozen=True, slots=True)
class TableView:
    """A table with its bars; `more` says how many rows stand in the table alone."""

    table: Table
    bars: tuple[BarView, ...]
    times: tuple[TimeBarView, ...]
    more: int
    width: int = WIDTH


def present_table(table: Table) -> TableView:
    """The largest rows as bars, all to one measure."""
    drawn = table.rows[:MOST_BARS]
    longest = max((one.total for one in drawn), default=0) or 1
    slowest = max((one.median_days or 0 for one in drawn), default=0) or 1
    return TableView(
        table,
        tuple(_bar(one, longest) for one in drawn),
        tuple(
            TimeBarView(one, round(WIDTH * one.median_days / slowest))
            for one in drawn
            if one.median_days is not None
        ),
        len(table.rows) - len(drawn),
    )


def _bar(row: Row, longest: int) -> BarView:
    # Edges are rounded, not widths, so that the parts of a bar always meet.
    first = round(WIDTH * row.yes / longest)
    second = round(WIDTH * (row.yes + row.partly) / longest)
    end = round(WIDTH * row.total / longest)
    return BarView(row, first, first, second - first, second, end - second)


@dataclass(frozen=True, slots=True)
class PublicView:
    """A public figure in words."""

    figure: PublicOutcome
    counted: str
    grade: str
    read_on: str


def present_public(figures: Iterable[PublicOutcome]) -> tuple[PublicView, ...]:
    """The figures with n, years, source and grade."""
    return tuple(
        PublicView(one, _counted(one), grade_label(one.grade), printed_date(one.read_on))
        for one in figures
    )


def _counted(one: PublicOutcome) -> str:
    if one.of is None:
        return f"{one.share:g} of 100 (the number was not read)"
    words = f"{one.overturned:,} of {one.of:,}"
    return words if one.of < 100 else f"{words} ({one.share:g} of 100)"
