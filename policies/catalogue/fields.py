"""Reads the fields of a record: texts, choices, dates and lists, each fault with its place."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from policies import terms
from policies.catalogue import PrintedDate
from policies.faults import FaultList, InputError, is_printable, join

Choice = TypeVar("Choice", bound=StrEnum)
Item = TypeVar("Item")

SLUG = re.compile(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z")

URL = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")
LONGEST = 4000


class RecordError(InputError):
    """A record that can't be read."""


class FieldReader(FaultList):
    """Reads field by field; after a fault the record is unusable but reading goes on."""

    def raise_faults(self) -> None:
        """Raise RecordError when anything was wrong."""
        if self.faults:
            raise RecordError(self.faults)

    def text(
        self,
        entries: Mapping[str, Any],
        name: str,
        place: str,
        *,
        wanted: str = "",
        longest: int = LONGEST,
    ) -> str:
        """A text; without `wanted` it may be missing or null."""
        raw = entries.get(name)
        if raw is None and not wanted:
            return ""
        if isinstance(raw, str) and raw.strip():
            self._check_text(raw.strip(), join(place, name), longest)
            return raw.strip()
        self.add(join(place, name), f"missing: give {wanted or 'a text, or leave it out'}")
        return ""

    def _check_text(self, text: str, place: str, longest: int) -> None:
        if len(text) > longest:
            self.add(place, f"longer than {longest} characters; shorten it")
        if not is_printable(text):
            self.add(place, "holds characters that can't be shown; remove them")

    def url(self, entries: Mapping[str, Any], name: str, place: str) -> str:
        """A web address, or nothing."""
        raw = self.text(entries, name, place, longest=500)
        if raw and not URL.fullmatch(raw):
            self.add(
                join(place, name), f"{raw!r} is not an address like https://example.org/policy"
            )
        return raw

    def texts(self, entries: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
        """A list of texts; missing is none."""
        raw = entries.get(name)
        if raw is None:
            return ()
        if isinstance(raw, list) and all(isinstance(item, str) and item.strip() for item in raw):
            for index, item in enumerate(raw):
                self._check_text(item, f"{join(place, name)}[{index}]", LONGEST)
            return tuple(item.strip() for item in raw)
        self.add(join(place, name), "expected a list of texts (quote what looks like a number)")
        return ()

    def choice(
        self,
        entries: Mapping[str, Any],
        name: str,
        place: str,
        choices: type[Choice],
        default: Choice | None = None,
    ) -> Choice:
        """One of an enumeration."""
        raw = entries.get(name)
        if raw is None and default is not None:
            return default
        if isinstance(raw, str) and raw in list(choices):
            return choices(raw)
        self.add(join(place, name), f"{raw!r} is not one of: {', '.join(choices)}")
        return next(iter(choices))

    def choices(
        self, entries: Mapping[str, Any], name: str, place: str, choices: type[Choice]
    ) -> tuple[Choice, ...]:
        """Some of an enumeration."""
        listed = self.texts(entries, name, place)
        for raw in listed:
            if raw not in list(choices):
                self.add(join(place, name), f"{raw!r} is not one of: {', '.join(choices)}")
        return tuple(choices(raw) for raw in listed if raw in list(choices))

    def states(self, entries: Mapping[str, Any], place: str) -> tuple[str, ...]:
        listed = self.texts(entries, "states", place)
        for raw in listed:
            if raw not in terms.states():
                self.add(
                    join(place, "states"), f"{raw!r} is not a state's two letters, for example MA"
                )
        return listed

    def slug(self, entries: Mapping[str, Any], name: str, place: str) -> str:
        raw = self.text(
            entries, name, place, wanted="small letters, digits and hyphens, as bcbs-ma"
        )
        if raw and not SLUG.fullmatch(raw):
            self.add(
                join(place, name), f"{raw!r}: use small letters, digits and hyphens, as bcbs-ma"
            )
        return raw

    def flag(self, entries: Mapping[str, Any], name: str, place: str) -> bool:
        raw = entries.get(name, False)
        if not isinstance(raw, bool):
            self.add(join(place, name), f"{raw!r} is not true or false")
        return raw is True

    def date(self, entries: Mapping[str, Any], name: str, place: str) -> PrintedDate | None:
        raw = entries.get(name)
        if raw is None:
            return None
        try:
            return PrintedDate(str(raw))
        except ValueError as error:
            self.add(join(place, name), str(error))
            return None

    def listed(
        self,
        entries: Mapping[str, Any],
        name: str,
        place: str,
        read: Callable[[object, str], Item],
    ) -> tuple[Item, ...]:
        """A list of records, each read by `read`."""
        raw = entries.get(name)
        inner = join(place, name)
        if not isinstance(raw, list):
            self.add(inner, "expected a list")
            return ()
        return tuple(read(item, f"{inner}[{index}]") for index, item in enumerate(raw))

    def required_date(self, entries: Mapping[str, Any], name: str, place: str) -> PrintedDate:
        before = len(self.faults)
        found = self.date(entries, name, place)
        if found is None and len(self.faults) == before:
            self.add(join(place, name), "missing: give a date like 2026-11-05 or 2026-11")
        return found or PrintedDate("1900")
