"""The exception to step therapy and the page for a call, held against the anatomy and the law."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from appeals.law.step_therapy import laws
from appeals.letters import LetterContent, compose
from appeals.pdf import print_letter
from policies.check import Answer, check
from policies.situation import Funding, LineOfBusiness, Plan, Treatment
from tests.appeals.denied_cases import ON, PLANS, make_case
from tests.appeals.letter_cases import make_letter
from tests.appeals.letter_charts import (
    WORDS,
    chart_words,
    esketamine,
    resistant_depression,
    trial,
)
from tests.appeals.letter_reading import block_text, ids, stands_in_order, text_of
from tests.real_catalogue import real_catalogue, real_folder

SOLD_BY_AN_INSURER = ("insured_job", "bought", "government_insured", "church")
CITATIONS = [one.citation for law in laws().by_state.values() for one in law.parts]


def exception(
    voice: str = "clinician",
    *,
    plan: str = "insured_job",
    state: str = "TX",
    reasons: tuple[str, ...] = ("step_therapy",),
    answer: Answer | None = None,
    on: dt.date = ON,
    **words: Any,
) -> LetterContent:
    found = answer if answer is not None else esketamine()
    denied = make_case(
        plan, state=state, reasons=reasons, treatment=found.situation.treatment, on=on
    )
    facts = chart_words(more=words)
    return compose(
        make_letter("step_exception", voice, facts=facts, answer=found, denied=denied, on=on)
    )


def test_an_exception_keeps_the_order_of_the_anatomy() -> None:
    assert stands_in_order(
        exception(),
        "request",
        "stated_reason",
        "trials",
        "alternatives",
        "criteria",
        "step_law",
        "evidence",
        "demands",
        "next_steps",
        "closing",
    )


def test_what_the_plan_wants_first_and_why_it_does_not_fit_are_told_or_left_open() -> None:
    told_of = block_text(exception(), "alternatives")
    assert "another antidepressant" in told_of
    assert str(WORDS["alternatives"]) in told_of
    gaps = {gap.id for gap in exception(alternatives="", plan_prefers="").gaps}
    assert {"alternatives", "plan_prefers"} <= gaps


@pytest.mark.parametrize("voice", ["patient", "parent", "representative", "clinician"])
def test_an_exception_speaks_in_the_voice_of_its_writer(voice: str) -> None:
    request = block_text(exception(voice), "request")
    assert ("my treatment-resistant depression" in request) is (voice == "patient")
    assert ("for Sample Patient" in request) is (voice != "patient")


def test_texas_is_named_for_a_plan_that_an_insurer_sells_there() -> None:
    law = block_text(exception(), "step_law")
    assert "Tex. Ins. Code 1369.0545, 1369.0546" in law
    assert "must grant an exception" in law
    assert "We did not read" not in law
    assert "or say why it does not reach a drug that a clinic gives" in law


def test_ohio_reaches_what_a_clinic_gives_and_says_so() -> None:
    law = block_text(exception(state="OH"), "step_law")
    assert "drugs that a clinic gives (Ohio Rev. Code 3901.83)" in law
    assert "say why it does not reach" not in law


def test_what_the_fda_approved_speaks_for_esketamine_and_not_for_infused_ketamine() -> None:
    assert "1369.0547" in block_text(exception(), "step_law")
    infused = exception(answer=resistant_depression())
    assert "1369.0545" in block_text(infused, "step_law")
    assert "1369.0547" not in text_of(infused)


@pytest.mark.parametrize("plan", [one for one in PLANS if one not in SOLD_BY_AN_INSURER])
def test_the_law_of_a_state_is_not_named_for_a_plan_that_it_does_not_bind(plan: str) -> None:
    content = exception(plan=plan)
    assert "step_law" not in ids(content)
    assert not any(one in text_of(content) for one in CITATIONS)


@pytest.mark.parametrize("state", ["AZ", "AR", "KY", "WI", "WY"])
def test_a_law_that_was_read_at_second_hand_is_not_named(state: str) -> None:
    assert "step_law" not in ids(exception(state=state))


def test_a_denial_as_experimental_is_answered_by_no_law_on_step_therapy() -> None:
    reasons = ("step_therapy", "experimental_investigational")
    assert "step_law" not in ids(exception(reasons=reasons))


def test_a_law_that_was_read_long_ago_is_not_named() -> None:
    assert "step_law" not in ids(exception(on=dt.date(2028, 1, 3)))


def test_a_request_after_a_denial_gives_up_no_appeal() -> None:
    assert "not an appeal and gives up no right to one" in text_of(exception())


# The page for a call


def call(answer: Answer | None = None, **words: Any) -> LetterContent:
    found = answer if answer is not None else resistant_depression()
    denied = make_case(
        "insured_job",
        state="MA",
        reasons=("not_medically_necessary",),
        treatment=found.situation.treatment,
    )
    facts = chart_words(more=words)
    return compose(
        make_letter("peer_to_peer", "clinician", facts=facts, answer=found, denied=denied)
    )


def test_the_page_for_a_call_keeps_the_order_of_the_anatomy() -> None:
    content = call(delay_risk="The chart records a loss of 9 pounds.")
    assert ids(content) == [
        "reference",
        "before_call",
        "opening_line",
        "call_points",
        "call_alternative",
        "call_risk",
        "call_ask",
        "after_call",
    ]


def test_a_call_names_the_patient_by_initials_alone() -> None:
    content = call()
    assert "patient S.P., reference SAMPLE-77" in block_text(content, "opening_line")
    assert "Sample Patient" not in text_of(content)
    assert "Sample Patient" not in content.running.text


def test_the_first_words_have_the_service_and_the_reason_and_promise_nothing() -> None:
    opening = block_text(call(), "opening_line")
    assert "ketamine by intravenous infusion for treatment-resistant depression" in opening
    assert "considered investigational" in opening
    # Part of the rule is not answered yet.
    assert "I will show" not in opening


def test_the_points_have_dose_weeks_and_score_once() -> None:
    points = block_text(call(), "call_points")
    assert "MADRS 34 on November 3, 2026" in points
    assert points.count("Sertraline") == 1
    assert "Sertraline, 100 mg a day, adequate, 8 weeks, no response" in points


def test_a_fact_that_nobody_told_is_marked_and_not_spoken() -> None:
    short = [trial("sertraline", weeks=None, highest_dose_mg=None, adequate_dose=None)]
    short = [{name: value for name, value in one.items() if value is not None} for one in short]
    points = block_text(call(resistant_depression(treatments_tried=short)), "call_points")
    assert "Sertraline, [dose of sertraline], [weeks of sertraline], no response" in points


def test_waiting_is_spoken_of_only_as_charted() -> None:
    assert "call_risk" not in ids(call())


def test_esketamine_for_suicidality_is_spoken_of_with_its_limit() -> None:
    answer = esketamine({"suicidal_ideation": "with_intent"})
    assert answer.situation.treatment is Treatment.ESKETAMINE_NASAL
    assert "not been shown to prevent suicide" in block_text(call(answer), "call_risk")


def test_it_asks_for_a_decision_and_for_what_would_change_a_no() -> None:
    ask = block_text(call(), "call_ask")
    assert "Will you approve it now?" in ask
    assert "which document would change the answer" in ask
    assert "name and specialty" in ask


def test_the_call_is_no_appeal() -> None:
    after = block_text(call(), "after_call")
    assert "the call is no appeal and stops no clock" in after
    assert "dated note" in after


def test_a_page_to_speak_from_encloses_nothing() -> None:
    assert call().enclosures == ()


def whole_rule_met() -> Answer:
    """Every requirement of the commercial policy on esketamine answered, and met."""
    tried = [
        trial(drug, improvement_percent=10) for drug in ("sertraline", "venlafaxine", "bupropion")
    ]
    answers = {"prescriber": "psychiatrist", "prescription_monitoring_checked": True}
    return esketamine(answers, treatments_tried=tried)


def met_in_a_document_that_was_read() -> Answer:
    """A worked case of the one commercial document that was read itself and can be met whole."""
    cases = real_folder().cases["bcbs-nd--spravato"]
    case = next(one for one in cases if one.name.startswith("Resistant depression, two inadequ"))
    plan = Plan(
        line_of_business=LineOfBusiness.COMMERCIAL,
        funding=Funding.INSURED,
        insurer="bcbs-nd",
        issue_state="ND",
    )
    return check(replace(case.situation, plan=plan), catalogue=real_catalogue(), on=ON)


def test_a_record_that_meets_the_whole_rule_is_announced_as_appearing_to() -> None:
    opening = block_text(call(met_in_a_document_that_was_read()), "opening_line")
    assert "I will show that the record appears to meet the rule." in opening


def test_by_an_account_of_others_nobody_meets_a_whole_rule() -> None:
    opening = block_text(call(whole_rule_met()), "opening_line")
    assert "appears to meet" not in opening


def test_a_page_to_speak_from_is_one_page() -> None:
    content = call(whole_rule_met(), dose="56 mg")
    assert not content.is_draft
    assert print_letter(content).pages == 1
