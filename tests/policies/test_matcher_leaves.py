"""Scores with strict edges, lists of codes, first lists again, and decisions without findings."""

import pytest
from hypothesis import given

from policies.criteria import CodeCriterion, Group, Node, Operator, ScaleCriterion
from policies.criteria.reading import CriteriaError, CriteriaReader
from policies.criteria.writing import write_criteria
from policies.facts import facts_from
from policies.matcher import decide, evaluate
from policies.situation import Situation
from policies.truth import Truth
from tests.factories import (
    ADULT,
    MET,
    NOT_MET,
    ON,
    SEVERE,
    UNKNOWN,
    all_of,
    make_facts,
    make_score,
)
from tests.policies.strategies import situations
from tests.policies.tree_strategies import trees

LISTED = CodeCriterion("A listed code", frozenset({"F33.1", "F33.2"}))


@pytest.mark.parametrize(("score", "expected"), [(15, NOT_MET), (16, MET)])
def test_above_15_is_taken_as_printed(score: int, expected: Truth) -> None:
    above = ScaleCriterion("PHQ-9 above 15", ("phq9",), above=15, within_days=28)
    assert evaluate(above, make_facts(scores=[make_score(score=score)])).truth is expected


@pytest.mark.parametrize(("score", "expected"), [(9, MET), (10, NOT_MET)])
def test_below_10_is_taken_as_printed(score: int, expected: Truth) -> None:
    below = ScaleCriterion("PHQ-9 below 10", ("phq9",), below=10)
    assert evaluate(below, make_facts(scores=[make_score(score=score)])).truth is expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param((), UNKNOWN, id="no code given"),
        pytest.param(("F33.2",), MET, id="a listed code"),
        pytest.param(("F33.9",), NOT_MET, id="a code of the category that is not listed"),
        pytest.param(("G90.511",), UNKNOWN, id="a code about something else"),
        pytest.param(("F33.9", "F33.1"), MET, id="one of them is listed"),
    ],
)
def test_a_closed_list_of_codes(codes: tuple[str, ...], expected: Truth) -> None:
    assert evaluate(LISTED, make_facts(icd10_codes=codes)).truth is expected


def test_going_on_may_want_the_whole_first_list_again() -> None:
    first = all_of(ADULT, SEVERE)
    data = {"label": "To go on", "all_of": [{"label": "Still meets it", "first_list": True}]}
    reader = CriteriaReader(frozenset(), first)
    tree = reader.node(data, "continuation")
    assert isinstance(tree, Group)
    assert tree.members == (Group("Still meets it", Operator.FIRST_LIST, (first,)),)
    assert write_criteria(tree) == data
    assert evaluate(tree, make_facts(answers={"age": 17})).truth is NOT_MET
    adult = make_facts(answers={"age": 18, "episode_severity": "severe"})
    assert evaluate(tree, adult).truth is MET


def test_there_is_no_first_list_to_stand_for_in_the_first_list() -> None:
    reader = CriteriaReader(frozenset())
    assert reader.node({"label": "Again", "first_list": True}, "criteria") is None
    assert "no first list" in str(CriteriaError(reader.faults))


@given(tree=trees, situation=situations)
def test_a_decision_says_what_the_findings_say(tree: Node, situation: Situation) -> None:
    facts = facts_from(situation, on=ON)
    assert decide(tree, facts) is evaluate(tree, facts).truth
