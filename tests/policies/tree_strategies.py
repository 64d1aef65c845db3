"""Hypothesis strategies: criteria trees."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from policies import terms, vocabulary
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Node,
    Operator,
    ScaleCriterion,
    Source,
    TrialDefinition,
    Unread,
)
from policies.vocabulary import FactType
from tests.policies.strategies import ORIGINS, SCALES, texts, values_of

sources = st.builds(
    Source, origin=st.sampled_from(["", *ORIGINS]), section=st.just("") | texts, quote=texts
) | st.just(Source())
_words: dict[str, st.SearchStrategy[Any]] = {
    "label": texts,
    "source": sources,
    "note": st.just("") | texts,
}
_words_of_a_node: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(_words)


@st.composite
def fact_criteria(draw: st.DrawFn) -> FactCriterion:
    definition = draw(st.sampled_from([*vocabulary.facts().values()]))
    words = draw(_words_of_a_node)
    tests: dict[str, Any]
    match definition.type:
        case FactType.NUMBER:
            limit = values_of(definition)
            names = st.sets(st.sampled_from(["min", "max", "above", "below"]), min_size=1)
            tests = {name: draw(limit) for name in sorted(draw(names))}
        case FactType.CHOICE if draw(st.booleans()):
            choices = st.sampled_from([*(definition.choices or {})])
            tests = {"one_of": draw(st.frozensets(choices, min_size=1))}
        case FactType.SET:
            known = terms.conditions() if definition.name == "conditions" else definition.choices
            tests = {"includes": draw(st.sampled_from([*(known or {})]))}
        case _:
            tests = {"equals": draw(values_of(definition))}
    return FactCriterion(fact=definition.name, **tests, **words)


def _some(names: Mapping[str, object] | None) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from([*(names or {})]), min_size=1, max_size=3)


_outcomes = _some(vocabulary.treatment_fields()["outcome"].choices)
_flags = (
    "adequate_dose",
    "maximum_dose",
    "sufficient_length",
    "dose_limiting_side_effects",
    "led_to_change",
    "this_episode",
)
trial_definitions: st.SearchStrategy[TrialDefinition] = (
    st.fixed_dictionaries(
        {"kind": _some(vocabulary.treatment_fields()["kind"].choices)},
        optional={
            "drug": st.frozensets(st.sampled_from(["sertraline", "bupropion"]), min_size=1),
            "drug_class": st.frozensets(st.sampled_from(["ssri", "atypical"]), min_size=1),
            "route": st.just("oral"),
            "min_weeks": st.sampled_from([0, 4, 6, 8]),
            "outcome": _outcomes,
            "outcome_unclear": _outcomes,
            "max_improvement_percent": st.integers(0, 50),
        }
        | {name: st.just(value=True) for name in _flags},
    )
    | st.just({"outcome": frozenset({"no_response"})})
    | st.just({"kind": frozenset({"antidepressant"}), "adequate_dose": True, "min_weeks": 6})
    | st.just({"min_weeks": 6, "weeks_unclear_from": 4, "ended_within_years": 5})
    | st.just({"above_weeks": 4, "highest_tolerated_dose": True, "adequate_adherence": True})
    | st.just({"below_improvement_percent": 25, "min_adherence_percent": 80})
    | st.just({"above_improvement_percent": 50, "outcome": frozenset({"contraindicated"})})
).map(lambda values: TrialDefinition(**values))
count_criteria = st.builds(
    CountCriterion,
    where=st.lists(trial_definitions, min_size=1, max_size=3).map(tuple),
    min=st.integers(1, 4),
    min_classes=st.integers(1, 3),
    **_words,
)
scale_criteria = st.builds(
    ScaleCriterion,
    scales=st.lists(st.sampled_from(SCALES), min_size=1, max_size=3, unique=True).map(tuple),
    min=st.none() | st.integers(0, 27),
    max=st.none() | st.integers(0, 27),
    above=st.none() | st.integers(0, 27),
    below=st.none() | st.integers(0, 27),
    within_days=st.none() | st.integers(0, 90),
    **_words,
)
code_criteria = st.builds(
    CodeCriterion,
    icd10=st.frozensets(st.sampled_from(["F33.1", "F33.2", "F43.10", "F32.2"]), min_size=1),
    **_words,
)
leaves: st.SearchStrategy[Node] = st.one_of(
    fact_criteria(),
    fact_criteria(),
    count_criteria,
    scale_criteria,
    code_criteria,
    st.builds(Judgement, judge=st.sampled_from(Judge), **_words),
    st.builds(Unread, **_words),
)


@st.composite
def groups(draw: st.DrawFn, children: st.SearchStrategy[Node]) -> Group:
    # What stands for the first list is no group of its own: documents are given one apart.
    operator = draw(st.sampled_from(Operator).filter(lambda one: one is not Operator.FIRST_LIST))
    member = leaves if operator is Operator.NONE_OF else children
    members = tuple(draw(st.lists(member, min_size=1, max_size=4)))
    needed = draw(st.integers(1, len(members))) if operator is Operator.AT_LEAST else None
    words = draw(_words_of_a_node)
    return Group(operator=operator, members=members, needed=needed, **words)


def trees_with_ids(tree: Node) -> Node:
    """The tree with an id of its own on every second node."""
    counter = iter(range(10_000))

    def numbered(node: Node) -> Node:
        number = next(counter)
        if isinstance(node, Group):
            node = replace(node, members=tuple(numbered(member) for member in node.members))
        return replace(node, id=f"c{number}") if number % 2 else node

    return numbered(tree)


trees: st.SearchStrategy[Node] = st.recursive(leaves, groups, max_leaves=6).map(trees_with_ids)


def shuffled(tree: Node, shuffle: Callable[[list[Node]], list[Node]]) -> Node:
    """The tree with the members of every group in another order."""
    if not isinstance(tree, Group):
        return tree
    members = shuffle([shuffled(member, shuffle) for member in tree.members])
    return replace(tree, members=tuple(members))
