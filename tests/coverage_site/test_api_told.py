"""What is told to the API is kept nowhere: no cookie, no cache, no log."""

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from coverage_site.privacy import LogFormatter
from tests.coverage_site.api_calls import PROBLEM, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]


def test_what_a_person_told_is_never_kept_and_not_for_other_pages(client: Client) -> None:
    for address, body in (("check", {"version": 1}), ("deadlines", {"plan_type": "fehb"})):
        response = post(client, body, address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store, private"
        assert "ETag" not in response
        assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("address", ["check", "deadlines"])
def test_no_session_and_no_token_is_asked_for(
    address: str, admin_user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    body = {"check": {"version": 1}, "deadlines": {"plan_type": "fehb"}}[address]
    post(client, body, address)
    # The newest event alone, and nothing of who is signed in.
    with django_assert_num_queries(1 if address == "check" else 0):
        response = post(client, body, address)
    assert response.status_code == 200
    assert "Cookie" not in response["Vary"]
    assert not response.cookies


MARK = "Marked Sample"


def test_nothing_that_was_told_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    situation = {"version": 1, "plan": {"insurer_name": MARK}}
    assert post(client, situation).status_code == 200
    assert post(client, situation | {"asker": MARK}).status_code == 422
    assert post(client, f'{{"version": {MARK}}}').status_code == 400

    def fail(*_args: object, **_more: object) -> None:
        raise LookupError(MARK)

    monkeypatch.setattr("policies.api.routes.guide", fail)
    response = post(client, situation)
    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert MARK not in response.content.decode()
    lines = [LogFormatter().format(one) for one in caplog.records]
    assert any("LookupError" in line for line in lines)
    assert MARK not in "".join(lines)
