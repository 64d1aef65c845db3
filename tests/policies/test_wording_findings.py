"""What is said of each criterion: its state, whose words it has, and what was given."""

import datetime as dt
from typing import Any

import pytest

from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Judge,
    Judgement,
    Node,
    ScaleCriterion,
    Source,
    TrialDefinition,
)
from policies.matcher import Finding, evaluate
from policies.wording import findings
from tests.factories import (
    ADULT,
    COPY,
    HEARSAY,
    REST,
    SEVERE,
    all_of,
    make_edition,
    make_facts,
    make_reading,
    make_score,
    make_tried,
    none_of,
)


def found(node: Node, **situation: Any) -> Finding:
    return evaluate(node, make_facts(**situation))


def test_the_state_of_a_criterion() -> None:
    states = [
        findings.state(found(ADULT, answers=answers)) for answers in ({"age": 40}, {"age": 15}, {})
    ]
    assert states == ["Met", "Not met", "To find out"]
    assert findings.state(found(REST)) == "Not readable"


def test_the_state_of_an_exclusion_says_whether_it_applies() -> None:
    pregnant = FactCriterion("Pregnancy", "pregnancy", equals=True)
    states = [
        findings.state(found(none_of(pregnant), answers=answers).members[0])
        for answers in ({"pregnancy": False}, {"pregnancy": True}, {})
    ]
    assert states == ["Met: does not apply", "Not met: applies", "To find out"]


def test_words_are_the_insurers_only_where_they_are_quoted() -> None:
    quoted = FactCriterion("Adult", "age", min=18, source=Source("form", "1", "18 or older"))
    named = FactCriterion("Adult", "age", min=18, source=Source("form", "1"))
    own = make_edition(readings=(make_reading(COPY, key="form"),))
    told = make_edition(readings=(make_reading(HEARSAY, key="form"),))
    assert findings.whose_words(quoted.source, own) == "The document's own words"
    assert findings.whose_words(quoted.source, told) == (
        "The document's own words, as someone else reproduces them"
    )
    assert {findings.whose_words(node.source, own) for node in (named, ADULT)} == {"Our words"}


CONDITION = FactCriterion("Depression", "conditions", includes="depression")


@pytest.mark.parametrize(
    ("node", "answers", "expected"),
    [
        pytest.param(ADULT, {"age": 44}, "You told us: 44 years.", id="a number and its unit"),
        pytest.param(ADULT, {}, "Not answered yet.", id="nothing"),
        pytest.param(
            SEVERE, {"episode_severity": "mild"}, "You told us: mild.", id="a choice by its label"
        ),
        pytest.param(
            FactCriterion("By", "prescriber", equals="psychiatrist"),
            {"prescriber": "psychiatrist"},
            "You told us: a psychiatrist.",
            id="a choice of several words",
        ),
        pytest.param(
            FactCriterion("Pregnancy", "pregnancy", equals=False),
            {"pregnancy": False},
            "You told us: no.",
            id="no",
        ),
        pytest.param(
            CONDITION,
            {"conditions": frozenset({"mdd", "crps"})},
            "You told us: complex regional pain syndrome (CRPS), major depressive disorder.",
            id="conditions",
        ),
        pytest.param(
            Judgement("Supervised", Judge.CLINIC),
            {},
            "The clinic can answer this.",
            id="what the clinic judges",
        ),
        pytest.param(
            REST,
            {},
            "We could not read this part. Ask the plan for the whole document.",
            id="what was not read",
        ),
        pytest.param(all_of(ADULT), {"age": 44}, "", id="a group"),
    ],
)
def test_what_was_given(node: Node, answers: dict[str, Any], expected: str) -> None:
    assert findings.given(found(node, answers=answers, conditions=[])) == expected


PHQ9 = ScaleCriterion(label="PHQ-9 of 15 or more", scales=("phq9",), min=15)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param([], "No score yet.", id="none"),
        pytest.param(
            [make_score(score=19, taken_on=dt.date(2026, 5, 3))],
            "You told us: PHQ-9 19 on May 3, 2026.",
            id="dated",
        ),
        pytest.param(
            [make_score(score=19, taken_on=None)], "You told us: PHQ-9 19, undated.", id="undated"
        ),
        pytest.param(
            [make_score(score=19, origin="self_completed", taken_on=dt.date(2026, 5, 3))],
            "You filled in: PHQ-9 19 on May 3, 2026. The plan wants a score from the chart.",
            id="filled in by oneself",
        ),
    ],
)
def test_what_was_given_of_a_scale(scores: list[Any], expected: str) -> None:
    assert findings.given(found(PHQ9, scores=scores)) == expected


ADEQUATE_TRIAL = TrialDefinition(
    kind=frozenset({"antidepressant"}),
    min_weeks=6,
    adequate_dose=True,
    outcome=frozenset({"no_response"}),
)
TRIALS = CountCriterion(label="Two trials", where=(ADEQUATE_TRIAL,), min=2)


@pytest.mark.parametrize(
    ("rows", "complete", "expected"),
    [
        pytest.param(None, None, "Not answered yet.", id="not asked"),
        pytest.param([], True, "Nothing named so far counts.", id="none"),
        pytest.param(
            [], False, "Nothing named so far counts. The list is not finished.", id="none yet"
        ),
        pytest.param(
            [make_tried("Zoloft")],
            True,
            "Counts (1 of the 2 wanted): sertraline.",
            id="one, by its name",
        ),
        pytest.param(
            [make_tried("Zoloft"), make_tried("venlafaxine", weeks=None)],
            False,
            "Counts (1 of the 2 wanted): sertraline. May count: venlafaxine (length not answered). "
            "The list is not finished.",
            id="one that counts and one that may",
        ),
        pytest.param([make_tried("lithium")], True, "Nothing named so far counts.", id="an add-on"),
    ],
)
def test_what_was_given_of_treatments(
    rows: list[Any] | None, complete: bool | None, expected: str
) -> None:
    assert findings.given(found(TRIALS, tried=rows, complete=complete)) == expected


@pytest.mark.parametrize(
    ("drug", "fields", "expected"),
    [
        pytest.param(
            "sertraline",
            {"adequate_dose": None, "highest_dose_mg": 50},
            "sertraline (dose within the usual range, clinician to confirm)",
            id="within the usual range",
        ),
        pytest.param(
            "sertraline",
            {"adequate_dose": None, "highest_dose_mg": 25},
            "sertraline (dose below the usual range, clinician to say whether adequate)",
            id="below it",
        ),
        pytest.param(
            "sertraline",
            {"adequate_dose": None, "highest_dose_mg": 2000},
            "sertraline (dose above the usual range, check the number)",
            id="above it",
        ),
        pytest.param(
            "trazodone",
            {"kind": None},
            "trazodone (for what it was taken is not answered)",
            id="a medicine with other uses",
        ),
        pytest.param(
            "sertraline",
            {"adequate_dose": None},
            "sertraline (clinician to say whether the dose was adequate)",
            id="no dose",
        ),
        pytest.param(
            "sertraline",
            {"weeks": None, "outcome": None},
            "sertraline (what happened is not answered, length not answered)",
            id="two things open",
        ),
        pytest.param(
            "zzyzx",
            {},
            "zzyzx (a medicine we do not know, check the spelling)",
            id="an unknown medicine",
        ),
        pytest.param(
            None,
            {},
            "antidepressant (which medicine is not answered)",
            id="a medicine without a name",
        ),
    ],
)
def test_the_open_points_of_a_trial_that_may_count(
    drug: str | None, fields: dict[str, Any], expected: str
) -> None:
    given = findings.given(found(TRIALS, tried=[make_tried(drug, **fields)], complete=True))
    assert given == f"May count: {expected}."


def test_the_open_points_are_those_of_the_definition_nearest_to_met() -> None:
    nearer = TrialDefinition(kind=frozenset({"antidepressant"}), this_episode=True)
    farther = TrialDefinition(
        kind=frozenset({"antidepressant"}), maximum_dose=True, led_to_change=True
    )
    criterion = CountCriterion(label="One", where=(farther, nearer), min=1)
    given = findings.given(found(criterion, tried=[make_tried()], complete=True))
    assert given == "May count: sertraline (not answered whether in this episode)."
