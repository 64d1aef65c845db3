"""What is missing, as a list of things to find out, grouped by who can settle them."""

from collections import Counter
from dataclasses import dataclass

from policies import vocabulary
from policies.criteria import CountCriterion, FactCriterion, Unread
from policies.missing import OpenPoint
from policies.vocabulary import SettledBy
from policies.wording import conditions_named
from policies.wording.findings import open_detail, treatment_name
from policies.wording.phrases import EVERY_TREATMENT, WHO_SETTLES, lower_first


@dataclass(frozen=True, slots=True)
class ToDoItem:
    """One thing to find out, and the documents that want it."""

    text: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToDoGroup:
    """What one party can settle; `who` names it in a heading."""

    who: SettledBy
    heading: str
    items: tuple[ToDoItem, ...]


def to_do_list(missing: tuple[OpenPoint, ...]) -> tuple[ToDoGroup, ...]:
    """Everything that is open, each thing once, under the one who can settle it."""
    alike = Counter((point.who, id(point.requirement)) for point in missing)
    found: dict[SettledBy, dict[str, dict[str, None]]] = {}
    for point in missing:
        is_alone = alike[point.who, id(point.requirement)] == 1
        text = _text(point, is_alone=is_alone)
        names = found.setdefault(point.who, {}).setdefault(text, {})
        names[point.document.short_name] = None
    return tuple(
        ToDoGroup(
            who,
            WHO_SETTLES[who],
            tuple(ToDoItem(text, tuple(names)) for text, names in found[who].items()),
        )
        for who in SettledBy
        if who in found
    )


def _text(point: OpenPoint, *, is_alone: bool) -> str:
    """A point in words; where one party settles several of a requirement, the requirement."""
    requirement, leaf = point.requirement, point.leaf
    if requirement is None or leaf is None:
        return _about_the_list(point)
    if point.tried is not None:
        name = treatment_name(point.tried)
        return f"{name[:1].upper()}{name[1:]}: {open_detail(point.field, point.tried)}."
    if isinstance(leaf.node, CountCriterion) and point.who is SettledBy.YOU:
        return EVERY_TREATMENT
    whole, part = (one.node.label.rstrip(".") for one in (requirement, leaf))
    if isinstance(leaf.node, Unread):
        return f"What could not be read: {lower_first(part)}."
    return f"{whole}: {lower_first(part)}." if is_alone and leaf is not requirement else f"{whole}."


def _about_the_list(point: OpenPoint) -> str:
    scope = point.position.applies_if
    if point.is_scope and scope is not None:
        if isinstance(scope, FactCriterion):
            return f"{vocabulary.fact(scope.fact).label}."
        return f"Whether {lower_first(scope.label.rstrip('.'))}."
    return f"Whether this is {conditions_named(point.conditions)}."
