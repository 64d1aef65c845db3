"""An attached file becomes the text of its pages, in memory and in a process of its own."""

import json
from threading import BoundedSemaphore
from typing import Any

from policies.confined import PYTHON, run_confined
from policies.copies import MOST_BYTES, MOST_PAGES, CopyError, CopyRefusal
from policies.faults import printable

SECONDS = 60
_READERS = BoundedSemaphore(2)
_WAIT_SECONDS = 20
_MOST_ANSWER = 32 * 1024 * 1024
_COMMAND = (*PYTHON, "policies.copies.child")


def read_copy(name: str, raw: bytes) -> list[str]:
    """The text of each page of a PDF, or of a saved page as one; CopyError says why not.

    A page that is a picture has an empty text; where all are, so is the list.
    """
    if not raw:
        raise CopyError(CopyRefusal.EMPTY)
    if len(raw) > MOST_BYTES:
        raise CopyError(CopyRefusal.TOO_LARGE)
    if not _READERS.acquire(timeout=_WAIT_SECONDS):
        raise CopyError(CopyRefusal.BUSY)
    try:
        outcome = run_confined(_COMMAND, _given(name, raw), seconds=SECONDS, most=_MOST_ANSWER)
    finally:
        _READERS.release()
    if outcome.is_late:
        raise CopyError(CopyRefusal.TOOK_TOO_LONG)
    pages = _pages_told(outcome.answer)
    return pages if any(page.strip() for page in pages) else []


def _given(name: str, raw: bytes) -> bytes:
    return " ".join(name.split()).encode("utf-8", errors="replace") + b"\n" + raw


def _pages_told(answer: bytes) -> list[str]:
    """The pages that the child told, of which nothing is believed: the file may have turned it."""
    try:
        told: Any = json.loads(answer)
        if "refusal" in told:
            raise CopyError(CopyRefusal(told["refusal"]))
        pages = told["pages"]
        if not isinstance(pages, list) or len(pages) > MOST_PAGES:
            raise ValueError("Not a list of pages.")
        return [_page(one) for one in pages]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise CopyError(CopyRefusal.BROKEN) from None


def _page(told: Any) -> str:
    if not isinstance(told, str):
        raise TypeError("A page is a text.")
    return printable(told)
