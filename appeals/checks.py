"""Finds keys that can't do what they are there for, before anybody's record depends on them."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from appeals.models import Batch, Letter, Patient
from appeals.sealing import KeyRing, KeyRingError, read_ring

RINGS = ("CLINIC_KEYS", "SIGNING_KEYS")
KEYS = "keys"
"""The tag of checks that need no database, which the site makes whenever it starts."""

FRESH = "Make another by `manage.py fresh_key`."
UNREADABLE = (
    "Put the key back on the ring, after the current one. Without any copy of it nobody can read "
    "what it sealed: restore the key, not the database."
)
UNCHECKED = "Put it back behind the others: without it nobody can check what was signed with it."


@checks.register(KEYS)
def check_rings(app_configs: Sequence[Any] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Each ring can be read, and no key stands in for another."""
    rings: dict[str, KeyRing] = {}
    found: list[checks.CheckMessage] = []
    for name in RINGS:
        try:
            rings[name] = read_ring(getattr(settings, name))
        except KeyRingError as error:
            found.append(checks.Error(f"{name}: {error}", id="appeals.E001"))
    return [*found, *_shared(rings), *_guessable(rings)]


def _shared(rings: Mapping[str, KeyRing]) -> Iterator[checks.CheckMessage]:
    """Whoever checks a signature need not be able to open records, so no key is on both rings."""
    both = set.intersection(*(set(ring.keys.values()) for ring in rings.values())) if rings else ()
    if len(rings) == len(RINGS) and both:
        text = "CLINIC_KEYS and SIGNING_KEYS share a key."
        yield checks.Error(text, hint=FRESH, id="appeals.E002")


def _guessable(rings: Mapping[str, KeyRing]) -> Iterator[checks.CheckMessage]:
    """SECRET_KEY is known in more places, and is changed for other reasons."""
    secrets = {
        form
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        for form in _forms_of(secret)
    }
    for name, ring in rings.items():
        if secrets & set(ring.keys.values()):
            text = f"{name} holds the site's SECRET_KEY."
            yield checks.Error(text, hint=FRESH, id="appeals.E003")


def _forms_of(secret: str) -> Iterator[bytes]:
    """The bytes that a secret may be meant as: its letters, or what they are base64 of."""
    yield secret.encode()
    try:
        yield base64.b64decode(secret.rpartition(":")[2], validate=True)
    except (binascii.Error, ValueError):  # most secrets are no base64
        return


@checks.register(checks.Tags.database)
def check_key_names(
    app_configs: Sequence[Any] | None = None, *, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Every key that the database names is on its ring."""
    return [one for alias in databases or () for one in missing_keys(alias)]


def missing_keys(alias: str) -> Iterator[checks.CheckMessage]:
    """Keys that something stored was sealed or signed with, and that are gone from the ring."""
    # Checks run before the first migration too.
    if Patient._meta.db_table not in connections[alias].introspection.table_names():  # noqa: SLF001
        return
    for model in (Patient, Batch):
        rows = model._default_manager.using(alias)  # noqa: SLF001
        for name in _not_on("CLINIC_KEYS", rows.values_list("key_name", flat=True).distinct()):
            text = f"CLINIC_KEYS lacks the key {name!r}, which something stored is under."
            yield checks.Error(text, hint=UNREADABLE, id="appeals.E004")
    signed = Letter.objects.using(alias).exclude(signing_key="")
    for name in _not_on("SIGNING_KEYS", signed.values_list("signing_key", flat=True).distinct()):
        text = f"SIGNING_KEYS lacks the key {name!r}, which a letter was signed with."
        yield checks.Warning(text, hint=UNCHECKED, id="appeals.W001")


def _not_on(ring: str, names: Iterable[str]) -> list[str]:
    try:
        held = read_ring(getattr(settings, ring)).keys
    except KeyRingError:
        return []  # the other check tells it
    return sorted(set(names) - held.keys())


def refuse_unfit_keys() -> None:
    """Stop a server from starting on keys that the checks refuse; it makes no checks by itself."""
    found = checks.run_checks(tags=[KEYS])
    if found:
        raise ImproperlyConfigured("\n".join(str(one) for one in found))
