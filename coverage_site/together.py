"""Programs that run beside each other and end together, as the site and its worker do.

`python -m coverage_site.together NAME COMMAND ... -- NAME COMMAND ...` starts them. Ctrl-C ends
all; where one ends by itself, it is told, and the others end too.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from types import FrameType
from typing import IO

PATIENCE = 20  # seconds that a program has to end what it is at
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Program = subprocess.Popen[bytes]


def run_together(commands: Mapping[str, Sequence[str]], *, patience: float = PATIENCE) -> int:
    """Run all until one ends or we are told to stop; 0 only where we were told to."""
    asked = threading.Event()
    with stopped_by(asked), ExitStack() as held:
        programs = {
            name: held.enter_context(started(command)) for name, command in commands.items()
        }
        while not asked.is_set() and not any(ended(programs)):
            asked.wait(0.2)
        first = None if asked.is_set() else next(ended(programs))
        if first is not None:
            tell(first, programs[first])
        end(programs.values(), patience)
        return 0 if first is None else programs[first].returncode or 1


@contextmanager
def stopped_by(asked: threading.Event) -> Iterator[None]:
    """Take note of Ctrl-C and of being ended, and pass it on in our own time."""

    def note(_number: int, _frame: FrameType | None) -> None:
        asked.set()

    before = {number: signal.signal(number, note) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def started(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    log: IO[str] | None = None,
) -> Iterator[Program]:
    """A program in a session of its own: Ctrl-C reaches it once, through us."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=environment,
        start_new_session=True,
    ) as program:
        try:
            yield program
        finally:
            send(program, signal.SIGKILL)


def ended(programs: Mapping[str, Program]) -> Iterator[str]:
    """The names of those that have ended."""
    return (name for name, program in programs.items() if program.poll() is not None)


def tell(name: str, program: Program) -> None:
    """Say who ended, and that all end with it."""
    print(  # noqa: T201 -- a person must learn why everything stops
        f"The {name} ended by itself ({program.returncode}), so all of it stops.",
        file=sys.stderr,
        flush=True,
    )


def end(programs: Iterable[Program], patience: float) -> None:
    """Ask each to end, and wait so long; whoever is left is killed by `started`."""
    waiting = list(programs)
    for program in waiting:
        send(program, signal.SIGTERM)
    until = time.monotonic() + patience
    for program in waiting:
        with suppress(subprocess.TimeoutExpired):
            program.wait(max(until - time.monotonic(), 0))


def send(program: Program, number: signal.Signals) -> None:
    """Reach the program and whatever it started, also where it has ended itself."""
    with suppress(ProcessLookupError, PermissionError):  # macOS says the latter of a dead group
        os.killpg(program.pid, number)


def read(words: Sequence[str]) -> dict[str, list[str]]:
    """The commands by name.

    >>> read(["site", "serve", "80", "--", "worker", "work"])
    {'site': ['serve', '80'], 'worker': ['work']}
    """
    found: dict[str, list[str]] = {}
    rest = list(words)
    while rest:
        at = rest.index("--") if "--" in rest else len(rest)
        name, *command = rest[:at]
        found[name] = command
        rest = rest[at + 1 :]
    return found


if __name__ == "__main__":
    sys.exit(run_together(read(sys.argv[1:])))
