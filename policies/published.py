"""The catalogue as patients see it: every published edition, as plain records."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.db import connection, transaction

from policies.catalogue import Catalogue
from policies.coverage_map import Row, coverage_rows
from policies.former_pages import former_names
from policies.models import Administration, AppealAddress, Insurer, PolicyEvent
from policies.situation import LineOfBusiness, Treatment
from policies.translating import documents_with_spanish


def published_catalogue() -> Catalogue:
    """Every insurer, link and published document, read anew when anything was written."""
    return _catalogue(newest_event())


def published_rows(
    treatment: Treatment,
    *,
    on: dt.date,
    line: LineOfBusiness | None = None,
    state: str | None = None,
) -> tuple[Row, ...]:
    """The rows of the coverage map, found anew when anything was written and on another day."""
    return _rows(newest_event(), treatment, on, line, state)


# A review changes nothing that patients see, until it ends in an edition.
OF_REVIEW = (
    PolicyEvent.Kind.SUBMITTED,
    PolicyEvent.Kind.TAKEN_BACK,
    PolicyEvent.Kind.SENT_BACK,
    PolicyEvent.Kind.COMMENTED,
)


def newest_event() -> tuple[int, dt.datetime] | None:
    """Each write to the catalogue leaves an event, so the newest one names the state read.

    A draft that is being written changes nothing that patients see.
    """
    # Two steps: the index of such events is for all but those of writing.
    seen = PolicyEvent.objects.exclude(kind=PolicyEvent.Kind.WRITTEN).exclude(kind__in=OF_REVIEW)
    return seen.values_list("pk", "at").first()


@lru_cache(maxsize=1)
def _catalogue(_newest_event: object) -> Catalogue:
    with one_snapshot():
        return _read()


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let several queries see one state, whatever is published between them."""
    if connection.in_atomic_block:
        yield  # its isolation was settled by its first query
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _read() -> Catalogue:
    links = Administration.objects.select_related("insurer__parent", "administrator__parent")
    addresses = AppealAddress.objects.select_related("insurer")
    return Catalogue(
        insurers={one.slug: one.record() for one in Insurer.objects.select_related("parent")},
        documents=documents_with_spanish(),
        administrations=tuple(link.record() for link in links),
        addresses=tuple(address.record() for address in addresses),
        former=former_names(),
    )


@lru_cache(maxsize=128)
def _rows(
    newest_event: object,
    treatment: Treatment,
    on: dt.date,
    line: LineOfBusiness | None,
    state: str | None,
) -> tuple[Row, ...]:
    return coverage_rows(_catalogue(newest_event), treatment, on=on, line=line, state=state)
