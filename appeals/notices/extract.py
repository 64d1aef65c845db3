"""An uploaded letter becomes text with places, in memory only and in a process of its own."""

import json
from collections.abc import Sequence
from dataclasses import replace
from threading import BoundedSemaphore
from time import monotonic

from appeals.notices.pages import (
    MOST_BYTES,
    MOST_PAGES,
    Letter,
    LetterError,
    Page,
    Refusal,
    unpacked,
)
from policies.confined import ENVIRONMENT, PROJECT, PYTHON, run_confined

SECONDS = 30
# Each reader takes a core and much memory; whoever waits longer is asked to come back.
_READERS = BoundedSemaphore(2)
_WAIT_SECONDS = 20
_MOST_ANSWER = 16 * 1024 * 1024
_COMMAND = (*PYTHON, "appeals.notices.child")
_PROJECT = PROJECT
_ENVIRONMENT = ENVIRONMENT


def read_letters(files: Sequence[bytes]) -> Letter:
    """One letter from one file or several, as photos of its pages are; raises LetterError.

    Size, pages and time are limited for all of them together.
    """
    if sum(map(len, files)) > MOST_BYTES:
        raise LetterError(Refusal.TOO_LARGE)
    until = monotonic() + SECONDS
    pages: list[Page] = []
    for raw in files:
        pages.extend(read_letter(raw, seconds=until - monotonic()).pages)
        if len(pages) > MOST_PAGES:
            raise LetterError(Refusal.TOO_MANY_PAGES)
    return Letter(tuple(replace(page, number=number) for number, page in enumerate(pages, 1)))


def read_letter(raw: bytes, *, seconds: float | None = None) -> Letter:
    """The letter in these bytes of a PDF, JPEG or PNG; raises LetterError with the reason."""
    if len(raw) > MOST_BYTES:
        raise LetterError(Refusal.TOO_LARGE)
    if not _READERS.acquire(timeout=_WAIT_SECONDS):
        raise LetterError(Refusal.BUSY)
    try:
        answer = _answer(raw, SECONDS if seconds is None else seconds)
    finally:
        _READERS.release()
    try:
        told = json.loads(answer)
        if "refusal" in told:
            raise LetterError(Refusal(told["refusal"]))
        return unpacked(told["pages"])
    # The child may have died over the file, or have been turned against us by it.
    except (ValueError, TypeError, KeyError, RecursionError):
        raise LetterError(Refusal.BROKEN) from None


def _answer(raw: bytes, seconds: float) -> bytes:
    outcome = run_confined(
        _COMMAND, raw, seconds=seconds, most=_MOST_ANSWER, folder=_PROJECT, names=_ENVIRONMENT
    )
    if outcome.is_late:
        raise LetterError(Refusal.TOOK_TOO_LONG)
    if len(outcome.answer) > _MOST_ANSWER:
        raise LetterError(Refusal.BROKEN)
    return outcome.answer
