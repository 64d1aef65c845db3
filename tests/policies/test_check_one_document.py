"""What one document says: its verdict, its ground and its score."""

from typing import Any

import pytest

from policies.applicability import Role
from policies.catalogue import CoveragePosition, Position
from policies.criteria import Judge, Judgement
from policies.score import Score
from policies.situation import Treatment
from policies.verdict import Ground, Verdict, judge_document
from tests.factories import (
    ADULT,
    REST,
    all_of,
    any_of,
    make_catalogue,
    make_document,
    make_edition,
    make_facts,
    make_position,
)
from tests.policies.checking import (
    ACME,
    CASE_BY_CASE,
    COVERED,
    FAILED,
    NOT_COVERED,
    OLDER,
    OPEN_LIST,
    SILENT,
    ask,
    document,
)


@pytest.mark.parametrize(
    ("position", "verdict", "ground"),
    [
        pytest.param(make_position(), Verdict.APPEARS_TO_QUALIFY, None, id="all met"),
        pytest.param(make_position(COVERED), Verdict.APPEARS_TO_QUALIFY, None, id="no criteria"),
        pytest.param(OPEN_LIST, Verdict.COULD_QUALIFY, None, id="only the plan can answer"),
        pytest.param(
            make_position(criteria=all_of(ADULT, REST)),
            Verdict.COULD_QUALIFY,
            None,
            id="a list that is cut off is never fully met",
        ),
        pytest.param(
            make_position(criteria=any_of(ADULT, REST)),
            Verdict.COULD_QUALIFY,
            None,
            id="anything unread bars a yes, even where another way is met",
        ),
        pytest.param(
            make_position(criteria=all_of(REST)), Verdict.ANSWER_UNREAD, None, id="nothing was read"
        ),
        pytest.param(
            make_position(criteria=None), Verdict.ANSWER_UNREAD, None, id="the list was not read"
        ),
        pytest.param(
            make_position(NOT_COVERED),
            Verdict.NOT_COVERED,
            Ground.INVESTIGATIONAL,
            id="investigational",
        ),
        pytest.param(
            make_position(CoveragePosition.EXCLUDED),
            Verdict.NOT_COVERED,
            Ground.EXCLUDED,
            id="excluded",
        ),
        pytest.param(
            make_position(CoveragePosition.NOT_MEDICALLY_NECESSARY),
            Verdict.NOT_COVERED,
            Ground.NOT_MEDICALLY_NECESSARY,
            id="not medically necessary",
        ),
        pytest.param(make_position(CASE_BY_CASE), Verdict.CASE_BY_CASE, None, id="case by case"),
        pytest.param(
            make_position(CoveragePosition.NOT_ADDRESSED),
            Verdict.NOT_ADDRESSED,
            None,
            id="not addressed",
        ),
    ],
)
def test_position(position: Position, verdict: Verdict, ground: Ground | None) -> None:
    answer = ask(make_catalogue(document(position)))
    assert (answer.verdict, answer.ground) == (verdict, ground)
    assert answer.headline is not None
    assert answer.headline.applied.role is Role.OWN


def test_a_failed_test_does_not_close_individual_consideration() -> None:
    position = Position(
        treatment=Treatment.IV_KETAMINE,
        indications=("treatment_resistant_depression",),
        coverage=CASE_BY_CASE,
        criteria=all_of(ADULT),
    )
    answer = ask(make_catalogue(document(position)), answers={"age": 15})
    assert answer.verdict is Verdict.CASE_BY_CASE


def test_a_failed_criterion_is_not_a_refusal_of_the_treatment() -> None:
    answer = ask(make_catalogue(document(make_position())), answers={"age": 15})
    assert (answer.verdict, answer.ground) == (Verdict.DOES_NOT_MEET, None)


@pytest.mark.parametrize(
    ("whole", "verdict"), [(True, Verdict.NOT_ADDRESSED), (False, Verdict.ANSWER_UNREAD)]
)
def test_silence_means_something_only_where_all_was_read(verdict: Verdict, *, whole: bool) -> None:
    edition = make_edition(SILENT, is_read_whole=whole)
    catalogue = make_catalogue(make_document(edition, insurer=ACME))
    assert ask(catalogue).verdict is verdict


def test_a_record_without_positions_is_an_answer_that_was_not_read() -> None:
    assert ask(make_catalogue(document())).verdict is Verdict.ANSWER_UNREAD


def test_a_refusal_of_other_conditions_is_silence_on_one_that_may_not_be_meant() -> None:
    pain = make_position(NOT_COVERED, indications=("chronic_pain",))
    answer = ask(make_catalogue(document(pain)), conditions=["crps"])
    assert (answer.verdict, answer.ground) == (Verdict.ANSWER_UNREAD, None)


def test_the_rule_for_the_condition_itself_beats_the_wider_one() -> None:
    wide = make_position(NOT_COVERED, indications=("psychiatric_disorders",))
    own = make_position(COVERED)
    for positions in ((wide, own), (own, wide)):
        answer = ask(make_catalogue(document(*positions)))
        assert answer.verdict is Verdict.APPEARS_TO_QUALIFY
    answer = ask(make_catalogue(document(wide, own)), conditions=["ptsd"])
    assert answer.verdict is Verdict.NOT_COVERED


SUICIDAL = ("mdd_suicidal",)


def test_thoughts_of_suicide_open_a_way_that_asks_for_no_failed_trial() -> None:
    resistant = make_position(criteria=OLDER)
    suicidal = make_position(COVERED, indications=SUICIDAL)
    catalogue = make_catalogue(document(resistant, suicidal))
    verdicts = {
        ideation: ask(
            catalogue,
            answers={"age": 40, "suicidal_ideation": ideation} if ideation else {"age": 40},
        ).verdict
        for ideation in ("with_intent", "none", None)
    }
    assert verdicts == {
        "with_intent": Verdict.APPEARS_TO_QUALIFY,
        "none": Verdict.DOES_NOT_MEET,
        None: Verdict.COULD_QUALIFY,
    }


UNREAD_WAY = make_position(criteria=None, indications=SUICIDAL)


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        pytest.param(FAILED, Verdict.COULD_QUALIFY, id="beside a list that fails"),
        pytest.param(
            make_position(NOT_COVERED), Verdict.ANSWER_UNREAD, id="beside a treatment not covered"
        ),
        pytest.param(
            make_position(CoveragePosition.NOT_ADDRESSED),
            Verdict.ANSWER_UNREAD,
            id="beside a condition not addressed",
        ),
        pytest.param(make_position(), Verdict.APPEARS_TO_QUALIFY, id="beside a list that is met"),
        pytest.param(make_position(CASE_BY_CASE), Verdict.CASE_BY_CASE, id="beside a case by case"),
    ],
)
def test_a_way_that_was_not_read_is_neither_a_refusal_nor_silence(
    other: Position, verdict: Verdict
) -> None:
    answers = {"age": 40, "suicidal_ideation": "with_intent"}
    assert ask(make_catalogue(document(other, UNREAD_WAY)), answers=answers).verdict is verdict


def test_a_case_by_case_rule_that_may_apply_keeps_a_failed_list_from_being_the_last_word() -> None:
    catalogue = make_catalogue(document(FAILED, make_position(CASE_BY_CASE, indications=SUICIDAL)))
    early = ask(catalogue)
    full = ask(catalogue, answers={"age": 40, "suicidal_ideation": "with_intent"})
    assert early.verdict is full.verdict is Verdict.CASE_BY_CASE


def test_two_refusals_of_which_one_may_not_be_meant_are_a_refusal() -> None:
    refusals = [
        make_position(NOT_COVERED, indications=(name,))
        for name in ("crps", "neuropathic_pain", "chronic_pain")
    ]
    answer = ask(make_catalogue(document(*refusals)), conditions=["crps"])
    assert (answer.verdict, answer.ground) == (Verdict.NOT_COVERED, Ground.INVESTIGATIONAL)


@pytest.mark.parametrize(
    ("criteria", "continuation", "verdict"),
    [
        pytest.param(ADULT, ADULT, Verdict.APPEARS_TO_QUALIFY, id="its own list is met"),
        pytest.param(ADULT, OLDER, Verdict.DOES_NOT_MEET, id="its own list is not met"),
        pytest.param(ADULT, None, Verdict.ANSWER_UNREAD, id="no rule in the part that was read"),
        pytest.param(
            all_of(ADULT, REST), None, Verdict.ANSWER_UNREAD, id="it may stand in the part cut off"
        ),
        pytest.param(None, None, Verdict.ANSWER_UNREAD, id="no list was read at all"),
    ],
)
def test_going_on_is_judged_by_its_own_list(
    criteria: Any, continuation: Any, verdict: Verdict
) -> None:
    position = make_position(criteria=criteria, continuation=continuation)
    answers = {"age": 40, "request_phase": "continuing"}
    assert ask(make_catalogue(document(position)), answers=answers).verdict is verdict


def test_silence_on_going_on_means_something_in_a_document_that_was_read_whole() -> None:
    whole = make_document(make_edition(make_position(criteria=ADULT), is_read_whole=True))
    answers = {"age": 40, "request_phase": "continuing"}
    assert ask(make_catalogue(whole), answers=answers).verdict is Verdict.NOT_ADDRESSED


def test_the_score_counts_top_level_requirements_and_says_where_there_are_more() -> None:
    tree = all_of(ADULT, any_of(OLDER, ADULT), OLDER, Judgement("Judge", Judge.CLINIC), REST)
    edition = make_edition(make_position(criteria=tree))
    found = judge_document(
        make_document(edition),
        edition,
        treatment=Treatment.IV_KETAMINE,
        facts=make_facts(answers={"age": 40}),
    )
    assert found.positions[0].score == Score(met=2, not_met=1, to_find_out=2, at_least=True)
    assert Score(2, 1, 2, at_least=True).total == 5
