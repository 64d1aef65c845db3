"""A clinic's numbers: its decisions of a period, counted by payer, reason and step."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef

from appeals.clinics.hiding import SharedTable, share
from appeals.clinics.outcomes import ASKS, ENDS, Asked, Decision, Row, Told, decisions, tally
from appeals.law.reasons import ReasonId, denial_reason
from appeals.models import CaseEvent, Clinic

CHUNK = 2000
NO_REASON = "No reason noted"
NO_PAYER = "Payer not known"
UNLISTED = "Payers outside our catalogue"


@dataclass(frozen=True, slots=True)
class Period:
    """From day to day, both counted; None leaves that end open."""

    begin: dt.date | None = None
    end: dt.date | None = None

    def holds(self, on: dt.date) -> bool:
        return (self.begin is None or self.begin <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a heading; `first` is what its first column holds."""

    id: str
    title: str
    first: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ToShare:
    """A table with what is under eleven hidden."""

    title: str
    first: str
    table: SharedTable


def decided(clinic: Clinic, period: Period) -> list[Decision]:
    """The decisions that fell in a period."""
    return [one for one in decisions(_told(clinic, period)) if period.holds(one.on)]


def _told(clinic: Clinic, period: Period) -> Iterator[Told]:
    """The events of the cases in which something was decided then, case by case."""
    ends = CaseEvent.objects.filter(case=OuterRef("case"), kind__in=ENDS)
    if period.begin is not None:
        ends = ends.filter(on__gte=period.begin)
    if period.end is not None:
        ends = ends.filter(on__lte=period.end)
    events = CaseEvent.objects.filter(Exists(ends), case__clinic=clinic, kind__in=(*ASKS, *ENDS))
    rows = events.order_by("case", "at", "pk").values_list(
        "case", "kind", "on", "reasons", "case__insurer__name", "case__payer_name"
    )
    for case, kind, on, reasons, insurer, payer in rows.iterator(CHUNK):
        yield Told(case, kind, on, tuple(reasons), insurer or payer, bool(insurer))


def tables(found: Iterable[Decision]) -> tuple[Table, ...]:
    """All tables of the page."""
    found = tuple(found)
    later = [one for one in found if one.asked is not Asked.REQUEST]
    return (
        Table("steps", "By step", "Step", in_order(tally(found, lambda one: [one.asked.label]))),
        Table(
            "requests",
            "First requests, by payer",
            "Payer",
            tally((one for one in found if one.asked is Asked.REQUEST), payer_of),
        ),
        Table("appeals", "Appeals and reviews, by payer", "Payer", tally(later, payer_of)),
        Table(
            "reasons",
            "Appeals and reviews, by the reason of the denial",
            "Reason",
            tally(later, reasons_of),
        ),
    )


def shared_tables(found: Iterable[Decision]) -> tuple[ToShare, ...]:
    """The same for people outside; a payer whose name was typed is not named."""
    named = [one if one.is_listed else replace(one, payer=UNLISTED) for one in found]
    return tuple(ToShare(one.title, one.first, share(one.rows)) for one in tables(named))


def payer_of(one: Decision) -> list[str]:
    return [one.payer or NO_PAYER]


def reasons_of(one: Decision) -> list[str]:
    return [denial_reason(ReasonId(each)).label for each in one.reasons] or [NO_REASON]


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Steps as they follow on each other."""
    order = [one.label for one in Asked]
    return tuple(sorted(rows, key=lambda one: order.index(one.label)))


def years_over(clinic: Clinic, *, on: dt.date) -> list[int]:
    """The years before this one in which something was decided, the newest first."""
    ends = CaseEvent.objects.filter(case__clinic=clinic, kind__in=ENDS, on__year__lt=on.year)
    return [day.year for day in ends.dates("on", "year", order="DESC")]


def whole_year(year: int) -> Period:
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
