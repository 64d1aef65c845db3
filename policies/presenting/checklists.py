"""Criteria as a checklist: with what was found, or as the outline of what a document asks."""

from dataclasses import dataclass

from policies.catalogue import Edition
from policies.criteria import (
    Group,
    Judgement,
    Node,
    Operator,
    Source,
    Unread,
    requirements,
    walk,
)
from policies.matcher import Finding, top_level
from policies.presenting.sources import WordsView, present_words
from policies.truth import Truth
from policies.wording import findings as wording


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One criterion; an outline has no `truth`, for nobody was held against it."""

    label: str
    words: WordsView | None = None
    anchor: str = ""
    truth: str = ""
    state: str = ""
    told: str = ""
    note: str = ""
    rule: str = ""
    members: tuple["ChecklistItem", ...] = ()


def present_findings(found: Finding, edition: Edition) -> tuple[ChecklistItem, ...]:
    """The requirements that a score counts, each with its finding."""
    return tuple(_present_finding(one, edition) for one in top_level(found))


def _present_finding(found: Finding, edition: Edition, said: Source | None = None) -> ChecklistItem:
    source = _source(found.node)
    return ChecklistItem(
        label=found.node.label,
        words=_words(source, edition, said),
        truth=found.truth.value,
        state=wording.state(found),
        told=wording.given(found),
        note=found.node.note,
        rule=_rule(found.node),
        members=tuple(
            _present_finding(one, edition, source or said) for one in wording.shown(found)
        ),
    )


def present_outline(tree: Node, edition: Edition, *, anchor: str) -> tuple[ChecklistItem, ...]:
    """The criteria as the document asks them, each with an address of its own on the page."""
    return tuple(_present_node(one, edition, anchor) for one in requirements(tree))


def _present_node(
    node: Node, edition: Edition, anchor: str, said: Source | None = None
) -> ChecklistItem:
    # What no answer can settle is said here as it is in an answer.
    is_open = isinstance(node, Unread | Judgement)
    told = wording.given(Finding(node, Truth.UNKNOWN)) if is_open else ""
    members = node.members if isinstance(node, Group) else ()
    source = _source(node)
    return ChecklistItem(
        label=node.label,
        words=_words(source, edition, said),
        anchor=f"{anchor}-{node.id.replace('_', '-')}" if node.id else "",
        told=told,
        note=node.note,
        rule=_rule(node),
        members=tuple(_present_node(one, edition, anchor, source or said) for one in members),
    )


def _source(node: Node) -> Source | None:
    """Where it was read: of a group that names no source, where all its members were."""
    if not isinstance(node, Group) or node.source != Source():
        return node.source
    sources = {one.source for one in walk(node) if not isinstance(one, Group)}
    return sources.pop() if len(sources) == 1 else None


def _words(source: Source | None, edition: Edition, said: Source | None) -> WordsView | None:
    """Whose words and where they were read, unless the group around them says the same."""
    return None if source is None or source == said else present_words(source, edition)


def _rule(node: Node) -> str:
    if not isinstance(node, Group):
        return ""
    return {
        Operator.ALL_OF: "All of these are wanted:",
        Operator.FIRST_LIST: "The whole first list is wanted again:",
        Operator.ANY_OF: "Any one of these is enough:",
        Operator.AT_LEAST: f"At least {node.threshold} of these are wanted:",
        Operator.NONE_OF: "None of these may apply:",
    }[node.operator]
