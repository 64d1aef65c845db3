"""Sends visitors to the site in rising numbers, until one in a hundred waits too long."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage_site.together import started
from tests.load.processes import Taken
from tests.load.site import LoadError, Site

LIMIT = 500  # milliseconds for 99 answers of 100
ARRIVING = 4  # seconds in which the visitors of a step come, not measured
AROUND = 3  # seconds a step takes before and after
SHORTEST, MOST_STEPS = 9, 5
GRACE = 40  # seconds for answers that are on their way


@dataclass(frozen=True, slots=True)
class Scenario:
    """Who comes, by the names in `tests.load.scenarios`, and how many at first."""

    visitors: tuple[str, ...]
    first: int


SCENARIOS = {
    "patients": Scenario(("Patient",), 8),
    "letters": Scenario(("Writer",), 4),
    "clinic": Scenario(("Staff",), 2),
    "mixed": Scenario(("Patient", "Writer", "Staff"), 6),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What so many visitors met, and what it took; times are milliseconds, memory is bytes."""

    users: int
    rate: float
    p50: float
    p95: float
    p99: float
    requests: int
    errors: int
    said: tuple[str, ...]
    slowest: tuple[tuple[float, str], ...]
    web_ms: float
    database_ms: float
    own_share: float
    memory_before: int
    memory_after: int

    @property
    def holds(self) -> bool:
        return self.p99 < LIMIT


def climb(site: Site, scenario: Scenario, *, seconds: float) -> Iterator[Step]:
    """Double the visitors until the limit is passed, then look between the last two numbers."""
    most = max(2, min(MOST_STEPS, int(seconds / SHORTEST)))
    length = max(seconds / most - ARRIVING - AROUND, 1)
    factor = 2 if most == MOST_STEPS else 4
    users, good, bad = scenario.first, 0, 0
    for _ in range(most):
        step = visit(site, scenario, users, seconds=length)
        yield step
        if step.holds:
            good = users
        else:
            bad = users
        users = (good + bad) // 2 if bad else users * factor
        if bad and users <= good:
            return


def visit(site: Site, scenario: Scenario, users: int, *, seconds: float) -> Step:
    """Let so many visitors come for a while."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        environment = os.environ | {"LOAD_RESULT": file.name, "LOAD_STAFF": str(site.staff)}
        before, in_database = site.taken(), site.taken_by_database()
        send(site, scenario, users, environment, seconds=seconds)
        after, then_in_database = site.taken(), site.taken_by_database()
        result = json.loads(Path(file.name).read_text(encoding="utf-8"))
    if not result["requests"]:
        raise LoadError("The visitors asked for nothing; what they met stands above.")
    p50, p95, p99 = (result["percentiles"][one] for one in ("50", "95", "99"))
    return Step(
        users=users,
        rate=result["rate"],
        p50=p50,
        p95=p95,
        p99=p99,
        requests=result["requests"],
        errors=result["failures"],
        said=tuple(result["said"]),
        slowest=tuple((time, name) for time, name in result["slowest"]),
        web_ms=per_request(before, after, result["asked"]),
        database_ms=per_request(in_database, then_in_database, result["asked"]),
        own_share=result["seconds"] / (seconds + ARRIVING),
        memory_before=before.memory,
        memory_after=after.memory,
    )


def per_request(before: Taken, after: Taken, asked: int) -> float:
    """Milliseconds of a processor for each request, without those of a process that has gone."""
    return max(after.seconds - before.seconds, 0) * 1000 / asked


def send(
    site: Site, scenario: Scenario, users: int, environment: dict[str, str], *, seconds: float
) -> None:
    """Run Locust to its end."""
    command = (
        *(sys.executable, "-m", "locust", "-f", "tests/load/scenarios.py", *scenario.visitors),
        *("--headless", "--host", site.address, "--only-summary", "--skip-log-setup"),
        *("--users", str(users), "--spawn-rate", str(users / ARRIVING), "--reset-stats"),
        *("--run-time", f"{seconds + ARRIVING:.0f}s", "--stop-timeout", str(GRACE)),
        *("--exit-code-on-error", "0"),
    )
    with started(command, environment=environment) as visitors:
        try:
            code = visitors.wait(timeout=seconds + ARRIVING + 2 * GRACE)
        except subprocess.TimeoutExpired as error:
            raise LoadError("the visitors did not come to an end") from error
    if code:
        raise LoadError(f"the visitors ended with {code}")


def rate_at_limit(steps: Sequence[Step]) -> str:
    """In words, at which rate one in a hundred waits as long as the limit, going by the steps."""
    held = [one for one in steps if one.holds]
    passed = [one for one in steps if not one.holds]
    if not held:
        return f"p99 is above {LIMIT} ms from the first visitors on."
    last = max(held, key=lambda one: one.users)
    if not passed:
        return f"p99 stayed below {LIMIT} ms up to {last.rate:.1f} requests/s."
    first = min(passed, key=lambda one: one.users)
    share = (LIMIT - last.p99) / (first.p99 - last.p99)
    rate = last.rate + (first.rate - last.rate) * share
    return f"p99 reaches {LIMIT} ms at {rate:.1f} requests/s."


def failed_early(steps: Sequence[Step]) -> list[str]:
    """Every error that somebody met before the limit was reached."""
    return [said for one in steps if one.holds for said in one.said]
