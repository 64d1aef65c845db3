"""Days counted in months and years, and spans of time as a worked case writes them."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

_SPAN = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
# Further back no calendar of ours reaches.
MOST_YEARS = 999


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; February 29 becomes the 28th where there is none.

    >>> years_before(dt.date(2028, 2, 29), 5)
    datetime.date(2023, 2, 28)
    """
    return months_after(day, -12 * years)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of a month that is too short for it.

    >>> months_after(dt.date(2026, 1, 31), 1), months_after(dt.date(2026, 3, 31), -1)
    (datetime.date(2026, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def age_on(born: dt.date, on: dt.date) -> int:
    """The age in whole years.

    >>> age_on(dt.date(2000, 2, 29), dt.date(2026, 2, 28))
    25
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


class Unit(StrEnum):
    """In what a span is counted."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time.

    >>> str(Span(8, Unit.WEEK)), str(Span(1, Unit.MONTH))
    ('8 weeks', '1 month')
    """

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"

    def after(self, day: dt.date) -> dt.date:
        """The day so long after another."""
        return self._moved(day, self.number)

    def before(self, day: dt.date) -> dt.date:
        """The day so long before another."""
        return self._moved(day, -self.number)

    def _moved(self, day: dt.date, number: int) -> dt.date:
        match self.unit:
            case Unit.DAY:
                return day + dt.timedelta(days=number)
            case Unit.WEEK:
                return day + dt.timedelta(weeks=number)
            case Unit.MONTH:
                return months_after(day, number)
            case Unit.YEAR:
                return months_after(day, 12 * number)


def read_span(text: str) -> Span | None:
    """The span that a text names, as its own text has it; None where it names none.

    >>> read_span("8 weeks") == Span(8, Unit.WEEK), read_span("8 moons")
    (True, None)
    """
    found = _SPAN.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    span = Span(int(found[1]), Unit(found[2]))
    return None if span.unit is Unit.YEAR and span.number > MOST_YEARS else span


def span_between(earlier: dt.date, later: dt.date) -> Span:
    """How long before a day another one is: in years or months where it is so by the calendar.

    >>> str(span_between(dt.date(2021, 11, 25), dt.date(2026, 11, 25)))
    '5 years'
    >>> str(span_between(dt.date(2021, 11, 24), dt.date(2026, 11, 25)))
    '1827 days'
    """
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if not months or months_after(later, -months) != earlier:
        return Span((later - earlier).days, Unit.DAY)
    whole_years = months % 12 == 0
    return Span(months // 12 if whole_years else months, Unit.YEAR if whole_years else Unit.MONTH)
