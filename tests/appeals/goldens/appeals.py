"""Appeals to the plan, in every voice, of every kind of condition and of plan."""

import datetime as dt

from appeals.law.stages import Service
from tests.appeals.goldens.samples import (
    ABOUT,
    AETNA,
    ALL_OF_A_CHART,
    ESKETAMINE,
    FEDERAL,
    MASSACHUSETTS,
    NECESSITY,
    ORIGINAL_MEDICARE,
    PAIN,
    PAIN_TRIED,
    SPRAY,
    THREE_TRIED,
    TRD,
    TRICARE,
    TWO_TRIED,
    WHA,
    Goldens,
    letter,
)
from tests.appeals.letter_cases import TOLD

APPEALS: Goldens = {
    "appeal_depression_iv_self_funded_patient": lambda: letter(
        "internal_appeal",
        "patient",
        answer={"answers": TRD, "treatments_tried": THREE_TRIED, "plan": AETNA},
    ),
    "appeal_depression_iv_insured_clinician_expedited": lambda: letter(
        "internal_appeal",
        "clinician",
        plan="insured_job",
        state="MA",
        reasons=("not_medically_necessary",),
        is_expedited=True,
        service=Service.PRE_SERVICE,
        facts={
            **TOLD,
            "stated_reason": NECESSITY,
            **ABOUT,
        },
        answer={"answers": TRD, "treatments_tried": THREE_TRIED, "plan": MASSACHUSETTS},
        enclosures=(*ALL_OF_A_CHART, "physician_certification", "literature"),
    ),
    "appeal_suicidality_esketamine_medicare_advantage_clinician": lambda: letter(
        "internal_appeal",
        "clinician",
        plan="medicare_advantage",
        state="CA",
        treatment=ESKETAMINE,
        condition="mdd_suicidal",
        reasons=("not_medically_necessary",),
        facts={
            **SPRAY,
            **ABOUT,
            "stated_reason": NECESSITY,
            "diagnosis": "major depressive disorder, severe, with suicidal ideation "
            "(F32.2, R45.851)",
        },
        answer={
            "plan": WHA,
            "treatment": "esketamine_nasal",
            "icd10_codes": ["F32.2", "R45.851"],
            "answers": {"age": 71, "conditions": ["mdd_suicidal"], "request_phase": "first"},
            "treatments_tried": TWO_TRIED,
        },
    ),
    "appeal_crps_iv_tricare_patient": lambda: letter(
        "internal_appeal",
        "patient",
        plan="tricare",
        condition="crps",
        reasons=("experimental_investigational",),
        facts={
            **PAIN,
            "diagnosis": "complex regional pain syndrome of the right hand (G90.511)",
        },
        answer={
            "plan": TRICARE,
            "icd10_codes": ["G90.511"],
            "answers": {"age": 38, "conditions": ["crps"]},
            "treatments_tried": PAIN_TRIED,
            "scores": [],
        },
    ),
    "appeal_ptsd_iv_federal_parent": lambda: letter(
        "internal_appeal",
        "parent",
        plan="federal",
        condition="ptsd",
        reasons=("experimental_investigational",),
        facts={
            **TOLD,
            "patient_born_on": dt.date(2009, 4, 17),
            "diagnosis": "post-traumatic stress disorder (F43.10)",
            "function": "Sample Patient has not been to school since March 2026.",
        },
        answer={
            "plan": FEDERAL,
            "icd10_codes": ["F43.10"],
            "answers": {"age": 17, "conditions": ["ptsd"]},
            "treatments_tried": TWO_TRIED,
            "scores": [],
        },
    ),
    "appeal_chronic_pain_iv_original_medicare_representative": lambda: letter(
        "internal_appeal",
        "representative",
        plan="original_medicare",
        state="NY",
        condition="chronic_pain",
        reasons=("not_medically_necessary",),
        facts={
            **PAIN,
            "stated_reason": NECESSITY,
            "diagnosis": "chronic pain syndrome (G89.4)",
            "writer_relation": "Appointed representative",
            "function": "Sample Patient can stand for ten minutes and sleeps four hours.",
        },
        answer={
            "plan": ORIGINAL_MEDICARE,
            "icd10_codes": ["G89.4"],
            "answers": {"age": 68, "conditions": ["chronic_pain"]},
            "treatments_tried": PAIN_TRIED,
            "scores": [],
        },
        enclosures=("denial_notice", "chart_notes", "representative_form"),
    ),
    "appeal_bipolar_iv_bought_patient_with_gaps": lambda: letter(
        "internal_appeal",
        "patient",
        plan="bought",
        condition="bipolar_depression",
        reasons=("experimental_investigational",),
        facts={"patient_name": "Sample Patient", "notice_on": dt.date(2026, 10, 30)},
        enclosures=(),
    ),
    "appeal_continuation_esketamine_insured_clinician": lambda: letter(
        "internal_appeal",
        "clinician",
        plan="insured_job",
        state="OH",
        treatment=ESKETAMINE,
        reasons=("continuation_without_benefit",),
        facts={
            **SPRAY,
            "stated_reason": "Continued treatment has not shown sufficient improvement.",
            **ABOUT,
            "frequency": "once a week",
            "sessions": "24",
        },
        answer={
            "plan": {**MASSACHUSETTS, "insurer": "cigna", "issue_state": "OH"},
            "treatment": "esketamine_nasal",
            "answers": {**TRD, "request_phase": "continuing"},
            "treatments_tried": TWO_TRIED,
            "scores": [
                {"scale": "phq9", "score": 22, "origin": "chart", "taken_on": "2026-05-04"},
                {"scale": "phq9", "score": 8, "origin": "chart", "taken_on": "2026-11-03"},
            ],
        },
    ),
    "appeal_continuation_depression_iv_patient": lambda: letter(
        "internal_appeal",
        "patient",
        reasons=("continuation_without_benefit",),
        facts={
            **TOLD,
            "stated_reason": "Continued treatment has not shown sufficient improvement.",
        },
        answer={
            "plan": AETNA,
            "answers": {**TRD, "request_phase": "continuing"},
            "treatments_tried": TWO_TRIED,
            "scores": [
                {
                    "scale": "phq9",
                    "score": 9,
                    "origin": "self_completed",
                    "taken_on": "2026-11-20",
                }
            ],
        },
    ),
    "appeal_missing_papers_medicaid_patient": lambda: letter(
        "internal_appeal",
        "patient",
        plan="medicaid_plan",
        reasons=("missing_documentation",),
        facts={
            **TOLD,
            "stated_reason": "Clinical documentation was not received.",
            "proof": "A fax confirmation of October 12, 2026, 24 pages, is enclosed.",
        },
        enclosures=("denial_notice", "timely_filing_proof"),
    ),
    "appeal_plan_exclusion_self_funded_patient": lambda: letter(
        "internal_appeal",
        "patient",
        reasons=("plan_exclusion",),
        facts={
            **TOLD,
            "stated_reason": "Experimental services are excluded under your plan.",
            "plan_quote": "Services that are experimental or investigational are not covered.",
            "plan_quote_page": "Summary plan description, page 41",
            "exclusion_answer": "The plan papers name no drug, and the treatment is given at "
            "my clinic as ordinary care.",
        },
        answer={"answers": TRD, "treatments_tried": TWO_TRIED, "plan": AETNA},
        enclosures=(*ALL_OF_A_CHART, "plan_document_pages"),
    ),
}
