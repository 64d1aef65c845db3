"""Reads observations whose value answers a question of ours, as the status of pregnancy does."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from policies.fhir.answers import FINAL
from policies.fhir.elements import LOINC, SNOMED, Resource, codings, first_date, text_of, words_of
from policies.fhir.found import Kind, Reason
from policies.fhir.gathering import Gathering, origin_of, sure_if
from policies.fhir.present import holds_for

_SYSTEMS = {"loinc": LOINC, "snomed": SNOMED}
_DATES = ("effectiveDateTime", "effectivePeriod", "effectiveInstant")


@dataclass(frozen=True, slots=True)
class Status:
    """The question that a code of an observation asks, and the answer of each value."""

    fact: str
    answers: Mapping[tuple[str, str], bool]


def status_asked(observation: Resource) -> Status | None:
    """The question of ours that an observation answers."""
    listed = (one.code for one in codings(observation.get("code")) if one.system == LOINC)
    return next((known for one in listed if (known := _statuses().get(one))), None)


def read_status(observation: Resource, asked: Status, gathering: Gathering) -> None:
    """Find its answer, or say why it is none."""
    listed, date = (
        codings(observation.get("valueCodeableConcept")),
        first_date(observation, *_DATES),
    )
    words = words_of(observation.get("code"))
    origin = origin_of(observation, words, (*codings(observation.get("code")), *listed), date)
    status = text_of(observation.get("status"))
    if status == "entered-in-error":
        gathering.leave_out(origin, Reason.ENTERED_IN_ERROR)
        return
    if status not in FINAL:
        gathering.leave_out(origin, Reason.NOT_FINAL)
        return
    told = {asked.answers.get((one.system, one.code)) for one in listed} - {None}
    if len(told) != 1:
        gathering.leave_out(origin, Reason.NO_VALUE)
        return
    value = told == {True}
    age = gathering.age_cautions(date, holds_for(Kind.ANSWER, asked.fact, value))
    gathering.add(Kind.ANSWER, asked.fact, value, origin, *age, sureness=sure_if(age))


@cache
def _statuses() -> Mapping[str, Status]:
    file = Path(__file__).with_name("statuses.yaml")
    return {
        one["loinc"]: Status(
            one["fact"],
            {
                (_SYSTEMS[system], code): answer
                for system, values in one["values"].items()
                for code, answer in values.items()
            },
        )
        for one in yaml.safe_load(file.read_text(encoding="utf-8"))
    }
