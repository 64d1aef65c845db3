"""What everybody has in common who comes to the site in a load run; Locust starts them.

Each asks twice a second, unless the answer takes longer, goes on from the page that came back by
the fields of its form, and comes from an address of their own.
"""

import json
import os
import random
import time
from collections.abc import Generator, Iterator
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from locust import FastHttpUser, constant_pacing, events, task
from locust.env import Environment

from tests.policies.html import fields_in

ASKS_EVERY = 0.5  # seconds
LONGEST = 30.0  # seconds
MOST_SCREENS = 30
SCREEN = 'id="screen"'
chance = random.Random(20261)  # noqa: S311 -- no secret

Steps = Iterator[None]

asked = count()
"""Every request, also those of the time in which visitors are still arriving."""


class TurnedAwayError(Exception):
    """Another page than the one wanted came back; Locust has counted it."""


class Visitor(FastHttpUser):
    """One person, who takes one step after the other and begins again at the end."""

    abstract = True
    wait_time = constant_pacing(ASKS_EVERY)
    network_timeout = connection_timeout = LONGEST
    arrivals = count(1)

    def on_start(self) -> None:
        self.begin(next(self.arrivals))

    def begin(self, number: int) -> None:
        """Come as the visitor of this number."""
        self.headers = {
            "X-Forwarded-For": address_of(number),
            "X-Forwarded-Proto": "https",
            "Referer": f"{self.host}/".replace("http:", "https:", 1),
        }
        # The site speaks plain http to its proxy, for which the visitor stands as well.
        cookies = self.client.cookiejar
        cookies.set_policy(DefaultCookiePolicy(secure_protocols=("http", "https")))
        self.steps = self.visits()

    @task
    def go_on(self) -> None:
        try:
            next(self.steps)
        except TurnedAwayError:
            self.steps = self.visits()

    def visits(self) -> Steps:
        while True:
            yield from self.visit()

    def visit(self) -> Steps:
        """The steps of one visit; each asks the site once."""
        raise NotImplementedError

    def get(self, address: str, name: str, *, wants: str) -> str:
        """The page or file at an address, in which something has to stand."""
        with self.client.get(
            address, name=name, headers=self.headers, catch_response=True
        ) as response:
            return _read(response, wants)

    def post(self, address: str, fields: dict[str, Any], name: str, *, wants: str) -> str:
        """The same for a form that is sent."""
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        data = urlencode(fields, doseq=True)
        with self.client.post(
            address, data, name=name, headers=headers, catch_response=True
        ) as response:
            return _read(response, wants)

    def screens(
        self, address: str, page: str, told: dict[str, Any], *, to: str
    ) -> Generator[None, None, str]:
        """Tell each screen what it asks for, until the one named, whose page comes back."""
        for _ in range(MOST_SCREENS):
            fields = form_in(page, SCREEN)
            at = fields["at"][0]
            if at == to:
                return page
            # A field that is not on the screen travels as it is.
            fields |= {name: value for name, value in told.items() if f'name="{name}"' in page}
            go = "answer" if at == "review" else "next"
            page = self.post(address, fields | {"go": go}, f"{address} {at}", wants=SCREEN)
            yield
        raise RuntimeError(f"{address} does not come to {to}")


def address_of(number: int) -> str:
    """An address that nobody else has, of those kept for examples (RFC 5737 and RFC 3849)."""
    is_older = number % 3 == 0 and number < 3 * 254
    return f"203.0.113.{number // 3 + 1}" if is_older else f"2001:db8:0:{number:x}::1"


def form_in(page: str, mark: str) -> dict[str, Any]:
    """What the form holds whose tag has a mark, or that has it within; its token too."""
    start = page.rindex("<form", 0, page.index(mark))
    return dict(fields_in(page[start:]))


def _read(response: Any, wants: str) -> str:
    content = response.content or b""
    if response.status_code != 200:
        response.failure(f"status {response.status_code}")
    elif wants.encode() not in content:
        response.failure(f"a page without {wants!r}")
    else:
        return "" if content.startswith(b"%PDF") else str(content, "utf-8")
    raise TurnedAwayError


@events.request.add_listener
def note_request(**_request: Any) -> None:
    next(asked)


@events.quitting.add_listener
def tell(environment: Environment, **_more: Any) -> None:
    """Write down what the runner wants to know."""
    total = environment.stats.total
    told = {
        "asked": next(asked),
        "requests": total.num_requests,
        "failures": total.num_failures,
        "rate": total.total_rps,
        "percentiles": {one: total.get_response_time_percentile(one / 100) for one in (50, 95, 99)},
        "said": [f"{one.occurrences}x {one.to_name()}" for one in environment.stats.errors.values()]
        + [one["traceback"] for one in environment.runner.exceptions.values()],
        "slowest": sorted(
            (
                (one.get_response_time_percentile(0.95), one.name)
                for one in environment.stats.entries.values()
            ),
            reverse=True,
        )[:3],
        "seconds": time.process_time(),
    }
    Path(os.environ["LOAD_RESULT"]).write_text(json.dumps(told), encoding="utf-8")
