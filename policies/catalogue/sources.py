"""Where words were read: kinds of sources, dates as printed, and readings."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum


class ReadingKind(StrEnum):
    """From what a source was read."""

    LIVE_DOCUMENT = "live_document"
    STORED_COPY = "stored_copy"
    SECOND_HAND = "second_hand"


_PRINTED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed on a document: a day, a month, or a year.

    >>> PrintedDate("2024-11").first_day
    datetime.date(2024, 11, 1)
    """

    text: str

    def __post_init__(self) -> None:
        _ = self.first_day  # a date that can't be read raises ValueError here

    @property
    def first_day(self) -> dt.date:
        """The earliest day it can mean: a month means its first day."""
        match = _PRINTED.fullmatch(self.text)
        if match is None:
            raise ValueError(f"{self.text!r} is not a date like 2024-11-05, 2024-11 or 2024")
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError as error:
            raise ValueError(f"{self.text!r} is not a day of the calendar") from error

    def __str__(self) -> str:
        day = self.first_day
        month = day.strftime("%B")
        return {4: f"{day.year}", 7: f"{month} {day.year}"}.get(
            len(self.text), f"{month} {day.day}, {day.year}"
        )


@dataclass(frozen=True, slots=True)
class SourceReading:
    """One reading of a source: when, from what, by whom, and in our words what it was."""

    key: str
    kind: ReadingKind
    read_on: PrintedDate
    read_by: str
    description: str
    url: str = ""
