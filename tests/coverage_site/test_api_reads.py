"""What the API lets be read may be kept, for as long as it is true."""

import datetime as dt
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries

from policies.history import record_event
from policies.models import Insurer, PolicyEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

READS = (
    "insurers",
    "policies",
    "policies/bcbs-ma/087",
    "questionnaires",
    "questionnaires/bcbs-ma/087/2021-04-01",
    "conditions",
    "vocabulary",
    "routes",
    "routes/fehb",
    "evidence",
    "openapi.json",
)


@pytest.mark.parametrize("address", READS)
def test_what_is_read_may_be_kept_and_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(f"/api/v1/{address}")
    assert first.status_code == 200
    assert "public" in first["Cache-Control"]
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_moment_alone_never_stands_for_what_may_have_changed_within_it(client: Client) -> None:
    first = client.get("/api/v1/insurers")
    assert "Last-Modified" not in first
    since = {"If-Modified-Since": http_date(time.time())}
    assert client.get("/api/v1/insurers", headers=since).status_code == 200


def test_an_answer_of_yesterday_is_not_taken_for_that_of_today(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = client.get("/api/v1/policies")["ETag"]
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: tomorrow)
    response = client.get("/api/v1/policies", headers={"If-None-Match": etag})
    assert (response.status_code, response.json()["on"]) == (200, tomorrow.isoformat())


def test_an_etag_is_of_one_address_and_one_state(client: Client, admin_user: User) -> None:
    etag = client.get("/api/v1/policies")["ETag"]
    other = client.get("/api/v1/policies?limit=1", headers={"If-None-Match": etag})
    assert other.status_code == 200
    record_event(PolicyEvent.Kind.EDITED, Insurer.objects.first(), by=admin_user)
    changed = client.get("/api/v1/policies", headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_an_unchanged_answer_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    etag = client.get("/api/v1/policies")["ETag"]
    with django_assert_num_queries(1):
        client.get("/api/v1/policies", headers={"If-None-Match": etag})


def test_the_head_of_an_answer_can_be_asked_for_alone(client: Client) -> None:
    response = client.head("/api/v1/insurers")
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == client.get("/api/v1/insurers")["ETag"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        pytest.param("/api/v1/policies", "GET, HEAD, OPTIONS", id="a read"),
        pytest.param("/fhir/Questionnaire/bcbs-ma--087", "GET, HEAD, OPTIONS", id="a canonical"),
        pytest.param("/api/v1/check", "POST, OPTIONS", id="what is told"),
    ],
)
def test_an_address_tells_all_that_it_takes(client: Client, path: str, allowed: str) -> None:
    asked = client.options(path)
    assert (asked.status_code, asked.content, asked["Allow"]) == (204, b"", allowed)
    refused = client.delete(path)
    assert (refused.status_code, refused["Allow"]) == (405, allowed)


def test_a_page_elsewhere_may_ask_whether_what_it_holds_is_still_true(client: Client) -> None:
    before = {
        "origin": "https://page.example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    response = client.options("/api/v1/policies", headers=before)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"
    # Another's page may not send what a person told.
    told = client.options("/api/v1/check", headers=before)
    assert not [one for one in told.headers if one.startswith("Access-Control")]
    nothing = client.options("/api/v1/nothing", headers=before)
    assert nothing.status_code == 404
