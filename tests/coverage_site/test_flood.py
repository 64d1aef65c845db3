"""One address asks for more than its share, and the others do not notice."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from coverage_site import flood
from coverage_site.flood import FloodGate, network_of

FLOOD = "192.0.2.1"
OTHER = "192.0.2.2"
LIMITS = {"page": "300/10 second; 1200/minute", "costly": "30/minute", "door": "2/minute"}


def answered(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@pytest.fixture
def gate(settings: Any) -> FloodGate:
    settings.MOST_FROM_ONE_ADDRESS = LIMITS
    return FloodGate(answered)


@pytest.fixture
def narrow_gate(settings: Any) -> FloodGate:
    settings.MOST_FROM_ONE_ADDRESS = {"page": "5/minute"}
    return FloodGate(answered)


def ask(path: str = "/check/", address: str = FLOOD, **headers: str) -> HttpRequest:
    """A screen of the check, or whatever else is sent as a plain form."""
    form = "application/x-www-form-urlencoded"
    sent = RequestFactory().post(path, "age=41", content_type=form, headers=headers)
    sent.META["REMOTE_ADDR"] = address
    return sent


def upload() -> HttpRequest:
    sent = RequestFactory().post("/denied/", {"file": SimpleUploadedFile("x.pdf", b"x")})
    sent.META["REMOTE_ADDR"] = FLOOD
    return sent


def statuses(gate: FloodGate, times: int, make: Callable[[], HttpRequest] = ask) -> list[int]:
    return [gate(make()).status_code for _ in range(times)]


def test_ten_thousand_checks_from_one_address_leave_the_others_alone(gate: FloodGate) -> None:
    flooded = statuses(gate, 10_000)
    assert flooded[:300] == [200] * 300
    assert flooded.count(200) <= 1200
    assert statuses(gate, 20, lambda: ask(address=OTHER)) == [200] * 20


def test_forty_people_behind_one_address_are_spared(gate: FloodGate) -> None:
    # Each sends a screen, and lets the list beside it fill, every four seconds.
    in_ten_seconds = 40 * 2 * 10 // 4
    assert statuses(gate, in_ten_seconds) == [200] * in_ten_seconds


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: ask("/letters/letter.pdf"), id="a PDF"),
        pytest.param(lambda: ask("/es/letters/letter.docx"), id="a Word file"),
        pytest.param(upload, id="a letter to be read"),
    ],
)
def test_what_takes_seconds_has_a_smaller_share_of_its_own(
    gate: FloodGate, make: Callable[[], HttpRequest]
) -> None:
    assert statuses(gate, 31, make) == [200] * 30 + [429]
    assert statuses(gate, 1) == [200]


@pytest.mark.parametrize(
    ("address", "other"),
    [
        pytest.param("2001:db8::1", "2001:db8::2:0:0:1", id="within one network of IPv6"),
        pytest.param("192.0.2.1", "::ffff:192.0.2.1", id="the same address, written as IPv6"),
    ],
)
def test_what_one_person_may_choose_is_one_address(address: str, other: str) -> None:
    assert network_of(address) == network_of(other)


@pytest.mark.parametrize(
    "proxies",
    [
        pytest.param(0, id="without a proxy the header is not believed"),
        pytest.param(1, id="behind one, what the client wrote before it is not believed"),
    ],
)
def test_a_forged_header_makes_no_other_address(
    narrow_gate: FloodGate, settings: Any, proxies: int
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    forged = [
        ask(address=OTHER, **{"x-forwarded-for": f"198.51.100.{n}, 192.0.2.1"}) for n in range(6)
    ]
    assert [narrow_gate(one).status_code for one in forged] == [200] * 5 + [429]


def test_a_million_addresses_take_no_more_memory_than_the_counters(gate: FloodGate) -> None:
    counters = {gate.counter(str(number)) for number in range(100_000)}
    assert len(counters) <= flood.COUNTERS


def test_who_shares_a_counter_is_another_in_each_process(gate: FloodGate) -> None:
    first, second = ([one.counter(str(n)) for n in range(4)] for one in (gate, FloodGate(answered)))
    assert first != second


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("/check/", "Too many requests at once", id="English"),
        pytest.param("/es/check/", '<html lang="es">', id="Spanish"),
    ],
)
def test_whoever_is_refused_reads_how_long_to_wait(
    narrow_gate: FloodGate, path: str, words: str
) -> None:
    statuses(narrow_gate, 5, lambda: ask(path))
    response = narrow_gate(ask(path))
    assert isinstance(response, HttpResponse)
    seconds = response.headers["Retry-After"]
    assert response.status_code == 429
    assert 1 <= int(seconds) <= 60
    page = response.content.decode()
    assert words in page
    assert f" {seconds} seg" in page or f" {seconds} second" in page
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_set_by_days_keeps_nobody_out(
    narrow_gate: FloodGate, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    assert statuses(narrow_gate, 6)[-1] == 429
    then = time.time() + days * 86_400
    monkeypatch.setattr("time.time", lambda: then)
    assert statuses(narrow_gate, 1) == [200]


@pytest.mark.django_db
def test_the_door_counts_strangers_and_no_colleagues(settings: Any, admin_user: User) -> None:
    settings.MOST_FROM_ONE_ADDRESS = LIMITS
    visitor = Client()
    assert [visitor.get("/clinics/").status_code for _ in range(4)] == [302, 302, 429, 429]
    visitor.force_login(admin_user)
    assert [visitor.get("/clinics/").status_code for _ in range(4)] == [200] * 4
