"""Who may call the CDS services: tokens signed with the keys that we were given.

CDS Hooks 2.0, "Trusting CDS Clients". No key is fetched, so `jku` is never followed; a key speaks
for its own issuer alone.
"""

import json
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.core.exceptions import ImproperlyConfigured

# The two that the specification recommends; each key is for one of them.
ALGORITHMS = {"RSA": "RS384", "EC": "ES384"}
LEAST_RSA_BITS = 2048
LEEWAY = 30
# The specification sets no limit. A token that lives for long would have to be remembered as long.
LONGEST_LIFE = 10 * 60
MOST_REMEMBERED = 100_000
CLAIMS = ["iss", "aud", "exp", "iat", "jti"]

Clients = Mapping[str, Mapping[str, jwt.PyJWK]]


class TokenError(Exception):
    """A token that opens nothing."""


class MemoryFullError(Exception):
    """More tokens are in force than can be remembered, so that none can be told from a replay."""


def cds_clients(name: str) -> Clients:
    """The trusted clients under a name: JSON, or a file of it, as issuer -> JWK Set."""
    text = os.environ.get(name, "").strip()
    if not text:
        return {}
    if not text.startswith("{"):
        try:
            text = Path(text).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise _misread(name, "names a file that can't be read") from error
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _misread(name, "is not JSON") from error
    if not isinstance(listed, dict) or not listed:
        raise _misread(name, "names no client")
    return {issuer: _keys(name, issuer, keys) for issuer, keys in listed.items()}


def _keys(name: str, issuer: str, keys: object) -> dict[str, jwt.PyJWK]:
    listed = keys.get("keys") if isinstance(keys, dict) else None
    if not issuer.strip() or not isinstance(listed, list) or not listed:
        raise _misread(name, f"gives no keys to the client {issuer!r}")
    found: dict[str, jwt.PyJWK] = {}
    for one in listed:
        kid = one.get("kid") if isinstance(one, dict) else None
        if not isinstance(kid, str) or not kid or kid in found:
            raise _misread(name, f"has a key of {issuer!r} without a kid of its own")
        found[kid] = _key(name, issuer, one)
    return found


def _key(name: str, issuer: str, key: Mapping[str, Any]) -> jwt.PyJWK:
    place = f"the key {key['kid']!r} of {issuer!r}"
    algorithm = ALGORITHMS.get(str(key.get("kty")))
    is_curve = key.get("kty") != "EC" or key.get("crv") == "P-384"
    if algorithm is None or not is_curve or key.get("alg", algorithm) != algorithm:
        raise _misread(name, f"wants RS384 or ES384 (P-384) for {place}")
    if "d" in key:
        raise _misread(name, f"holds a private key where a public one belongs: {place}")
    try:
        found = jwt.PyJWK(dict(key), algorithm)
    except jwt.PyJWTError as error:
        raise _misread(name, f"can't read {place}") from error
    if isinstance(found.key, RSAPublicKey) and found.key.key_size < LEAST_RSA_BITS:
        raise _misread(name, f"wants {LEAST_RSA_BITS} bits or more for {place}")
    return found


def _misread(name: str, what: str) -> ImproperlyConfigured:
    example = '{"https://ehr.example.org": {"keys": [...]}}'
    return ImproperlyConfigured(f"{name} {what}. Set it to {example}, to a file of that, or unset.")


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets in tokens of these clients, each once in this process."""

    clients: Clients
    replays: "Replays"

    def admit(self, authorization: str, *, audience: str) -> None:
        """Raise TokenError unless it bears a fresh token that a client signed for this address."""
        scheme, _, token = authorization.partition(" ")
        if scheme.casefold() != "bearer":
            raise TokenError
        try:
            told = self._told(token.strip(), audience)
        except jwt.PyJWTError as error:
            raise TokenError from error
        if not isinstance(told["jti"], str) or not told["jti"]:
            raise TokenError
        if not 0 < told["exp"] - told["iat"] <= LONGEST_LIFE:
            raise TokenError
        if not self.replays.is_first(f"{told['iss']} {told['jti']}", until=told["exp"] + LEEWAY):
            raise TokenError

    def _told(self, token: str, audience: str) -> dict[str, Any]:
        claims = jwt.decode(token, options={"verify_signature": False})
        issuer = claims.get("iss")
        if any(type(claims.get(name)) is not int for name in ("exp", "iat")):
            raise TokenError
        header = jwt.get_unverified_header(token)
        keys = self.clients.get(issuer, {}) if isinstance(issuer, str) else {}
        key = keys.get(str(header.get("kid")))
        if key is None or header.get("typ") != "JWT":
            raise TokenError
        return jwt.decode(
            token,
            key,
            algorithms=[key.algorithm_name],
            audience=audience,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": CLAIMS},
        )


class Replays:
    """Hashes of the tokens seen, until each has run out; nothing of a request besides.

    Each process has its own, so a token could be used once in each. Sharing them would want a
    table that is written at each call, for a request that changes nothing.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self.most = most
        self._until: dict[bytes, float] = {}
        self._lock = threading.Lock()

    def is_first(self, token: str, *, until: float) -> bool:
        """Note a token; MemoryFullError where too many are in force to note one more."""
        digest = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        with self._lock:
            if len(self._until) >= self.most:
                now = time.time()
                self._until = {one: end for one, end in self._until.items() if end > now}
            if digest in self._until:
                return False
            if len(self._until) >= self.most:
                raise MemoryFullError
            self._until[digest] = until
            return True
