"""Which trial of a treatment counts: its drug, dose, length and outcome."""

from dataclasses import replace
from typing import Any

import pytest

from policies.criteria import TrialDefinition
from policies.matcher import CountGiven, evaluate
from policies.situation import TreatmentTried
from policies.truth import Count, Truth
from tests.factories import MET, NOT_MET, UNKNOWN, make_facts, make_tried
from tests.policies.counting import (
    ADEQUATE_TRIAL,
    ANTIDEPRESSANT,
    FAILED,
    count,
    define,
    tried_truth,
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(make_tried("sertraline"), MET, id="a class of the list"),
        pytest.param(make_tried("bupropion"), MET, id="a drug of the list"),
        pytest.param(make_tried("trazodone"), NOT_MET, id="an antidepressant outside the list"),
        pytest.param(make_tried("zzyzx"), UNKNOWN, id="a drug we do not know"),
        pytest.param(make_tried(None, kind="ect"), NOT_MET, id="a treatment that is no drug"),
    ],
)
def test_a_closed_list_of_classes_and_drugs(row: TreatmentTried, expected: Truth) -> None:
    closed = count(
        TrialDefinition(drug_class=frozenset({"ssri", "snri"}), drug=frozenset({"bupropion"})),
        at_least=1,
    )
    assert tried_truth(closed, (row,), complete=True) is expected


@pytest.mark.parametrize(
    ("drug", "expected"),
    [
        pytest.param("sertraline", MET, id="a tablet"),
        pytest.param("Emsam", NOT_MET, id="the patch is not oral"),
        pytest.param("zzyzx", UNKNOWN, id="a drug we do not know"),
    ],
)
def test_oral_leaves_out_the_patch(drug: str, expected: Truth) -> None:
    oral = count(define(route="oral"), at_least=1)
    assert tried_truth(oral, (make_tried(drug),), complete=True) is expected


@pytest.mark.parametrize(
    ("adequate", "highest", "expected"),
    [
        pytest.param(True, None, MET, id="the clinician says yes"),
        pytest.param(True, 5, MET, id="the clinician says yes to a low dose"),
        pytest.param(False, 200, NOT_MET, id="the clinician says no to a high dose"),
        pytest.param(None, 200, UNKNOWN, id="a dose within the usual range settles nothing"),
        pytest.param(None, 50, UNKNOWN, id="nor does the usual minimum"),
        pytest.param(None, 10, UNKNOWN, id="a dose below it is not failed either"),
        pytest.param(None, None, UNKNOWN, id="no dose at all"),
    ],
)
def test_only_the_clinicians_word_settles_a_dose(
    adequate: bool | None, highest: float | None, expected: Truth
) -> None:
    row = make_tried("sertraline", adequate_dose=adequate, highest_dose_mg=highest)
    assert tried_truth(count(ADEQUATE_TRIAL, at_least=1), (row,), complete=True) is expected


def test_the_maximum_dose_is_an_adequate_one_and_a_low_one_is_not_the_maximum() -> None:
    adequate, most = define(adequate_dose=True), define(maximum_dose=True)
    at_most = make_tried(adequate_dose=None, maximum_dose=True)
    too_low = make_tried(adequate_dose=False, maximum_dose=None)
    assert tried_truth(count(adequate, at_least=1), (at_most,), complete=True) is MET
    assert tried_truth(count(most, at_least=1), (too_low,), complete=True) is NOT_MET
    assert tried_truth(count(most, at_least=1), (make_tried(),), complete=True) is UNKNOWN


# A trial fails in one of three ways: Highmark I-212.
THREE_WAYS = count(
    define(outcome="no_response", min_weeks=4, adequate_dose=True),
    define(outcome=FAILED, dose_limiting_side_effects=True),
    define(outcome="partial_response", min_weeks=8, maximum_dose=True),
    at_least=1,
)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"weeks": 4}, MET, id="no response in four weeks"),
        pytest.param({"weeks": 3, "dose_limiting_side_effects": False}, NOT_MET, id="three weeks"),
        pytest.param(
            {"weeks": 3, "dose_limiting_side_effects": True}, MET, id="side effects kept it low"
        ),
        pytest.param({"weeks": 3}, UNKNOWN, id="side effects may have kept it low"),
        pytest.param(
            {"outcome": "partial_response", "maximum_dose": True},
            MET,
            id="partial response to eight weeks of the maximum",
        ),
        pytest.param(
            {
                "outcome": "partial_response",
                "maximum_dose": False,
                "dose_limiting_side_effects": False,
            },
            NOT_MET,
            id="partial response to less than the maximum",
        ),
        pytest.param(
            {"outcome": "partial_response", "dose_limiting_side_effects": False},
            UNKNOWN,
            id="partial response, and the maximum is not answered",
        ),
    ],
)
def test_one_of_several_definitions_is_enough(fields: dict[str, Any], expected: Truth) -> None:
    assert tried_truth(THREE_WAYS, (make_tried(**fields),), complete=True) is expected


def test_definitions_do_not_lend_each_other_their_halves() -> None:
    """Six weeks by one definition and an adequate dose by the other are no trial by either."""
    two = count(
        define(min_weeks=6, this_episode=True), define(adequate_dose=True, this_episode=True)
    )
    rows = (
        make_tried("sertraline", weeks=3, this_episode=True),
        make_tried("venlafaxine", adequate_dose=False, this_episode=False),
    )
    found = evaluate(two, make_facts(tried=rows, complete=True))
    assert isinstance(found.given, CountGiven)
    assert found.given.treatments == Count(1, 1)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        pytest.param("no_response", MET, id="no response"),
        pytest.param("partial_response", UNKNOWN, id="the document leaves partial response open"),
        pytest.param("not_tolerated", NOT_MET, id="intolerance is not that"),
        pytest.param("ongoing", UNKNOWN, id="still running"),
        pytest.param(None, UNKNOWN, id="not answered"),
    ],
)
def test_an_outcome_that_the_document_leaves_open(outcome: str | None, expected: Truth) -> None:
    strict = count(define(outcome="no_response", outcome_unclear="partial_response"), at_least=1)
    assert tried_truth(strict, (make_tried(outcome=outcome),), complete=True) is expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(24, MET), (25, MET), (26, NOT_MET), (-10, MET), (None, UNKNOWN)],
    ids=["below", "at", "above", "worse", "not measured"],
)
def test_percent_rules_decide_by_percent(percent: float | None, expected: Truth) -> None:
    little = count(define(max_improvement_percent=25), at_least=1)
    row = make_tried(improvement_percent=percent, outcome="partial_response")
    assert tried_truth(little, (row,), complete=True) is expected


@pytest.mark.parametrize("name", ["sufficient_length", "led_to_change", "this_episode"])
def test_a_yes_or_no_of_the_row_settles_its_test(name: str) -> None:
    wanted: dict[str, Any] = {name: True}
    criterion = count(define(**wanted), at_least=1)
    expected_by: dict[Any, Truth] = {True: MET, False: NOT_MET, None: UNKNOWN}
    for answer, expected in expected_by.items():
        row = replace(make_tried(), **{name: answer})
        assert tried_truth(criterion, (row,), complete=True) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"outcome": None, "weeks": None}, UNKNOWN, id="nothing says it was taken"),
        pytest.param({"outcome": None, "weeks": 2}, MET, id="it was taken for two weeks"),
        pytest.param({"outcome": "not_tolerated", "weeks": None}, MET, id="it was not tolerated"),
        pytest.param({"outcome": "ongoing", "weeks": None}, MET, id="it is being taken"),
        pytest.param({"outcome": "contraindicated", "weeks": None}, NOT_MET, id="never taken"),
    ],
)
def test_a_trial_without_further_definition_was_at_least_begun(
    fields: dict[str, Any], expected: Truth
) -> None:
    criterion = count(ANTIDEPRESSANT, at_least=1)
    assert tried_truth(criterion, (make_tried(**fields),), complete=True) is expected
