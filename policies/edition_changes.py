"""What changed between two editions of a document: positions, criteria and notes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from policies.catalogue import Edition, Position
from policies.criteria import Group, Judgement, Node, Unread, walk
from policies.criteria.writing import write_test

Item = TypeVar("Item")


class ChangeKind(StrEnum):
    """How a position or a criterion changed.

    `tested_otherwise`: what is tested is another, though the words may stand.
    """

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REWORDED = "reworded"
    TESTED_OTHERWISE = "tested_otherwise"


class Part(StrEnum):
    """The lists of a position, by the name of their field."""

    APPLIES_IF = "applies_if"
    CRITERIA = "criteria"
    CONTINUATION = "continuation"
    PRIORITIES = "priorities"


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """A criterion as it is now, or of one removed as it was; `before` where it was another."""

    kind: ChangeKind
    part: Part
    node: Node
    before: Node | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Another field of a position, by its name, before and after."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PositionChange:
    """A position as it is now, or of one removed as it was, with what changed of it."""

    kind: ChangeKind
    position: Position
    fields: tuple[FieldChange, ...] = ()
    criteria: tuple[CriterionChange, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionChanges:
    """What changed from the older edition to the newer one.

    `is_correction` tells that the document is the same and only our reading of it changed.
    """

    older: Edition
    newer: Edition
    positions: tuple[PositionChange, ...]
    notes_added: tuple[str, ...]
    notes_removed: tuple[str, ...]

    @property
    def is_correction(self) -> bool:
        return self.older.effective == self.newer.effective

    @property
    def status_changed(self) -> bool:
        return self.older.status is not self.newer.status

    @property
    def is_none(self) -> bool:
        """Whether nothing changed of what the document says."""
        return not (self.positions or self.notes_added or self.notes_removed or self.status_changed)


FIELDS = (
    "indications",
    "coverage",
    "prior_authorization",
    "prior_authorization_note",
    "limits",
    "documents_wanted",
    "codes",
    "note",
)


def changes_between(older: Edition, newer: Edition) -> EditionChanges:
    """Compare two editions; a position is the same one if it keeps its treatment and conditions."""
    pairs, removed, added = _paired(
        older.positions,
        newer.positions,
        (_exactly, lambda one: (one.treatment, one.applies_if), lambda one: one.treatment),
    )
    changed = [_position_change(before, after) for before, after in pairs]
    return EditionChanges(
        older=older,
        newer=newer,
        positions=(
            *(one for one in changed if one.fields or one.criteria),
            *(PositionChange(ChangeKind.ADDED, one) for one in added),
            *(PositionChange(ChangeKind.REMOVED, one) for one in removed),
        ),
        notes_added=tuple(one for one in newer.notes if one not in older.notes),
        notes_removed=tuple(one for one in older.notes if one not in newer.notes),
    )


def _exactly(position: Position) -> object:
    return position.treatment, frozenset(position.indications), position.applies_if


def _position_change(before: Position, after: Position) -> PositionChange:
    return PositionChange(
        ChangeKind.CHANGED,
        after,
        fields=tuple(
            FieldChange(name, getattr(before, name), getattr(after, name))
            for name in FIELDS
            if getattr(before, name) != getattr(after, name)
        ),
        criteria=tuple(
            change
            for part in Part
            for change in _tree_changes(part, _nodes(before, part), _nodes(after, part))
        ),
    )


def _nodes(position: Position, part: Part) -> list[Node]:
    value = getattr(position, part)
    trees = value if isinstance(value, tuple) else [value] if value is not None else []
    return [node for tree in trees for node in walk(tree)]


def _tree_changes(part: Part, older: list[Node], newer: list[Node]) -> Iterator[CriterionChange]:
    """Criteria are the same by their id, else by their label, else by what they test.

    What is left of two whole lists is the same: the list, joined in another way.
    """
    wholes = [] if part is Part.PRIORITIES else [id(one) for one in (*older[:1], *newer[:1])]
    pairs, removed, added = _paired(
        older,
        newer,
        (
            lambda one: one.id,
            lambda one: one.label,
            _tested_alone,
            lambda one: id(one) in wholes,
        ),
    )
    for before, after in pairs:
        if _test(before) != _test(after):
            yield CriterionChange(ChangeKind.TESTED_OTHERWISE, part, after, before)
        elif (before.label, before.source.quote) != (after.label, after.source.quote):
            yield CriterionChange(ChangeKind.REWORDED, part, after, before)
    for node in _tops(added):
        yield CriterionChange(ChangeKind.ADDED, part, node)
    for node in _tops(removed):
        yield CriterionChange(ChangeKind.REMOVED, part, node)


def _test(node: Node) -> object:
    if isinstance(node, Group):
        return node.operator, node.needed
    return write_test(node)


def _tested_alone(node: Node) -> object:
    """What a criterion tests, where that tells it from others."""
    return None if isinstance(node, Group | Judgement | Unread) else repr(write_test(node))


def _tops(nodes: list[Node]) -> list[Node]:
    """Without those that stand below another of them."""
    below = {id(one) for node in nodes for one in walk(node) if one is not node}
    return [node for node in nodes if id(node) not in below]


def _paired(
    older: Sequence[Item], newer: Sequence[Item], keys: Sequence[Callable[[Item], object]]
) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    """Pairs by the first key that fits, and what is left on either side; an empty key fits none."""
    pairs: list[tuple[Item, Item]] = []
    removed, added = list(older), list(newer)
    for key in keys:
        waiting: dict[object, list[Item]] = {}
        for one in added:
            waiting.setdefault(key(one), []).append(one)
        alone = []
        for one in removed:
            found = waiting.get(key(one)) if key(one) else None
            if found:
                pairs.append((one, found.pop(0)))
            else:
                alone.append(one)
        removed = alone
        taken = {id(after) for _, after in pairs}
        added = [one for one in added if id(one) not in taken]
    return pairs, removed, added
