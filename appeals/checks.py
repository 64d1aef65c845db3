"""Finds keys that can't do what they are there for, before anybody's record depends on them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from appeals.models import Batch, Letter, Patient
from appeals.sealing import KeyRingError, SealError, read_ring
from appeals.sealing.fitness import key_faults

RINGS = ("CLINIC_KEYS", "SIGNING_KEYS")
KEYS = "keys"
"""The tag of checks that need no database, which the site makes whenever it starts."""

UNREADABLE = (
    "Put the key back on the ring, after the current one. Without any copy of it nobody can read "
    "what it sealed: restore the key, not the database."
)
MISTAKEN = "Another key has its name. Put back the one that the backup's key ring has under it."
UNCHECKED = "Put it back behind the others: without it nobody can check what was signed with it."


@checks.register(KEYS)
def check_rings(app_configs: Sequence[Any] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Each ring can be read, and no key stands in for another."""
    rings = {name: getattr(settings, name) for name in RINGS}
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        checks.Error(fault.text, hint=fault.hint or None, id=f"appeals.{fault.code}")
        for fault in key_faults(rings, secrets=secrets)
    ]


@checks.register(checks.Tags.database)
def check_stored_keys(
    app_configs: Sequence[Any] | None = None, *, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Every key that the database names is on its ring, and is the one that it was."""
    return [
        one for alias in databases or () for one in (*missing_keys(alias), *mistaken_keys(alias))
    ]


def missing_keys(alias: str) -> Iterator[checks.CheckMessage]:
    """Keys that something stored was sealed or signed with, and that are gone from the ring."""
    if not _is_migrated(alias):
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


def mistaken_keys(alias: str) -> Iterator[checks.CheckMessage]:
    """Keys of the ring that do not open what was wrapped under their names, tried on one each."""
    try:
        ring = read_ring(settings.CLINIC_KEYS)
    except KeyRingError:
        return  # the other check tells it
    if not _is_migrated(alias):
        return
    for name in ring.keys:
        stored = Patient.objects.using(alias).filter(key_name=name).first()
        if stored is None:
            continue
        try:
            ring.unwrap(name, stored.wrapped_key, place=stored.place)
        except SealError:
            text = f"The key {name!r} of CLINIC_KEYS does not open what is stored under its name."
            yield checks.Error(text, hint=MISTAKEN, id="appeals.E005")


def _is_migrated(alias: str) -> bool:
    """Whether there is anything to look at; checks run before the first migration too."""
    return Patient._meta.db_table in connections[alias].introspection.table_names()  # noqa: SLF001


def _not_on(ring: str, names: Iterable[str]) -> list[str]:
    try:
        held = read_ring(getattr(settings, ring)).keys
    except KeyRingError:
        return []  # the other check tells it
    return sorted(set(names) - held.keys())
