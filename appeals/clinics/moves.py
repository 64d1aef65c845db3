"""How a case moves by what happened: a table, and the checks on the order of days."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from appeals.models.cases import CaseEvent, Stage

Kind = CaseEvent.Kind

MOVES: Mapping[Stage, Mapping[str, Stage]] = MappingProxyType(
    {
        Stage.PREPARING: {Kind.SUBMITTED: Stage.SUBMITTED, Kind.WITHDRAWN: Stage.WITHDRAWN},
        Stage.SUBMITTED: {
            Kind.APPROVED: Stage.APPROVED,
            Kind.PARTLY_APPROVED: Stage.PARTLY_APPROVED,
            Kind.DENIED: Stage.DENIED,
            Kind.WITHDRAWN: Stage.WITHDRAWN,
        },
        Stage.APPROVED: {Kind.DENIED: Stage.DENIED, Kind.REOPENED: Stage.PREPARING},
        Stage.PARTLY_APPROVED: {
            Kind.ACCEPTED: Stage.ACCEPTED,
            Kind.APPEALED: Stage.APPEALED,
            Kind.SENT_TO_REVIEW: Stage.IN_REVIEW,
            Kind.WITHDRAWN: Stage.WITHDRAWN,
        },
        # Whoever thinks better of it in time may still appeal.
        Stage.ACCEPTED: {
            Kind.APPEALED: Stage.APPEALED,
            Kind.SENT_TO_REVIEW: Stage.IN_REVIEW,
            Kind.DENIED: Stage.DENIED,
            Kind.REOPENED: Stage.PREPARING,
        },
        Stage.DENIED: {
            Kind.APPEALED: Stage.APPEALED,
            Kind.SENT_TO_REVIEW: Stage.IN_REVIEW,
            Kind.SUBMITTED: Stage.SUBMITTED,
            Kind.WITHDRAWN: Stage.WITHDRAWN,
        },
        Stage.APPEALED: {
            Kind.OVERTURNED: Stage.OVERTURNED,
            Kind.PARTLY_APPROVED: Stage.PARTLY_APPROVED,
            Kind.UPHELD: Stage.UPHELD,
            Kind.SENT_TO_REVIEW: Stage.IN_REVIEW,
            Kind.WITHDRAWN: Stage.WITHDRAWN,
        },
        Stage.IN_REVIEW: {
            Kind.OVERTURNED: Stage.OVERTURNED,
            Kind.PARTLY_APPROVED: Stage.PARTLY_APPROVED,
            Kind.UPHELD: Stage.UPHELD,
            Kind.WITHDRAWN: Stage.WITHDRAWN,
        },
        Stage.OVERTURNED: {Kind.DENIED: Stage.DENIED, Kind.REOPENED: Stage.PREPARING},
        Stage.UPHELD: {
            Kind.APPEALED: Stage.APPEALED,
            Kind.SENT_TO_REVIEW: Stage.IN_REVIEW,
            Kind.WITHDRAWN: Stage.WITHDRAWN,
        },
        Stage.WITHDRAWN: {Kind.REOPENED: Stage.PREPARING},
    }
)
CLOSED = frozenset({Stage.APPROVED, Stage.ACCEPTED, Stage.OVERTURNED, Stage.WITHDRAWN})
"""Where nothing is due any more, unless an approval ends; a later denial opens the case again."""
GIVEN = frozenset({Kind.APPROVED, Kind.PARTLY_APPROVED, Kind.ACCEPTED, Kind.OVERTURNED})
"""What comes with an approval, or with one of a part."""


class MoveError(ValueError):
    """A move that can't be: from this stage, or on this day; the message says what to do."""


def stage_after(stage: Stage, kind: str) -> Stage:
    """Where a case stands after an event; MoveError where that can't happen from here.

    >>> stage_after(Stage.DENIED, "appealed").label
    'Appeal with the plan'
    """
    moves = MOVES[stage]
    if kind not in moves:
        possible = ", ".join(Kind(one).label.lower() for one in moves)
        raise MoveError(
            f"A case that is “{stage.label.lower()}” can't become “{Kind(kind).label.lower()}”. "
            f"What can happen next: {possible}."
        )
    return moves[kind]


def check_day(on: dt.date, *, last_on: dt.date | None, today: dt.date) -> None:
    """MoveError where a day lies ahead, or before what had happened already."""
    if on > today:
        raise MoveError("This day lies ahead. Enter what has happened, on the day it happened.")
    if last_on is not None and on < last_on:
        raise MoveError(
            f"This is before what happened last, on {last_on:%B} {last_on.day}, {last_on.year}. "
            "Check the day, or correct the one before."
        )
