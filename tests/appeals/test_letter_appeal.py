"""The appeal to the plan, held against the anatomy: what must stand, in which order, what never."""

from dataclasses import replace

import pytest

from appeals.law.arguments import EnclosureId
from appeals.letters import LetterContent, compose
from appeals.letters.case import Proof
from appeals.letters.content import Items, Signature, Table, sentences
from policies.matcher import top_level
from policies.situation import Treatment
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import make_answer, make_letter, told
from tests.appeals.letter_faults import faults_of

MASSACHUSETTS = {
    "line_of_business": "commercial",
    "funding": "insured",
    "insurer": "bcbs-ma",
    "issue_state": "MA",
}
REPRESENTED = (
    "The authorization is enclosed ([enclosure: signed authorization of the representative])."
)
COMPLETE = ("denial_notice", "chart_notes", "rating_scales", "treatment_history_table")


def text_of(content: LetterContent) -> str:
    return " ".join(one.text for one in sentences(content))


def ids(content: LetterContent) -> list[str]:
    return [one.id for one in content.blocks]


def block_text(content: LetterContent, name: str) -> str:
    block = next(one for one in content.blocks if one.id == name)
    only = LetterContent(
        content.kind, content.voice, "", "en", content.on, content.running, (block,)
    )
    return " ".join(one.text for one in list(sentences(only))[1:])


def in_order(content: LetterContent, *names: str) -> bool:
    places = [ids(content).index(one) for one in names]
    return places == sorted(places)


def test_the_blocks_stand_in_the_order_of_the_anatomy() -> None:
    content = compose(make_letter(answer=make_answer()))
    assert in_order(
        content,
        "date",
        "recipient",
        "reference",
        "request",
        "stated_reason",
        "criteria",
        "history",
        "trials",
        "evidence",
        "demands",
        "next_steps",
        "closing",
        "enclosures",
    )


@pytest.mark.parametrize(
    "reason",
    [
        "missing_documentation",
        "wrong_or_unlisted_code",
        "no_prior_authorization",
        "duplicate_or_late_claim",
    ],
)
def test_a_denial_over_papers_is_answered_by_proof_and_no_medical_argument(reason: str) -> None:
    case = make_letter(
        facts=told(proof="The notes were faxed on October 2, 2026, 14 pages."),
        answer=make_answer(),
        denied=make_case(reasons=(reason,)),
    )
    content = compose(case)
    assert ids(content).index("proof") == ids(content).index("stated_reason") + 1
    assert not {"criteria", "history", "trials", "evidence"} & {*ids(content)}
    assert "has tried" not in text_of(content)


def test_an_exclusion_puts_the_words_of_the_plan_first() -> None:
    content = compose(
        make_letter(
            facts=told(plan_quote="Services for cosmetic purposes.", plan_quote_page="page 41"),
            denied=make_case(reasons=("plan_exclusion",)),
        )
    )
    assert ids(content).index("plan_language") == ids(content).index("stated_reason") + 1
    assert "“Services for cosmetic purposes.”" in block_text(content, "plan_language")


def test_two_reasons_of_different_kinds_keep_the_ordinary_order() -> None:
    reasons = ("missing_documentation", "not_medically_necessary")
    content = compose(make_letter(denied=make_case(reasons=reasons)))
    assert in_order(content, "stated_reason", "proof", "criteria", "trials")


def test_the_request_and_the_strongest_fact_stand_in_the_first_paragraph() -> None:
    first = block_text(compose(make_letter(answer=make_answer())), "request")
    assert "your decision of October 30, 2026 to deny ketamine by intravenous infusion" in first
    assert "0.5 mg/kg over 40 minutes, twice a week for three weeks, 6 sessions" in first
    assert "at Sample Clinic, Sampletown, from December 14, 2026" in first
    assert "I have tried 2 treatments" in first


def test_the_reason_of_the_notice_stands_once_word_for_word() -> None:
    reason = "The requested service is considered investigational for this condition."
    assert text_of(compose(make_letter())).count(f"“{reason}”") == 1


def test_an_answer_to_no_benefit_sets_the_first_score_beside_the_latest_next() -> None:
    facts = told(
        course_scale="PHQ-9",
        course_baseline="22 on May 4, 2026",
        course_latest="8 on November 3, 2026",
    )
    denied = make_case(reasons=("continuation_without_benefit",))
    content = compose(make_letter(facts=facts, denied=denied))
    assert "not to go on covering ketamine" in block_text(content, "request")
    assert ids(content).index("course") == ids(content).index("stated_reason") + 1
    said = "On the PHQ-9, the first score is 22 on May 4, 2026 and the latest is 8 on November 3"
    assert said in block_text(content, "course")


def test_a_patient_meets_what_speaks_against_it_only_where_a_letter_has_to() -> None:
    denied = make_case(reasons=("not_medically_necessary",))
    assert "Not every finding agrees" not in text_of(compose(make_letter(denied=denied)))
    assert "Not every finding agrees" in text_of(
        compose(make_letter("internal_appeal", "clinician", denied=denied))
    )
    pain = make_case(condition="crps")
    assert "Not every finding agrees" in text_of(compose(make_letter(denied=pain)))


def test_quotation_marks_that_were_copied_are_not_doubled() -> None:
    content = compose(make_letter(facts=told(stated_reason="“Not medically necessary.”")))
    assert "gives this reason: “Not medically necessary.”" in text_of(content)


def test_the_table_answers_each_requirement_and_the_unmet_ones_too() -> None:
    content = compose(make_letter(answer=make_answer(plan=MASSACHUSETTS)))
    block = next(one for one in content.blocks if one.id == "criteria")
    table = next(one for one in block.elements if isinstance(one, Table))
    asked = [row[0][0].text for row in table.rows]
    record = [" ".join(one.text for one in row[1]) for row in table.rows]
    # What was read of Blue Cross Blue Shield of Massachusetts 087, in its order.
    assert len(asked) == 8
    assert asked[0] == "18 years or older"
    assert record[0] == "Met. Age: 44 years"
    four = next(one for one in asked if "inadequate response to four agents" in one)
    assert four.startswith("“Individual has had an inadequate response to four agents”")
    unmet = record[asked.index(four)]
    assert unmet.startswith("Not met. An exception is asked for below.")
    # With the dose and the result, as in a request before treatment: a row is read by itself.
    sertraline = "Sertraline (8 weeks, 150 mg a day, adequate by the clinician's word, no response)"
    assert f"{sertraline}; Venlafaxine (10 weeks, partial response)" in unmet
    assert "[why an exception is asked]" in block_text(content, "criteria")
    assert "The copy at hand is cut off; please send the whole rule." in text_of(content)


def test_what_nobody_told_is_a_marked_gap_and_makes_a_draft() -> None:
    content = compose(make_letter(facts=told(without=["member_id"])))
    assert "[member ID]" in text_of(content)
    assert "member_id" in {one.id for one in content.gaps}
    assert content.is_draft


def test_with_every_fact_the_letter_is_no_draft() -> None:
    situation = make_answer(
        treatments_tried=[
            {
                "kind": "antidepressant",
                "drug": drug,
                "weeks": 8,
                "highest_dose_mg": 150,
                "outcome": "no_response",
            }
            for drug in ("sertraline", "venlafaxine")
        ]
    )
    content = compose(make_letter(answer=situation, enclosures=COMPLETE))
    assert content.gaps == ()
    assert not content.is_draft


def test_a_treatment_without_a_dose_leaves_a_gap_and_psychotherapy_none() -> None:
    tried = [
        {"kind": "antidepressant", "drug": "venlafaxine", "weeks": 10, "outcome": "no_response"},
        {"kind": "psychotherapy", "weeks": 20, "outcome": "partial_response"},
    ]
    content = compose(make_letter(answer=make_answer(treatments_tried=tried)))
    table = next(
        one
        for block in content.blocks
        if block.id == "trials"
        for one in block.elements
        if isinstance(one, Table)
    )
    assert [row[1][0].text for row in table.rows] == [
        "[dose of venlafaxine]",
        "does not apply",
    ]


def test_a_scale_that_the_patient_filled_in_is_never_shown_as_charted() -> None:
    scores = [{"scale": "madrs", "score": 31, "origin": "self_completed", "taken_on": "2026-11-03"}]
    answer = make_answer(plan=MASSACHUSETTS, scores=scores)
    mine = block_text(compose(make_letter(answer=answer)), "criteria")
    assert "on a form that I filled in myself; it is not from the chart" in mine
    theirs = block_text(compose(make_letter(voice="clinician", answer=answer)), "criteria")
    assert "31" not in theirs
    assert "[to confirm: point 3]" in theirs


@pytest.mark.parametrize(
    ("plan", "said", "unsaid"),
    [
        ("self_funded_job", "(29 CFR 2560.503-1(h)(2)(iii))", "45 CFR"),
        ("insured_job", "(29 CFR 2560.503-1(h)(2)(iii))", "42 CFR"),
        ("bought", "45 CFR 147.136", "42 CFR"),
        ("medicaid_plan", "(42 CFR 438.404(b)(2))", "29 CFR"),
        ("medicare_advantage", "(42 CFR 422.590(h)(1)-(2))", "29 CFR"),
        ("government", "Please send, free of charge, copies of everything relevant", "29 CFR"),
        ("church", "Please send, free of charge, copies of everything relevant", "29 CFR"),
        ("insured_or_self_funded_job", "copies of everything relevant to this claim.", "CFR"),
    ],
)
def test_law_is_named_only_where_it_was_read_and_binds(plan: str, said: str, unsaid: str) -> None:
    content = compose(make_letter(denied=make_case(plan)))
    body = block_text(content, "demands") + block_text(content, "next_steps")
    assert said in body
    assert unsaid not in body


@pytest.mark.parametrize("condition", ["crps", "chronic_pain", "fibromyalgia"])
def test_parity_is_never_asked_for_pain(condition: str) -> None:
    content = compose(make_letter(denied=make_case(condition=condition)))
    assert "comparative analysis" not in text_of(content)
    mental = compose(make_letter(denied=make_case(condition="ptsd")))
    assert "comparative analysis" in text_of(mental)


def test_it_asks_that_each_enclosure_reached_the_reviewer() -> None:
    content = compose(make_letter())
    demands = next(one for one in content.blocks if one.id == "demands").elements[0]
    assert isinstance(demands, Items)
    assert "each enclosure listed below reached the reviewer" in demands.items[-1][0].text


def test_enclosures_are_numbered_in_the_order_in_which_they_are_named() -> None:
    content = compose(make_letter(answer=make_answer(plan=MASSACHUSETTS), enclosures=COMPLETE))
    assert [one.id for one in content.enclosures] == [
        "denial_notice",
        "chart_notes",
        "rating_scales",
        "treatment_history_table",
    ]
    assert [one.number for one in content.enclosures] == [1, 2, 3, 4]
    assert "Your notice (Enclosure 1)" in text_of(content)


def test_an_urgent_appeal_says_so_first_and_who_certifies_it() -> None:
    urgent = make_case(is_expedited=True)
    content = compose(make_letter(denied=urgent))
    assert block_text(content, "subject").startswith("EXPEDITED")
    assert "Alex Sample, MD states that waiting the ordinary time could seriously" in text_of(
        content
    )
    assert "EXPEDITED" not in text_of(compose(make_letter()))


@pytest.mark.parametrize(
    ("voice", "signed"),
    [
        ("patient", ["Sample Patient"]),
        ("parent", ["Sample Writer", "Mother of Sample Patient"]),
        (
            "representative",
            [
                "Sample Writer",
                "Mother of Sample Patient",
                REPRESENTED,
            ],
        ),
        ("clinician", ["Alex Sample, MD"]),
    ],
)
def test_the_right_person_signs(voice: str, signed: list[str]) -> None:
    content = compose(make_letter(voice=voice))
    block = next(one for one in content.blocks if one.id == "closing")
    signature = next(one for one in block.elements if isinstance(one, Signature))
    assert [one.text for one in signature.lines][: len(signed)] == signed


@pytest.mark.parametrize("voice", ["parent", "representative", "clinician"])
def test_only_the_patient_says_my_condition(voice: str) -> None:
    body = text_of(
        compose(make_letter(voice=voice, answer=make_answer(), facts=told(without=["function"])))
    )
    assert "for my " not in body
    assert "My diagnosis" not in body
    assert "I have tried" not in body


def test_the_deadline_is_never_in_the_letter() -> None:
    # 180 days from October 30, 2026; it goes on the writer's own sheet.
    body = text_of(compose(make_letter(answer=make_answer())))
    assert "April 28, 2027" not in body
    assert "180" not in body
    assert "deadline" not in body.lower()


def test_infused_ketamine_is_called_off_label_and_never_approved_for_it() -> None:
    body = block_text(compose(make_letter()), "evidence")
    assert "its use here is off-label" in body
    assert "FDA-approved for anesthesia only" in body


def test_esketamine_for_thoughts_of_suicide_names_the_limit_of_its_label() -> None:
    denied = make_case(condition="mdd_suicidal", treatment=Treatment.ESKETAMINE_NASAL)
    body = block_text(compose(make_letter(denied=denied)), "evidence")
    assert "suicide" in body
    assert "not been shown" in body
    assert "ketamine by intravenous" not in body


def test_a_rule_for_another_treatment_is_no_rule_for_this_letter() -> None:
    answer = make_answer(plan=MASSACHUSETTS, treatment="esketamine_nasal")
    content = compose(make_letter(answer=answer))
    assert "No written rule of the plan for this treatment was at hand." in block_text(
        content, "criteria"
    )


def test_a_refusing_document_is_quoted_with_its_date_and_answered_by_the_record() -> None:
    body = block_text(compose(make_letter(answer=make_answer())), "criteria")
    assert "Aetna, CPB 0938" in body
    assert "“Aetna considers ketamine" in body
    assert "Please decide on my record" in body


def test_by_a_full_record_the_letter_says_appears_to_meet_and_never_approved() -> None:
    answer = make_answer(
        plan={"line_of_business": "commercial", "funding": "insured", "insurer": "aetna"},
        treatment="esketamine_nasal",
    )
    body = text_of(compose(make_letter(answer=answer)))
    assert "guarantee" not in body
    assert "is approved" not in body


@pytest.mark.parametrize(
    ("outcomes", "says"),
    [
        (
            ("no_response", "partial_response"),
            "I have tried 2 treatments that did not help enough.",
        ),
        (("not_tolerated", "not_tolerated"), "I have tried 2 treatments that I could not take."),
        (
            ("no_response", "not_tolerated", "partial_response", "worked"),
            "I have tried 3 treatments: 2 did not help enough, and 1 I could not take.",
        ),
    ],
)
def test_what_was_tried_in_vain_is_told_as_it_was(outcomes: tuple[str, ...], says: str) -> None:
    tried = [{"kind": "antidepressant", "outcome": one} for one in outcomes]
    content = compose(make_letter(answer=make_answer(treatments_tried=tried)))
    assert says in block_text(content, "request")


def test_a_requirement_is_proven_by_the_papers_that_were_said_to_prove_it() -> None:
    answer = make_answer(plan=MASSACHUSETTS)
    case = make_letter(answer=answer, enclosures=COMPLETE)
    before = proofs_in(compose(case))
    position = case.position
    assert position is not None
    assert position.findings is not None
    age = top_level(position.findings)[0].node.label
    proofs = (Proof(EnclosureId.RATING_SCALES), Proof(EnclosureId.CHART_NOTES, "Visit, May 3"))
    content = compose(replace(case, proofs={age: proofs}))
    numbers = {one.id: one.number for one in content.enclosures}
    scales, notes = (numbers[one.paper] for one in proofs)
    first, *others = proofs_in(content)
    assert first == [f"Enclosure {scales}", f"Enclosure {notes}: Visit, May 3"]
    assert len(others) == len(before) - 1
    assert not faults_of(content, replace(case, proofs={age: proofs}))


def proofs_in(content: LetterContent) -> list[list[str]]:
    block = next(one for one in content.blocks if one.id == "criteria")
    table = next(one for one in block.elements if isinstance(one, Table))
    return [[one.text for one in row[2]] for row in table.rows]
