"""Counting days, months and hours as the law does; what is safe is never rolled forward."""

import calendar
import datetime as dt
from functools import cache

import holidays

from appeals.law.spans import Span, Unit

SATURDAY = 5


def last_day(start: dt.date, span: Span) -> dt.date:
    """The last day of a time limit: day 1 is the day after `start`.

    Months end on the same day number; where a month has no such day, on its last day. ValueError
    says that a limit is not counted in days or months.

    >>> last_day(dt.date(2026, 1, 15), Span(180, Unit.DAYS))
    datetime.date(2026, 7, 14)
    >>> last_day(dt.date(2026, 10, 30), Span(4, Unit.MONTHS))
    datetime.date(2027, 2, 28)
    """
    match span.unit:
        case Unit.DAYS:
            return start + dt.timedelta(days=span.amount)
        case Unit.MONTHS:
            year, month = _month_after(start, span.amount)
            return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
        case _:
            raise ValueError(f"a last day is counted in days or months, not in {span.unit}")


def federal_review_day(received_on: dt.date, span: Span) -> dt.date:
    """The last day as the federal external review counts it, from proved receipt.

    Where the month has no such day, the first of the next month; a Saturday, Sunday or federal
    holiday goes on to the next day that is none (45 CFR 147.136(d)(2)(i)).

    >>> federal_review_day(dt.date(2026, 10, 30), Span(4, Unit.MONTHS))
    datetime.date(2027, 3, 1)
    """
    day = last_day(received_on, span)
    if span.unit is Unit.MONTHS and day.day != received_on.day:
        day += dt.timedelta(days=1)
    return rolled(day)


def rolled(day: dt.date) -> dt.date:
    """The day itself, or the next that is no Saturday, Sunday or observed federal holiday.

    >>> rolled(dt.date(2026, 7, 3))
    datetime.date(2026, 7, 6)
    """
    while day.weekday() >= SATURDAY or day in federal_holidays(day.year):
        day += dt.timedelta(days=1)
    return day


@cache
def federal_holidays(year: int) -> frozenset[dt.date]:
    """The federal holidays of a year on the days they are observed."""
    # New Year's Day on a Saturday is observed on the last day of the year before.
    return frozenset(holidays.country_holidays("US", years=(year, year + 1)))


def hours_later(start: dt.datetime, hours: int) -> dt.datetime:
    """So many elapsed hours later, on the clock of the same place; changes of clocks included.

    ValueError says that the moment names no time zone.

    >>> from zoneinfo import ZoneInfo
    >>> hours_later(dt.datetime(2026, 3, 7, 20, tzinfo=ZoneInfo("America/New_York")), 72).hour
    21
    """
    if start.tzinfo is None:
        raise ValueError("a moment needs its time zone, for hours elapse across changes of clocks")
    return (start.astimezone(dt.UTC) + dt.timedelta(hours=hours)).astimezone(start.tzinfo)


def _month_after(start: dt.date, months: int) -> tuple[int, int]:
    whole = start.year * 12 + start.month - 1 + months
    return whole // 12, whole % 12 + 1
