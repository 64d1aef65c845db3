"""Which question next: in that order one comes to the same verdicts as by answering everything."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.asked import TREATMENTS, Questions
from policies.catalogue import CoveragePosition, Document
from policies.check import Answer, check
from policies.criteria import Judge, Judgement, Node
from policies.facts import facts_from
from policies.questions import questions_for
from policies.situation import Plan, Situation, Treatment
from policies.verdict import Verdict
from tests.factories import (
    ADULT,
    ON,
    REST,
    SEVERE,
    all_of,
    any_of,
    fact,
    make_catalogue,
    make_document,
    make_edition,
    make_position,
    make_situation,
    make_tried,
    real_catalogue,
)
from tests.policies import strategies
from tests.policies.checking import COMMERCIAL
from tests.policies.counting import ANTIDEPRESSANT, count

INTERVIEW = fact("structured_interview", equals=True)
SUBSTANCES = fact("substance_use_disorder", equals="none")
OPINION = Judgement("The clinic says so", Judge.CLINIC)


def asked(criteria: Node, *, is_whole: bool = True, **situation: Any) -> Questions:
    edition = make_edition(make_position(criteria=criteria), is_read_whole=is_whole)
    return questions_for(
        make_situation(insurer="acme", line_of_business=COMMERCIAL, **situation),
        catalogue=make_catalogue(make_document(edition)),
        on=ON,
    )


def names(questions: Questions) -> list[str]:
    return [one.name for one in questions.in_order if one.name != "request_phase"]


def test_the_most_decisive_question_comes_first() -> None:
    either = any_of(SEVERE, INTERVIEW)
    assert names(asked(all_of(either, ADULT))) == [
        "age",
        "episode_severity",
        "structured_interview",
    ]


def test_a_sensitive_question_is_never_first_however_decisive() -> None:
    questions = asked(all_of(SUBSTANCES, any_of(SEVERE, INTERVIEW)))
    assert names(questions)[-1] == "substance_use_disorder"
    assert [one.settles for one in questions.in_order][:2] == [0, 0]


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        pytest.param(any_of(ADULT, SEVERE), ["age", "episode_severity"], id="either will do"),
        pytest.param(any_of(ADULT, REST), [], id="an unread branch keeps it open, whatever age"),
        pytest.param(all_of(ADULT, REST), ["age"], id="it can fail, though not be met"),
        pytest.param(
            all_of(any_of(ADULT, OPINION), REST), [], id="what only a clinic can say keeps it open"
        ),
        pytest.param(
            any_of(all_of(ADULT, SEVERE), INTERVIEW),
            ["structured_interview", "age", "episode_severity"],
            id="one alone decides more than two together",
        ),
    ],
)
def test_only_what_can_still_change_a_verdict_is_asked(criteria: Node, expected: list[str]) -> None:
    assert names(asked(criteria)) == expected


def test_an_answer_that_settles_a_group_makes_the_rest_of_it_pointless() -> None:
    either = all_of(any_of(SEVERE, INTERVIEW), ADULT)
    assert names(asked(either, answers={"episode_severity": "severe"})) == ["age"]
    assert names(asked(either, answers={"age": 17})) == []


def test_treatments_are_one_question() -> None:
    two = count(ANTIDEPRESSANT)
    assert names(asked(all_of(two, ADULT))) == [TREATMENTS, "age"]
    assert names(asked(all_of(two, ADULT), tried=[make_tried()], complete=True)) == []


def test_not_sure_is_an_answer() -> None:
    edition = make_edition(make_position(criteria=all_of(ADULT, SEVERE)))
    questions = questions_for(
        make_situation(insurer="acme", line_of_business=COMMERCIAL),
        catalogue=make_catalogue(make_document(edition)),
        on=ON,
        not_sure=frozenset({"age", "request_phase"}),
    )
    assert names(questions) == ["episode_severity"]


def test_every_document_that_asks_is_named() -> None:
    documents = [
        make_document(make_edition(make_position(criteria=any_of(SEVERE, INTERVIEW))), slug=slug)
        for slug in ("one", "two")
    ]
    questions = questions_for(
        make_situation(insurer="acme", line_of_business=COMMERCIAL),
        catalogue=make_catalogue(*documents),
        on=ON,
    )
    assert [one.slug for one in questions.asked_by] == ["one", "two"]


@pytest.mark.parametrize("scope", ["document", "position"])
def test_a_condition_for_applying_is_asked_for(scope: str) -> None:
    certified = fact("rems_certified_site", equals=True)
    position = make_position(criteria=ADULT, applies_if=certified if scope == "position" else None)
    document = make_document(
        make_edition(position), applies_if=certified if scope == "document" else None
    )
    questions = questions_for(
        make_situation(insurer="acme", line_of_business=COMMERCIAL),
        catalogue=make_catalogue(document),
        on=ON,
    )
    assert "rems_certified_site" in names(questions)


def test_the_phase_is_not_asked_where_it_changes_nothing() -> None:
    """Medical Mutual asks for its first list again to go on, and that list has failed."""
    questions = questions_for(
        make_situation(
            insurer="medical-mutual",
            line_of_business=COMMERCIAL,
            issue_state="OH",
            treatment=Treatment.ESKETAMINE_NASAL,
            answers={"age": 17, "suicidal_ideation": "none"},
        ),
        catalogue=real_catalogue(),
        on=ON,
    )
    assert questions.are_none


# In that order one comes to the same verdicts


WITH_LISTS = [
    (document, treatment)
    for document in real_catalogue().documents
    for treatment in {one.treatment for one in document.editions[-1].positions}
    if any(
        one.coverage is CoveragePosition.COVERED_WITH_CRITERIA
        for one in document.editions[-1].positions
    )
]


def _verdicts(answer: Answer) -> dict[str, Verdict]:
    return {one.applied.document.stem: one.answer.verdict for one in answer.documents}


def _asked_one_by_one(full: Situation, start: Situation) -> tuple[Situation, int, int]:
    """The situation after every question that was asked, how many were, and the first bound."""
    facts = facts_from(full, on=ON)
    now, not_sure, steps = start, frozenset[str](), 0
    bound = questions_for(now, catalogue=real_catalogue(), on=ON).at_most
    while True:
        left = questions_for(now, catalogue=real_catalogue(), on=ON, not_sure=not_sure)
        if left.are_none:
            return now, steps, bound
        steps += 1
        name = left.in_order[0].name
        if name == TREATMENTS:
            now = replace(
                now,
                treatments_tried=full.treatments_tried,
                treatments_complete=full.treatments_complete,
            )
        elif left.in_order[0].is_scale:
            scores = tuple(one for one in full.scores if one.scale == name)
            now = replace(now, scores=(*now.scores, *scores))
        elif name in facts.values:
            now = replace(now, answers={**now.answers, name: facts.values[name]})
        not_sure |= {name}


@given(
    full=strategies.situations,
    place=st.sampled_from(WITH_LISTS),
    condition=st.sampled_from(["treatment_resistant_depression", "mdd_suicidal", "mdd"]),
)
def test_asking_in_that_order_ends_at_the_verdicts_of_answering_everything(
    full: Situation, place: tuple[Document, Treatment], condition: str
) -> None:
    document, treatment = place
    state = document.states[0] if document.states else None
    full = replace(
        full,
        treatment=treatment,
        plan=Plan(
            insurer=document.insurer.slug,
            line_of_business=document.lines_of_business[0],
            issue_state=state,
            residence_state=state,
        ),
        answers={**full.answers, "conditions": frozenset([condition])},
    )
    # The plan, the condition and its code are known before the first question.
    start = replace(
        full,
        answers={"conditions": full.answers["conditions"]},
        treatments_tried=None,
        treatments_complete=None,
        scores=(),
    )
    after, steps, bound = _asked_one_by_one(full, start)
    by_all = _verdicts(check(full, catalogue=real_catalogue(), on=ON))
    assert _verdicts(check(after, catalogue=real_catalogue(), on=ON)) == by_all
    assert steps <= bound
