"""The key rings of this site, read once from its settings."""

from functools import cache

from django.conf import settings

from appeals.sealing import KeyRing, read_ring

SEARCH = b"exact search"


@cache
def clinic_ring() -> KeyRing:
    """The ring that wraps data keys; KeyRingError says what is wrong with it."""
    return read_ring(settings.CLINIC_KEYS)


@cache
def signing_ring() -> KeyRing:
    """The ring that signs letters; its old keys stay, or old signatures can't be checked."""
    return read_ring(settings.SIGNING_KEYS)


def search_key(name: str) -> bytes:
    """The key of exact search that goes with a key of the ring."""
    return clinic_ring().derive(SEARCH, name)
