"""The request for an outside review and the physician's pages, held against the anatomy."""

import pytest

from appeals.law.external_review_data import review_data
from appeals.letters import LetterContent, compose
from appeals.letters.content import Boxes, Signature, Table, sentences_of
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import make_answer, make_letter
from tests.appeals.letter_charts import chart_words, esketamine, resistant_depression
from tests.appeals.letter_reading import block_text, ids, stands_in_order, text_of

MASSACHUSETTS = {
    "line_of_business": "commercial",
    "funding": "insured",
    "insurer": "bcbs-ma",
    "issue_state": "MA",
}
EXPERIMENTAL = ("experimental_investigational",)
MARKS = "☑☒✓✔✗xX"


def review(
    voice: str = "patient",
    *,
    plan: str = "insured_job",
    state: str = "CA",
    reasons: tuple[str, ...] = EXPERIMENTAL,
    **words: str,
) -> LetterContent:
    denied = make_case(plan, state=state, reasons=reasons, answers="internal_1")
    facts = chart_words(more=words)
    return compose(
        make_letter(
            "external_review", voice, facts=facts, answer=resistant_depression(), denied=denied
        )
    )


def boxes(content: LetterContent) -> list[str]:
    return [
        item[0].text
        for block in content.blocks
        for element in block.elements
        if isinstance(element, Boxes)
        for item in element.items
    ]


def test_the_evidence_stands_before_what_the_plan_did() -> None:
    assert stands_in_order(
        review(),
        "request",
        "stated_reason",
        "disputed",
        "criteria",
        "trials",
        "evidence",
        "not_considered",
        "next_steps",
        "closing",
        "enclosures",
        "certification",
    )


def test_it_goes_to_the_agency_and_speaks_of_the_plan_as_of_another() -> None:
    content = review()
    assert block_text(content, "recipient").startswith("Sample Review Office")
    assert "by which Sample Health Plan denied" in block_text(content, "request")
    assert "The plan's notice" in block_text(content, "stated_reason")
    for asks_the_plan in ("Your notice", "your decision", "Please send the rule", "please send it"):
        assert asks_the_plan not in text_of(content)


def test_the_dispute_is_named_as_one_of_medical_judgment_and_of_no_exclusion() -> None:
    dispute = block_text(review(), "disputed")
    assert "whether the treatment is proven well enough for this condition" in dispute
    assert "medical judgment; no exclusion is among the reasons" in dispute


def test_an_exclusion_among_the_reasons_is_answered_and_not_denied() -> None:
    content = review(reasons=(*EXPERIMENTAL, "plan_exclusion"))
    dispute = block_text(content, "disputed")
    assert "no exclusion" not in dispute
    assert "[why these words do not reach this treatment]" in dispute


def test_reasons_without_medical_judgment_leave_the_dispute_to_be_told() -> None:
    content = review(reasons=("missing_documentation",))
    assert block_text(content, "disputed") == "[what is in dispute]"


def test_what_was_not_considered_is_a_gap_and_never_made_up() -> None:
    content = review(not_considered="")
    assert block_text(content, "not_considered") == "[what the decision did not consider]"


def test_a_requirement_of_the_rule_has_its_fact_and_its_paper() -> None:
    block = next(one for one in review().blocks if one.id == "criteria")
    table = next(one for one in block.elements if isinstance(one, Table))
    assert all(len(row) == 3 and all(row) for row in table.rows)


def test_of_a_reviewer_no_exception_is_asked() -> None:
    denied = make_case("insured_job", state="MA", reasons=EXPERIMENTAL, answers="internal_1")
    answer = make_answer(plan=MASSACHUSETTS)
    text = text_of(compose(make_letter("external_review", answer=answer, denied=denied)))
    assert "Not met. Why the treatment still fits is said below." in text
    assert "An exception is asked for" not in text


def test_a_fee_is_asked_to_be_waived_only_for_those_who_say_it_is_a_hardship() -> None:
    assert "please waive it" in text_of(review(fee_waiver="hardship"))
    assert "waive" not in text_of(review(fee_waiver="none"))
    assert "waive" not in text_of(review())


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        pytest.param("internal_1", "The time for this decision is 45 days.", id="final no"),
        pytest.param("initial_claim", None, id="the plan's own appeal comes first"),
    ],
)
def test_the_time_to_decide_is_that_of_the_outside_review(answers: str, says: str | None) -> None:
    denied = make_case(reasons=EXPERIMENTAL, answers=answers)
    content = compose(make_letter("external_review", facts=chart_words(more={}), denied=denied))
    assert (says in text_of(content)) if says else ("The time for" not in text_of(content))


@pytest.mark.parametrize("voice", ["patient", "parent", "representative", "clinician"])
def test_each_voice_speaks_as_itself(voice: str) -> None:
    request = block_text(review(voice), "request")
    assert ("my treatment-resistant depression" in request) is (voice == "patient")
    assert ("for Sample Patient" in request) is (voice != "patient")


# The page for the physician


def test_the_certification_has_a_box_for_each_limb_and_none_is_marked() -> None:
    found = boxes(review())
    track = review_data().track
    for limb in (*track.one_of, *track.and_also, *track.for_a_fast_review):
        assert limb.text in found
    assert not any(one.startswith(tuple(f"{mark} " for mark in MARKS)) for one in found)


def test_the_certification_is_signed_by_the_physician_and_not_by_the_patient() -> None:
    block = next(one for one in review().blocks if one.id == "certification")
    signatures = [one for one in block.elements if isinstance(one, Signature)]
    assert [one.lines[0].text for one in signatures] == ["Alex Sample, MD"]


@pytest.mark.parametrize(
    "reasons",
    [
        ("not_medically_necessary",),
        ("step_therapy",),
        ("quantity_or_frequency",),
        ("continuation_without_benefit",),
        ("plan_exclusion",),
    ],
    ids=lambda reasons: reasons[0],
)
def test_there_is_no_certification_for_another_reason(reasons: tuple[str, ...]) -> None:
    content = review(reasons=reasons)
    assert "certification" not in ids(content)
    assert "to certify" not in text_of(content)


@pytest.mark.parametrize(
    ("plan", "state"),
    [
        pytest.param("self_funded_job", "CA", id="no law of a state binds the plan"),
        pytest.param("insured_job", "MA", id="no such track was read in this state"),
        pytest.param("insured_or_self_funded_job", "CA", id="it may bind or not"),
    ],
)
def test_there_is_no_certification_where_the_review_has_no_such_track(
    plan: str, state: str
) -> None:
    assert "certification" not in ids(review(plan=plan, state=state))


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        pytest.param("CA", "The condition is life-threatening.", id="California"),
        pytest.param("GA", "The illness is terminal within two years.", id="Georgia"),
        pytest.param("SC", "The condition is seriously disabling.", id="South Carolina"),
    ],
)
def test_what_a_state_asks_besides_stands_where_it_was_read(state: str, asked: str) -> None:
    assert asked in boxes(review(state=state))


def test_a_state_asks_nothing_of_another() -> None:
    content = review(state="IA")
    assert len(boxes(content)) == 5
    assert "For Iowa, this was read: Iowa Code 514J.109." in text_of(content)


@pytest.mark.parametrize("state", ["OH", "UT", "VA"])
def test_a_law_that_was_not_read_is_not_cited(state: str) -> None:
    content = review(state=state)
    assert "certification" in ids(content)
    assert len(boxes(content)) == 5
    assert "this was read" not in text_of(content)


# The certification of a fast decision


def fast(**words: str) -> LetterContent:
    denied = make_case(reasons=("not_medically_necessary",), is_expedited=True)
    facts = chart_words(more=words)
    answer = resistant_depression()
    return compose(
        make_letter(
            "expedited_certification", "clinician", facts=facts, answer=answer, denied=denied
        )
    )


def test_a_fast_decision_is_certified_in_three_sentences_with_the_standard() -> None:
    content = fast(delay_risk="The chart of November 3, 2026 records a loss of 9 pounds.")
    block = next(one for one in content.blocks if one.id == "expedited_statement")
    (paragraph,) = block.elements
    said = [one.text for one in sentences_of(paragraph)]
    assert len(said) == 3
    assert "could seriously jeopardize the life or health" in said[1]
    assert "ability to regain maximum function" in said[1]
    assert said[2] == "The chart of November 3, 2026 records a loss of 9 pounds."
    assert not content.is_draft


def test_no_risk_is_certified_that_nobody_told() -> None:
    content = fast()
    assert "[what waiting would do, as charted]" in text_of(content)
    assert content.is_draft


def test_a_certification_encloses_nothing() -> None:
    assert fast().enclosures == ()


def test_a_fast_decision_on_esketamine_that_tells_of_suicide_gives_the_limit_of_the_label() -> None:
    words = {"delay_risk": "Suicidal ideation is charted on November 3, 2026."}
    case = make_letter(
        "expedited_certification",
        "clinician",
        facts=chart_words(more=words),
        answer=esketamine(),
        denied=make_case(treatment=esketamine().situation.treatment),
    )
    assert "not been shown to prevent suicide" in text_of(compose(case))


def test_no_rule_at_hand_is_asked_of_the_plan_through_the_reviewer() -> None:
    case = make_letter("external_review", facts=chart_words(more={}), denied=make_case())
    assert "Please ask the plan for the one that it used" in text_of(compose(case))
    quoted = make_letter(
        "external_review", facts=chart_words(more={}), answer=make_answer(), denied=make_case()
    )
    assert "says: “Aetna considers ketamine" in block_text(compose(quoted), "criteria")
