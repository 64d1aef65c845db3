"""Many requests from one address, and senders who never end theirs: the others are served."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http.client import HTTPConnection

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.appeals.clinics.working import address
from tests.faults.web import HERE, SOMEBODY, Web, served

CLINIC = "198.51.100.7"
OTHER = "203.0.113.9"
HEAD = b"POST /check/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
THREADS = 4
"""Of both processes together."""


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Web]:
    with django_db_blocker.unblock():
        url = address()
    slow = {"SLOWEST_HEAD_SECONDS": "1", "SLOWEST_BODY_SECONDS": "1"}
    few = {"WEB_CONCURRENCY": "2", "WEB_THREADS": str(THREADS // 2)}
    with served(url, tmp_path_factory.mktemp("site"), **slow, **few) as web:
        yield web


def flood(web: Web, requests: int) -> list[int]:
    """As fast as it goes, each connection being used again and again."""
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": SOMEBODY}
    line = HTTPConnection(HERE, web.port, timeout=60)
    statuses = []
    for _ in range(requests):
        line.request("GET", "/check/", headers=proxied)
        answer = line.getresponse()
        answer.read()
        statuses.append(answer.status)
    line.close()
    return statuses


def test_a_flood_from_one_address_leaves_a_clinic_and_a_patient_their_answers(site: Web) -> None:
    with ThreadPoolExecutor(22) as everybody:
        flooding = [everybody.submit(flood, site, 1000) for _ in range(2)]
        people = [everybody.submit(site.ask, "/check/", address=CLINIC) for _ in range(80)]
        patient = [site.ask("/check/", address=OTHER).status for _ in range(10)]
        assert {one.result().status for one in people} == {200}
        assert set(patient) == {200}
        flooded = [status for one in flooding for status in one.result()]
    assert set(flooded) == {200, 429}
    assert flooded.count(429) > 500


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing at all"),
        pytest.param(HEAD + b"X-Slow: ", id="a head without an end"),
        pytest.param(HEAD + b"Content-Length: 1000\r\n\r\nage=4", id="a body without an end"),
    ],
)
def test_whoever_never_ends_a_request_keeps_no_thread(site: Web, sent: bytes) -> None:
    with ExitStack() as held:
        for _ in range(THREADS * 2):
            line = held.enter_context(socket.create_connection((HERE, site.port)))
            line.sendall(sent)
        assert site.ask("/", address=OTHER).status == 200
