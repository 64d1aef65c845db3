"""Holds what was found in sample notices against what they are known to say."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any

from appeals.notices.finding import FieldName, PrintedDeadline, Reading
from policies.catalogue.yaml_text import read_yaml
from tests.factories import real_catalogue

SAMPLES = Path(__file__).parent / "notices"
# The truth's names for what is not ours to name.
KINDS = {"paid_eob": "paid_claim", "other": "unclear"}
# Of an address, this share of the letters has to be right, and every digit.
SAME_ADDRESS = 0.9
SHORTEST_NAME = 6
PHONES = (FieldName.APPEAL_PHONE, FieldName.APPEAL_FAX)
# What a time limit runs from is no field of its own, and a right limit may have it wrong.
STARTS = "starts of right deadlines"
MEASURED: tuple[str, ...] = (*FieldName, STARTS)


@dataclass(slots=True)
class Score:
    """What should have been found, what was, and how much of that is right, per field."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def recall(self, name: str) -> float:
        return self.right[name] / self.wanted[name] if self.wanted[name] else 1.0

    def precision(self, name: str) -> float:
        return self.right[name] / self.found[name] if self.found[name] else 1.0

    def add(self, notice: str, truth: Mapping[str, Any], reading: Reading) -> None:
        """Count one notice; what differs is kept in words for whoever looks for the cause."""
        for name in FieldName:
            wanted = list(wanted_of(truth, name))
            if name is FieldName.DEADLINE:
                limits = [one.deadline for one in reading.all(name) if one.deadline]
                self._count(notice, name, wanted, limits)
                self._count_starts(notice, wanted, limits)
            else:
                self._count(notice, name, wanted, [one.value for one in reading.all(name)])

    def _count_starts(self, notice: str, wanted: list[Any], found: list[PrintedDeadline]) -> None:
        """Of right counts only: a printed day has no start, and a missed limit is counted once."""
        for limit in wanted:
            right = [one for one in found if one.amount and _is_same_deadline(limit, one)]
            if right:
                told = {one.starts for one in right if one.starts}
                self._count(notice, STARTS, [limit["starts"]] if limit["starts"] else [], [*told])

    def _count(self, notice: str, name: str, wanted: list[Any], found: list[Any]) -> None:
        """Two finds of one value, as a deadline's day and its number of days, are one."""
        missed = [value for value in wanted if not any(is_same(name, value, one) for one in found)]
        wrong = [one for one in found if not any(is_same(name, value, one) for value in wanted)]
        self.wanted[name] += len(wanted)
        self.right[name] += len(wanted) - len(missed)
        self.found[name] += len(wanted) - len(missed) + len(wrong)
        if missed or wrong:
            self.errors.append(f"{notice} {name}: missed {missed}, wrongly found {wrong}")

    def table(self, title: str) -> list[str]:
        """One line for each field: recall, precision, and how many there are."""
        lines = [f"{title:<34}recall  precision  wanted"]
        for label in (*MEASURED, "all"):
            wanted, found, right = (
                one.total() if label == "all" else one[label]
                for one in (self.wanted, self.found, self.right)
            )
            recall = right / wanted if wanted else 1.0
            precision = right / found if found else 1.0
            lines.append(f"  {label:<32}{recall:6.2f}  {precision:9.2f}  {wanted:6}")
        return lines


def truths(folder: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Each sample's HTML with its truth."""
    for path in sorted((SAMPLES / folder).glob("*.yaml")):
        data = read_yaml(path.read_text(encoding="utf-8")).data
        assert isinstance(data, Mapping)
        yield path.with_suffix(".html"), data


@cache
def known_names() -> tuple[str, ...]:
    """The names of the catalogue's insurers."""
    insurers = real_catalogue().insurers.values()
    return tuple(name for one in insurers for name in (one.name, *one.also_known_as))


def wanted_of(truth: Mapping[str, Any], name: FieldName) -> Iterable[Any]:
    """The truth's values of a field, as finds would say them."""
    told: dict[FieldName, Any] = {
        FieldName.KIND: KINDS.get(truth["kind"], truth["kind"]),
        FieldName.REFERENCE_NUMBER: truth["reference_numbers"],
        FieldName.REASON: truth["reasons"],
        FieldName.APPEAL_ADDRESS: "\n".join(truth["appeal_address"] or ()),
        FieldName.LEVEL: None if truth["level"] == "none" else truth["level"],
        FieldName.IS_URGENT: "true" if truth["is_urgent"] else None,
    }
    value = told[name] if name in told else truth[name.value]
    if name is FieldName.DEADLINE:
        return [value] if value and any(value.values()) else []
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [str(value)]


def is_same(name: str, wanted: Any, found: Any) -> bool:
    """Equal, but for signs and spaces; each field forgives what does not make it wrong."""
    if name == FieldName.DEADLINE:
        return _is_same_deadline(wanted, found)
    ours, theirs = _plain(str(found)), _plain(str(wanted))
    if name == FieldName.APPEAL_ADDRESS:
        alike = SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= SAME_ADDRESS
        return alike and _digits(ours) == _digits(theirs)
    if name in (FieldName.PLAN, FieldName.ADMINISTRATOR):
        return _is_same_name(ours, theirs)
    if name in PHONES:
        return ours.removeprefix("1") == theirs.removeprefix("1")
    return ours == theirs


def _is_same_name(ours: str, theirs: str) -> bool:
    """One may go on where the other ends; any other part of a name has to be half of it."""
    short, long = sorted((ours, theirs), key=len)
    if len(short) < SHORTEST_NAME:
        return ours == theirs
    return long.startswith(short) or (short in long and 2 * len(short) >= len(long))


def _is_same_deadline(wanted: Mapping[str, Any], found: PrintedDeadline) -> bool:
    """A day or a count that agrees is enough, unless the other one is in both and differs."""
    pairs = [
        (wanted["on"], found.on),
        (
            wanted["amount"] and (wanted["amount"], wanted["unit"]),
            found.amount and (found.amount, found.unit),
        ),
    ]
    told = [(ours, theirs) for ours, theirs in pairs if ours and theirs]
    return bool(told) and all(str(ours) == str(theirs) for ours, theirs in told)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
