"""Dates as letters print them, in English and Spanish, in figures and in words."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene",
            "february feb febrero",
            "march mar marzo",
            "april apr abril abr",
            "may mayo",
            "june jun junio",
            "july jul julio",
            "august aug agosto ago",
            "september sept sep septiembre setiembre",
            "october oct octubre",
            "november nov noviembre",
            "december dec diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH_NAMES = frozenset(name for name in _MONTHS if len(name) > 3)
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b"
# Scanners read O, o, I, l and | for figures.
_D = r"[0-9oil|]"
_YEAR = rf"(?P<year>(?:[12l]{_D}{{3}}|'?[0-9]{{2}}))(?![0-9])"
_DAY = rf"(?P<day>{_D}{{1,2}})"
_GAP, _TH = r"[ \n/-]", r"(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.$-])(?:{form})(?!\w|[/-]\w)")
    for form in (
        rf"{_MONTH}\.?[ \n]{{0,2}}{_DAY}(?:st|nd|rd|th)?[,. \n]{{1,3}}(?:del? |of )?{_YEAR}",
        rf"{_DAY}{_TH}{_GAP}{{1,2}}(?:de |day of |of )?{_MONTH}\.?,?{_GAP}{{0,2}}(?:del? )?{_YEAR}",
        rf"(?P<month>{_D}{{1,2}}) ?(?P<cut>[/.-]) ?{_DAY} ?(?P=cut) ?{_YEAR}",
        rf"(?P<year>2{_D}{{3}})(?P<cut>[-/])(?P<month>{_D}{{2}})(?P=cut){_DAY}",
        r"(?P<year>20[0-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)",
    )
)
_FIGURES = str.maketrans("oil|", "0111")


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date and where it stands; in figures, day and month may be the other way round."""

    on: dt.date
    start: int
    end: int
    is_in_words: bool


def dates_in(text: str) -> list[DateInText]:
    """Every date of a text, from first to last."""
    found = sorted(_matches(text, _is_day_first(text)), key=lambda one: (one.start, -one.end))
    kept: list[DateInText] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _is_day_first(text: str) -> bool:
    """Whether a date of this letter can only be read with its day first."""
    return any(
        _figure(match["month"]) > 12 >= _figure(match["day"]) for match in _FORMS[2].finditer(text)
    )


def _matches(text: str, is_day_first: bool) -> Iterator[DateInText]:
    for form in _FORMS:
        for match in form.finditer(text):
            month, day = match["month"], match["day"]
            if is_day_first and form is _FORMS[2]:
                month, day = day, month
            day_on = _day(match["year"], month, day)
            if day_on is not None:
                yield DateInText(day_on, match.start(), match.end(), month in _MONTHS)


def _figure(printed: str) -> int:
    figures = printed.translate(_FIGURES)
    return int(figures) if figures.isdecimal() else 0


def _day(year: str, month: str, day: str) -> dt.date | None:
    years = _figure(year.lstrip("'"))
    years += 2000 if years < 70 else 1900 if years < 100 else 0
    months = _MONTHS.get(month) or _figure(month)
    days = _figure(day)
    if not 1900 <= years <= 2099:
        return None
    try:
        return dt.date(years, months, days)
    except ValueError:
        return None
