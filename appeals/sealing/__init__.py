"""Encryption at rest: a data key for each patient, wrapped by a key ring outside the database.

What is sealed is bound to the place where it stands, so that a row's content can't be moved to
another row. A data key that is destroyed leaves nothing that can be read, in old backups either
once the row is gone from them.
"""

from appeals.sealing.box import SealError, Stored, fresh_key, seal, seal_json, unseal, unseal_json
from appeals.sealing.ring import KeyRing, KeyRingError, read_ring

__all__ = [
    "KeyRing",
    "KeyRingError",
    "SealError",
    "Stored",
    "fresh_key",
    "read_ring",
    "seal",
    "seal_json",
    "unseal",
    "unseal_json",
]
