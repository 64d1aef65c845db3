"""PostgreSQL goes away and comes back, and nobody has to start the site anew."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.appeals.clinics.working import worker
from tests.faults.own_server import OwnServer
from tests.faults.printing import is_done, make_batch, printed, times_read
from tests.faults.publishing import make_publisher
from tests.faults.signing import Signer, full_at, held_up, is_held_up, make_signer
from tests.faults.web import LONGEST, LOST, SECRET_KEY, Web, served
from tests.real_catalogue import load_some_policies
from tests.waiting import wait_for


@pytest.fixture(scope="module")
def site(own: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """A site that was started while its database was not there."""
    load_some_policies()
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


@pytest.fixture(scope="module")
def site_that_serves(site: Web) -> Web:
    wait_for(lambda: site.ask("/check/").status == 200)
    return site


@pytest.fixture
def signer(site_that_serves: Web, settings: Any) -> Signer:
    settings.SECRET_KEY = SECRET_KEY
    return make_signer()


# Before anything is written, and when all but the last of it is.
POINTS = ("appeals_letter", "appeals_caseevent")


@pytest.mark.parametrize("point", POINTS)
def test_a_process_killed_while_a_letter_is_signed_leaves_it_unsigned(
    own: OwnServer, site: Web, signer: Signer, point: str
) -> None:
    pages = signer.read(site)
    with ThreadPoolExecutor(1) as browser, held_up(own, point) as holder:
        asked = browser.submit(signer.sign, site, pages)
        wait_for(lambda: is_held_up(holder))
        site.kill_processes()
        assert asked.result() == LOST
    assert signer.signatures() == 0
    wait_for(lambda: site.ask("/").status == 200)
    assert [signer.sign(site, pages).status for _ in range(2)] == [302, 302]
    assert signer.signatures() == 1


@pytest.mark.usefixtures("site_that_serves")
@pytest.mark.parametrize("point", ["policies_policyversion", "policies_policyevent"])
def test_a_process_killed_while_an_edition_is_published_leaves_it_a_draft(
    own: OwnServer, site: Web, settings: Any, point: str
) -> None:
    settings.SECRET_KEY = SECRET_KEY
    publisher = make_publisher(point.replace("_", "-"))
    with ThreadPoolExecutor(1) as browser, held_up(own, point) as holder:
        asked = browser.submit(publisher.publish, site)
        wait_for(lambda: is_held_up(holder))
        site.kill_processes()
        assert asked.result() == LOST
    assert publisher.times() == 0
    wait_for(lambda: site.ask("/").status == 200)
    assert publisher.publish(site).status == 302
    publisher.publish(site)
    assert publisher.times() == 1


@pytest.mark.parametrize("point", POINTS)
def test_a_database_that_goes_while_a_letter_is_signed_leaves_it_unsigned(
    own: OwnServer, site: Web, signer: Signer, point: str
) -> None:
    pages = signer.read(site)
    with (
        ThreadPoolExecutor(1) as browser,
        suppress(psycopg.OperationalError),
        held_up(own, point) as holder,
    ):
        asked = browser.submit(signer.sign, site, pages)
        wait_for(lambda: is_held_up(holder))
        own.stop()
        assert asked.result().status == 503
        own.start()
    assert signer.signatures() == 0
    wait_for(lambda: site.ask("/check/").status == 200)
    assert [signer.sign(site, pages).status for _ in range(2)] == [302, 302]
    assert signer.signatures() == 1


@pytest.mark.parametrize("point", POINTS)
def test_a_full_disk_stores_no_half_of_a_letter(
    own: OwnServer, site: Web, signer: Signer, point: str
) -> None:
    pages = signer.read(site)
    with full_at(own, point):
        refused = signer.sign(site, pages)
    assert refused.status == 503
    assert "Nothing that you typed is lost" in refused.text
    assert signer.signatures() == 0
    assert [signer.sign(site, pages).status for _ in range(2)] == [302, 302]
    assert signer.signatures() == 1


def test_a_database_that_goes_in_a_batch_of_letters_loses_and_doubles_none(
    own: OwnServer, site_that_serves: Web, tmp_path: Path
) -> None:
    batch = make_batch(3)
    with worker(tmp_path / "first") as first:
        with suppress(psycopg.OperationalError), held_up(own, "appeals_accessentry") as holder:
            wait_for(lambda: is_held_up(holder))
            own.stop()
        own.start()
        # It ends, and whatever keeps it running begins it anew.
        first.wait(LONGEST)
    with worker(tmp_path / "second"):
        wait_for(lambda: is_done(batch))
    assert printed(batch) == ["1", "2", "3"]
    assert times_read(batch) == 3
