"""Where each mark stands in the drawing of the steps: numbers alone, from the top down."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

TOP = 24.0
GAP = 34.0  # from the end of one mark's words to the next mark
LINE = 22.0  # of words
ROOM = 32.0  # that the words of today need above and below
STRETCH = 112.0  # in which today moves with the days


class Kind(StrEnum):
    """How a mark is drawn: done, beside the way, open now, or after an answer still to come."""

    BEFORE = "before"
    ANSWERED = "answered"
    BESIDE = "beside"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Event:
    """A step to draw: how many lines of words it has, and its day where there is one."""

    kind: Kind
    lines: int
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at so many units from the top."""

    kind: Kind
    at: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The marks in order, where today stands among them, and where the way turns uncertain.

    The line is drawn through from the first mark to `solid_to`, and dashed from there to the last.
    """

    marks: tuple[Mark, ...]
    today_at: float
    solid_to: float
    height: float


def lay_out(events: Sequence[Event], *, today: dt.date) -> Timeline:
    """Place the events from the top down, and today between the days that lie around it.

    >>> day = dt.date
    >>> drawn = lay_out(
    ...     [Event(Kind.ANSWERED, 1, day(2026, 1, 1)), Event(Kind.NOW, 1, day(2026, 1, 11))],
    ...     today=day(2026, 1, 6),
    ... )
    >>> first, last = (mark.at for mark in drawn.marks)
    >>> drawn.today_at == (first + last) / 2
    True
    """
    follows = _before_today(events, today)
    marks: list[Mark] = []
    at = TOP
    today_at = at
    for index, event in enumerate(events):
        marks.append(Mark(event.kind, at))
        end = at + (event.lines - 1) * LINE
        if index == follows and index + 1 < len(events):
            at = end + (STRETCH if events[index + 1].on is not None else 2 * ROOM)
            today_at = _today_between(events, marks, today, lowest=end + ROOM, highest=at - ROOM)
        elif index == follows:
            at = today_at = end + ROOM
        else:
            at = end + GAP
    known = [one.at for one in marks if one.kind is not Kind.LATER]
    return Timeline(
        marks=tuple(marks),
        today_at=today_at,
        solid_to=max([*known, today_at]),
        height=at + (0 if follows == len(events) - 1 else -GAP) + LINE,
    )


def _before_today(events: Sequence[Event], today: dt.date) -> int:
    """The last event that lies before today: by its day, or as what came with the notice."""
    found = 0
    for index, event in enumerate(events):
        is_done = event.kind in (Kind.BEFORE, Kind.ANSWERED, Kind.BESIDE)
        if is_done or (event.on is not None and event.on < today):
            found = index
    return found


def _today_between(
    events: Sequence[Event],
    marks: Sequence[Mark],
    today: dt.date,
    *,
    lowest: float,
    highest: float,
) -> float:
    """In proportion to the days around it, but never where its words would cover others."""
    drawn = [
        (event.on, mark.at)
        for event, mark in zip(events, marks, strict=False)
        if event.on is not None
    ]
    after = events[len(marks)].on
    if not drawn or after is None or after <= drawn[-1][0]:
        return (lowest + highest) / 2
    start, start_at = drawn[-1]
    share = (today - start).days / (after - start).days
    return min(max(start_at + share * (highest + ROOM - start_at), lowest), highest)
