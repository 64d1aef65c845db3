"""Days of a notice that can't be: what was typed wrong is refused before anything is counted."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum

from appeals.law.spans import Span, Unit
from appeals.routes import SECOND_INTERNAL
from policies.days import years_before

# What has happened when a notice is told of; a printed last day and a cut of care may be ahead.
HAPPENED = ("notice_on", "received_on", "asked_on", "first_final_on")
# An older date is a slip of the hand.
OLDEST_YEARS = 5
# No time limit of a notice is longer: two years in days, and in months.
MOST_PRINTED = {Unit.DAYS: 732, Unit.MONTHS: 24}


class Slip(StrEnum):
    """Why a day can't be right."""

    NOT_YET = "not_yet"
    LONG_AGO = "long_ago"
    CAME_BEFORE_NOTICE = "came_before_notice"
    ENDS_BEFORE_NOTICE = "ends_before_notice"
    YEARS_AHEAD = "years_ahead"
    NO_SECOND_APPEAL = "no_second_appeal"
    FINAL_AFTER_NOTICE = "final_after_notice"


def slips(
    told: Mapping[str, dt.date | None], *, answers: str | None, on: dt.date
) -> Iterator[tuple[str, Slip]]:
    """The name of each day that can't be, beside the others and the day it is told; `told` by name.

    `answers` is the step that the notice decides, None where that is not known.
    """
    for name in HAPPENED:
        day = told.get(name)
        if day and day > on:
            yield name, Slip.NOT_YET
        elif day and day < years_before(on, OLDEST_YEARS):
            yield name, Slip.LONG_AGO
    notice_on, received_on = told.get("notice_on"), told.get("received_on")
    printed_on, first_final_on = told.get("printed_on"), told.get("first_final_on")
    if printed_on and printed_on > (notice_on or on) + dt.timedelta(days=MOST_PRINTED[Unit.DAYS]):
        yield "printed_on", Slip.YEARS_AHEAD
    if notice_on and printed_on and printed_on < notice_on:
        yield "printed_on", Slip.ENDS_BEFORE_NOTICE
    if notice_on and received_on and received_on < notice_on:
        yield "received_on", Slip.CAME_BEFORE_NOTICE
    if first_final_on and answers not in (None, SECOND_INTERNAL):
        yield "first_final_on", Slip.NO_SECOND_APPEAL
    if notice_on and first_final_on and first_final_on > notice_on:
        yield "first_final_on", Slip.FINAL_AFTER_NOTICE


def can_be_printed(limit: Span) -> bool:
    """Whether a notice may name this length of time.

    >>> can_be_printed(Span(180, Unit.DAYS)), can_be_printed(Span(180, Unit.MONTHS))
    (True, False)
    """
    return 0 < limit.amount <= MOST_PRINTED.get(limit.unit, 0)
