"""The history of every write: events with what they are about and what they changed."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from policies.catalogue.writing import write_edition
from policies.catalogue.yaml_text import write_yaml
from policies.faults import InputError
from policies.models import Administration, AppealAddress, PolicyEvent, PolicyVersion
from policies.models.events import reference

WRITERS = 20261125  # names the lock that writers of the catalogue take; any number would do

Changes = Mapping[str, tuple[Any, Any]]


@transaction.atomic(savepoint=False)
def record_event(
    kind: PolicyEvent.Kind,
    about: models.Model | None,
    *,
    by: User | None,
    what: str = "",
    changes: Changes | None = None,
    diff: str = "",
    digest: str = "",
    also: Iterable[models.Model] = (),
) -> None:
    """Leave a trace of a write; readers of the catalogue notice by it.

    `also` are further things that were written, in whose history it stands too.

    Writers take turns until their transaction ends: were a later event seen before an earlier
    one, a reader would take what it then read for the newest.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
    PolicyEvent.objects.create(
        kind=kind,
        what=(what or str(about))[:500],
        about=[reference(one) for one in (*subjects(about), *also)] if about is not None else [],
        changes={name: list(pair) for name, pair in (changes or {}).items()},
        diff=diff,
        digest=digest,
        by=by,
    )


def subjects(thing: models.Model) -> Iterable[models.Model]:
    """A thing, and what it belongs to, on whose pages its history stands too."""
    yield thing
    match thing:
        case PolicyVersion():
            yield thing.policy
        case AppealAddress():
            yield thing.insurer
        case Administration():
            yield thing.insurer
            yield thing.administrator


UNTOLD = {"id", "edited_at_desk", "password", "last_login", "date_joined", "is_staff"}


def fields_of(thing: models.Model) -> dict[str, Any]:
    """What an editor can set on a row, as JSON holds it; another row by its name."""
    encoder = DjangoJSONEncoder()
    found = {}
    for field in thing._meta.concrete_fields:  # noqa: SLF001 -- Django documents it
        if field.name in UNTOLD:
            continue
        value = getattr(thing, field.name)
        if isinstance(value, models.Model):
            value = str(value)
        plain = value is None or isinstance(value, str | int | float | list | dict)
        found[field.name] = value if plain else encoder.default(value)
    return found


def held_fields(thing: models.Model) -> dict[str, Any]:
    """What stands in the database of a row that is about to be written; nothing for a new one."""
    rows = type(thing)._default_manager  # noqa: SLF001 -- Django documents it
    held = rows.filter(pk=thing.pk).first()
    return {} if held is None else fields_of(held)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """Each field that is another now; of a deleted row each that was set, of a new one none.

    A new row tells itself what it holds, and whatever changes it later says what was there before.

    >>> changed({"name": "Acme", "note": ""}, {"name": "Acme Health", "note": ""})
    {'name': ('Acme', 'Acme Health')}
    """
    empty: tuple[Any, ...] = (None, "", [], {})
    return {
        name: (before[name], after.get(name))
        for name in before
        if before[name] != after.get(name)
        and not (before[name] in empty and after.get(name) in empty)
    }


def text_of_version(version: PolicyVersion) -> str:
    """A version as the text that an editor sees."""
    try:
        return write_yaml(write_edition(version.edition()))
    except InputError:
        # What names a fact that is gone can't be read; its lines stand as they are stored.
        return write_yaml(version.stored_data())


def line_diff(before: str, after: str) -> str:
    """The lines of a text that went and came, each with one line around it."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
    return "\n".join(list(lines)[2:])
