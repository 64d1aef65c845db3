"""Mutants of a criteria tree: one small mistake each, such as a hand could make in a data file.

A worked case that stays green under a mutant proves nothing of the place where it was changed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any

from policies import terms, vocabulary
from policies.catalogue import Edition, Position
from policies.criteria import (
    CodeCriterion,
    CountCriterion,
    FactCriterion,
    Group,
    Judge,
    Judgement,
    Leaf,
    Node,
    Operator,
    ScaleCriterion,
)
from policies.mutations.trials import mutated_trials, number

# The strict form of each inclusive limit.
STRICT = {"min": "above", "max": "below"}
EDGES = STRICT | {strict: inclusive for inclusive, strict in STRICT.items()}
SWAPPED = {Operator.ALL_OF: Operator.ANY_OF, Operator.ANY_OF: Operator.ALL_OF}


@dataclass(frozen=True)
class Mutant:
    """A position with one thing changed in one of its trees.

    `ids` are those of the changed node and of the groups around it; `at` leads from the top of the
    tree in `field` to that node, member by member.
    """

    name: str
    position: Position
    ids: frozenset[str]
    field: str
    at: tuple[int, ...]
    what: str


@dataclass(frozen=True)
class Change:
    """A node with one thing changed in it or below; None: it was dropped."""

    what: str
    node: Node | None
    path: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    at: tuple[int, ...] = ()

    def within(self, group: Group, index: int) -> "Change":
        """The group around it, with the changed member in place of the old one."""
        changed = () if self.node is None else (self.node,)
        members = (*group.members[:index], *changed, *group.members[index + 1 :])
        needed = group.needed and min(group.needed, len(members))
        whole = replace(group, members=members, needed=needed) if members else None
        member = group.members[index]
        path = (_called(member), *self.path)
        ids = self.ids | {member.id, group.id} - {""}
        return Change(self.what, whole, path, ids, (index, *self.at))


def _called(node: Node) -> str:
    return node.id or shorten(node.label, 48, placeholder=" ...")


def with_position(edition: Edition, index: int, position: Position) -> Edition:
    """The edition with another position in that place."""
    positions = (*edition.positions[:index], position, *edition.positions[index + 1 :])
    return replace(edition, positions=positions)


def mutants(stem: str, position: Position) -> Iterator[Mutant]:
    """Every mutant of the trees of a position."""
    first, *others = position.indications
    shown = f"{first} and {len(others)} more" if len(others) > 1 else "+".join([first, *others])
    where = f"{stem} | {position.treatment} {shown}"
    for field in ("criteria", "continuation"):
        tree: Node | None = getattr(position, field)
        for change in changes(tree) if tree is not None else ():
            if change.node == tree:
                continue
            name = f"{where} | {field} | {' > '.join(change.path) or 'whole list'} | {change.what}"
            changed = _with_tree(position, field, change.node)
            yield Mutant(name, changed, change.ids, field, change.at, change.what)


def _with_tree(position: Position, field: str, tree: Node | None) -> Position:
    if field == "continuation":
        return replace(position, continuation=tree)
    changed = replace(position, criteria=tree)
    return replace(changed, continuation=_with_first_list(changed))


def _with_first_list(position: Position) -> Node | None:
    """The list for going on, with the first list of this position where it stands for that."""

    def stand_in(node: Node) -> Node | None:
        if not isinstance(node, Group):
            return node
        if node.operator is Operator.FIRST_LIST:
            return replace(node, members=(position.criteria,)) if position.criteria else None
        members = tuple(kept for member in node.members if (kept := stand_in(member)) is not None)
        return replace(node, members=members)

    return stand_in(position.continuation) if position.continuation is not None else None


def changes(node: Node) -> Iterator[Change]:
    """Every change of a node or below it; what stands for the first list is one leaf."""
    if not isinstance(node, Group) or node.operator is Operator.FIRST_LIST:
        yield Change("dropped", None)
        yield Change("forced met", _forced(node, is_met=True))
        yield Change("forced not met", _forced(node, is_met=False))
        yield from _leaf_changes(node)
        return
    yield from _group_changes(node)
    for index, member in enumerate(node.members):
        for change in changes(member):
            yield change.within(node, index)


def _forced(node: Node, *, is_met: bool) -> Group:
    """A group that is always met, or never, under the leaf's own name."""
    return Group(
        label=node.label,
        operator=Operator.AT_LEAST,
        members=(Judgement(node.label, Judge.CLINIC),),
        needed=0 if is_met else 2,
        id=node.id,
    )


def _group_changes(group: Group) -> Iterator[Change]:
    if group.operator in SWAPPED and len(group.members) > 1:
        swapped = SWAPPED[group.operator]
        yield Change(f"{group.operator} -> {swapped}", replace(group, operator=swapped))
    if group.operator is Operator.NONE_OF:
        yield Change("none_of -> any_of", replace(group, operator=Operator.ANY_OF))
        if len(group.members) > 1:
            # One that does not apply would be enough.
            singly = tuple(replace(group, members=(member,), id="") for member in group.members)
            one_absent = replace(group, operator=Operator.ANY_OF, members=singly)
            yield Change("none_of -> not all_of", one_absent)
    if group.operator is Operator.AT_LEAST and group.needed is not None:
        for needed in (group.needed - 1, group.needed + 1):
            if 1 <= needed <= len(group.members):
                yield Change(f"at_least {group.needed} -> {needed}", replace(group, needed=needed))


def _leaf_changes(leaf: Node) -> Iterator[Change]:
    match leaf:
        case FactCriterion():
            yield from _fact_changes(leaf)
        case CountCriterion():
            yield from _count_changes(leaf)
        case ScaleCriterion():
            yield from _scale_changes(leaf)
        case CodeCriterion():
            first = min(leaf.icd10)
            if len(leaf.icd10) > 1:
                yield Change(f"without {first}", replace(leaf, icd10=leaf.icd10 - {first}))


def _fact_changes(leaf: FactCriterion) -> Iterator[Change]:
    definition = vocabulary.fact(leaf.fact)
    yield from _limit_changes(leaf, definition.min, definition.max)
    if isinstance(leaf.equals, bool):
        yield Change(f"is not {leaf.equals}", replace(leaf, equals=not leaf.equals))
    if leaf.one_of is not None and len(leaf.one_of) > 1:
        for choice in sorted(leaf.one_of):
            yield Change(f"without {choice}", replace(leaf, one_of=leaf.one_of - {choice}))


def _scale_changes(leaf: ScaleCriterion) -> Iterator[Change]:
    ranges = [terms.rating_scales()[name].range for name in leaf.scales]
    least = max(bounds[0] if bounds else 0 for bounds in ranges)
    most = min((bounds[1] for bounds in ranges if bounds), default=None)
    yield from _limit_changes(leaf, least, most)
    if leaf.within_days is not None:
        for days in (leaf.within_days - 1, leaf.within_days + 1):
            yield Change(
                f"within_days {leaf.within_days} -> {days}", replace(leaf, within_days=days)
            )
    if len(leaf.scales) > 1:
        for name in leaf.scales:
            others = tuple(other for other in leaf.scales if other != name)
            yield Change(f"without {name}", replace(leaf, scales=others))


def _limit_changes(
    leaf: FactCriterion | ScaleCriterion, least: float | None, most: float | None
) -> Iterator[Change]:
    """Each limit one more and one less, within the range, and with its edge the other way."""
    for name, other in EDGES.items():
        limit = getattr(leaf, name)
        if limit is None:
            continue
        for value in (limit - 1, limit + 1):
            if (least is None or least <= value) and (most is None or value <= most):
                what = f"{name} {number(limit)} -> {number(value)}"
                yield Change(what, _with(leaf, {name: value}))
        what = f"{name} {number(limit)} -> {other} {number(limit)}"
        yield Change(what, _with(leaf, {name: None, other: limit}))


def _with(leaf: Leaf, values: Mapping[str, Any]) -> Leaf:
    change: Callable[..., Leaf] = replace
    return change(leaf, **values)


def _count_changes(leaf: CountCriterion) -> Iterator[Change]:
    for least in (leaf.min - 1, leaf.min + 1):
        if least >= 1:
            yield Change(f"min {leaf.min} -> {least}", replace(leaf, min=least))
    for classes in (leaf.min_classes - 1, leaf.min_classes + 1):
        if 1 <= classes <= leaf.min:
            what = f"min_classes {leaf.min_classes} -> {classes}"
            yield Change(what, replace(leaf, min_classes=classes))
    for index, definition in enumerate(leaf.where):
        before, after = leaf.where[:index], leaf.where[index + 1 :]
        at = f"where {index + 1}: " if len(leaf.where) > 1 else ""
        if at:
            yield Change(f"{at}dropped", replace(leaf, where=(*before, *after)))
        for what, trial in mutated_trials(definition):
            yield Change(at + what, replace(leaf, where=(*before, trial, *after)))
