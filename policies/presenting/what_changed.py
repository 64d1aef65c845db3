"""What changed between two editions, in words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from policies.catalogue import BillingCodes, CoveragePosition, Document, PriorAuthorization
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
    Unread,
)
from policies.criteria.writing import write_test
from policies.edition_changes import (
    ChangeKind,
    CriterionChange,
    EditionChanges,
    FieldChange,
    Part,
    PositionChange,
)
from policies.language import said
from policies.presenting.editions import EditionLink, edition_link
from policies.presenting.positions import codes_by_system
from policies.wording import conditions_named
from policies.wording.phrases import POSITIONS, PRIOR_AUTHORIZATION, lower_first

KINDS: Mapping[ChangeKind, StrPromise] = {
    ChangeKind.ADDED: gettext_lazy("Added"),
    ChangeKind.REMOVED: gettext_lazy("Removed"),
    ChangeKind.CHANGED: gettext_lazy("Changed"),
    ChangeKind.REWORDED: gettext_lazy("Reworded"),
    ChangeKind.TESTED_OTHERWISE: gettext_lazy("Tested in another way"),
}
PARTS: Mapping[Part, StrPromise] = {
    Part.APPLIES_IF: gettext_lazy("For which plans this holds"),
    Part.CRITERIA: gettext_lazy("What it asks"),
    Part.CONTINUATION: gettext_lazy("To go on with it"),
    Part.PRIORITIES: gettext_lazy("What it puts first"),
}
FIELDS: Mapping[str, StrPromise] = {
    "indications": gettext_lazy("Conditions"),
    "coverage": gettext_lazy("Coverage"),
    "prior_authorization": gettext_lazy("Prior authorization"),
    "prior_authorization_note": gettext_lazy("Note on prior authorization"),
    "limits": gettext_lazy("Limits"),
    "documents_wanted": gettext_lazy("Papers wanted"),
    "codes": gettext_lazy("Codes"),
    "note": gettext_lazy("Note"),
}
RULES: Mapping[Operator, StrPromise] = {
    Operator.ALL_OF: gettext_lazy("All of these are wanted: {members}."),
    Operator.FIRST_LIST: gettext_lazy("The whole first list is wanted again."),
    Operator.ANY_OF: gettext_lazy("Any one of these is enough: {members}."),
    Operator.AT_LEAST: gettext_lazy("At least {needed} of these are wanted: {members}."),
    Operator.NONE_OF: gettext_lazy("None of these may apply: {members}."),
}
TESTS: Mapping[type[Node], StrPromise] = {
    FactCriterion: gettext_lazy("It is tested against an answer."),
    CountCriterion: gettext_lazy("The treatments tried are counted."),
    ScaleCriterion: gettext_lazy("It is tested against a score."),
    CodeCriterion: gettext_lazy("It is tested against diagnosis codes."),
    Unread: gettext_lazy("We could not read it."),
}


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One thing that changed, with its words before and after; empty where it was not there.

    The quotes are the document's own words, which stay in its language.
    """

    kind: str
    label: str
    before: str = ""
    after: str = ""
    before_quote: str = ""
    after_quote: str = ""


@dataclass(frozen=True, slots=True)
class ListChanges:
    """The changes in one list of a position."""

    title: str
    changes: tuple[BeforeAfter, ...]


@dataclass(frozen=True, slots=True)
class PositionChanges:
    """A position that came, went or changed."""

    heading: str
    coverage: str
    coverage_label: str
    kind: str
    fields: tuple[BeforeAfter, ...]
    lists: tuple[ListChanges, ...]


@dataclass(frozen=True, slots=True)
class ChangesView:
    """The way from one edition to another."""

    insurer: str
    insurer_slug: str
    slug: str
    title: str
    older: EditionLink
    newer: EditionLink
    is_correction: bool
    is_none: bool
    is_withdrawn_now: bool
    is_now_read_whole: bool
    positions: tuple[PositionChanges, ...]
    notes_added: tuple[str, ...]
    notes_removed: tuple[str, ...]


def present_changes(document: Document, found: EditionChanges, *, today: dt.date) -> ChangesView:
    """Finish every word of what changed."""
    older, newer = found.older, found.newer
    return ChangesView(
        insurer=document.insurer.name,
        insurer_slug=document.insurer.slug,
        slug=document.slug,
        title=document.title,
        older=edition_link(document, older, today=today),
        newer=edition_link(document, newer, today=today),
        is_correction=found.is_correction,
        is_none=found.is_none,
        is_withdrawn_now=found.status_changed and newer.status.value == "withdrawn",
        is_now_read_whole=newer.is_read_whole and not older.is_read_whole,
        positions=tuple(_present_position(one) for one in found.positions),
        notes_added=tuple(said(one) for one in found.notes_added),
        notes_removed=tuple(said(one) for one in found.notes_removed),
    )


def _present_position(change: PositionChange) -> PositionChanges:
    position = change.position
    by_part = {
        part: tuple(_present_criterion(one) for one in change.criteria if one.part is part)
        for part in Part
    }
    return PositionChanges(
        heading=_("{treatment} for {conditions}").format(
            treatment=said(position.treatment.label),
            conditions=conditions_named(position.indications),
        ),
        coverage=position.coverage.value,
        coverage_label=_(POSITIONS[position.coverage]),
        kind=str(KINDS[change.kind]),
        fields=tuple(_present_field(one) for one in change.fields),
        lists=tuple(
            ListChanges(str(PARTS[part]), found) for part, found in by_part.items() if found
        ),
    )


def _present_field(change: FieldChange) -> BeforeAfter:
    return BeforeAfter(
        kind="",
        label=str(FIELDS[change.name]),
        before=_field_words(change.name, change.before),
        after=_field_words(change.name, change.after),
    )


def _field_words(name: str, value: Any) -> str:
    match value:
        case CoveragePosition():
            return _(POSITIONS[value])
        case PriorAuthorization():
            return _(PRIOR_AUTHORIZATION[value])
        case BillingCodes():
            return "; ".join(f"{system} {codes}" for system, codes in codes_by_system(value))
        case tuple() if name == "indications":
            return conditions_named(value)
        case tuple():
            return "; ".join(said(one) for one in value)
        case _:
            return said(str(value))


def _present_criterion(change: CriterionChange) -> BeforeAfter:
    node, before = change.node, change.before
    shown = BeforeAfter(kind=str(KINDS[change.kind]), label=said(node.label))
    if before is None:
        return shown
    if change.kind is ChangeKind.REWORDED:
        return replace(
            shown,
            before=said(before.label),
            after=said(node.label),
            before_quote=before.source.quote,
            after_quote=node.source.quote,
        )
    return replace(shown, before=_how_tested(before, node), after=_how_tested(node, before))


def _how_tested(node: Node, other: Node) -> str:
    """How a criterion is tested; of two of one kind, by what they differ in."""
    words = _kind_of_test(node)
    if type(node) is not type(other) or isinstance(node, Group | Judgement):
        return words
    test, beside = write_test(node), write_test(other)
    differing = (f"{name}: {value}" for name, value in test.items() if beside.get(name) != value)
    return f"{words} ({'; '.join(differing)})"


def _kind_of_test(node: Node) -> str:
    if isinstance(node, Group):
        members = "; ".join(lower_first(said(one.label)) for one in node.members)
        return str(RULES[node.operator]).format(members=members, needed=node.threshold)
    if isinstance(node, Judgement):
        is_plan = node.judge is Judge.PLAN
        return _("Only the plan can weigh it.") if is_plan else _("Only the clinic can say.")
    return str(TESTS[type(node)])
