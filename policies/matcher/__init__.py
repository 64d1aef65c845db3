"""Holds a criteria tree against the facts: a bare decision, or a tree of findings.

Strong Kleene logic throughout: a further answer never overturns a finding that was settled. A tree
is made into tests once and held against many facts; decision and findings share every test.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import repeat

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
from policies.truth import MET, NOT_MET, UNKNOWN, Truth, at_least, every, some
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
Decide = Callable[[Facts], Truth]
Explain = Callable[[Facts], Finding]


@dataclass(frozen=True, slots=True)
class Matcher:
    """A tree made ready: `decide` stops as soon as it can, `explain` looks at every node."""

    decide: Decide
    explain: Explain


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
    truths = _truths_of_choices(node)
    if truths is not None:
        return _choice_matcher(node, truths)
    name, passes = node.fact, _passes(node)

    def test(facts: Facts) -> Truth:
        value = facts.values.get(name)
        if value is None:
            return UNKNOWN
        return MET if passes(value) else NOT_MET

    return Matcher(test, lambda facts: Finding(node, test(facts), facts.values.get(name)))


def _truths_of_choices(node: FactCriterion) -> Mapping[Value | None, Truth] | None:
    """What each value comes to where only values are named; any that is not listed is not met."""
    limits = (node.includes, node.min, node.max, node.above, node.below)
    named = [one for one in (node.one_of, node.equals) if one is not None]
    if limits != (None,) * 5 or len(named) != 1:
        return None
    values = {node.equals} if node.one_of is None else node.one_of
    return {**dict.fromkeys(values, MET), None: UNKNOWN}


def _choice_matcher(node: FactCriterion, truths: Mapping[Value | None, Truth]) -> Matcher:
    """A choice has few values, so what is found of each is made beforehand."""
    name = node.fact
    values = {*truths, True, False} if isinstance(node.equals, bool) else truths.keys()
    findings = {value: Finding(node, truths.get(value, NOT_MET), value) for value in values}

    def explain(facts: Facts) -> Finding:
        value = facts.values.get(name)
        return findings.get(value) or Finding(node, NOT_MET, value)

    return Matcher(lambda facts: truths.get(facts.values.get(name), NOT_MET), explain)


def _conditions_matcher(node: FactCriterion) -> Matcher:
    def test(facts: Facts) -> Truth:
        return Truth.UNKNOWN if node.includes is None else facts.condition(node.includes)

    return Matcher(test, lambda facts: Finding(node, test(facts), facts.told_of(node.includes)))


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
    """Codes of the same category as a listed one settle it; others are about something else.

    The codes given are taken for all of their category, as the diagnoses given are for all.
    """
    given = CodesGiven(facts.icd10_codes)
    if node.icd10.intersection(facts.icd10_codes):
        return Truth.MET, given
    categories = {code[:3] for code in node.icd10}
    is_told = any(code[:3] in categories for code in facts.icd10_codes)
    return (Truth.NOT_MET if is_told else Truth.UNKNOWN), given


def _group_matcher(group: Group) -> Matcher:
    members = tuple(make_matcher(member) for member in group.members)
    return Matcher(
        _group_decider(group, tuple(member.decide for member in members)),
        _group_explainer(group, tuple(member.explain for member in members)),
    )


def _group_explainer(group: Group, members: tuple[Explain, ...]) -> Explain:
    is_exclusion, threshold = group.operator is Operator.NONE_OF, group.threshold

    def explain(facts: Facts) -> Finding:
        found = [member(facts) for member in members]
        if is_exclusion:
            found = [_turned(one) for one in found]
        truth = at_least(threshold, [one.truth for one in found])
        return Finding(group, truth, None, False, tuple(found))

    return explain


def _group_decider(group: Group, members: tuple[Decide, ...]) -> Decide:
    threshold = group.threshold
    # A map over the tests takes half as long as a generator, and stops where it is told to.
    match group.operator:
        case Operator.ALL_OF | Operator.FIRST_LIST:
            return lambda facts: every(map(operator.call, members, repeat(facts)))
        case Operator.ANY_OF:
            return lambda facts: some(map(operator.call, members, repeat(facts)))
        case Operator.NONE_OF:
            return lambda facts: ~some(map(operator.call, members, repeat(facts)))
        case Operator.AT_LEAST:
            return lambda facts: at_least(threshold, map(operator.call, members, repeat(facts)))


def _turned(found: Finding) -> Finding:
    # `_replace` takes three times as long.
    return Finding(found.node, ~found.truth, found.given, True, found.members)
