"""Programs beside each other: all end with the first that does, and none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# Writes its own number and that of a child, and goes on for a minute.
GOES_ON = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
os.write(1, f"{os.getpid()} {child.pid}\\n".encode())  # at once: two write to one pipe
time.sleep(60)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + GOES_ON


@contextmanager
def together(*programs: str) -> Iterator[subprocess.Popen[str]]:
    words = []
    for number, program in enumerate(programs, start=1):
        words += [f"program{number}", sys.executable, "-c", program, "--"]
    with subprocess.Popen(
        [sys.executable, "-m", "coverage_site.together", *words[:-1]],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as runner:
        try:
            yield runner
        finally:
            runner.kill()


def numbers(runner: subprocess.Popen[str]) -> list[int]:
    """Of a program that has begun, and of what it started."""
    assert runner.stdout is not None
    return [int(word) for word in runner.stdout.readline().split()]


def is_alive(number: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(number, 0)
        return not is_dead(number)
    return False


def is_dead(number: int) -> bool:
    """Whether it has ended, and only its parent has not yet asked."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)],  # noqa: S607 -- its folder differs
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip().startswith("Z") or not told.stdout.strip()


def all_end(wanted: list[int]) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if not any(is_alive(one) for one in wanted):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_whoever_stops_it_stops_all_and_leaves_none_behind(number: signal.Signals) -> None:
    with together(GOES_ON, GOES_ON) as runner:
        started = numbers(runner) + numbers(runner)
        runner.send_signal(number)
        assert runner.wait(10) == 0
        assert len(started) == 4
        assert all_end(started)


def test_one_that_ends_by_itself_is_told_and_ends_the_other() -> None:
    with together("import sys, time; time.sleep(0.3); sys.exit(3)", GOES_ON) as runner:
        started = numbers(runner)
        _, told = runner.communicate(timeout=10)
        assert runner.returncode == 3
        assert told == "The program1 ended by itself (3), so all of it stops.\n"
        assert all_end(started)


def test_what_does_not_listen_is_killed() -> None:
    short = (
        "from coverage_site.together import run_together; import sys;"
        f" sys.exit(run_together({{'deaf': [sys.executable, '-c', {DEAF!r}]}}, patience=0.3))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", short], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as runner:
        started = numbers(runner)
        runner.terminate()
        assert runner.wait(10) == 0
        assert all_end(started)
