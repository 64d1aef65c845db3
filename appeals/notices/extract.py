"""An uploaded letter becomes text with places, in memory only and in a process of its own."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore, Event, Timer
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

SECONDS = 30
# Each reader takes a core and much memory; whoever waits longer is asked to come back.
_READERS = BoundedSemaphore(2)
_WAIT_SECONDS = 20
_MOST_ANSWER = 16 * 1024 * 1024
_COMMAND = (sys.executable, "-B", "-s", "-m", "appeals.notices.child")
_PROJECT = Path(__file__).resolve().parents[2]
# No setting and no secret goes into the process that opens a stranger's file.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")

logger = logging.getLogger(__name__)


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
    """What the child says; when it is late, and in any case at the end, all it started is ended."""
    with subprocess.Popen(
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_PROJECT,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        start_new_session=True,
    ) as child:
        is_late = Event()

        def ring() -> None:
            is_late.set()
            _end(child)

        clock = Timer(max(seconds, 0), ring)
        clock.start()
        try:
            # It reads all before it writes, so neither side waits for the other.
            answer = _exchange(child, raw)
        finally:
            clock.cancel()
            clock.join()
            _end(child)
    if child.returncode != 0:
        logger.warning("The process that reads letters ended with %s.", child.returncode)
    if is_late.is_set() or child.returncode == -signal.SIGXCPU:
        raise LetterError(Refusal.TOOK_TOO_LONG)
    if len(answer) > _MOST_ANSWER:
        raise LetterError(Refusal.BROKEN)
    return answer


def _exchange(child: subprocess.Popen[bytes], raw: bytes) -> bytes:
    if child.stdin is None or child.stdout is None:
        raise ValueError("The child was started without pipes.")
    with suppress(BrokenPipeError), child.stdin as pipe:  # it may die before the last byte
        pipe.write(raw)
    return child.stdout.read(_MOST_ANSWER + 1)


def _end(child: subprocess.Popen[bytes]) -> None:
    # It has not been waited for, so its number is still its own. macOS says "not permitted"
    # where all of a group have ended.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
