"""How requests, appeals and outside reviews ended, read from what happened in cases.

A decision is counted where it fell. One that nothing was asked before, as when an approval is taken
back, counts at the step asked last, without a time.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from statistics import median
from types import MappingProxyType
from uuid import UUID

from appeals.models.cases import CaseEvent

Kind = CaseEvent.Kind


class Asked(StrEnum):
    """Of whom an answer was asked."""

    REQUEST = "request"
    APPEAL = "appeal"
    REVIEW = "review"

    @property
    def label(self) -> str:
        return {
            "request": "First request",
            "appeal": "Appeal with the plan",
            "review": "Outside review",
        }[self]


class Ending(StrEnum):
    """What an answer gave."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


ASKS: Mapping[str, Asked] = MappingProxyType(
    {
        Kind.SUBMITTED: Asked.REQUEST,
        Kind.APPEALED: Asked.APPEAL,
        Kind.SENT_TO_REVIEW: Asked.REVIEW,
    }
)
ENDS: Mapping[str, Ending] = MappingProxyType(
    {
        Kind.APPROVED: Ending.YES,
        Kind.OVERTURNED: Ending.YES,
        Kind.PARTLY_APPROVED: Ending.PARTLY,
        Kind.DENIED: Ending.NO,
        Kind.UPHELD: Ending.NO,
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a case; `payer` is the case's, `is_listed` whether the catalogue holds it."""

    case: UUID
    kind: str
    on: dt.date
    reasons: tuple[str, ...] = ()
    payer: str = ""
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer: how it ended, how long it took, and the reasons of the denial that is answered.

    Where the answer is a first denial, `reasons` are its own.
    """

    asked: Asked
    ending: Ending
    on: dt.date
    days: int | None
    reasons: tuple[str, ...]
    payer: str
    is_listed: bool


def decisions(events: Iterable[Told]) -> Iterator[Decision]:
    """The decisions of cases, whose events come together and in their order."""
    for _, of_case in groupby(events, key=lambda one: one.case):
        yield from _decisions_of_case(of_case)


def _decisions_of_case(events: Iterable[Told]) -> Iterator[Decision]:
    asked, asked_on = Asked.REQUEST, None
    answered: tuple[str, ...] = ()
    for one in events:
        if one.kind in ASKS:
            asked, asked_on = ASKS[one.kind], one.on
        elif one.kind in ENDS:
            reasons = answered if asked is not Asked.REQUEST else one.reasons
            days = (one.on - asked_on).days if asked_on is not None else None
            yield Decision(asked, ENDS[one.kind], one.on, days, reasons, one.payer, one.is_listed)
            asked_on, answered = None, one.reasons or answered


@dataclass(frozen=True, slots=True)
class Row:
    """How often each ending came under one label, and the days each took where that is known."""

    label: str
    yes: int = 0
    partly: int = 0
    no: int = 0
    days: tuple[int, ...] = ()

    @property
    def total(self) -> int:
        return self.yes + self.partly + self.no

    @property
    def median_days(self) -> float | None:
        """Half of the answers came sooner, half later; None where no time is known."""
        return median(self.days) if self.days else None

    def __add__(self, other: "Row") -> "Row":
        return Row(
            self.label,
            self.yes + other.yes,
            self.partly + other.partly,
            self.no + other.no,
            self.days + other.days,
        )


def tally(
    found: Iterable[Decision], labels: Callable[[Decision], Iterable[str]]
) -> tuple[Row, ...]:
    """Count decisions under their labels, the most frequent first."""
    endings: dict[str, dict[Ending, int]] = defaultdict(lambda: dict.fromkeys(Ending, 0))
    days: dict[str, list[int]] = defaultdict(list)
    for one in found:
        for label in labels(one):
            endings[label][one.ending] += 1
            if one.days is not None:
                days[label].append(one.days)
    rows = (
        Row(label, count[Ending.YES], count[Ending.PARTLY], count[Ending.NO], tuple(days[label]))
        for label, count in endings.items()
    )
    return tuple(sorted(rows, key=lambda one: (-one.total, one.label)))
