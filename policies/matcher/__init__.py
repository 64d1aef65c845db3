"""Holds a criteria tree against the facts: a bare decision, or a tree of findings.

Strong Kleene logic throughout: a further answer never overturns a finding that was settled. A tree
is made into tests once and held against many facts; decision and findings share every test.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    Judgement,
    Node,
    Operator,
    ScaleCriterion,
    Unread,
)
from policies.facts import Facts
from policies.matcher.findings import (
    CodesGiven,
    CountGiven,
    Finding,
    Given,
    ScaleGiven,
    top_level,
)
from policies.matcher.scales import look_at_scores
from policies.matcher.trials import count_trials, trial_counts, trial_tests
from policies.truth import Truth, at_least, every, some
from policies.vocabulary import Value

__all__ = [
    "CodesGiven",
    "CountGiven",
    "Finding",
    "Given",
    "Matcher",
    "ScaleGiven",
    "count_trials",
    "decide",
    "evaluate",
    "make_matcher",
    "top_level",
    "trial_counts",
    "trial_tests",
]

Test = Callable[[Facts], tuple[Truth, Given]]


@dataclass(frozen=True, slots=True)
class Matcher:
    """A tree made ready: `decide` stops as soon as it can, `explain` looks at every node."""

    decide: Callable[[Facts], Truth]
    explain: Callable[[Facts], Finding]


def evaluate(node: Node, facts: Facts) -> Finding:
    """Hold a criteria tree against the facts, and say of every node what was found."""
    return _kept_matcher(_Same(node)).explain(facts)


def decide(node: Node, facts: Facts) -> Truth:
    """Hold a criteria tree against the facts, and say only what comes of it."""
    return _kept_matcher(_Same(node)).decide(facts)


class _Same:
    """A tree by its identity: comparing whole trees would take longer than matching them."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.node is other.node

    def __hash__(self) -> int:
        return id(self.node)


@lru_cache(maxsize=1024)
def _kept_matcher(same: _Same) -> Matcher:
    return make_matcher(same.node)


def make_matcher(node: Node) -> Matcher:
    """Make a tree into tests."""
    match node:
        case Group():
            return _group_matcher(node)
        case FactCriterion():
            return _fact_matcher(node)
        case CountCriterion():
            return _leaf_matcher(node, partial(count_trials, node))
        case ScaleCriterion():
            return _leaf_matcher(node, partial(look_at_scores, node))
        case CodeCriterion():
            return _leaf_matcher(node, partial(_look_at_codes, node))
        case Judgement() | Unread():
            found = Finding(node, Truth.UNKNOWN)
            return Matcher(lambda _facts: Truth.UNKNOWN, lambda _facts: found)


def _leaf_matcher(node: Node, test: Test) -> Matcher:
    return Matcher(lambda facts: test(facts)[0], lambda facts: Finding(node, *test(facts)))


def _fact_matcher(node: FactCriterion) -> Matcher:
    if node.fact == "conditions":
        return _conditions_matcher(node)
    name, passes = node.fact, _passes(node)

    def test(facts: Facts) -> Truth:
        value = facts.values.get(name)
        if value is None:
            return Truth.UNKNOWN
        return Truth.MET if passes(value) else Truth.NOT_MET

    return Matcher(test, lambda facts: Finding(node, test(facts), facts.values.get(name)))


def _conditions_matcher(node: FactCriterion) -> Matcher:
    def test(facts: Facts) -> Truth:
        return Truth.UNKNOWN if node.includes is None else facts.condition(node.includes)

    return Matcher(test, lambda facts: Finding(node, test(facts), facts.stated_conditions))


def _passes(node: FactCriterion) -> Callable[[Value], bool]:
    """The tests of a fact as one; all of those that are set apply together."""
    tests: list[Callable[[Value], bool]] = []
    if node.equals is not None:
        tests.append(partial(operator.eq, node.equals))
    if node.one_of is not None:
        tests.append(node.one_of.__contains__)
    if node.includes is not None:
        tests.append(lambda value: isinstance(value, frozenset) and node.includes in value)
    limits = {
        operator.le: node.min,
        operator.ge: node.max,
        operator.lt: node.above,
        operator.gt: node.below,
    }
    # Each limit stands on the left: `min <= value`.
    tests += [partial(test, limit) for test, limit in limits.items() if limit is not None]
    if len(tests) == 1:
        return tests[0]
    return lambda value: all(test(value) for test in tests)


def _look_at_codes(node: CodeCriterion, facts: Facts) -> tuple[Truth, Given]:
    """Codes of the same category as a listed one settle it; others are about something else."""
    given = CodesGiven(facts.icd10_codes)
    if node.icd10.intersection(facts.icd10_codes):
        return Truth.MET, given
    categories = {code[:3] for code in node.icd10}
    is_told = any(code[:3] in categories for code in facts.icd10_codes)
    return (Truth.NOT_MET if is_told else Truth.UNKNOWN), given


def _group_matcher(group: Group) -> Matcher:
    members = tuple(make_matcher(member) for member in group.members)
    is_exclusion = group.operator is Operator.NONE_OF
    threshold = group.threshold

    def explain(facts: Facts) -> Finding:
        found = [member.explain(facts) for member in members]
        if is_exclusion:
            found = [_turned(one) for one in found]
        truth = at_least(threshold, [one.truth for one in found])
        return Finding(group, truth, None, False, tuple(found))

    deciders = tuple(member.decide for member in members)
    match group.operator:
        case Operator.ALL_OF | Operator.FIRST_LIST:
            return Matcher(lambda facts: every(test(facts) for test in deciders), explain)
        case Operator.ANY_OF:
            return Matcher(lambda facts: some(test(facts) for test in deciders), explain)
        case Operator.NONE_OF:
            return Matcher(lambda facts: ~some(test(facts) for test in deciders), explain)
        case Operator.AT_LEAST:
            return Matcher(
                lambda facts: at_least(threshold, (test(facts) for test in deciders)), explain
            )


def _turned(found: Finding) -> Finding:
    return found._replace(truth=~found.truth, is_exclusion=True)
