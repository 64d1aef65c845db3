"""Policies for the open list and for their own pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from policies.catalogue import Document, DocumentKind, Edition, EditionStatus
from policies.language import said
from policies.presenting.checklists import ChecklistItem, present_outline
from policies.presenting.editions import (
    EditionLink,
    EditionView,
    edition_links,
    edition_of_the_day,
    newest_first,
    present_edition,
)
from policies.presenting.sources import SurenessView, present_sureness
from policies.situation import LineOfBusiness, Treatment
from policies.state_names import state_name
from policies.sureness import sureness_of
from policies.wording import edition_date
from policies.wording.naming import one_of, short_name
from policies.wording.phrases import POSITIONS, lower_first

KINDS: Mapping[DocumentKind, StrPromise] = {
    DocumentKind.MEDICAL_POLICY: gettext_lazy("Medical policy"),
    DocumentKind.PRIOR_AUTHORIZATION_CRITERIA: gettext_lazy("Prior authorization criteria"),
    DocumentKind.PROVIDER_NOTICE: gettext_lazy("Notice to providers"),
    DocumentKind.BENEFIT_PAGE: gettext_lazy("Benefit page"),
    DocumentKind.MANUAL: gettext_lazy("Program manual"),
    DocumentKind.PROTOCOL: gettext_lazy("Clinical protocol"),
    DocumentKind.REGULATION: gettext_lazy("Law or regulation"),
    DocumentKind.COVERAGE_DETERMINATION: gettext_lazy(
        "Medicare contractor's coverage determination or article"
    ),
    DocumentKind.TREATMENT_GUIDELINE: gettext_lazy("Treatment guideline"),
    DocumentKind.SURVEY_REPLY: gettext_lazy("Reply to a survey"),
}
LINES: Mapping[LineOfBusiness, StrPromise] = {
    LineOfBusiness.COMMERCIAL: gettext_lazy("commercial plans"),
    LineOfBusiness.FEDERAL_EMPLOYEES: gettext_lazy("federal employees (FEHB)"),
    LineOfBusiness.ORIGINAL_MEDICARE: gettext_lazy("Original Medicare"),
    LineOfBusiness.MEDICARE_ADVANTAGE: gettext_lazy("Medicare Advantage"),
    LineOfBusiness.MEDICAID: gettext_lazy("Medicaid"),
    LineOfBusiness.MEDICAID_MANAGED_CARE: gettext_lazy("Medicaid health plans"),
    LineOfBusiness.TRICARE: gettext_lazy("TRICARE"),
    LineOfBusiness.VA: gettext_lazy("VA health care"),
    LineOfBusiness.WORKERS_COMPENSATION: gettext_lazy("workers' compensation"),
    LineOfBusiness.CHIP: gettext_lazy("CHIP"),
}


@dataclass(frozen=True, slots=True)
class TreatmentPositions:
    """All that a document says of one treatment, as (coverage, its words)."""

    treatment: str
    positions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A policy in a list."""

    insurer: str
    insurer_slug: str
    slug: str
    name: str
    number: str
    treatments: tuple[TreatmentPositions, ...]
    is_withdrawn: bool
    date: str
    sureness: SurenessView


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy's own page; `shown` is None where no edition is known to have held on that day."""

    insurer: str
    insurer_slug: str
    slug: str
    title: str
    number: str
    kind: str
    lines: str
    states: str
    url: str
    scope_note: str
    applies_if: tuple[ChecklistItem, ...]
    editions: tuple[EditionLink, ...]
    shown: EditionView | None
    has_newer: bool
    is_ahead: bool
    coming: tuple[EditionLink, ...]
    has_undated: bool
    summary: str

    @property
    def has_one_in_force(self) -> bool:
        """Whether any edition speaks of today."""
        return any(not one.is_ahead for one in self.editions)


def present_card(document: Document, *, on: dt.date) -> Card:
    """A policy as a list shows it."""
    edition = edition_of_the_day(document, on=on)
    return Card(
        insurer=document.insurer.name,
        insurer_slug=document.insurer.slug,
        slug=document.slug,
        name=document.title,
        number=document.number,
        treatments=_by_treatment(edition),
        is_withdrawn=edition.status is EditionStatus.WITHDRAWN,
        date=edition_date(edition, on=on),
        sureness=present_sureness(sureness_of(edition, on=on)),
    )


def _by_treatment(edition: Edition) -> tuple[TreatmentPositions, ...]:
    found: dict[Treatment, dict[str, str]] = {}
    for one in edition.positions:
        of_treatment = found.setdefault(one.treatment, {})
        of_treatment[one.coverage.value] = _(POSITIONS[one.coverage])
    return tuple(
        TreatmentPositions(said(treatment.label), tuple(found[treatment].items()))
        for treatment in Treatment
        if treatment in found
    )


def present_policy(
    document: Document, edition: Edition | None, *, on: dt.date, today: dt.date
) -> PolicyView:
    """Everything we hold of a policy, in one of its editions, as it is on the day `on`.

    Editions that are yet to come `today` are told beside the one in force.
    """
    tree = document.applies_if
    newest = newest_first(document)[0]
    in_force = document.edition_in_force(today)
    links = edition_links(document, edition, today=today)
    return PolicyView(
        insurer=document.insurer.name,
        insurer_slug=document.insurer.slug,
        slug=document.slug,
        title=document.title,
        number=document.number,
        kind=str(KINDS[document.kind]),
        lines=", ".join(str(LINES[one]) for one in document.lines_of_business),
        states=", ".join(state_name(one) for one in document.states) or _("The whole country"),
        url=document.url,
        scope_note=said(document.scope_note),
        applies_if=()
        if tree is None
        else present_outline(tree, edition or newest, anchor="applies"),
        editions=links,
        shown=None if edition is None else present_edition(edition, on=on),
        has_newer=edition is None or (in_force is not None and in_force.order > edition.order),
        is_ahead=edition is not None and edition.known_from > today,
        coming=tuple(one for one in links if one.is_ahead) if edition is in_force else (),
        has_undated=any(one.effective is None for one in document.editions),
        summary=_summary(document, edition or newest),
    )


def _summary(document: Document, edition: Edition) -> str:
    """One line for search engines: who says what of which treatment."""
    says = "; ".join(
        f"{one.treatment}: {one_of([lower_first(label) for _key, label in one.positions])}"
        for one in _by_treatment(edition)
    )
    return f"{short_name(document)} ({edition_date(edition)}). {says}".strip()
