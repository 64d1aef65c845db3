"""Criteria as a checklist: with what was found, or as the outline of what a document asks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
from policies.language import said
from policies.matcher import Finding, top_level
from policies.presenting.sources import WordsView, present_words
from policies.truth import Truth
from policies.wording import findings as wording


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One criterion; an outline has no `truth`, for nobody was held against it.

    `more` names what is folded away behind it: whose words it is in, or how its parts stand. What
    was told stands beside it `in_short`, and in full behind it.
    """

    label: str
    words: WordsView | None = None
    anchor: str = ""
    truth: str = ""
    state: str = ""
    told: str = ""
    in_short: str = ""
    note: str = ""
    rule: str = ""
    more: str = ""
    members: tuple["ChecklistItem", ...] = ()


def present_findings(found: Finding, edition: Edition) -> tuple[ChecklistItem, ...]:
    """The requirements that a score counts, each with its finding."""
    return tuple(_present_finding(one, edition) for one in top_level(found))


def _present_finding(
    found: Finding, edition: Edition, around: Source | None = None
) -> ChecklistItem:
    source = _source(found.node)
    words = _words(source, edition, around)
    return ChecklistItem(
        label=said(found.node.label),
        words=words,
        truth=found.truth.value,
        state=wording.state(found),
        told=wording.given(found),
        in_short=wording.given(found, in_short=True),
        note=said(found.node.note),
        rule=_rule(found.node),
        more=_parts(found) or _whose(words, found.node.source),
        members=tuple(
            _present_finding(one, edition, source or around) for one in wording.shown(found)
        ),
    )


def present_outline(tree: Node, edition: Edition, *, anchor: str) -> tuple[ChecklistItem, ...]:
    """The criteria as the document asks them, each with an address of its own on the page."""
    return tuple(_present_node(one, edition, anchor) for one in requirements(tree))


def _present_node(
    node: Node, edition: Edition, anchor: str, around: Source | None = None
) -> ChecklistItem:
    # What no answer can settle is said here as it is in an answer.
    is_open = isinstance(node, Unread | Judgement)
    told = wording.given(Finding(node, Truth.UNKNOWN)) if is_open else ""
    members = node.members if isinstance(node, Group) else ()
    source = _source(node)
    return ChecklistItem(
        label=said(node.label),
        words=_words(source, edition, around),
        anchor=f"{anchor}-{node.id.replace('_', '-')}" if node.id else "",
        told=told,
        note=said(node.note),
        rule=_rule(node),
        members=tuple(_present_node(one, edition, anchor, source or around) for one in members),
    )


def _source(node: Node) -> Source | None:
    """Where it was read: of a group that names no source, where all its members were."""
    if not isinstance(node, Group) or node.source != Source():
        return node.source
    sources = {one.source for one in walk(node) if not isinstance(one, Group)}
    return sources.pop() if len(sources) == 1 else None


def _words(source: Source | None, edition: Edition, around: Source | None) -> WordsView | None:
    """Whose words and where they were read, unless the group around them says the same."""
    return None if source is None or source == around else present_words(source, edition)


def _rule(node: Node) -> str:
    if not isinstance(node, Group):
        return ""
    return {
        Operator.ALL_OF: _("All of these are wanted:"),
        Operator.FIRST_LIST: _("The whole first list is wanted again:"),
        Operator.ANY_OF: _("Any one of these is enough:"),
        Operator.AT_LEAST: _("At least %(needed)d of these are wanted:"),
        Operator.NONE_OF: _("None of these may apply:"),
    }[node.operator] % {"needed": node.threshold}


def _whose(words: WordsView | None, source: Source) -> str:
    if words is None:
        return ""
    section = _("section %(section)s") % {"section": source.section} if source.section else ""
    return ", ".join(text for text in (words.whose, section) if text)


def _parts(found: Finding) -> str:
    """How many parts are wanted, and how they stand."""
    node = found.node
    if not isinstance(node, Group):
        return ""
    number = len(node.members)
    rule = {
        Operator.ALL_OF: _("Both parts are wanted")
        if number == 2
        else ngettext("%(number)d part", "All %(number)d parts are wanted", number),
        Operator.FIRST_LIST: _("The whole first list is wanted again"),
        Operator.ANY_OF: _("Any one of %(number)d parts is enough"),
        Operator.AT_LEAST: _("At least %(needed)d of %(number)d parts are wanted"),
        Operator.NONE_OF: ngettext(
            "%(number)d thing that must not apply",
            "None of these %(number)d things may apply",
            number,
        ),
    }[node.operator] % {"number": number, "needed": node.threshold}
    states = [one.truth for one in wording.shown(found)]
    counts = (
        (_("%(count)d met"), states.count(Truth.MET)),
        (_("%(count)d not met"), states.count(Truth.NOT_MET)),
        (_("%(count)d to find out"), states.count(Truth.UNKNOWN)),
    )
    told = ", ".join(text % {"count": count} for text, count in counts if count)
    return f"{rule}: {told}"
