"""Letters to be written from plainly made-up facts: a patient who is a sample, at a sample plan."""

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from appeals.denied import DeniedCase
from appeals.law.arguments import EnclosureId
from appeals.letters import LetterCase, LetterKind, Voice
from appeals.letters.case import Value
from policies.check import Answer, check
from policies.situation import Situation
from tests.appeals.denied_cases import NOTICE_ON, ON, make_case
from tests.real_catalogue import real_catalogue

TOLD: Mapping[str, Value] = MappingProxyType(
    {
        "patient_name": "Sample Patient",
        "patient_born_on": dt.date(1982, 4, 17),
        "patient_address": "12 Sample Street\nSampletown, OH 00000",
        "patient_phone": "555-0101",
        "member_id": "SAMPLE-0042",
        "group_number": "SAMPLE-GRP",
        "writer_name": "Sample Writer",
        "writer_relation": "Mother",
        "writer_address": "12 Sample Street\nSampletown, OH 00000",
        "writer_phone": "555-0102",
        "clinician_name": "Alex Sample, MD",
        "clinician_specialty": "Psychiatry",
        "clinician_npi": "1234567893",
        "practice_name": "Sample Clinic",
        "clinician_address": "1 Sample Plaza\nSampletown, OH 00000",
        "clinician_phone": "555-0103",
        "clinician_since": "March 2024",
        "clinician_examined_on": dt.date(2026, 11, 3),
        "plan_name": "Sample Health Plan",
        "plan_address": "Appeals Department\nP.O. Box 100\nSampletown, OH 00000",
        "plan_fax": "555-0104",
        "delivery": "certified_mail",
        "notice_on": NOTICE_ON,
        "reference_number": "SAMPLE-77",
        "stated_reason": "The requested service is considered investigational for this condition.",
        "dose": "0.5 mg/kg over 40 minutes",
        "frequency": "twice a week for three weeks",
        "sessions": "6",
        "starts_on": dt.date(2026, 12, 14),
        "site_name": "Sample Clinic, Sampletown",
        "codes": "J3490",
        "diagnosis": "major depressive disorder, recurrent, severe (F33.2)",
        "onset": "2019",
        "function": "I have not been able to work since January 2026, and I leave the house "
        "once a week.",
    }
)


def told(*, without: Iterable[str] = (), **more: Value) -> Mapping[str, Value]:
    """The facts of the sample, some left out, some others."""
    return {name: value for name, value in {**TOLD, **more}.items() if name not in {*without}}


SITUATION: Mapping[str, Any] = MappingProxyType(
    {
        "version": 1,
        "asker": "patient",
        "plan": {"line_of_business": "commercial", "funding": "self_funded", "insurer": "aetna"},
        "treatment": "iv_ketamine",
        "icd10_codes": ["F33.2"],
        "answers": {"age": 44, "conditions": ["treatment_resistant_depression"]},
        "treatments_tried": [
            {
                "kind": "antidepressant",
                "drug": "sertraline",
                "weeks": 8,
                "highest_dose_mg": 150,
                "adequate_dose": True,
                "outcome": "no_response",
                "this_episode": True,
            },
            {
                "kind": "antidepressant",
                "drug": "venlafaxine",
                "weeks": 10,
                "outcome": "partial_response",
                "this_episode": True,
            },
        ],
        "treatments_complete": True,
        "scores": [
            {"scale": "phq9", "score": 19, "origin": "chart", "taken_on": "2026-11-03"},
        ],
    }
)


def make_answer(*, on: dt.date = ON, **changes: Any) -> Answer:
    """The answer to the sample's situation, or to one that differs in some fields."""
    situation = Situation.from_json({**SITUATION, **changes})
    return check(situation, catalogue=real_catalogue(), on=on)


def make_letter(
    kind: str = "internal_appeal",
    voice: str = "patient",
    *,
    facts: Mapping[str, Value] = TOLD,
    answer: Answer | None = None,
    denied: DeniedCase | None = None,
    enclosures: Iterable[str] = ("denial_notice", "chart_notes", "rating_scales"),
    on: dt.date = ON,
) -> LetterCase:
    """A letter to be written; a denial of the sample's self-funded plan, where none is named."""
    kind_of = LetterKind(kind)
    return LetterCase(
        kind=kind_of,
        voice=Voice(voice),
        on=on,
        told=facts,
        answer=answer,
        denied=make_case() if denied is None else denied,
        enclosures=frozenset(map(EnclosureId, enclosures)),
    )
