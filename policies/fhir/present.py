"""Tells what is said of now from what lasts, and when the word of a record has grown too old.

Which is which stands in `present.yaml`; the bound is the same for diagnoses, answers and scores.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policies import terms
from policies.days import months_after
from policies.fhir.elements import PartialDate
from policies.fhir.found import Caution, Kind

_YEAR = 12


def holds_for(kind: Kind, name: str, value: object) -> int | None:
    """For how many months the record's word on something of now stands; None for what lasts."""
    data = _data()
    months: int | None = None
    match kind:
        case Kind.ANSWER:
            of_value = data["values"].get(name, {})
            months = data["answers"].get(name) or of_value.get(str(value))
        case Kind.CONDITION:
            months = data["conditions"].get(name)
        case Kind.CODE:
            starts = (one for one in data["codes"] if name.startswith(one))
            months = next((data["codes"][one] for one in starts), None)
        case Kind.SCORE:
            months = data["scores"]
    return months


def age_cautions(
    date: PartialDate | None, *, on: dt.date, months: int | None = None
) -> list[Caution]:
    """What to mind about the date of something that is said to be so today."""
    if date is None:
        return [Caution.UNDATED]
    if date.first > on:
        return [Caution.DATED_AHEAD]
    months = months or _data()["marked"]
    if date.last >= months_after(on, -months):
        return []
    return [Caution.OLD if months >= _YEAR else Caution.MAY_BE_OVER]


def lasting_conditions(code: str) -> list[str]:
    """The conditions that an ICD-10-CM code stands for whatever became of the episode."""
    found = terms.conditions_of_code(code)
    return sorted(one for one in found if holds_for(Kind.CONDITION, one, one) is None)


def lasting_facts(code: str) -> dict[str, bool | str]:
    """What an ICD-10-CM code carries with it whatever became of the episode."""
    answers: dict[str, object] = {}
    found: dict[str, bool | str] = {}
    for one in terms.implied_facts():
        if one.value is None or not one.carried_by(frozenset(), (code,), answers):
            continue
        answers[one.fact] = one.value
        if holds_for(Kind.ANSWER, one.fact, one.value) is None:
            found[one.fact] = one.value
    return found


def for_good() -> tuple[str, ...]:
    """The answers that a diagnosis of once leaves behind."""
    return tuple(_data()["for_good"])


@cache
def _data() -> Any:
    file = Path(__file__).with_name("present.yaml")
    return yaml.safe_load(file.read_text(encoding="utf-8"))
