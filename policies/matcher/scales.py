"""Rating scale scores: the latest charted one decides."""

from policies.criteria import ScaleCriterion
from policies.facts import Facts
from policies.matcher.findings import Given, ScaleGiven
from policies.situation import ScaleScore
from policies.truth import Truth, some, truth_of


def look_at_scores(node: ScaleCriterion, facts: Facts) -> tuple[Truth, Given]:
    """The latest dated score of each scale decides; any one of the scales will do."""
    given = ScaleGiven(
        scores=tuple(
            score for name in node.scales for score in _latest(facts, name, origin="chart")
        ),
        self_completed=tuple(
            score for name in node.scales for score in _latest(facts, name, origin="self_completed")
        ),
    )
    if not given.scores:
        return Truth.UNKNOWN, given
    by_scale = [
        [_test_score(node, score, facts) for score in given.scores if score.scale == name]
        for name in node.scales
    ]
    settled = some(_agreed(truths) for truths in by_scale)
    # A scale without a score could still reach the limit.
    if settled is Truth.NOT_MET and not all(by_scale):
        settled = Truth.UNKNOWN
    return settled, given


def _agreed(truths: list[Truth]) -> Truth:
    """Two scores of the latest day that disagree settle nothing."""
    return truths[0] if len(set(truths)) == 1 else Truth.UNKNOWN


def _latest(facts: Facts, scale: str, *, origin: str) -> list[ScaleScore]:
    mine = [score for score in facts.scores if score.scale == scale and score.origin == origin]
    dates = [score.taken_on for score in mine if score.taken_on is not None]
    newest = max(dates, default=None)
    return [score for score in mine if score.taken_on == newest]


def _test_score(node: ScaleCriterion, score: ScaleScore, facts: Facts) -> Truth:
    age = None if score.taken_on is None else (facts.on - score.taken_on).days
    # An old or undated score leaves open what a recent one would say.
    if node.within_days is not None and (age is None or age > node.within_days):
        return Truth.UNKNOWN
    return truth_of(
        (node.min is None or score.score >= node.min)
        and (node.max is None or score.score <= node.max)
        and (node.above is None or score.score > node.above)
        and (node.below is None or score.score < node.below)
    )
