"""Charts of the sample patient for letters of clinicians: answers, trials, scores, own words."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from appeals.letters.case import Value
from policies.check import Answer
from tests.appeals.letter_cases import TOLD, make_answer

MASSACHUSETTS: Mapping[str, str] = MappingProxyType(
    {
        "line_of_business": "commercial",
        "funding": "insured",
        "insurer": "bcbs-ma",
        "issue_state": "MA",
    }
)
# What a clinician writes in a letter's own fields.
WORDS: Mapping[str, Value] = MappingProxyType(
    {
        "function": "Has not been able to work since January 2026.",
        "diagnosis_basis": "Diagnosed by interview at the first visit.",
        "other_treatment": "Talk therapy for six months in 2025, without lasting benefit.",
        "why_this": "Four antidepressants and lithium have not ended this episode.",
        "why_not_esketamine": "The nearest certified site is two hours away.",
        "alternatives": "A fifth antidepressant would repeat a class that failed.",
        "safety": "Blood pressure and pulse are taken before, during and after.",
        "goal": "PHQ-9 before each session; treatment stops without a fall by half.",
        "plan_prefers": "another antidepressant",
        "unmet_line": "Four antidepressants at an adequate dose.",
        "not_considered": "The trial of lithium.",
        "benefit_side": "medical",
        "phase": "new",
        "units": "30",
        "treating_npi": "1234567893",
        "call_phone": "555-0106",
        "call_times": "weekdays from noon to one",
        "regulator_name": "Sample Review Office",
        "regulator_address": "1 Review Street",
    }
)


def chart_words(*, without: Iterable[str] = (), more: Mapping[str, Value]) -> Mapping[str, Value]:
    """All that the sample is told for such letters, and some more or other words."""
    found = {**TOLD, **WORDS, **more}
    return {name: value for name, value in found.items() if name not in {*without}}


def trial(drug: str, *, kind: str = "antidepressant", **changes: Any) -> dict[str, Any]:
    """An adequate trial of eight weeks that did not help, or one that differs."""
    ordinary = {
        "kind": kind,
        "drug": drug,
        "weeks": 8,
        "highest_dose_mg": 100,
        "adequate_dose": True,
        "outcome": "no_response",
        "this_episode": True,
    }
    return {**ordinary, **changes}


def score(scale: str, number: int, day: str, *, origin: str = "chart") -> dict[str, Any]:
    return {"scale": scale, "score": number, "origin": origin, "taken_on": day}


FOUR_AND_LITHIUM = [
    trial("sertraline"),
    trial("escitalopram"),
    trial("venlafaxine"),
    trial("bupropion"),
    trial("lithium", kind="augmentation"),
]
ANSWERS: Mapping[str, Any] = MappingProxyType(
    {
        "age": 44,
        "conditions": ["treatment_resistant_depression"],
        "structured_interview": True,
        "diagnosed_by": "psychiatrist",
        "episode_severity": "severe",
        "concurrent_antidepressant": "oral",
        "uncontrolled_hypertension": False,
        "psychosis_history": False,
        "request_phase": "first",
    }
)


def resistant_depression(answers: Mapping[str, Any] | None = None, **changes: Any) -> Answer:
    """Four antidepressants and lithium without benefit, held against a rule that has a list."""
    chart = {
        "plan": {**MASSACHUSETTS},
        "answers": {**ANSWERS, **(answers or {})},
        "treatments_tried": FOUR_AND_LITHIUM,
        "scores": [score("madrs", 34, "2026-11-03")],
    }
    return make_answer(**{**chart, **changes})


def esketamine(answers: Mapping[str, Any] | None = None, **changes: Any) -> Answer:
    """The same patient, asking for esketamine under a commercial policy with a list."""
    plan = {
        "line_of_business": "commercial",
        "funding": "insured",
        "insurer": "cigna",
        "issue_state": "TX",
    }
    return resistant_depression(answers, treatment="esketamine_nasal", plan=plan, **changes)


def continuing(**changes: Any) -> Answer:
    """Treatment that goes on, with the first and the latest score on one scale."""
    scores = [
        score("phq9", 9, "2026-11-03"),
        score("phq9", 21, "2026-05-04"),
        score("phq9", 14, "2026-08-03"),
        score("phq9", 3, "2026-11-20", origin="self_completed"),
    ]
    chart = {"scores": scores, **changes}
    return resistant_depression({"request_phase": "continuing"}, **chart)
