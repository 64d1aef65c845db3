"""What the site said on a day: by when it was published, apart from what was in force."""

import copy
import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.utils import timezone

from policies.catalogue import Document, Edition
from policies.catalogue.reading import read_edition
from policies.models import Policy, PolicyEvent, PolicyVersion
from policies.models.events import reference

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Said:
    """A document as we held it at one moment, and its edition of the day asked about."""

    document: Document
    edition: Edition | None


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day where the site is at home."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(midnight) - dt.timedelta(microseconds=1)


def said(policy: Policy, *, on: dt.date, until: dt.datetime) -> Said:
    """What we said of a day, going by all that was published until a moment."""
    versions = (
        PolicyVersion.objects.published()
        .filter(policy=policy, published_at__lte=until)
        .prefetch_related("readings")
    )
    then = as_it_was(policy, until=until)
    then.insurer = as_it_was(policy.insurer, until=until)
    document = then.record(tuple(_read_until(version, until) for version in versions))
    return Said(document, document.edition_in_force(on))


def _read_until(version: PolicyVersion, until: dt.datetime) -> Edition:
    """An edition without what was read later."""
    sources = {
        one.key: one.data()
        for one in version.readings.all()
        if one.added_at is None or one.added_at <= until
    }
    return read_edition({**version.data(), "sources": sources})


def as_it_was(row: Row, *, until: dt.datetime) -> Row:
    """A row with the values that it had, taken back change by change; its links stay as they are.

    What changed before such events were kept can't be taken back.
    """
    then = copy.copy(row)
    later = PolicyEvent.objects.filter(about__0=reference(row), at__gt=until).order_by("-pk")
    plain = {
        field.name
        for field in row._meta.concrete_fields  # noqa: SLF001 -- Django documents it
        if not field.is_relation
    }
    for changes in later.values_list("changes", flat=True):
        for name in plain & changes.keys():
            setattr(then, name, changes[name][0])
    return then
