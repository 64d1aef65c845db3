"""What would change an answer: it does, no part of it does, and nothing is urged on anyone."""

import datetime as dt
import json
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policies.answer_json import answer_to_json
from policies.catalogue import CoveragePosition, Document
from policies.changes import Change, edited, what_would_change
from policies.check import Answer, check
from policies.criteria import ScaleCriterion
from policies.guidance import guide
from policies.situation import LineOfBusiness, ScaleScore, Situation, Treatment
from policies.verdict import Verdict
from policies.vocabulary import Speak
from policies.wording.changes import change_lines
from tests.factories import (
    ADULT,
    ON,
    all_of,
    any_of,
    fact,
    make_catalogue,
    make_document,
    make_edition,
    make_position,
    make_score,
    make_situation,
    make_tried,
    none_of,
    real_catalogue,
)
from tests.policies import strategies
from tests.policies.checking import COMMERCIAL
from tests.policies.counting import ADEQUATE_TRIAL, ANTIDEPRESSANT, count

RANKS = {Verdict.COULD_QUALIFY: 1, Verdict.APPEARS_TO_QUALIFY: 2}
COVERED_WITH_CRITERIA = CoveragePosition.COVERED_WITH_CRITERIA


def changes_for(criteria: Any, **situation: Any) -> tuple[Change, ...]:
    catalogue = make_catalogue(make_document(make_edition(make_position(criteria=criteria))))
    asked = make_situation(insurer="acme", line_of_business=COMMERCIAL, **situation)
    return what_would_change(check(asked, catalogue=catalogue, on=ON), catalogue=catalogue)


def places(changes: tuple[Change, ...]) -> list[list[tuple[str | int, ...]]]:
    return [[edit.place for edit in change.edits] for change in changes]


def test_an_answer_that_is_missing_is_the_smallest_change() -> None:
    consulted = fact("psychiatrist_consulted", equals=True)
    changes = changes_for(all_of(ADULT, consulted), answers={"age": 40})
    assert places(changes) == [[("fact", "psychiatrist_consulted")]]
    assert changes[0].verdict is Verdict.APPEARS_TO_QUALIFY
    assert changes[0].is_offered


def test_what_fails_two_criteria_by_one_fact_is_one_change() -> None:
    both = all_of(fact("age", min=18), fact("age", max=65), fact("age", min=21))
    changes = changes_for(both, answers={"age": 17})
    assert places(changes) == [[("fact", "age")]]
    assert [edit.value for edit in changes[0].edits] == [21]
    assert not changes[0].is_offered


def test_two_ways_are_two_changes_the_one_that_may_be_offered_first() -> None:
    either = any_of(
        fact("suicidal_ideation", one_of=frozenset({"with_intent"})),
        fact("structured_interview", equals=True),
    )
    changes = changes_for(either, answers={})
    assert [change.is_offered for change in changes] == [True, False]


def test_a_treatment_that_may_count_changes_by_its_open_detail_and_not_by_its_history() -> None:
    one = count(ADEQUATE_TRIAL, at_least=1)
    open_dose = changes_for(one, tried=[make_tried(adequate_dose=None)], complete=True)
    assert places(open_dose)[0] == [("row", 0, "adequate_dose")]
    assert open_dose[0].is_offered
    short = changes_for(one, tried=[make_tried(weeks=5)], complete=True)
    by_history = [change for change in short if change.edits[0].place[0] == "row"]
    assert [change.is_offered for change in by_history] == [False]


@pytest.mark.parametrize(
    ("complete", "speak"),
    [(True, Speak.DISCUSS_WITH_CLINICIAN), (None, Speak.RECORD_IT)],
)
def test_a_further_treatment_is_for_the_clinician_or_for_the_list(
    complete: bool | None, speak: Speak
) -> None:
    two = count(ANTIDEPRESSANT)
    changes = changes_for(two, tried=[make_tried("sertraline")], complete=complete)
    assert [edit.speak for edit in changes[0].edits] == [speak]
    assert changes[0].edits[0].place[0] == "further"


@pytest.mark.parametrize(("scores", "is_offered"), [([], True), ([make_score("madrs", 20)], False)])
def test_a_score_may_be_added_and_a_charted_one_is_never_to_be_another(
    scores: list[ScaleScore], is_offered: bool
) -> None:
    severe = ScaleCriterion("MADRS of 28 or more", ("madrs",), min=28)
    (change,) = changes_for(severe, scores=scores)
    assert change.edits[0].place == ("score", "madrs")
    assert change.is_offered is is_offered


def test_a_scale_that_two_criteria_want_is_found_though_another_would_do_for_one() -> None:
    either = ScaleCriterion("A score", ("phq9", "madrs"))
    severe = ScaleCriterion("MADRS of 28 or more", ("madrs",), min=28)
    assert places(changes_for(all_of(either, severe))) == [[("score", "madrs")]]


def test_any_one_of_the_scales_is_one_change() -> None:
    either = ScaleCriterion("A score", ("phq9", "madrs", "bdi2"))
    assert len(changes_for(either)) == 1


def test_a_late_row_is_looked_at_as_an_early_one_is() -> None:
    one = count(ADEQUATE_TRIAL, at_least=1)
    others = [make_tried(name, kind="augmentation") for name in ("lithium", "aripiprazole")] * 4
    last = [*others, make_tried("sertraline", adequate_dose=None)]
    changes = changes_for(one, tried=last, complete=True)
    assert places(changes)[0] == [("row", len(others), "adequate_dose")]


def test_what_can_never_be_offered_does_not_crowd_out_what_can() -> None:
    never = [
        fact(name, equals=True)
        for name in ("pregnancy", "dementia", "recent_delirium", "positive_drug_screen")
    ]
    offered = all_of(fact("rems_certified_site", equals=True), fact("prescriber", equals="other"))
    changes = changes_for(any_of(*never, fact("age", min=90), offered), answers={"age": 40})
    assert [change.is_offered for change in changes].count(True) == 1


def test_what_must_not_apply_is_offered_as_not_applying() -> None:
    tree = none_of(fact("treatment_setting", equals="home"))
    (line,) = change_lines(changes_for(tree))
    assert line.text.startswith("Ask about this: not: treatment_setting.")


def test_enough_that_may_be_is_not_called_too_little() -> None:
    """Bupropion and mirtazapine may be two classes: only the plan can say."""
    two = count(ADEQUATE_TRIAL, classes=2)
    rows = [make_tried("bupropion"), make_tried("mirtazapine")]
    (line,) = change_lines(changes_for(two, tried=rows, complete=True))
    assert line.text.startswith("What was tried so far may be enough once all of it is known.")
    (short,) = change_lines(changes_for(two, tried=rows[:1], complete=True))
    assert short.text.startswith("What was tried so far is not enough for this document.")


def test_only_a_list_of_its_own_for_suicidality_is_named_as_one() -> None:
    """VA's guidance has one list, of which suicidal depression is a branch."""
    va = real(
        "va",
        line_of_business=LineOfBusiness.VA,
        answers={"suicidal_ideation": "none"},
        tried=[],
        complete=True,
    )
    assert not any("list of its own" in line.text for line in change_lines(va))


def test_every_value_can_be_written_as_json() -> None:
    papers = fact("documents_on_hand", includes="visit_notes")
    catalogue = make_catalogue(make_document(make_edition(make_position(criteria=papers))))
    asked = make_situation(
        insurer="acme",
        line_of_business=COMMERCIAL,
        answers={"documents_on_hand": frozenset({"rating_scale"})},
    )
    found = guide(asked, catalogue=catalogue, on=ON)
    assert json.dumps(answer_to_json(found))


def real(insurer: str, **situation: Any) -> tuple[Change, ...]:
    asked = make_situation(insurer=insurer, **situation)
    answer = check(asked, catalogue=real_catalogue(), on=ON)
    return what_would_change(answer, catalogue=real_catalogue())


def test_a_list_for_suicidality_is_shown_as_a_rule_and_never_as_advice() -> None:
    """Wisconsin's list for suicidal ideation wants no failed trials."""
    changes = real(
        "wisconsin-medicaid",
        line_of_business=LineOfBusiness.MEDICAID,
        residence_state="WI",
        conditions=["mdd"],
        answers={"age": 40, "suicidal_ideation": "none"},
        tried=[],
        complete=True,
    )
    by_thoughts = [
        change
        for change in changes
        if ("fact", "suicidal_ideation") in [edit.place for edit in change.edits]
    ]
    assert by_thoughts
    assert not any(change.is_offered for change in by_thoughts)
    lines = [line for line in change_lines(changes) if "suicide" in line.text]
    assert [line.is_offered for line in lines] == [False]
    assert "That is its rule, and no advice." in lines[0].text
    assert "988" in lines[0].text


def _rank(answer: Answer, stem: str) -> int:
    verdicts = {one.applied.document.stem: one.answer.verdict for one in answer.documents}
    verdict = verdicts.get(stem)
    return RANKS.get(verdict, 0) if verdict is not None else 0


def _expect_smallest(answer: Answer, change: Change) -> None:
    situation, stem = answer.situation, change.document.stem
    before = _rank(answer, stem)

    def rank_with(edits: Any, on: dt.date = ON) -> int:
        changed = Situation.from_json(edited(situation, edits, on=on).to_json())
        return _rank(check(changed, catalogue=real_catalogue(), on=on), stem)

    assert rank_with(change.edits) == RANKS[change.verdict] > before
    for size in range(len(change.edits)):
        for part in combinations(change.edits, size):
            try:
                assert rank_with(part) <= before, (stem, part)
            except ValueError:
                continue  # a part that contradicts the rest of the situation changes nothing


WITH_LISTS = [
    (document, position.treatment, condition)
    for document in real_catalogue().documents
    for position in document.editions[-1].positions
    if position.criteria is not None and position.coverage is COVERED_WITH_CRITERIA
    for condition in position.indications
]


@given(
    situation=strategies.situations,
    asked_about=st.sampled_from(WITH_LISTS),
)
def test_a_change_does_it_and_no_part_of_it_does(
    situation: Situation, asked_about: tuple[Document, Treatment, str]
) -> None:
    document, treatment, condition = asked_about
    data = situation.to_json()
    state = document.states[0] if document.states else None
    data["plan"] = {
        "insurer": document.insurer.slug,
        "line_of_business": document.lines_of_business[0].value,
        "issue_state": state,
        "residence_state": state,
    }
    data["answers"]["conditions"] = [condition]
    data["treatment"] = treatment.value
    try:
        asked = Situation.from_json(data)
    except ValueError:
        assume(False)
    answer = check(asked, catalogue=real_catalogue(), on=ON)
    for change in what_would_change(answer, catalogue=real_catalogue()):
        _expect_smallest(answer, change)


def test_nothing_is_said_to_change_a_refusal_without_a_list() -> None:
    assert real("bcbs-al", line_of_business=COMMERCIAL, issue_state="AL") == ()
