"""Dates of a worked case that follow its day, and a day that follows the edition.

`on: 30 days after effective` moves along when the next edition takes effect later, and
`ended_on: 8 weeks before` keeps its distance from the day of the case.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from policies import vocabulary
from policies.days import Span, read_span, span_between
from policies.faults import FaultList, join
from policies.situation import ScaleScore, Situation, TreatmentTried
from policies.vocabulary import FactDefinition, FactType

AFTER, BEFORE = " after effective", " before"
_PLACE = re.compile(r"(?P<list>treatments_tried|scores)\[(?P<row>\d+)\]\.(?P<name>\w+)")
_ROWS: Mapping[str, Callable[[], Mapping[str, FactDefinition]]] = {
    "treatments_tried": vocabulary.treatment_fields,
    "scores": vocabulary.score_fields,
}

Dates = Mapping[str, Span]
Held = TypeVar("Held")


def read_day(raw: object) -> dt.date | Span | None:
    """The day of a case: a date, or so long after the edition takes effect.

    >>> read_day("2026-11-25"), str(read_day("30 days after effective")), read_day("soon")
    (datetime.date(2026, 11, 25), '30 days', None)
    """
    text = str(raw)
    if text.endswith(AFTER):
        return read_span(text.removesuffix(AFTER))
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def write_day(day: dt.date | Span) -> str:
    """The text of a case's day."""
    return f"{day}{AFTER}" if isinstance(day, Span) else day.isoformat()


def take_dates(data: Mapping[str, Any], place: str, faults: FaultList) -> tuple[Any, Dates]:
    """A situation without the dates that follow its day, and these by their place in it."""
    held: dict[str, Any] = dict(data)
    dates: dict[str, Span] = {}
    for name in _ROWS:
        if isinstance(held.get(name), list):
            held[name] = [
                _without_dates(row, f"{name}[{index}]", place, dates, faults)
                for index, row in enumerate(held[name])
            ]
    return held, dates


def _without_dates(
    row: object, at: str, place: str, dates: dict[str, Span], faults: FaultList
) -> object:
    if not isinstance(row, Mapping):
        return row
    kept = {}
    for name, value in row.items():
        if name not in _dates_of(at) or not _is_relative(value):
            kept[name] = value
            continue
        span = read_span(value.removesuffix(BEFORE))
        if span is None:
            wanted = "is not so long before the day of the case; write it like 8 weeks before"
            faults.add(join(place, f"{at}.{name}"), f"{value!r} {wanted}")
        else:
            dates[f"{at}.{name}"] = span
    return kept


def _dates_of(at: str) -> list[str]:
    definitions = _ROWS[at.partition("[")[0]]()
    return [one.name for one in definitions.values() if one.type is FactType.DATE]


def _is_relative(value: object) -> bool:
    return isinstance(value, str) and value.endswith(BEFORE)


def with_dates(situation: Situation, dates: Dates, *, on: dt.date) -> Situation:
    """A situation with the days that its dates fall on, where it is told on the day `on`."""
    return _with_days(situation, {place: span.before(on) for place, span in dates.items()})


def without_dates(situation: Situation, dates: Dates) -> Situation:
    """A situation without the dates that are kept beside it."""
    return _with_days(situation, dict.fromkeys(dates))


def _with_days(situation: Situation, days: Mapping[str, dt.date | None]) -> Situation:
    if not days:
        return situation
    tried, scores = list(situation.treatments_tried or ()), list(situation.scores)
    for name, row, field, day in _places(days):
        value: dict[str, Any] = {field: day}
        if name == "scores":
            scores[row] = replace(scores[row], **value)
        else:
            tried[row] = replace(tried[row], **value)
    has_list = situation.treatments_tried is not None
    return replace(
        situation, treatments_tried=tuple(tried) if has_list else None, scores=tuple(scores)
    )


def dates_before(situation: Situation, on: dt.date) -> Dates:
    """The dates of a situation by how long before a day they are; a later one follows none."""
    tried = enumerate(situation.treatments_tried or ())
    rows: list[tuple[str, object]] = [
        *((f"treatments_tried[{at}]", row) for at, row in tried),
        *((f"scores[{at}]", row) for at, row in enumerate(situation.scores)),
    ]
    held = {f"{at}.{name}": getattr(row, name, None) for at, row in rows for name in _dates_of(at)}
    return {
        place: span_between(day, on) for place, day in held.items() if day is not None and day <= on
    }


def put_dates(data: dict[str, Any], dates: Dates) -> None:
    """Write the dates into the data form of a situation, where a row has them."""
    for name, row, field, span in _places(dates):
        held = data[name][row] | {field: f"{span}{BEFORE}"}
        order = [one.name for one in fields(ScaleScore if name == "scores" else TreatmentTried)]
        data[name][row] = {one: held[one] for one in order if one in held}


def _places(held: Mapping[str, Held]) -> Iterator[tuple[str, int, str, Held]]:
    for place, value in held.items():
        found = _PLACE.fullmatch(place)
        if found is not None:
            yield found["list"], int(found["row"]), found["name"], value
