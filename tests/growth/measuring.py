"""Measures pieces of work, and says what they cost with more and more data."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.load.telling import say

Works = Mapping[str, Callable[[], Any]]
TIMES, ENOUGH = 7, 4.0
"""Each is done so often, or until so many seconds are gone; the best counts."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work takes: milliseconds at best, and how often it asks the database."""

    milliseconds: float
    queries: int


def cost_of(work: Callable[[], Any]) -> Cost:
    """Do it a few times."""
    best, begun = float("inf"), time.perf_counter()
    for _ in range(TIMES):
        before = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            work()
        best = min(best, time.perf_counter() - before)
        queries = len(asked)
        if time.perf_counter() - begun > ENOUGH:
            break
    return Cost(best * 1000, queries)


class Table:
    """What the works took with each amount of data, a row each."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.costs: dict[str, dict[int, Cost]] = {}

    def add(self, amount: int, works: Works) -> None:
        """Measure each work once more, with so much data."""
        for name, work in works.items():
            self.note(amount, name, cost_of(work))

    def note(self, amount: int, name: str, cost: Cost) -> None:
        say(f"  {amount} {self.unit}, {name}: {cost.milliseconds:.0f} ms")
        self.costs.setdefault(name, {})[amount] = cost

    def tell(self) -> None:
        """The rows, as Markdown; how many times as dear, for how many times the data."""
        amounts = sorted({amount for row in self.costs.values() for amount in row})
        say(f"\n| {self.unit} | {' | '.join(f'{one:,}' for one in amounts)} | times | queries |")
        say("| --- |" + " ---: |" * (len(amounts) + 2))
        for name, row in self.costs.items():
            told = (f"{row[one].milliseconds:,.0f} ms" if one in row else "" for one in amounts)
            times = row[max(row)].milliseconds / row[min(row)].milliseconds
            queries = f"{row[min(row)].queries} → {row[max(row)].queries}"
            say(f"| {name} | {' | '.join(told)} | {times:,.1f} | {queries} |")
