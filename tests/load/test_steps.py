"""How the numbers of visitors rise, what is said of them, and where a load run refuses to go."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.load import steps
from tests.load.site import LoadError, Site, database_beside
from tests.load.steps import Scenario, Step, climb, failed_early, rate_at_limit

SITE = Site("http://127.0.0.1:1", Path("staff"), "postgresql://", Path("log"), ())


def make_step(users: int, p99: float, **fields: Any) -> Step:
    defaults: dict[str, Any] = {
        "rate": users * 2.0,
        "p50": 10,
        "p95": 20,
        "requests": 100,
        "errors": 0,
        "said": (),
        "slowest": (),
        "web_ms": 10,
        "database_ms": 1,
        "own_share": 0.1,
        "memory_before": 0,
        "memory_after": 0,
    }
    return Step(users=users, p99=p99, **(defaults | fields))


def visited(p99_of: Callable[[int], float]) -> Callable[..., Step]:
    return lambda _site, _scenario, users, **_: make_step(users, p99_of(users))


@pytest.mark.parametrize(
    ("p99_of", "seconds", "users"),
    [
        pytest.param(lambda users: users * 20, 100, [4, 8, 16, 32, 24], id="passed on the way"),
        pytest.param(lambda users: 100, 100, [4, 8, 16, 32, 64], id="never passed"),
        pytest.param(lambda users: 900, 100, [4, 2, 1], id="passed at once"),
        pytest.param(lambda users: users * 20, 27, [4, 16, 64], id="in a hurry, by larger steps"),
    ],
)
def test_visitors_are_doubled_to_the_limit_and_then_halved_towards_it(
    monkeypatch: pytest.MonkeyPatch,
    p99_of: Callable[[int], float],
    seconds: float,
    users: list[int],
) -> None:
    monkeypatch.setattr(steps, "visit", visited(p99_of))
    tried = climb(SITE, Scenario(("Patient",), 4), seconds=seconds)
    assert [one.users for one in tried] == users


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        ([make_step(4, 300), make_step(8, 700)], "reaches 500 ms at 12.0 requests/s"),
        ([make_step(4, 700)], "above 500 ms from the first"),
        ([make_step(4, 300), make_step(8, 400)], "below 500 ms up to 16.0"),
    ],
)
def test_the_rate_at_the_limit_lies_between_two_steps(tried: list[Step], said: str) -> None:
    assert said in rate_at_limit(tried)


def test_an_error_counts_up_to_the_rate_at_the_limit() -> None:
    tried = [make_step(4, 300, said=("early",)), make_step(8, 700, said=("late",))]
    assert failed_early(tried) == ["early"]


@pytest.mark.parametrize(
    "server",
    ["postgresql://db.example.org/coverage", "postgresql:///coverage?host=db.example.org"],
)
def test_a_load_run_refuses_a_database_on_another_computer(server: str) -> None:
    with pytest.raises(LoadError, match="another computer"), database_beside(server):
        pass
