"""Keys for a site on your own computer: made once, and kept in a file that only you can read."""

import base64
import os
import secrets
from pathlib import Path


def fresh_entry(name: str) -> str:
    """A new random key of 32 bytes under a name, as a key ring lists it."""
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def local_key(file: Path) -> str:
    """The key ring in a file, which is made where there is none."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(fresh_entry("local"))
        try:
            os.link(draft, file)  # of two that begin at once, one is first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii")
