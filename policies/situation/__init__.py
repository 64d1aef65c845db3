"""What the patient or the clinic told us, and its JSON form.

Every field may be unanswered (None): "I don't know" is never read as "no". The JSON form is a
contract, described in the README; `Situation.from_json` names every fault of a file at once.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from policies.faults import InputError
from policies.situation.parts import (
    Asker,
    Funding,
    LineOfBusiness,
    Plan,
    ScaleScore,
    Treatment,
    TreatmentTried,
    contradictions,
)
from policies.situation.reading import VERSION, SituationReader
from policies.vocabulary import Value

__all__ = [
    "VERSION",
    "Asker",
    "Funding",
    "LineOfBusiness",
    "Plan",
    "ScaleScore",
    "Situation",
    "SituationError",
    "Treatment",
    "TreatmentTried",
    "contradictions",
]


class SituationError(InputError):
    """A situation that can't be read."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A patient's situation.

    `answers` holds the facts of the vocabulary that were answered. `treatments_tried` is None
    when nobody asked; `treatments_complete` tells whether the list is finished.
    """

    treatment: Treatment = Treatment.IV_KETAMINE
    plan: Plan = field(default_factory=Plan)
    asker: Asker | None = None
    icd10_codes: tuple[str, ...] = ()
    answers: Mapping[str, Value] = field(default_factory=dict)
    treatments_tried: tuple[TreatmentTried, ...] | None = None
    treatments_complete: bool | None = None
    scores: tuple[ScaleScore, ...] = ()

    @property
    def conditions(self) -> frozenset[str]:
        """The conditions that were stated; none where that was not answered."""
        stated = self.answers.get("conditions")
        return stated if isinstance(stated, frozenset) else frozenset()

    @classmethod
    def from_json(cls, data: object) -> "Situation":
        """Read the JSON form (already decoded); SituationError names every fault."""
        reader = SituationReader()
        fields = reader.fields(data)
        if reader.faults:
            raise SituationError(reader.faults)
        return cls(**fields)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form, leaving out what was not answered."""
        plan = {name: _plain(getattr(self.plan, name)) for name in Plan.__slots__}
        return {
            "version": VERSION,
            "asker": _plain(self.asker),
            "plan": _answered(plan),
            "treatment": self.treatment.value,
            "icd10_codes": list(self.icd10_codes),
            "answers": {name: _plain(value) for name, value in sorted(self.answers.items())},
            "treatments_tried": self.treatments_tried
            if self.treatments_tried is None
            else [_row_to_json(row) for row in self.treatments_tried],
            "treatments_complete": self.treatments_complete,
            "scores": [_row_to_json(score) for score in self.scores],
        }


def _row_to_json(row: TreatmentTried | ScaleScore) -> dict[str, Any]:
    return _answered({name: _plain(getattr(row, name)) for name in row.__slots__})


def _answered(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value
