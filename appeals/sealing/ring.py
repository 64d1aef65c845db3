"""The key ring: the keys that wrap data keys, from the environment and never in the database."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from appeals.sealing.box import KEY_BYTES, Stored, seal, unseal

NAME = re.compile(r"[a-z0-9-]{1,20}")
TOO_FEW = 8  # distinct bytes; a random key of 32 has fewer once in some 10^30


class KeyRingError(ValueError):
    """A key ring that can't be read; the message says what to do, and holds no key."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by name, the current one first; older ones only open what they wrapped."""

    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def current(self) -> str:
        """The name of the key that wraps from now on."""
        return next(iter(self.keys))

    def wrap(self, data_key: bytes, *, place: str) -> tuple[str, bytes]:
        """The name of the key used, and the wrapped data key."""
        name = self.current
        return name, seal(self.keys[name], data_key, place=f"{name}:{place}")

    def unwrap(self, name: str, wrapped: Stored, *, place: str) -> bytes:
        """The data key; KeyRingError where its key is not on the ring, SealError where changed."""
        if name not in self.keys:
            raise KeyRingError(
                f"There is no key named {name!r} on the ring. Put it back after the current one "
                "until `manage.py rotate_keys` has been run to its end."
            )
        return unseal(self.keys[name], wrapped, place=f"{name}:{place}")

    def derive(self, purpose: bytes, name: str = "") -> bytes:
        """A key for one purpose, from the current key or the one named (HMAC-SHA256)."""
        return hmac.new(self.keys[name or self.current], purpose, hashlib.sha256).digest()


def read_ring(text: str) -> KeyRing:
    """Read `name:key name:key`, each key 32 bytes in base64, the current one first."""
    keys: dict[str, bytes] = {}
    for entry in text.replace(",", " ").split():
        name, _, encoded = entry.partition(":")
        if not NAME.fullmatch(name):
            raise KeyRingError(
                "A key has a name of small letters, digits and hyphens: 2026:BASE64."
            )
        if name in keys:
            raise KeyRingError(f"The key ring names {name!r} twice.")
        keys[name] = _decoded(name, encoded)
    if not keys:
        raise KeyRingError(
            "The key ring is empty. Make a key by `manage.py fresh_key` and set it as CLINIC_KEYS."
        )
    return KeyRing(keys)


def _decoded(name: str, encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise KeyRingError(f"The key {name!r} is not base64.") from error
    if len(key) != KEY_BYTES:
        raise KeyRingError(f"The key {name!r} has {len(key)} bytes; it needs {KEY_BYTES}.")
    if len(set(key)) < TOO_FEW:
        raise KeyRingError(f"The key {name!r} is not random. Make one by `manage.py fresh_key`.")
    return key
