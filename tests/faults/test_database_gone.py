"""PostgreSQL goes away and comes back, and nobody has to start the site anew."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from tests.faults.own_server import OwnServer
from tests.faults.web import Web, served, wait_for
from tests.real_catalogue import load_some_policies


@pytest.fixture(scope="module")
def site(own: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A site that was started while its database was not there."""
    load_some_policies()
    connection.close()
    own.stop()
    folder: Path = tmp_path_factory.mktemp("site")
    with served(own.url(), folder, WEB_CONCURRENCY="2", DATABASE_WAIT_SECONDS="3") as web:
        away = web.ask("/check/")
        assert away.status == 503
        own.start()
        yield web


@pytest.fixture
def gone(own: OwnServer, site: Web) -> Iterator[None]:
    wait_for(lambda: site.ask("/check/").status == 200)
    own.stop()
    yield
    own.start()


@pytest.mark.usefixtures("gone")
def test_whoever_asks_meanwhile_is_told_when_to_try_again(site: Web) -> None:
    paths = {"en": "/check/", "es": "/es/check/"}
    with ThreadPoolExecutor() as visitors:
        answers = dict(zip(paths, visitors.map(site.ask, paths.values()), strict=True))
    for language, answer in answers.items():
        assert answer.status == 503
        assert answer.headers is not None
        seconds = answer.headers["Retry-After"]
        assert f" {seconds} se" in answer.text
        assert f'<html lang="{language}">' in answer.text
        assert "site-main" in answer.text
        assert "Traceback" not in answer.text
    # What needs no database is there.
    assert site.ask("/").status == 200


def test_a_site_that_was_started_without_its_database_serves_once_it_is_there(site: Web) -> None:
    wait_for(lambda: site.ask("/check/").status == 200)


def test_no_request_meets_a_connection_that_died_with_the_server(own: OwnServer, site: Web) -> None:
    wait_for(lambda: site.ask("/check/").status == 200)
    own.stop()
    own.start()
    assert [site.ask("/check/").status for _ in range(12)] == [200] * 12
