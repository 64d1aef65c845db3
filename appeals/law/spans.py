"""Lengths of time as the law writes them: so many hours, days or months."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a length of time is counted in; days are calendar days unless they say business."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"


class Start(StrEnum):
    """What a time limit runs from; the day a notice came needs proof, its date stands on it."""

    RECEIPT = "receipt"
    NOTICE = "notice"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Span:
    """So many of a unit."""

    amount: int
    unit: Unit


FORM = re.compile(r"(\d{1,4}) (hours?|days?|business days?|months?)")


def span_of(text: str) -> Span | None:
    """Read a length of time as the data writes it; None where it is written in another way.

    >>> span_of("4 months")
    Span(amount=4, unit=<Unit.MONTHS: 'months'>)
    >>> span_of("soon") is None
    True
    """
    found = FORM.fullmatch(text.strip())
    if found is None:
        return None
    unit = found[2].rstrip("s").replace(" ", "_") + "s"
    return Span(int(found[1]), Unit(unit))
