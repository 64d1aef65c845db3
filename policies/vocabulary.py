"""The vocabulary of facts: type, range, wording, and how each may be spoken of.

The entries stand in `policies/terms/facts.yaml`; criteria, situation files and question forms
all read them here, so a fact has one name, one range and one wording.
"""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import yaml

from policies import terms
from policies.faults import WrongValueError

Value: TypeAlias = bool | int | float | str | dt.date | frozenset[str]

OUT_OF_RANGE = "{raw} is out of range: {label} goes from {low} to {high}"
OUT_OF_RANGE_OF_UNIT = f"{OUT_OF_RANGE} {{unit}}"


class FactType(StrEnum):
    """What kind of answer a fact takes."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    CHOICE = "choice"
    SET = "set"
    TEXT = "text"
    DATE = "date"


class Speak(StrEnum):
    """How a fact may be spoken of when it could change an answer."""

    RECORD_IT = "record_it"
    ASK_SOMEONE = "ask_someone"
    DISCUSS_WITH_CLINICIAN = "discuss_with_clinician"
    NEVER_SUGGEST = "never_suggest"


class SettledBy(StrEnum):
    """Who can answer."""

    YOU = "you"
    CHART = "chart"
    CLINICIAN = "clinician"
    PLAN = "plan"


class Limits(Protocol):
    """What a test of a fact sets, as a criterion does."""

    @property
    def equals(self) -> bool | str | None: ...
    @property
    def min(self) -> float | None: ...
    @property
    def max(self) -> float | None: ...
    @property
    def above(self) -> float | None: ...
    @property
    def below(self) -> float | None: ...


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One fact: its type and range, the patient's question and the clinic's label.

    `why_kept` is the reason to keep a fact that fewer than two documents name.
    """

    name: str
    type: FactType
    label: str
    question: str
    group: str = ""
    help: str = ""
    unit: str = ""
    min: float | None = None
    max: float | None = None
    whole: bool = False
    choices: Mapping[str, str] | None = None
    code: str = ""
    sensitive: bool = False
    speak: Speak = Speak.RECORD_IT
    settled_by: SettledBy = SettledBy.YOU
    why_kept: str = ""

    def read(self, raw: object) -> Value:
        """Read a JSON value as this fact, or raise WrongValueError saying what would be right.

        >>> fact("age").read(44)
        44
        >>> fact("age").read(440)
        Traceback (most recent call last):
        policies.faults.WrongValueError: 440 is out of range: age goes from 0 to 120 years
        """
        match self.type:
            case FactType.BOOLEAN:
                if isinstance(raw, bool):
                    return raw
                raise WrongValueError("{raw} is not true or false", raw=_shown(raw))
            case FactType.NUMBER:
                return self._read_number(raw)
            case FactType.CHOICE:
                return self._read_choice(raw)
            case FactType.SET:
                if not isinstance(raw, list | tuple | set | frozenset):
                    raise WrongValueError("{raw} is not a list", raw=_shown(raw))
                return frozenset(self._read_choice(item) for item in raw)
            case FactType.TEXT:
                if isinstance(raw, str) and 0 < len(raw.strip()) <= 200:
                    return " ".join(raw.split())
                raise WrongValueError("{raw} is not a text of 1 to 200 characters", raw=_shown(raw))
            case FactType.DATE:
                return _read_date(raw)

    def values_near(self, test: "Limits") -> list[Any]:
        """Answers worth trying against a test: every choice, and numbers at and beside a limit."""
        match self.type:
            case FactType.BOOLEAN:
                return [True, False]
            case FactType.CHOICE:
                return list(self.choices or {})
            case FactType.NUMBER:
                limits = (test.min, test.max, test.above, test.below)
                near = [one + step for one in limits if one is not None for step in (0, 1, -1)]
                low = self.min if self.min is not None else -math.inf
                high = self.max if self.max is not None else math.inf
                return [one for one in near if low <= one <= high]
            case _:
                return [] if test.equals is None else [test.equals]

    def _read_number(self, raw: object) -> int | float:
        if isinstance(raw, bool) or not isinstance(raw, int | float):
            raise WrongValueError("{raw} is not a number", raw=_shown(raw))
        if not (self.min is None or raw >= self.min) or not (self.max is None or raw <= self.max):
            raise WrongValueError(
                OUT_OF_RANGE_OF_UNIT if self.unit else OUT_OF_RANGE,
                raw=raw,
                label=self.label.lower(),
                low=f"{self.min:g}",
                high=f"{self.max:g}",
                unit=self.unit,
            )
        if self.whole and raw != int(raw):
            raise WrongValueError("{raw} is not a whole number", raw=raw)
        return int(raw) if raw == int(raw) else raw

    def _read_choice(self, raw: object) -> str:
        choices = self.choices or {}
        if isinstance(raw, str) and raw in choices:
            return raw
        raise WrongValueError(
            "{raw} is not one of: {choices}", raw=_shown(raw), choices=", ".join(choices)
        )


def _shown(raw: object) -> str:
    text = repr(raw)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _read_date(raw: object) -> dt.date:
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    if isinstance(raw, str):
        try:
            return dt.date.fromisoformat(raw)
        except ValueError as error:
            raise WrongValueError("{raw} is not a date like 2026-05-03", raw=repr(raw)) from error
    raise WrongValueError("{raw} is not a date like 2026-05-03", raw=_shown(raw))


@cache
def _sections() -> Mapping[str, Mapping[str, FactDefinition]]:
    entries = yaml.safe_load(
        (Path(terms.__file__).parent / "facts.yaml").read_text(encoding="utf-8")
    )
    return {
        section: {entry["name"]: _definition(entry) for entry in listed}
        for section, listed in entries.items()
    }


def _definition(entry: dict[str, Any]) -> FactDefinition:
    named = {
        "conditions": lambda: {
            item.id: item.label for item in terms.conditions().values() if not item.is_group
        },
        "scales": lambda: {item.id: item.label for item in terms.rating_scales().values()},
    }
    choices = entry.pop("choices", None)
    return FactDefinition(
        type=FactType(entry.pop("type")),
        speak=Speak(entry.pop("speak", Speak.RECORD_IT)),
        settled_by=SettledBy(entry.pop("settled_by", SettledBy.YOU)),
        choices=named[choices]() if isinstance(choices, str) else choices,
        **entry,
    )


def facts() -> Mapping[str, FactDefinition]:
    """Every fact about the patient, the episode, safety and the request, by name."""
    return _sections()["facts"]


def treatment_fields() -> Mapping[str, FactDefinition]:
    """The fields of one row of treatments tried, by name."""
    return _sections()["treatment"]


def score_fields() -> Mapping[str, FactDefinition]:
    """The fields of one rating scale score, by name."""
    return _sections()["score"]


def fact(name: str) -> FactDefinition:
    """Look a fact up; KeyError when the vocabulary has no such fact."""
    return facts()[name]
