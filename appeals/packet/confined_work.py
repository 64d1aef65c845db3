"""Opens enclosures and binds packets in a process apart, which can't harm what asks for it."""

import json
from collections.abc import Sequence
from threading import BoundedSemaphore
from typing import Any

from appeals.packet.parts import (
    MOST_FILE_BYTES,
    MOST_FILE_PAGES,
    MOST_PACKET_BYTES,
    MOST_PACKET_PAGES,
    Cleaned,
    PacketError,
    PacketRefusal,
    Part,
)
from policies.confined import PYTHON, run_confined
from policies.faults import printable

SECONDS = 45
_COMMAND = (*PYTHON, "appeals.packet.child")
# Each takes a core and much memory; whoever waits longer is asked to come back.
_WORKERS = BoundedSemaphore(2)
_WAIT_SECONDS = 20
# Letter pages around a file are little more than the file; filling it in and unpacking may double.
_MOST_CLEANED = 2 * MOST_FILE_BYTES
_MOST_BOUND = 2 * MOST_PACKET_BYTES


def clean(raw: bytes, *, seconds: float = SECONDS) -> Cleaned:
    """The file as Letter pages with nothing in them that runs; raises PacketError."""
    if len(raw) > MOST_FILE_BYTES:
        raise PacketError(PacketRefusal.TOO_LARGE)
    return _asked("clean", raw, seconds, most=_MOST_CLEANED, most_pages=MOST_FILE_PAGES)


def bind(
    parts: Sequence[Part],
    *,
    title: str,
    on: str,
    is_numbered: bool = True,
    most_pages: int = MOST_PACKET_PAGES,
    seconds: float = SECONDS,
) -> Cleaned:
    """The parts as one PDF; what a stranger's file was made into is opened apart even then."""
    told: list[dict[str, Any]] = [
        {"title": printable(one.title), "level": one.level, "size": len(one.pdf)} for one in parts
    ]
    whole = {"title": printable(title), "on": on, "is_numbered": is_numbered, "parts": told}
    given = b"".join((json.dumps(whole).encode(), b"\n", *(one.pdf for one in parts)))
    return _asked("bind", given, seconds, most=_MOST_BOUND, most_pages=most_pages)


def _asked(task: str, given: bytes, seconds: float, *, most: int, most_pages: int) -> Cleaned:
    if not _WORKERS.acquire(timeout=_WAIT_SECONDS):
        raise PacketError(PacketRefusal.BUSY)
    try:
        outcome = run_confined((*_COMMAND, task), given, seconds=seconds, most=most)
    finally:
        _WORKERS.release()
    if outcome.is_late:
        raise PacketError(PacketRefusal.TOOK_TOO_LONG)
    if len(outcome.answer) > most:
        raise PacketError(PacketRefusal.TOO_LARGE)
    return _read(outcome.answer, most_pages)


def _read(answer: bytes, most_pages: int) -> Cleaned:
    line, _, pdf = answer.partition(b"\n")
    try:
        told = json.loads(line)
        refusal = PacketRefusal(told["refusal"]) if "refusal" in told else None
        pages = 0 if refusal else told["pages"]
    # The child may have died over the file, or have been turned against us by it.
    except (ValueError, TypeError, KeyError, RecursionError):
        raise PacketError(PacketRefusal.BROKEN) from None
    if refusal is not None:
        raise PacketError(refusal)
    if not isinstance(pages, int) or not 0 < pages <= most_pages or not pdf.startswith(b"%PDF-"):
        raise PacketError(PacketRefusal.BROKEN)
    return Cleaned(pdf, pages)
