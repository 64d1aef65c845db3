"""The check of real plans against the real catalogue."""

import datetime as dt
from typing import Any

import pytest

from policies.applicability import LeftOutReason, Role
from policies.check import Answer, NoDocumentReason, PlanCaution, check
from policies.score import Score
from policies.situation import LineOfBusiness, Treatment
from policies.sureness import Sureness
from policies.verdict import Ground, Verdict
from tests.factories import ON, make_score, make_situation, make_tried, real_catalogue
from tests.policies.checking import ADVANTAGE, COMMERCIAL, ORIGINAL


def really(
    line: LineOfBusiness,
    *,
    on: dt.date = ON,
    conditions: tuple[str, ...] = ("treatment_resistant_depression",),
    **situation: Any,
) -> Answer:
    asked = make_situation(conditions=conditions, line_of_business=line, **situation)
    return check(asked, catalogue=real_catalogue(), on=on)


def stems(documents: Any) -> list[str]:
    return [one.applied.document.stem for one in documents]


def test_a_member_in_massachusetts_with_resistant_depression_is_answered_from_087() -> None:
    answer = really(
        COMMERCIAL,
        insurer="bcbs-ma",
        issue_state="MA",
        answers={
            "age": 45,
            "structured_interview": True,
            "concurrent_antidepressant": "oral",
        },
        tried=[
            make_tried(name)
            for name in ("sertraline", "escitalopram", "venlafaxine", "bupropion", "aripiprazole")
        ],
        complete=True,
        scores=[make_score("madrs", 30)],
    )
    assert answer.verdict is Verdict.COULD_QUALIFY
    assert stems(answer.documents) == ["bcbs-ma--087"]
    assert [one.stem for one in answer.silent] == ["bcbs-ma--291"]
    assert answer.documents[0].sureness is Sureness.SECOND_HAND
    assert answer.plan_caution is PlanCaution.FUNDING_UNKNOWN
    score = answer.documents[0].answer.positions[0].score
    assert score == Score(met=7, not_met=0, to_find_out=2, at_least=True)


def test_chronic_pain_in_medicare_advantage_is_refused_beside_medicares_own_rule() -> None:
    answer = really(
        ADVANTAGE, insurer="bcbs-ma", residence_state="MA", conditions=("chronic_pain",)
    )
    assert (answer.verdict, answer.ground) == (Verdict.NOT_COVERED, Ground.INVESTIGATIONAL)
    assert answer.headline is not None
    assert stems([answer.headline]) == ["bcbs-ma--291"]
    beside = answer.documents[1:]
    assert stems(beside) == [
        "medicare--benefit-policy-manual-ch15",
        "medicare-advantage--42-cfr-422-101",
        "medicare-ngs--l33394",
        "medicare-ngs--l39978",
    ]
    assert {one.answer.verdict for one in beside} == {Verdict.CASE_BY_CASE}
    assert {one.applied.role for one in beside} == {Role.PROGRAM_RULE}


def test_crps_at_aetna_is_answered_from_the_bulletin_that_names_it() -> None:
    answer = really(COMMERCIAL, insurer="aetna", conditions=("crps",))
    assert (answer.verdict, answer.ground) == (Verdict.NOT_COVERED, Ground.INVESTIGATIONAL)
    assert stems(answer.documents) == ["aetna--cpb-0447", "aetna--cpb-0938"]
    depressed = really(COMMERCIAL, insurer="aetna")
    assert (depressed.verdict, depressed.ground) == (Verdict.NOT_COVERED, Ground.INVESTIGATIONAL)


@pytest.mark.parametrize(
    ("treatment", "verdict", "ground"),
    [
        (Treatment.IV_KETAMINE, Verdict.NOT_COVERED, Ground.EXCLUDED),
        (Treatment.ORAL_KETAMINE, Verdict.NOT_COVERED, Ground.EXCLUDED),
        (Treatment.ESKETAMINE_NASAL, Verdict.APPEARS_TO_QUALIFY, None),
    ],
)
def test_tricare_west(treatment: Treatment, verdict: Verdict, ground: Ground | None) -> None:
    answer = really(
        LineOfBusiness.TRICARE, insurer="tricare-west", treatment=treatment, answers={"age": 40}
    )
    assert (answer.verdict, answer.ground) == (verdict, ground)
    assert answer.documents[0].sureness is Sureness.OLD_OR_UNDATED


def test_tricare_without_a_region_is_answered_from_the_manual_alone() -> None:
    answer = really(LineOfBusiness.TRICARE)
    assert answer.verdict is Verdict.CASE_BY_CASE
    assert stems(answer.documents) == ["tricare--unproven-and-off-label-drugs"]


def test_tricare_without_a_region_names_the_contractors_that_decide() -> None:
    answer = really(LineOfBusiness.TRICARE, insurer="tricare", treatment=Treatment.ESKETAMINE_NASAL)
    assert answer.no_document is NoDocumentReason.NOTHING_ON_TREATMENT
    assert [one.slug for one in answer.similar_insurers] == ["tricare-east", "tricare-west"]


def test_tricare_east_is_silent_on_ketamine_so_the_manual_stands_first() -> None:
    answer = really(LineOfBusiness.TRICARE, insurer="tricare-east")
    assert answer.verdict is Verdict.CASE_BY_CASE
    assert stems(answer.documents) == [
        "tricare--unproven-and-off-label-drugs",
        "tricare-east--spravato",
    ]


def test_washington_workers_compensation_refuses_injected_drugs() -> None:
    answer = really(
        LineOfBusiness.WORKERS_COMPENSATION,
        insurer="wa-lni",
        residence_state="WA",
        conditions=("chronic_pain",),
    )
    assert (answer.verdict, answer.ground) == (Verdict.NOT_COVERED, Ground.EXCLUDED)
    elsewhere = really(LineOfBusiness.WORKERS_COMPENSATION, residence_state="TX")
    assert elsewhere.no_document is NoDocumentReason.NOT_HANDLED


@pytest.mark.parametrize(
    ("formulary", "verdict", "ground"),
    [
        ("rxcore", Verdict.NOT_COVERED, Ground.EXCLUDED),
        ("rxselect", Verdict.ANSWER_UNREAD, None),
        (None, Verdict.ANSWER_UNREAD, None),
    ],
)
def test_at_select_health_the_formulary_decides(
    formulary: str | None, verdict: Verdict, ground: Ground | None
) -> None:
    answer = really(
        COMMERCIAL,
        insurer="selecthealth",
        issue_state="UT",
        treatment=Treatment.ESKETAMINE_NASAL,
        answers={"formulary": formulary} if formulary else {},
    )
    assert (answer.verdict, answer.ground) == (verdict, ground)


def test_the_va_answers_from_its_own_guidance_without_being_named() -> None:
    answer = really(LineOfBusiness.VA)
    assert answer.verdict is Verdict.COULD_QUALIFY
    assert stems(answer.documents) == ["va--iv-ketamine"]
    assert answer.insurer is not None
    assert answer.insurer.slug == "va"
    refused = really(LineOfBusiness.VA, answers={"bipolar_history": True})
    assert refused.verdict is Verdict.DOES_NOT_MEET


@pytest.mark.parametrize(
    ("condition", "treatment", "verdict"),
    [
        ("treatment_resistant_depression", Treatment.IV_KETAMINE, Verdict.CASE_BY_CASE),
        ("crps", Treatment.IV_KETAMINE, Verdict.CASE_BY_CASE),
        ("anesthesia", Treatment.IV_KETAMINE, Verdict.COULD_QUALIFY),
        ("treatment_resistant_depression", Treatment.ESKETAMINE_NASAL, Verdict.COULD_QUALIFY),
    ],
)
def test_original_medicare(condition: str, treatment: Treatment, verdict: Verdict) -> None:
    answer = really(ORIGINAL, conditions=(condition,), treatment=treatment)
    assert answer.verdict is verdict


@pytest.mark.parametrize(
    ("ideation", "verdict"),
    [
        ("none", Verdict.COULD_QUALIFY),  # the other conditions of its list were not read
        ("with_intent", Verdict.COULD_QUALIFY),  # the clinic must say that they need control
    ],
)
def test_wisconsin_medicaid_has_a_way_for_thoughts_of_suicide(
    ideation: str, verdict: Verdict
) -> None:
    answer = really(
        LineOfBusiness.MEDICAID,
        insurer="wisconsin-medicaid",
        residence_state="WI",
        answers={
            "age": 40,
            "suicidal_ideation": ideation,
            "substance_use_disorder": "none",
            "concurrent_antidepressant": "oral",
        },
        tried=[make_tried("sertraline"), make_tried("venlafaxine")],
        complete=True,
    )
    assert answer.verdict is verdict
    named = {
        name for one in answer.documents[0].answer.positions for name in one.position.indications
    }
    assert ("mdd_suicidal" in named) is (ideation == "with_intent")
    assert stems(answer.documents) == [
        "wisconsin-medicaid--iv-ketamine-mdd",
        "medicaid--medically-accepted-indication",
    ]
    assert answer.documents[0].sureness is Sureness.SECOND_HAND


def test_wisconsin_before_its_rule_began() -> None:
    answer = really(
        LineOfBusiness.MEDICAID,
        insurer="wisconsin-medicaid",
        residence_state="WI",
        on=dt.date(2024, 12, 31),
    )
    assert answer.no_document is NoDocumentReason.BEFORE_FIRST_EDITION


def test_wisconsin_medicaid_is_not_for_a_resident_of_another_state() -> None:
    answer = really(
        LineOfBusiness.MEDICAID,
        insurer="wisconsin-medicaid",
        residence_state="IL",
        issue_state="WI",
    )
    assert answer.verdict is Verdict.CASE_BY_CASE
    assert stems(answer.documents) == ["medicaid--medically-accepted-indication"]
    assert [one.reason for one in answer.left_out] == [LeftOutReason.OTHER_STATE]


def test_an_insurer_we_do_not_hold_gets_no_answer_of_another() -> None:
    answer = really(COMMERCIAL, insurer_name="Zenith Mutual", issue_state="MA")
    assert answer.no_document is NoDocumentReason.INSURER_NOT_HELD
    assert answer.documents == ()
