"""A process of its own for a stranger's bytes: given little, held to limits, ended in time."""

import logging
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Timer

from policies.turns import TURNS

PROJECT = Path(__file__).resolve().parents[1]
PYTHON = (sys.executable, "-B", "-s", "-m")
# No setting and no secret goes into the process that opens a stranger's file.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the process said, at most so much of it, and whether it was ended for its time."""

    answer: bytes
    is_late: bool


def hold_limits(*, seconds: int, memory: int) -> None:
    """Let this process write to no file, and only so long and so much; what it starts inherits."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # macOS refuses this limit and would not hold it; there the clock alone ends what runs away.
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


@TURNS.turn()
def run_confined(
    command: Sequence[str],
    given: bytes,
    *,
    seconds: float,
    most: int,
    folder: Path = PROJECT,
    names: Sequence[str] = ENVIRONMENT,
) -> Outcome:
    """What the process answers; when it is late, and in any case at the end, all of it is ended."""
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={name: os.environ[name] for name in names if name in os.environ},
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
            answer = _exchange(child, given, most)
        finally:
            clock.cancel()
            clock.join()
            _end(child)
    if child.returncode != 0:
        logger.warning("A process that opens files ended with %s.", child.returncode)
    return Outcome(answer, is_late.is_set() or child.returncode == -signal.SIGXCPU)


def _exchange(child: subprocess.Popen[bytes], given: bytes, most: int) -> bytes:
    """One byte more than the most is read, so that too long an answer can be told."""
    if child.stdin is None or child.stdout is None:
        raise ValueError("The child was started without pipes.")
    with suppress(BrokenPipeError), child.stdin as pipe:  # it may die before the last byte
        pipe.write(given)
    return child.stdout.read(most + 1)


def _end(child: subprocess.Popen[bytes]) -> None:
    # It has not been waited for, so its number is still its own. macOS says "not permitted"
    # where all of a group have ended.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
