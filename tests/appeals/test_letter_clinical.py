"""Letters that a clinician signs before treatment, held against the anatomy."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from appeals.letters import LetterContent, compose
from appeals.letters.case import Value
from appeals.letters.content import Facts, Table
from policies.check import Answer
from policies.situation import Treatment
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import make_letter
from tests.appeals.letter_charts import (
    WORDS,
    chart_words,
    continuing,
    esketamine,
    resistant_depression,
    score,
)
from tests.appeals.letter_reading import block_text, ids, stands_in_order, text_of

LIMIT = "not been shown to prevent suicide or to reduce suicidal ideation or behavior"
OWN_WORDS = ("other_treatment", "why_this", "alternatives", "safety", "goal", "function")


def necessity(
    answer: Answer | None = None,
    *,
    without: tuple[str, ...] = (),
    reasons: tuple[str, ...] = ("not_medically_necessary",),
    condition: str = "treatment_resistant_depression",
    **words: Value,
) -> LetterContent:
    found = answer if answer is not None else resistant_depression()
    denied = make_case(
        "insured_job",
        state="MA",
        reasons=reasons,
        treatment=found.situation.treatment,
        condition=condition,
    )
    facts = chart_words(without=without, more=words)
    return compose(
        make_letter("medical_necessity", "clinician", facts=facts, answer=found, denied=denied)
    )


def before_treatment(answer: Answer | None = None, **words: Any) -> LetterContent:
    facts = chart_words(more=words)
    found = answer if answer is not None else resistant_depression()
    case = make_letter("prior_authorization", "clinician", facts=facts, answer=found)
    return compose(replace(case, denied=None))


# Letter of medical necessity


def test_a_letter_of_medical_necessity_keeps_the_order_of_the_anatomy() -> None:
    assert stands_in_order(
        necessity(),
        "request",
        "about_clinician",
        "diagnosis",
        "severity",
        "trials",
        "other_lines",
        "why_this",
        "safety",
        "goals",
        "criteria",
        "evidence",
        "statement",
        "closing",
    )


def test_the_request_has_drug_dose_frequency_number_site_and_start() -> None:
    request = block_text(necessity(), "request")
    assert (
        "ketamine by intravenous infusion for Sample Patient, who has treatment-resistant "
        "depression: 0.5 mg/kg over 40 minutes, twice a week for three weeks, 6 sessions, at "
        "Sample Clinic, Sampletown."
    ) in request
    assert "December 14, 2026" in request
    assert "has tried 5 treatments" in request


@pytest.mark.parametrize("name", ["dose", "frequency", "sessions", "site_name"])
def test_what_is_missing_of_the_order_is_a_gap(name: str) -> None:
    content = necessity(without=(name,))
    assert name in {gap.id for gap in content.gaps}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_what_only_the_clinician_knows_is_told_or_left_open(name: str) -> None:
    assert str(WORDS[name]) in text_of(necessity())
    assert name in {gap.id for gap in necessity(without=(name,)).gaps}


def test_only_a_clinician_signs_it() -> None:
    content = necessity()
    assert "NPI 1234567893" in block_text(content, "closing")
    assert "I have examined Sample Patient" in block_text(content, "statement")


def test_severity_has_the_scale_the_score_and_the_date() -> None:
    assert "MADRS: 34 (November 3, 2026)" in block_text(necessity(), "severity")


def test_a_self_completed_score_is_never_shown_as_charted() -> None:
    own = [score("phq9", 22, "2026-11-03", origin="self_completed")]
    content = necessity(resistant_depression(scores=own))
    assert "PHQ-9: 22" not in text_of(content)
    assert "PHQ-9 22" not in text_of(content)
    assert "[latest score on a rating scale, with its date]" in text_of(content)


def test_how_the_diagnosis_was_made_comes_from_the_check_or_is_asked() -> None:
    told_in_check = block_text(necessity(without=("diagnosis_basis",)), "diagnosis")
    assert "made by a psychiatrist" in told_in_check
    assert "structured clinical interview" in told_in_check
    unknown = resistant_depression({"structured_interview": False, "diagnosed_by": "other"})
    found = block_text(necessity(unknown, without=("diagnosis_basis",)), "diagnosis")
    assert "[how the diagnosis was made, and by whom]" in found
    assert "interview" not in found


@pytest.mark.parametrize(
    ("answer", "condition", "asks"),
    [
        pytest.param(resistant_depression(), "treatment_resistant_depression", True, id="infusion"),
        pytest.param(esketamine(), "treatment_resistant_depression", False, id="esketamine itself"),
        pytest.param(resistant_depression(), "crps", False, id="pain, which it is not for"),
    ],
)
def test_why_not_esketamine_is_asked_of_ketamine_for_depression(
    answer: Answer, condition: str, *, asks: bool
) -> None:
    content = necessity(answer, condition=condition, without=("why_not_esketamine",))
    assert ("why_not_esketamine" in {gap.id for gap in content.gaps}) is asks


def test_the_safety_checks_say_what_was_found_and_what_was_not() -> None:
    found = resistant_depression(
        {
            "substance_use_disorder": "in_remission",
            "pregnancy": False,
            "psychosis_history": True,
            "prescription_monitoring_checked": True,
        }
    )
    safety = block_text(necessity(found), "safety")
    assert "not present: high blood pressure that is not under control; pregnancy." in safety
    assert "On record: a history of psychosis; substance use disorder: in the past" in safety
    assert "prescription monitoring program was checked" in safety


def test_what_nobody_checked_is_not_called_checked() -> None:
    safety = block_text(necessity(), "safety")
    assert "pregnancy" not in safety
    assert "monitoring program" not in safety
    assert "substance" not in safety


def test_esketamine_has_its_certified_site_its_enrollment_and_its_two_hours() -> None:
    done = {
        "rems_certified_site": True,
        "direct_observation": True,
        "two_hour_monitoring": True,
    }
    content = necessity(esketamine(done), rems_enrolled_on=dt.date(2026, 11, 10))
    safety = block_text(content, "safety")
    assert "The site is certified in that program." in safety
    assert "enrolled on November 10, 2026" in safety
    assert "at least 2 hours after each dose" in safety


def test_what_the_program_asks_and_nobody_told_is_a_gap() -> None:
    gaps = {gap.id for gap in necessity(esketamine()).gaps}
    assert {"site_certification", "rems_enrolled_on", "watching"} <= gaps


def test_the_program_of_esketamine_is_none_of_ketamine() -> None:
    assert "REMS" not in text_of(necessity())


@pytest.mark.parametrize(
    ("answer", "words", "has_limit"),
    [
        pytest.param(esketamine(), {"risk": "Suicidal ideation is charted."}, True, id="told"),
        pytest.param(esketamine({"suicidal_ideation": "without_intent"}), {}, True, id="answered"),
        pytest.param(esketamine({"suicidal_ideation": "none"}), {}, False, id="answered no"),
        pytest.param(esketamine(), {}, False, id="not told"),
        pytest.param(
            resistant_depression(), {"risk": "Suicidal ideation."}, False, id="another drug"
        ),
    ],
)
def test_esketamine_in_suicidality_has_the_limit_of_its_label(
    answer: Answer, words: dict[str, Any], *, has_limit: bool
) -> None:
    assert (LIMIT in text_of(necessity(answer, **words))) is has_limit


def test_suicidality_is_told_only_as_charted() -> None:
    content = necessity(esketamine({"suicidal_ideation": "with_intent"}))
    severity = block_text(content, "severity")
    assert "intent" not in severity
    assert "thoughts" not in severity


# Continuation


def test_continuation_shows_the_first_and_the_latest_score_on_the_same_scale() -> None:
    course = block_text(necessity(continuing()), "course")
    assert (
        "On the PHQ-9, the first charted score is 21 (May 4, 2026) and the latest is 9 "
        "(November 3, 2026)."
    ) in course


def test_scores_on_two_scales_are_no_course() -> None:
    mixed = [score("phq9", 21, "2026-05-04"), score("madrs", 9, "2026-11-03")]
    content = necessity(continuing(scores=mixed))
    course = block_text(content, "course")
    assert "21" not in course
    names = {"course_scale", "course_baseline", "course_latest"}
    assert names <= {gap.id for gap in content.gaps}


def test_continuation_asks_to_go_on_and_names_the_course_first() -> None:
    content = necessity(continuing(), interval="four weeks", course_spacing="At six weeks it fell.")
    request = block_text(content, "request")
    assert "go on covering" in request
    assert "the PHQ-9 went from 21 to 9" in request
    assert "At six weeks it fell." in block_text(content, "course")
    assert "four weeks" in block_text(content, "course")


def test_what_spacing_did_and_the_interval_are_gaps_of_a_continuation_alone() -> None:
    names = {"course_spacing", "interval"}
    assert names <= {gap.id for gap in necessity(continuing()).gaps}
    assert "course" not in ids(necessity())
    assert not names & {gap.id for gap in necessity().gaps}


def test_a_denial_of_going_on_is_met_with_the_course_before_all_else() -> None:
    content = necessity(continuing(), reasons=("continuation_without_benefit",))
    assert stands_in_order(content, "about_clinician", "course", "diagnosis", "severity")


def test_continuation_meets_the_evidence_against_it() -> None:
    assert "CANMAT" in block_text(necessity(continuing()), "evidence")


def test_pain_meets_the_cochrane_review() -> None:
    content = necessity(condition="crps")
    assert "Cochrane review of 2025" in block_text(content, "evidence")


# Prior authorization


def test_a_request_before_treatment_has_the_order_on_one_sheet() -> None:
    block = next(one for one in before_treatment().blocks if one.id == "order")
    (order,) = (one for one in block.elements if isinstance(one, Facts))
    rows = {label: one.text for label, one in order.rows}
    assert rows["Benefit"] == "Medical benefit (the clinic buys and bills the drug)"
    assert rows["Codes"] == "J3490"
    assert rows["Units"] == "30"
    assert rows["Start"] == "December 14, 2026"
    assert rows["NPI, ordering"] == rows["NPI, treating"] == "1234567893"
    assert rows["New or continuing"] == "A first course"


def test_a_request_before_treatment_keeps_the_order_of_the_anatomy() -> None:
    assert stands_in_order(
        before_treatment(), "request", "order", "criteria", "call", "next_steps", "closing"
    )


def test_nothing_is_called_urgent_without_the_sentence_that_justifies_it() -> None:
    content = before_treatment()
    assert "urgency" not in ids(content)
    assert "expedited" not in text_of(content)
    urgent = before_treatment(delay_risk="The chart records a loss of 9 pounds.")
    assert "loss of 9 pounds" in block_text(urgent, "urgency")
    assert "jeopardize" in block_text(urgent, "urgency")


def test_the_checklist_names_the_paper_for_each_point() -> None:
    block = next(one for one in before_treatment().blocks if one.id == "criteria")
    table = next(one for one in block.elements if isinstance(one, Table))
    assert all("nclosure" in row[2][0].text for row in table.rows)


def test_the_plans_own_form_is_spoken_of_only_where_it_is_enclosed() -> None:
    without = block_text(before_treatment(), "request")
    assert "If you want your own request form filled in, please send it." in without
    case = make_letter(
        "prior_authorization",
        "clinician",
        facts=chart_words(more={}),
        enclosures=("plan_request_form",),
    )
    content = compose(replace(case, denied=None))
    assert "with the plan's own request form (Enclosure 1)." in block_text(content, "request")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Has not worked since July.", "Daily life and work, as charted: Has not worked"),
        ("She has not worked since July.", "She has not worked since July."),
    ],
)
def test_what_a_chart_says_of_function_is_told_with_its_subject(words: str, says: str) -> None:
    text = block_text(necessity(function=words), "severity")
    assert says in text
    assert ("as charted" in text) is words.startswith("Has")


def test_without_a_list_the_one_that_applies_is_asked_for() -> None:
    content = before_treatment(resistant_depression(plan={}))
    assert "Please send the one that applies" in block_text(content, "criteria")


def test_the_call_has_a_number_and_times() -> None:
    call = block_text(before_treatment(), "call")
    assert "555-0106" in call
    assert "weekdays from noon to one" in call


def test_esketamine_for_suicidality_before_treatment_has_the_limit() -> None:
    answer = esketamine({"suicidal_ideation": "with_intent"})
    assert answer.situation.treatment is Treatment.ESKETAMINE_NASAL
    assert LIMIT in text_of(before_treatment(answer))
