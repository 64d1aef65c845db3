"""Reads the law's data files: dated, sourced, graded; faults with file, line, place and fix."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from appeals.law.spans import Span, Unit, span_of
from policies.catalogue.fields import URL, FieldReader
from policies.catalogue.yaml_text import read_yaml
from policies.days import years_before
from policies.faults import InputError, join

DATA = Path(__file__).parent.parent / "data"

Read = TypeVar("Read")


class LawDataError(Exception):
    """A file of the law that can't be read; every line says file, line, place and fix."""


def read_data(name: str, read: Callable[[object], Read]) -> Read:
    """Read a file of `appeals/data/` by `read`; LawDataError names every fault with its line."""
    try:
        text = read_yaml((DATA / name).read_text(encoding="utf-8"))
    except InputError as error:
        raise LawDataError("\n".join(f"{name}, {fault}" for fault in error.faults)) from error
    try:
        return read(text.data)
    except InputError as error:
        lines = [f"{name}, line {text.line_of(fault.place)}: {fault}" for fault in error.faults]
        raise LawDataError("\n".join(lines)) from error


def is_stale(read_on: dt.date, on: dt.date) -> bool:
    """Whether something was read more than a year ago.

    >>> is_stale(dt.date(2026, 11, 23), dt.date(2027, 11, 23))
    False
    >>> is_stale(dt.date(2026, 11, 23), dt.date(2027, 11, 24))
    True
    """
    return read_on < years_before(on, 1)


class LawReader(FieldReader):
    """Reads what the law's records share: addresses, days, times, and ids that may stand once."""

    def span(self, entries: Mapping[str, object], name: str, place: str) -> Span | None:
        """A length of time as 120 days or 4 months, or none."""
        raw = entries.get(name)
        if raw is None:
            return None
        found = span_of(str(raw))
        if found is None:
            self.add(join(place, name), f"{raw!r} is not a time like 120 days or 4 months")
        return found

    def days_or_months(self, entries: Mapping[str, object], name: str, place: str) -> Span | None:
        """A length of time that has a last day, or none."""
        found = self.span(entries, name, place)
        if found is not None and found.unit not in (Unit.DAYS, Unit.MONTHS):
            self.add(join(place, name), "a last day is counted in days or months")
        return found

    def whole_number(self, entries: Mapping[str, object], name: str, place: str) -> int | None:
        """A whole number, or none."""
        raw = entries.get(name)
        if raw is None or (isinstance(raw, int) and not isinstance(raw, bool)):
            return raw
        self.add(join(place, name), f"{raw!r} is not a whole number")
        return None

    def urls(self, entries: Mapping[str, object], name: str, place: str) -> tuple[str, ...]:
        """The addresses where something was read."""
        listed = self.texts(entries, name, place)
        for index, raw in enumerate(listed):
            if not URL.fullmatch(raw):
                self.add(
                    f"{join(place, name)}[{index}]",
                    f"{raw!r} is not an address like https://example.org/law",
                )
        return listed

    def day(self, entries: Mapping[str, object], name: str, place: str) -> dt.date | None:
        """The first day that a printed date can mean, or none."""
        printed = self.date(entries, name, place)
        return printed.first_day if printed else None

    def whole_list(self, data: object, read: Callable[[object, str], Read]) -> tuple[Read, ...]:
        """A file that is one list, each record read by `read`."""
        if not isinstance(data, list):
            self.add("", "expected a list")
            return ()
        return tuple(read(item, f"[{index}]") for index, item in enumerate(data))

    def distinct(self, ids: tuple[str, ...], place: str) -> None:
        """Note each id that stands twice in a list."""
        for index, one in enumerate(ids):
            if one in ids[:index]:
                self.add(f"{place}[{index}].id", f"{one!r} stands twice; keep one")
