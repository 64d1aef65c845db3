"""Sample facts for the letters that are kept as text; every name and number is a sample's."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from appeals.law.arguments import EnclosureId
from appeals.law.finder import outcome
from appeals.letters import LetterCase, LetterKind, Voice
from appeals.letters.case import Value
from policies.situation import Treatment
from tests.appeals.denied_cases import ON, make_case
from tests.appeals.letter_cases import SITUATION, TOLD, make_answer, make_letter

Goldens: TypeAlias = dict[str, Callable[[], LetterCase]]
ALL_OF_A_CHART = ("denial_notice", "chart_notes", "rating_scales", "treatment_history_table")
ESKETAMINE = Treatment.ESKETAMINE_NASAL
AETNA = {"line_of_business": "commercial", "funding": "self_funded", "insurer": "aetna"}
MASSACHUSETTS = {
    "line_of_business": "commercial",
    "funding": "insured",
    "insurer": "bcbs-ma",
    "issue_state": "MA",
}
WHA = {"line_of_business": "medicare_advantage", "insurer": "western-health-advantage"}
ORIGINAL_MEDICARE = {"line_of_business": "original_medicare", "residence_state": "NY"}
TRICARE = {"line_of_business": "tricare"}
FEDERAL = {"line_of_business": "federal_employees"}
OHIO_MEDICAID = {"line_of_business": "medicaid_managed_care", "residence_state": "OH"}

TRD = {
    "age": 44,
    "conditions": ["treatment_resistant_depression"],
    "request_phase": "first",
}
TWO_TRIED = [
    SITUATION["treatments_tried"][0],
    {**SITUATION["treatments_tried"][1], "highest_dose_mg": 225, "adequate_dose": True},
]
THREE_TRIED = [
    *TWO_TRIED,
    {
        "kind": "augmentation",
        "drug": "aripiprazole",
        "weeks": 6,
        "highest_dose_mg": 10,
        "adequate_dose": True,
        "outcome": "not_tolerated",
        "this_episode": True,
    },
]
PAIN_TRIED = [
    {
        "kind": "anticonvulsant",
        "drug": "gabapentin",
        "weeks": 12,
        "highest_dose_mg": 2400,
        "outcome": "no_response",
    },
    {"kind": "physical_therapy", "weeks": 20, "outcome": "partial_response"},
    {"kind": "spinal_cord_stimulation", "weeks": 8, "outcome": "not_tolerated"},
]
PAIN: Mapping[str, Value] = MappingProxyType(
    {
        **TOLD,
        "dose": "0.35 mg/kg an hour over 4 hours",
        "frequency": "on five days in a row",
        "sessions": "5",
        "function": "I can't hold a cup with my right hand, and I wake from pain most nights.",
    }
)
SPRAY: Mapping[str, Value] = MappingProxyType(
    {
        **TOLD,
        "dose": "84 mg",
        "frequency": "twice a week for four weeks",
        "sessions": "8",
        "codes": "G2083",
    }
)
# Whoever writes about the patient.
ABOUT: Mapping[str, Value] = MappingProxyType(
    {
        "function": "Sample Patient has not been able to work since January 2026, and leaves the "
        "house once a week."
    }
)
CHARTED: Mapping[str, Value] = MappingProxyType(
    {
        **ABOUT,
        "diagnosis_basis": "Structured interview by the treating psychiatrist in March 2024.",
        "comorbidities": "Hypertension, controlled on lisinopril.",
        "score_now": "PHQ-9 19 on November 3, 2026",
        "risk": "Passive thoughts of death, no plan, no intent, as charted on November 3, 2026.",
        "other_treatment": "Cognitive behavioral therapy, 16 sessions in 2025, with little change. "
        "ECT was offered and declined for fear of memory loss.",
        "why_this": "Two adequate antidepressant trials and one add-on have not brought response, "
        "and she has been out of work since January 2026.",
        "alternatives": "A further antidepressant was considered. Sertraline and venlafaxine at "
        "full doses did not bring response, and aripiprazole had to be stopped for akathisia.",
        "why_not_esketamine": "No certified site is within two hours of her home.",
        "safety": "Blood pressure before, during and after each infusion. No history of psychosis "
        "or of a bladder disorder. Someone drives her home.",
        "goal": "PHQ-9 after the sixth infusion. A fall of half or more counts as response; "
        "without it, treatment stops.",
        "delay_risk": "She has lost weight and stopped leaving the house; a month more without "
        "treatment could put her in hospital, as charted on November 3, 2026.",
        "exception_reason": "Two antidepressants at full dose and an add-on did not help enough. "
        "Two more would take three months in which she can't work.",
    }
)


def letter(
    kind: str,
    voice: str,
    *,
    plan: str = "self_funded_job",
    facts: Mapping[str, Value] = TOLD,
    answer: Mapping[str, Any] | None = None,
    enclosures: tuple[str, ...] = ALL_OF_A_CHART,
    **denied: Any,
) -> LetterCase:
    """A letter after a denial."""
    checked = make_answer(**answer) if answer is not None else None
    return make_letter(
        kind,
        voice,
        facts=facts,
        answer=checked,
        denied=make_case(plan, **denied),
        enclosures=enclosures,
    )


def before_a_denial(
    kind: str,
    voice: str,
    facts: Mapping[str, Value],
    enclosures: tuple[str, ...] = ALL_OF_A_CHART[1:],
    **answer: Any,
) -> LetterCase:
    """A letter for a plan that has not said no."""
    told = {"source": "job", "payer": "insurer", "grandfathered": "no", "issue_state": "MA"}
    return LetterCase(
        kind=LetterKind(kind),
        voice=Voice(voice),
        on=ON,
        told={name: one for name, one in facts.items() if name not in OF_A_DENIAL},
        answer=make_answer(**answer),
        outcome=outcome(told),
        enclosures=frozenset(map(EnclosureId, enclosures)),
    )


OF_A_DENIAL = ("notice_on", "reference_number", "stated_reason")
NECESSITY = "The service does not meet our medical necessity rule."
REGULATOR: Mapping[str, Value] = MappingProxyType(
    {
        "regulator_name": "Sample Department of Insurance",
        "regulator_address": "50 Sample Avenue\nSampletown, OH 00000",
    }
)
REPRESENTATIVE: Mapping[str, Value] = MappingProxyType(
    {
        "representative_name": "Sample Helper",
        "representative_address": "14 Sample Street\nSampletown, OH 00000",
        "representative_phone": "555-0105",
        "representative_relation": "Sister",
    }
)
LATE: Mapping[str, Value] = MappingProxyType(
    {
        "notice_on": dt.date(2026, 6, 2),
        "late_reason": "I was in hospital from August 20 to November 20, 2026.",
        "proof": "The hospital's discharge summary of November 20, 2026.",
    }
)
BILL = {
    "service_on": "October 5, 7 and 9, 2026",
    "amount_paid": "$1,350",
    "provider_license": "SAMPLE-LIC-1",
    "provider_tax_id": "SAMPLE-TAX-1",
    "place_of_service": "11",
    "units": "50",
}
