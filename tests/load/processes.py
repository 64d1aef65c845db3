"""What processes take, as Linux counts it."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of a processor, and bytes of memory, of some processes together."""

    seconds: float
    memory: int


def with_children(first: int) -> list[int]:
    """A process and all that came of it."""
    found = [first]
    for one in found:
        for task in (PROC / str(one) / "task").glob("*/children"):
            found += map(int, task.read_text().split())
    return found


def taken_by(processes: Iterable[int]) -> Taken:
    """What they have taken so far; one that has ended counts with its parent."""
    seconds, memory = 0.0, 0
    for one in processes:
        try:
            status = (PROC / str(one) / "stat").read_text()
            rollup = (PROC / str(one) / "smaps_rollup").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        # proc_pid_stat(5): the name in brackets may hold spaces; times are the fields 14 to 17.
        after_name = status.rpartition(")")[2].split()
        seconds += sum(map(int, after_name[11:15])) / TICKS
        # What several share is counted in parts, so that the sum is what they take together.
        memory += sum(map(int, SHARE.findall(rollup))) * 1024
    return Taken(seconds, memory)
