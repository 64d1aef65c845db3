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
# Of an address, this share of the letters has to be right.
SAME_ADDRESS = 0.9
SHORTEST_NAME = 6


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
            found = [
                one.deadline if name is FieldName.DEADLINE else one.value
                for one in reading.all(name)
            ]
            left = list(found)
            missed = []
            for value in wanted:
                hit = next((one for one in left if is_same(name, value, one)), None)
                if hit is None:
                    missed.append(value)
                else:
                    left.remove(hit)
            self.wanted[name] += len(wanted)
            self.found[name] += len(found)
            self.right[name] += len(wanted) - len(missed)
            if missed or left:
                self.errors.append(f"{notice} {name}: missed {missed}, wrongly found {left}")

    def table(self, title: str) -> list[str]:
        """One line for each field: recall, precision, and how many there are."""
        lines = [f"{title:<34}recall  precision  wanted"]
        for name in (*FieldName, None):
            if name is None:
                wanted, found, right = (
                    sum(one.values()) for one in (self.wanted, self.found, self.right)
                )
                label = "all"
            else:
                wanted, found, right = self.wanted[name], self.found[name], self.right[name]
                label = name.value
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


def is_same(name: FieldName, wanted: Any, found: Any) -> bool:
    """Equal, but for signs and spaces; a name may be longer or shorter by some words."""
    if name is FieldName.DEADLINE:
        return _is_same_deadline(wanted, found)
    ours, theirs = _plain(str(found)), _plain(str(wanted))
    if name is FieldName.APPEAL_ADDRESS:
        return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= SAME_ADDRESS
    if name in (FieldName.PLAN, FieldName.ADMINISTRATOR):
        return ours == theirs or (
            min(len(ours), len(theirs)) > 5 and (ours in theirs or theirs in ours)
        )
    return ours == theirs


def _is_same_deadline(wanted: Mapping[str, Any], found: PrintedDeadline) -> bool:
    said = {
        "on": found.on.isoformat() if found.on else None,
        "amount": str(found.amount) if found.amount else None,
        "unit": found.unit,
        "starts": found.starts,
    }
    return all(
        value is None or str(value) == said[key] for key, value in wanted.items() if key in said
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
