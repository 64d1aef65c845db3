"""What watches the site hears at once what is wrong, and nothing that is nobody's business."""

import json
from typing import Any

import psycopg
import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from coverage_site import health
from tests.appeals.clinics.ruling import begin_rule


@pytest.fixture
def in_production(settings: Settings) -> Settings:
    settings.ALLOWED_HOSTS = ["coverage.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    return settings


@pytest.fixture
def worker(db: None) -> None:
    """A worker that gave a sign of life just now."""
    sign_of_life(seconds_ago=0)


def sign_of_life(*, seconds_ago: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (NOW() - make_interval(secs => %s))",
            [seconds_ago],
        )


def ready(client: Client) -> tuple[int, str, dict[str, str]]:
    page = client.get("/readyz")
    told = json.loads(page.content)
    return page.status_code, told["status"], told["checks"]


def ok_but(**others: str) -> dict[str, str]:
    return dict.fromkeys(("database", "migrations", "catalogue", "worker"), "ok") | others


@pytest.mark.usefixtures("in_production")
@pytest.mark.parametrize("host", ["coverage.example.org", "192.0.2.7", "elsewhere.example", "a_b"])
def test_a_process_says_that_it_lives_to_whoever_asks_without_the_database(
    client: Client, host: str
) -> None:
    page = client.get("/healthz", headers={"host": host})
    assert json.loads(page.content) == {"status": "alive", "checks": {"process": "ok"}}
    assert page.headers["Cache-Control"] == "no-store"
    assert not page.cookies


@pytest.mark.django_db
@pytest.mark.usefixtures("in_production")
@pytest.mark.parametrize("address", ["/", "/healthz/", "/readyz/x", "//healthz", "/no/such/page"])
def test_no_other_page_answers_to_a_strange_host_or_over_plain_http(
    client: Client, address: str
) -> None:
    strange = client.get(address, headers={"host": "elsewhere.example"}, secure=True)
    assert strange.status_code == 400
    assert client.get(address, headers={"host": "coverage.example.org"}).status_code == 301


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nothing_can_be_sent_there(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.usefixtures("worker", "in_production")
def test_a_site_with_all_it_needs_is_ready(client: Client) -> None:
    begin_rule()
    assert ready(client) == (200, "ready", ok_but())


@pytest.mark.usefixtures("worker")
def test_a_site_without_a_catalogue_is_not_ready(client: Client) -> None:
    assert ready(client) == (503, "not ready", ok_but(catalogue="failed"))


@pytest.mark.usefixtures("worker")
def test_a_site_with_a_migration_to_come_is_not_ready(client: Client) -> None:
    begin_rule()
    newest = MigrationLoader(connection).graph.leaf_nodes("appeals")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    assert ready(client) == (503, "not ready", ok_but(migrations="failed"))


@pytest.mark.django_db
@pytest.mark.parametrize("seconds_ago", [None, site_settings.WORKER_SILENT_SECONDS + 5])
def test_a_site_without_a_worker_still_answers_patients_and_says_so(
    client: Client, seconds_ago: int | None
) -> None:
    begin_rule()
    if seconds_ago is not None:
        sign_of_life(seconds_ago=seconds_ago)
    assert ready(client) == (200, "degraded", ok_but(worker="failed"))


def test_a_database_that_is_gone_leaves_the_rest_unknown(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = {"host": "127.0.0.1", "port": 1, "user": "qwmark", "dbname": "qwmark"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: nowhere)
    assert ready(client) == (503, "not ready", {"database": "failed", **health.WITHOUT_DATABASE})
    assert set(health.WITHOUT_DATABASE.values()) == {"unknown"}
    assert "The database does not answer." in caplog.text


@pytest.mark.django_db
def test_the_database_is_asked_for_two_seconds_at_most(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    connect = psycopg.connect

    def noted(**told: Any) -> psycopg.Connection[Any]:
        given.update(told)
        return connect(**told)

    monkeypatch.setattr(psycopg, "connect", noted)
    assert ready(client)[2]["database"] == "ok"
    assert given["connect_timeout"] == 2
    assert given["tcp_user_timeout"] == 2000
    assert "statement_timeout=2s" in given["options"]


@pytest.mark.usefixtures("worker")
def test_asking_again_reads_no_migration_anew(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin_rule()
    ready(client)
    with django_assert_num_queries(4):
        ready(client)


@pytest.mark.django_db
def test_a_database_without_our_tables_answers_and_wants_migrations(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE policies_policyversion RENAME TO gone")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'policies'")
    health._left_to_apply.cache_clear()  # noqa: SLF001 -- it holds what was applied before
    told = {"database": "ok", "migrations": "failed"}
    assert ready(client) == (
        503,
        "not ready",
        {"database": "failed", **health.WITHOUT_DATABASE} | told,
    )
