"""The editions of a document: the one on show, and the addresses of them all."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from policies.catalogue import Document, Edition, EditionStatus
from policies.language import said
from policies.presenting.positions import PositionView, present_position
from policies.presenting.sources import (
    SourceView,
    SurenessView,
    present_sources,
    present_sureness,
)
from policies.sureness import sureness_of
from policies.wording import edition_date


@dataclass(frozen=True, slots=True)
class EditionView:
    """What one edition says, and where that was read."""

    date: str
    revision: int
    change_note: str
    is_withdrawn: bool
    is_read_whole: bool
    sureness: SurenessView
    positions: tuple[PositionView, ...]
    sources: tuple[SourceView, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditionLink:
    """An edition in the document's history; `before` is the key of the one before it, if any."""

    key: str
    date: str
    revision: int
    change_note: str
    is_shown: bool
    is_ahead: bool
    before: str


def edition_of_the_day(document: Document, *, on: dt.date) -> Edition:
    """The edition in force, or the first one to come."""
    return document.edition_in_force(on) or min(document.editions, key=lambda one: one.order)


def edition_key(edition: Edition) -> str:
    """What tells an edition from the others of its document, for its address."""
    date = edition.effective.text if edition.effective else "undated"
    return date if edition.revision == 1 else f"{date}-r{edition.revision}"


def find_edition(document: Document, key: str) -> Edition | None:
    return next((one for one in document.editions if edition_key(one) == key), None)


def newest_first(document: Document) -> list[Edition]:
    return sorted(document.editions, key=lambda one: one.order, reverse=True)


def edition_links(
    document: Document, shown: Edition | None, *, today: dt.date
) -> tuple[EditionLink, ...]:
    """Every edition, the newest first; one that is yet to come says so."""
    editions = newest_first(document)
    keys: Iterable[str] = (*(edition_key(one) for one in editions[1:]), "")
    return tuple(
        EditionLink(
            key=edition_key(one),
            date=edition_date(one, on=today),
            revision=one.revision,
            change_note=said(one.change_note),
            is_shown=one is shown,
            is_ahead=one.known_from > today,
            before=before,
        )
        for one, before in zip(editions, keys, strict=True)
    )


def edition_link(document: Document, edition: Edition, *, today: dt.date) -> EditionLink:
    return next(link for link in edition_links(document, edition, today=today) if link.is_shown)


def present_edition(edition: Edition, *, on: dt.date) -> EditionView:
    """Everything that an edition says, as sure as it is on the day `on`."""
    return EditionView(
        date=edition_date(edition, on=on),
        revision=edition.revision,
        change_note=said(edition.change_note),
        is_withdrawn=edition.status is EditionStatus.WITHDRAWN,
        is_read_whole=edition.is_read_whole,
        sureness=present_sureness(sureness_of(edition, on=on)),
        positions=tuple(
            present_position(one, edition, number=number)
            for number, one in enumerate(edition.positions, 1)
        ),
        sources=tuple(present_sources(edition).values()),
        notes=tuple(said(one) for one in edition.notes),
    )
