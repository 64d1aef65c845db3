"""Authenticated encryption of one value under one key: AES-256-GCM (NIST SP 800-38D)."""

import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Stored = bytes | memoryview
"""Bytes as a database gives them back."""

KEY_BYTES = 32
NONCE_BYTES = 12
FORM = b"\x01"
"""Stands first in each sealed value, so that another form can be told from this one later."""


class SealError(Exception):
    """What was sealed can't be opened: another key, another place, or changed bytes."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"{place}: the sealed content can't be opened with this key.")


def fresh_key() -> bytes:
    """A new data key of 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, content: bytes, *, place: str) -> bytes:
    """Encrypt bytes; `place` says where they will stand, and they can be opened nowhere else.

    A random nonce serves here: a patient's key seals far fewer than the 2^32 values after which
    nonces may meet.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORM + nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unseal(key: bytes, sealed: Stored, *, place: str) -> bytes:
    """Decrypt what `seal` made for this place; SealError where it is not that."""
    sealed = bytes(sealed)
    if sealed[:1] != FORM:
        raise SealError(place)
    nonce, rest = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, rest, place.encode())
    except (InvalidTag, ValueError) as error:
        raise SealError(place) from error


def seal_json(key: bytes, data: Any, *, place: str) -> bytes:
    """Encrypt plain data: what JSON can hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return seal(key, text.encode(), place=place)


def unseal_json(key: bytes, sealed: Stored, *, place: str) -> Any:
    """Decrypt what `seal_json` made for this place."""
    return json.loads(unseal(key, sealed, place=place))
