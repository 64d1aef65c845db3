"""Policies for the open list and for their own pages."""

import datetime as dt
from dataclasses import dataclass

from policies import terms
from policies.catalogue import Document, DocumentKind, Edition, EditionStatus
from policies.presenting.checklists import ChecklistItem, present_outline
from policies.presenting.positions import PositionView, present_position
from policies.presenting.sources import (
    SourceView,
    SurenessView,
    present_sources,
    present_sureness,
)
from policies.situation import LineOfBusiness, Treatment
from policies.sureness import sureness_of
from policies.wording import edition_date
from policies.wording.phrases import POSITIONS

KINDS = {
    DocumentKind.MEDICAL_POLICY: "Medical policy",
    DocumentKind.PRIOR_AUTHORIZATION_CRITERIA: "Prior authorization criteria",
    DocumentKind.PROVIDER_NOTICE: "Notice to providers",
    DocumentKind.BENEFIT_PAGE: "Benefit page",
    DocumentKind.MANUAL: "Program manual",
    DocumentKind.PROTOCOL: "Clinical protocol",
    DocumentKind.REGULATION: "Law or regulation",
    DocumentKind.COVERAGE_DETERMINATION: "Medicare contractor's coverage determination or article",
    DocumentKind.TREATMENT_GUIDELINE: "Treatment guideline",
    DocumentKind.SURVEY_REPLY: "Reply to a survey",
}
LINES = {
    LineOfBusiness.COMMERCIAL: "commercial plans",
    LineOfBusiness.FEDERAL_EMPLOYEES: "federal employees (FEHB)",
    LineOfBusiness.ORIGINAL_MEDICARE: "Original Medicare",
    LineOfBusiness.MEDICARE_ADVANTAGE: "Medicare Advantage",
    LineOfBusiness.MEDICAID: "Medicaid",
    LineOfBusiness.MEDICAID_MANAGED_CARE: "Medicaid health plans",
    LineOfBusiness.TRICARE: "TRICARE",
    LineOfBusiness.VA: "VA health care",
    LineOfBusiness.WORKERS_COMPENSATION: "workers' compensation",
    LineOfBusiness.CHIP: "CHIP",
}


@dataclass(frozen=True, slots=True)
class TreatmentPositions:
    """All that a document says of one treatment, as (coverage, its words)."""

    treatment: str
    positions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A policy in the list."""

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
class OtherEdition:
    """Another edition in the document's history."""

    date: str
    revision: int
    change_note: str


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy's own page, in the edition of the day."""

    title: str
    number: str
    insurer: str
    kind: str
    lines: str
    states: str
    url: str
    scope_note: str
    applies_if: tuple[ChecklistItem, ...]
    date: str
    revision: int
    change_note: str
    is_withdrawn: bool
    is_read_whole: bool
    sureness: SurenessView
    positions: tuple[PositionView, ...]
    sources: tuple[SourceView, ...]
    notes: tuple[str, ...]
    other_editions: tuple[OtherEdition, ...]
    summary: str


def edition_of_the_day(document: Document, *, on: dt.date) -> Edition:
    """The edition in force, or the first one to come."""
    return document.edition_in_force(on) or min(document.editions, key=lambda one: one.order)


def present_card(document: Document, *, on: dt.date) -> Card:
    """A policy as the list shows it."""
    edition = edition_of_the_day(document, on=on)
    return Card(
        insurer=document.insurer.name,
        insurer_slug=document.insurer.slug,
        slug=document.slug,
        name=document.title,
        number=document.number,
        treatments=_by_treatment(edition),
        is_withdrawn=edition.status is EditionStatus.WITHDRAWN,
        date=edition_date(edition),
        sureness=present_sureness(sureness_of(edition, on=on)),
    )


def _by_treatment(edition: Edition) -> tuple[TreatmentPositions, ...]:
    found: dict[Treatment, dict[str, str]] = {}
    for one in edition.positions:
        of_treatment = found.setdefault(one.treatment, {})
        of_treatment[one.coverage.value] = POSITIONS[one.coverage]
    return tuple(
        TreatmentPositions(treatment.label, tuple(found[treatment].items()))
        for treatment in Treatment
        if treatment in found
    )


def present_policy(document: Document, *, on: dt.date) -> PolicyView:
    """Everything we hold of a policy."""
    edition = edition_of_the_day(document, on=on)
    tree = document.applies_if
    return PolicyView(
        title=document.title,
        number=document.number,
        insurer=document.insurer.name,
        kind=KINDS[document.kind],
        lines=", ".join(LINES[one] for one in document.lines_of_business),
        states=", ".join(terms.states()[one] for one in document.states) or "The whole country",
        url=document.url,
        scope_note=document.scope_note,
        applies_if=() if tree is None else present_outline(tree, edition, anchor="applies"),
        date=edition_date(edition),
        revision=edition.revision,
        change_note=edition.change_note,
        is_withdrawn=edition.status is EditionStatus.WITHDRAWN,
        is_read_whole=edition.is_read_whole,
        sureness=present_sureness(sureness_of(edition, on=on)),
        positions=tuple(
            present_position(one, edition, number=number)
            for number, one in enumerate(edition.positions, 1)
        ),
        sources=tuple(present_sources(edition).values()),
        notes=edition.notes,
        other_editions=tuple(
            OtherEdition(edition_date(one), one.revision, one.change_note)
            for one in sorted(document.editions, key=lambda one: one.order, reverse=True)
            if one is not edition
        ),
        summary=_summary(document, edition),
    )


def _summary(document: Document, edition: Edition) -> str:
    """One line for search engines: who says what of which treatment."""
    says = "; ".join(
        f"{one.treatment}: {' or '.join(label.lower() for _, label in one.positions)}"
        for one in _by_treatment(edition)
    )
    return f"{document.short_name} ({edition_date(edition)}). {says}".strip()
