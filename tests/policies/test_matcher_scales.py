"""Rating scales held against scores: which score decides, and what stays open."""

import datetime as dt

import pytest

from policies.criteria import ScaleCriterion
from policies.matcher import ScaleGiven, evaluate
from policies.situation import ScaleScore
from policies.truth import Truth
from tests.factories import MET, NOT_MET, UNKNOWN, make_facts, make_score

PHQ9 = ScaleCriterion(label="PHQ-9 of 15 or more", scales=("phq9",), min=15)
RECENT = ScaleCriterion(label="PHQ-9 within 28 days", scales=("phq9",), min=15, within_days=28)
EITHER = ScaleCriterion(label="Either scale", scales=("phq9", "madrs"), min=15)
ANY = ScaleCriterion(label="A baseline score", scales=("phq9", "madrs"))


def day(month: int, of_month: int) -> dt.date:
    return dt.date(2026, month, of_month)


@pytest.mark.parametrize(
    ("criterion", "scores", "expected"),
    [
        pytest.param(PHQ9, [], UNKNOWN, id="a score that is not given is not zero"),
        pytest.param(PHQ9, [make_score(score=15)], MET, id="at the limit"),
        pytest.param(PHQ9, [make_score(score=14)], NOT_MET, id="just below"),
        pytest.param(PHQ9, [make_score("madrs", 40)], UNKNOWN, id="another scale says nothing"),
        pytest.param(
            PHQ9,
            [make_score(score=20, taken_on=day(3, 1)), make_score(score=9, taken_on=day(10, 1))],
            NOT_MET,
            id="the latest is below",
        ),
        pytest.param(
            PHQ9,
            [make_score(score=9, taken_on=day(3, 1)), make_score(score=20, taken_on=day(10, 1))],
            MET,
            id="the latest reaches it",
        ),
        pytest.param(
            PHQ9,
            [make_score(score=9, taken_on=day(10, 1)), make_score(score=20, taken_on=None)],
            NOT_MET,
            id="a dated score goes before an undated one",
        ),
        pytest.param(PHQ9, [make_score(score=20, taken_on=None)], MET, id="only an undated one"),
        pytest.param(
            PHQ9, [make_score(score=20, taken_on=day(11, 26))], UNKNOWN, id="dated tomorrow"
        ),
        pytest.param(PHQ9, [make_score(score=20, taken_on=day(11, 25))], MET, id="dated today"),
        pytest.param(
            PHQ9,
            [make_score(score=9), make_score(score=20, taken_on=day(12, 1))],
            NOT_MET,
            id="a later one does not count yet",
        ),
        pytest.param(
            PHQ9, [make_score(score=20, origin="self_completed")], UNKNOWN, id="self-completed"
        ),
        pytest.param(
            PHQ9, [make_score(score=3, origin="self_completed")], UNKNOWN, id="self-completed, low"
        ),
        pytest.param(
            PHQ9,
            [
                make_score(score=9, taken_on=day(10, 1)),
                make_score(score=20, origin="self_completed", taken_on=day(11, 20)),
            ],
            NOT_MET,
            id="a newer self-completed one does not beat the chart",
        ),
        pytest.param(
            PHQ9,
            [make_score(score=9), make_score(score=20)],
            UNKNOWN,
            id="two of one day that disagree",
        ),
        pytest.param(
            PHQ9, [make_score(score=16), make_score(score=20)], MET, id="two of one day that agree"
        ),
        pytest.param(RECENT, [make_score(taken_on=day(10, 28))], MET, id="28 days old"),
        pytest.param(RECENT, [make_score(taken_on=day(10, 27))], UNKNOWN, id="29 days old"),
        pytest.param(
            RECENT, [make_score(score=3, taken_on=day(10, 27))], UNKNOWN, id="29 days old, and low"
        ),
        pytest.param(
            RECENT, [make_score(taken_on=None)], UNKNOWN, id="recent or not, nobody knows"
        ),
        pytest.param(RECENT, [make_score(score=3)], NOT_MET, id="recent and low"),
        pytest.param(EITHER, [make_score(score=9)], UNKNOWN, id="the other may still reach it"),
        pytest.param(
            EITHER, [make_score(score=9), make_score("madrs", 9)], NOT_MET, id="both below"
        ),
        pytest.param(
            EITHER, [make_score(score=9), make_score("madrs", 15)], MET, id="one is enough"
        ),
        pytest.param(ANY, [make_score(score=0)], MET, id="any score will do, even zero"),
        pytest.param(ANY, [], UNKNOWN, id="no baseline"),
    ],
)
def test_scale(criterion: ScaleCriterion, scores: list[ScaleScore], expected: Truth) -> None:
    assert evaluate(criterion, make_facts(scores=scores)).truth is expected


def test_an_upper_limit_of_a_scale_is_kept_too() -> None:
    mild = ScaleCriterion(label="PHQ-9 of 5 to 9", scales=("phq9",), min=5, max=9)
    truths = {
        score: evaluate(mild, make_facts(scores=[make_score(score=score)])).truth
        for score in (4, 5, 9, 10)
    }
    assert truths == {4: NOT_MET, 5: MET, 9: MET, 10: NOT_MET}


def test_the_scores_that_were_looked_at_are_kept() -> None:
    own = make_score(score=20, origin="self_completed")
    newest = make_score(score=9, taken_on=day(10, 1))
    facts = make_facts(scores=[own, newest, make_score(score=8, taken_on=day(3, 1))])
    assert evaluate(PHQ9, facts).given == ScaleGiven((newest,), (own,))
