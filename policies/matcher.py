"""Holds a criteria tree against the facts and returns a tree of findings.

Strong Kleene logic throughout: a further answer never overturns a finding that was settled.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from policies import terms
from policies.criteria import (
    CountCriterion,
    FactCriterion,
    Group,
    Judgement,
    Node,
    Operator,
    ScaleCriterion,
    TrialDefinition,
    Unread,
    requirements,
)
from policies.facts import Facts, TriedFact
from policies.situation import ScaleScore
from policies.truth import Count, Truth, at_least, every, some, truth_of
from policies.vocabulary import Value


@dataclass(frozen=True, slots=True)
class CountGiven:
    """How many treatments and classes count, and the treatments that do or still may."""

    treatments: Count
    classes: Count
    counted: tuple[TriedFact, ...]
    possible: tuple[TriedFact, ...]


@dataclass(frozen=True, slots=True)
class ScaleGiven:
    """The scores that were looked at; `self_completed` ones never settle anything."""

    scores: tuple[ScaleScore, ...] = ()
    self_completed: tuple[ScaleScore, ...] = ()


Given: TypeAlias = Value | CountGiven | ScaleGiven | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One node held against the facts: whether it is met, and what was given.

    Under a `none_of`, `is_exclusion` is set and the truth is turned: met means "does not apply".
    """

    node: Node
    truth: Truth
    given: Given = None
    is_exclusion: bool = False
    members: tuple["Finding", ...] = ()


def evaluate(node: Node, facts: Facts) -> Finding:
    """Hold a criteria tree against the facts."""
    match node:
        case Group():
            return _evaluate_group(node, facts)
        case FactCriterion():
            truth, given = _test_fact(node, facts)
            return Finding(node, truth, given)
        case CountCriterion():
            return _evaluate_count(node, facts)
        case ScaleCriterion():
            return _evaluate_scale(node, facts)
        case Judgement() | Unread():
            return Finding(node, Truth.UNKNOWN)


def top_level(findings: Finding) -> tuple[Finding, ...]:
    """The findings of the top-level requirements, which a score counts; an `any_of` is one."""
    is_list = requirements(findings.node) != (findings.node,)
    return findings.members if is_list else (findings,)


def _evaluate_group(group: Group, facts: Facts) -> Finding:
    members = tuple(evaluate(member, facts) for member in group.members)
    if group.operator is Operator.NONE_OF:
        members = tuple(
            Finding(found.node, ~found.truth, found.given, is_exclusion=True, members=found.members)
            for found in members
        )
    truth = at_least(group.threshold, (found.truth for found in members))
    return Finding(group, truth, members=members)


def _test_fact(node: FactCriterion, facts: Facts) -> tuple[Truth, Given]:
    if node.fact == "conditions":
        stated = facts.stated_conditions
        wanted = node.includes
        return (Truth.UNKNOWN if wanted is None else facts.condition(wanted)), stated
    value = facts.values.get(node.fact)
    if value is None:
        return Truth.UNKNOWN, None
    return every(truth_of(passed) for passed in _tests_of(node, value)), value


def _tests_of(node: FactCriterion, value: Value) -> Iterable[bool]:
    if node.equals is not None:
        yield value == node.equals
    if node.one_of is not None:
        yield value in node.one_of
    if node.includes is not None:
        yield isinstance(value, frozenset) and node.includes in value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if node.min is not None:
            yield value >= node.min
        if node.max is not None:
            yield value <= node.max
        if node.above is not None:
            yield value > node.above
        if node.below is not None:
            yield value < node.below


def _evaluate_count(node: CountCriterion, facts: Facts) -> Finding:
    if facts.treatments is None:
        return Finding(node, Truth.UNKNOWN)
    counted, possible = [], []
    for tried in facts.treatments:
        truth = trial_counts(node.where, tried)
        if truth is Truth.MET:
            counted.append(tried)
        elif truth is Truth.UNKNOWN:
            possible.append(tried)
    is_open = not facts.treatments_complete
    given = CountGiven(
        treatments=_count_treatments(counted, possible, is_open=is_open),
        classes=_count_classes(counted, possible, is_open=is_open),
        counted=tuple(counted),
        possible=tuple(possible),
    )
    truth = every([given.treatments.reaches(node.min), given.classes.reaches(node.min_classes)])
    return Finding(node, truth, given)


def _count_treatments(
    counted: list[TriedFact], possible: list[TriedFact], *, is_open: bool
) -> Count:
    """Count different treatments: two rows of one drug are one, brand or generic."""
    by_kind: dict[str | None, set[str | None]] = {}
    for tried in counted:
        by_kind.setdefault(tried.kind, set()).add(tried.identity)
    # One that has no name may be the same as another of its kind, and of any where that is open.
    low = sum(len(names - {None}) or 1 for kind, names in by_kind.items() if kind is not None)
    low = low or min(1, len(by_kind))
    either = [tried.identity for tried in (*counted, *possible)]
    high = len(set(either) - {None}) + either.count(None)
    return Count(low, None if is_open else high)


def _count_classes(counted: list[TriedFact], possible: list[TriedFact], *, is_open: bool) -> Count:
    certain = {tried.drug_class for tried in counted}
    low = len(certain - {None}) or len(certain)
    if is_open:
        return Count(low, None)
    either = (*counted, *possible)
    high = 0
    for class_id in {tried.drug_class for tried in either}:
        within = [tried for tried in either if tried.drug_class == class_id]
        known = terms.drug_classes().get(class_id) if class_id else None
        if class_id is None:
            high += len(within)
        elif known is not None and known.members_differ:
            # Bupropion and mirtazapine share a class in the table and work differently.
            high += len({tried.identity for tried in within})
        else:
            high += 1
    return Count(low, high)


def trial_counts(definitions: tuple[TrialDefinition, ...], tried: TriedFact) -> Truth:
    """Whether a treatment tried meets any one of the definitions."""
    return some(every(truth for _, truth in trial_tests(wanted, tried)) for wanted in definitions)


def trial_tests(wanted: TrialDefinition, tried: TriedFact) -> Iterable[tuple[str, Truth]]:
    """Each test of a definition on one treatment tried, by the row's field that settles it."""
    row = tried.row
    yield "outcome", tried.was_taken
    yield from _identity_tests(wanted, tried)
    if wanted.min_weeks is not None:
        yield "weeks", truth_of(None if row.weeks is None else row.weeks >= wanted.min_weeks)
    if wanted.outcome:
        yield "outcome", _outcome_counts(wanted, row.outcome)
    if wanted.max_improvement_percent is not None:
        improvement = row.improvement_percent
        is_small = None if improvement is None else improvement <= wanted.max_improvement_percent
        yield "improvement_percent", truth_of(is_small)
    said = {
        # The maximum dose is an adequate one too, and one below adequate is not the maximum.
        "adequate_dose": True if row.maximum_dose else row.adequate_dose,
        "maximum_dose": False if row.adequate_dose is False else row.maximum_dose,
        "sufficient_length": row.sufficient_length,
        "dose_limiting_side_effects": row.dose_limiting_side_effects,
        "led_to_change": row.led_to_change,
        "this_episode": row.this_episode,
    }
    for name, answer in said.items():
        if getattr(wanted, name):
            yield name, truth_of(answer)


def _identity_tests(wanted: TrialDefinition, tried: TriedFact) -> Iterable[tuple[str, Truth]]:
    if wanted.kind:
        yield "drug", truth_of(None if tried.kind is None else tried.kind in wanted.kind)
    if wanted.drug or wanted.drug_class:
        yield "drug", _in_closed_list(wanted, tried)
    if wanted.route:
        yield "drug", truth_of(None if tried.drug is None else tried.drug.route == wanted.route)


def _in_closed_list(wanted: TrialDefinition, tried: TriedFact) -> Truth:
    if tried.drug is None:
        # An unknown medicine may be any of them; a treatment that is no medicine is none.
        return truth_of(None if tried.kind is None else False)
    return truth_of(tried.drug.name in wanted.drug or tried.drug.drug_class.id in wanted.drug_class)


def _outcome_counts(wanted: TrialDefinition, outcome: str | None) -> Truth:
    if outcome in wanted.outcome:
        return Truth.MET
    # A treatment still running has no outcome yet.
    is_open = outcome is None or outcome == "ongoing" or outcome in wanted.outcome_unclear
    return Truth.UNKNOWN if is_open else Truth.NOT_MET


def _evaluate_scale(node: ScaleCriterion, facts: Facts) -> Finding:
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
        return Finding(node, Truth.UNKNOWN, given)
    by_scale = [
        [_test_score(node, score, facts) for score in given.scores if score.scale == name]
        for name in node.scales
    ]
    settled = some(_agreed(truths) for truths in by_scale)
    is_every_scale_scored = all(by_scale)
    # A scale without a score could still reach the limit.
    if settled is Truth.NOT_MET and not is_every_scale_scored:
        settled = Truth.UNKNOWN
    return Finding(node, settled, given)


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
    return every(
        [
            truth_of(node.min is None or score.score >= node.min),
            truth_of(node.max is None or score.score <= node.max),
        ]
    )
