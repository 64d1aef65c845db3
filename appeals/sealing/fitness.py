"""Which key rings can't do what they are there for."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from appeals.sealing.ring import KeyRing, KeyRingError, read_ring

FRESH = "Make another by `manage.py fresh_key`."


@dataclass(frozen=True, slots=True)
class KeyFault:
    """What is wrong with a ring, and how to mend it; it holds no key."""

    code: str
    text: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.hint}".strip()


def key_faults(texts: Mapping[str, str], *, secrets: Iterable[str]) -> Iterator[KeyFault]:
    """Each ring can be read, and no key stands in for another."""
    rings: dict[str, KeyRing] = {}
    for name, text in texts.items():
        try:
            rings[name] = read_ring(text)
        except KeyRingError as error:
            yield KeyFault("E001", f"{name}: {error}")
    yield from _shared(rings, texts)
    yield from _guessable(rings, secrets)


def _shared(rings: Mapping[str, KeyRing], texts: Mapping[str, str]) -> Iterator[KeyFault]:
    """Whoever checks a signature need not be able to open records, so no key is on both rings."""
    both = set.intersection(*(set(ring.keys.values()) for ring in rings.values())) if rings else ()
    if len(rings) == len(texts) and both:
        yield KeyFault("E002", f"{' and '.join(texts)} share a key.", FRESH)


def _guessable(rings: Mapping[str, KeyRing], secrets: Iterable[str]) -> Iterator[KeyFault]:
    """SECRET_KEY is known in more places, and is changed for other reasons."""
    known = {form for secret in secrets for form in _forms_of(secret)}
    for name, ring in rings.items():
        if known & set(ring.keys.values()):
            yield KeyFault("E003", f"{name} holds the site's SECRET_KEY.", FRESH)


def _forms_of(secret: str) -> Iterator[bytes]:
    """The bytes that a secret may be meant as: its letters, or what they are base64 of."""
    yield secret.encode()
    try:
        yield base64.b64decode(secret.rpartition(":")[2], validate=True)
    except (binascii.Error, ValueError):  # most secrets are no base64
        return
