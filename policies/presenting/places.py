"""What we hold of one insurer, and in one state."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from policies.catalogue import Catalogue, Document, Insurer, InsurerKind
from policies.coverage_map import Row
from policies.language import said
from policies.presenting.editions import edition_of_the_day
from policies.presenting.maps import (
    GroupView,
    LegendLine,
    MapView,
    NamedLink,
    column_titles,
    insurer_url,
    legend_of,
    present_insurer_rows,
    present_map,
)
from policies.presenting.policies import Card, present_card
from policies.presenting.sources import SurenessView, present_sureness
from policies.situation import Treatment
from policies.state_names import named_states, state_name
from policies.sureness import sureness_of
from policies.wording import edition_date
from policies.wording.naming import short_name

KINDS: Mapping[InsurerKind, StrPromise] = {
    InsurerKind.BLUE_PLAN: gettext_lazy("Blue Cross or Blue Shield plan"),
    InsurerKind.COMMERCIAL: gettext_lazy("Insurer"),
    InsurerKind.MEDICARE_ADVANTAGE_PLAN: gettext_lazy("Medicare Advantage plan"),
    InsurerKind.MEDICAID_PROGRAM: gettext_lazy("Medicaid program"),
    InsurerKind.MEDICAID_PLAN: gettext_lazy("Medicaid health plan"),
    InsurerKind.FEDERAL_PROGRAM: gettext_lazy("Federal program"),
    InsurerKind.REGIONAL_CONTRACTOR: gettext_lazy("Regional contractor of a federal program"),
    InsurerKind.WORKERS_COMPENSATION: gettext_lazy("Workers' compensation program"),
    InsurerKind.VENDOR: gettext_lazy("Company that reviews requests for insurers"),
    InsurerKind.RULE_MAKER: gettext_lazy("Maker of rules that bind plans"),
}


@dataclass(frozen=True, slots=True)
class InsurerView:
    """An insurer's page."""

    name: str
    kind: str
    states: str
    also_known_as: str
    part_of: NamedLink | None
    brands: tuple[NamedLink, ...]
    note: str
    columns: tuple[str, ...]
    groups: tuple[GroupView, ...]
    legend: tuple[LegendLine, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list, with its date and how sure it is."""

    name: str
    url: str
    date: str
    sureness: SurenessView


@dataclass(frozen=True, slots=True)
class StateView:
    """A state's page: a map for each treatment, and the documents that name the state."""

    name: str
    maps: tuple[MapView, ...]
    documents: tuple[DocumentLine, ...]
    has_medicaid_program: bool


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state in the list of them, with how many documents name it."""

    name: str
    url: str
    count: int


def present_insurer(
    insurer: Insurer, catalogue: Catalogue, rows: Sequence[Row], *, on: dt.date
) -> InsurerView:
    """Everything we hold of an insurer; `rows` are its own, a treatment each."""
    parent = catalogue.insurers.get(insurer.parent)
    return InsurerView(
        name=insurer.name,
        kind=str(KINDS[insurer.kind]),
        states=", ".join(state_name(one) for one in insurer.states),
        also_known_as=", ".join(insurer.also_known_as),
        part_of=None if parent is None else NamedLink(parent.name, insurer_url(parent)),
        brands=tuple(
            NamedLink(one.name, insurer_url(one))
            for one in catalogue.insurers.values()
            if one.parent == insurer.slug
        ),
        note=said(insurer.note),
        columns=column_titles(),
        groups=present_insurer_rows(rows),
        legend=legend_of(rows),
        cards=tuple(
            present_card(one, on=on)
            for one in catalogue.documents
            if one.insurer.slug == insurer.slug
        ),
    )


def present_state(
    state: str, catalogue: Catalogue, rows: Mapping[Treatment, Sequence[Row]], *, on: dt.date
) -> StateView:
    """What speaks in a state; `rows` hold the map of each treatment for plans of that state."""
    return StateView(
        name=state_name(state),
        maps=tuple(present_map(rows[one], one, state=state) for one in rows),
        documents=tuple(_present_line(one, on) for one in _naming(state, catalogue)),
        has_medicaid_program=any(
            one.insurer.kind is InsurerKind.MEDICAID_PROGRAM for one in _naming(state, catalogue)
        ),
    )


def present_states(catalogue: Catalogue) -> tuple[StateLine, ...]:
    """Every state, with how many documents name it."""
    return tuple(
        StateLine(name, state_url(state), len(_naming(state, catalogue)))
        for state, name in named_states()
    )


def state_url(state: str) -> str:
    return reverse("policies:state", args=[state.lower()])


def _naming(state: str, catalogue: Catalogue) -> list[Document]:
    return [one for one in catalogue.documents if state in one.states]


def _present_line(document: Document, on: dt.date) -> DocumentLine:
    edition = edition_of_the_day(document, on=on)
    return DocumentLine(
        name=short_name(document),
        url=reverse("policies:detail", args=[document.insurer.slug, document.slug]),
        date=edition_date(edition, on=on),
        sureness=present_sureness(sureness_of(edition, on=on)),
    )
