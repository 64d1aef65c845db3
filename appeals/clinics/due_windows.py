"""When a case is due, in the windows that a work list is read by; no database and no clock."""

import datetime as dt
from enum import StrEnum

SOON_DAYS = 7
MONTH_DAYS = 30


class Window(StrEnum):
    """Where a last day lies, the most urgent first."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    NO_DAY = "no_day"

    @property
    def label(self) -> str:
        return {
            "overdue": "Overdue",
            "soon": f"Due within {SOON_DAYS} days",
            "later": "Due later",
            "no_day": "No last day known",
        }[self]


def window_of(due_on: dt.date | None, *, on: dt.date) -> Window:
    """The window of a last day, seen from a day; the last day itself is not overdue yet."""
    if due_on is None:
        return Window.NO_DAY
    if due_on < on:
        return Window.OVERDUE
    return Window.SOON if due_on <= on + dt.timedelta(days=SOON_DAYS) else Window.LATER


def days_in_words(due_on: dt.date, *, on: dt.date) -> str:
    """How far a day is from another, as people say it.

    >>> day = dt.date(2026, 11, 26)
    >>> days_in_words(day, on=day), days_in_words(day, on=dt.date(2026, 11, 23))
    ('today', 'in 3 days')
    """
    days = (due_on - on).days
    named = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in named:
        return named[days]
    return f"in {days} days" if days > 0 else f"{-days} days ago"
