"""The addresses of CDS Hooks over HTTP: what is answered and refused, and that nothing is kept."""

import json
import logging
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from coverage_site.environment import origins
from coverage_site.flood import kinds_of
from coverage_site.privacy import LogFormatter
from policies.hooks.services import ORDER_SELECT
from tests.policies.hooks.calls import SIGN, SPRAVATO, call, medication, prefetch, sample, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

PROBLEM = "application/problem+json"
SELECT = "/cds-services/ketamine-coverage-select"
GOOD = call(medication(SPRAVATO))
PAGE = "https://sandbox.example.org"


def test_a_client_finds_the_services_and_calls_each(client: Client) -> None:
    listed = client.get("/cds-services").json()["services"]
    assert len(listed) == 2
    for one in listed:
        body = call(medication(SPRAVATO), hook=one["hook"])
        response = sent(client, body, f"/cds-services/{one['id']}")
        assert response.status_code == 200
        (card,) = response.json()["cards"]
        assert "Blue Cross Blue Shield of Mass" in card["summary"]


def test_the_sample_of_another_hook_is_answered_with_no_cards(client: Client) -> None:
    body = sample("davinci-crd.CRDServiceRequest2-order-dispatch.json")
    for address in (SIGN, SELECT):
        assert sent(client, body, address).json() == {"cards": []}


DEEP = '{"a":' * 200 + "1" + "}" * 200


@pytest.mark.parametrize(
    ("body", "asked", "status"),
    [
        pytest.param(GOOD, {"address": "/cds-services/nothing"}, 404, id="no such service"),
        pytest.param(GOOD, {"address": f"{SIGN}/feedback"}, 404, id="feedback, which is not taken"),
        pytest.param(
            "a=1", {"content_type": "application/x-www-form-urlencoded"}, 415, id="a form"
        ),
        pytest.param(f'"{"x" * (4 * 1024 * 1024)}"', {}, 413, id="too large"),
        pytest.param("{'hook': 1}", {}, 400, id="no JSON"),
        pytest.param(DEEP, {}, 400, id="nested too deeply"),
        pytest.param(b"\xff\xfe", {}, 400, id="no UTF-8"),
        pytest.param({}, {}, 422, id="nothing in it"),
        pytest.param(GOOD | {"hook": ORDER_SELECT}, {"address": SELECT}, 422, id="no selection"),
    ],
)
def test_what_can_not_be_answered_is_a_problem(
    client: Client, body: Any, asked: dict[str, Any], status: int
) -> None:
    response = sent(client, body, **asked)
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
    assert "no-store" in response["Cache-Control"]


def test_another_method_is_a_problem(client: Client) -> None:
    for response in (client.get(SIGN), client.put(SIGN), client.post("/cds-services")):
        assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)


def test_discovery_answers_a_head_as_a_get(client: Client) -> None:
    response = client.head("/cds-services")
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize(
    ("sent_as", "field"),
    [
        pytest.param({"coverages": "x"}, "prefetch.coverages", id="a text for a search"),
        pytest.param({"patient": []}, "prefetch.patient", id="a list for a patient"),
        pytest.param(
            {"conditions": {"resourceType": "Bundle", "entry": "x"}},
            "prefetch.conditions.entry",
            id="a text for entries",
        ),
    ],
)
def test_a_prefetch_that_can_not_be_read_is_named(
    client: Client, sent_as: dict[str, Any], field: str
) -> None:
    response = sent(client, GOOD | {"prefetch": prefetch(**sent_as)})
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == [field]


def test_draft_orders_that_are_no_list_are_named(client: Client) -> None:
    context = GOOD["context"] | {"draftOrders": {"resourceType": "Bundle", "entry": {}}}
    (error,) = sent(client, GOOD | {"context": context}).json()["errors"]
    assert error["field"] == "context.draftOrders.entry"


def test_a_problem_names_the_fields_at_fault(client: Client) -> None:
    response = sent(client, {"hook": "order-sign", "context": 1})
    assert {one["field"] for one in response.json()["errors"]} == {"hookInstance", "context"}


def test_no_session_and_no_token_is_asked_for_and_nothing_is_kept(
    admin_user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    sent(client, GOOD)
    # The newest event alone.
    with django_assert_num_queries(1):
        response = sent(client, GOOD)
    assert response.status_code == 200
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    assert "Cookie" not in response["Vary"]
    assert not response.cookies


def test_links_name_this_site_whatever_the_host_was_said_to_be(
    client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["coverage.example.org", "other.example.org"]
    response = sent(client, GOOD, headers={"host": "other.example.org"})
    (card,) = response.json()["cards"]
    addresses = [card["source"]["url"], *(one["url"] for one in card["links"])]
    assert all(one.startswith("https://coverage.example.org/") for one in addresses)


MARK = "Qwmark"


def test_nothing_that_was_sent_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    client.raise_request_exception = False
    marked = GOOD | {
        "fhirAuthorization": {"access_token": MARK},
        "prefetch": prefetch(
            more={"resourceType": "Condition", "id": MARK, "code": {"text": MARK}}
        ),
    }
    assert sent(client, marked).status_code == 200
    assert sent(client, marked | {"hookInstance": [MARK]}).status_code == 422
    assert sent(client, f'{{"hook": {MARK}}}').status_code == 400

    def fail(*_args: object, **_more: object) -> None:
        raise LookupError(MARK)

    monkeypatch.setattr("policies.hooks.views.cards_for", fail)
    response = sent(client, marked)
    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    lines = "".join(LogFormatter().format(one) for one in caplog.records)
    assert "LookupError" in lines
    assert MARK not in lines + response.content.decode()


def test_a_call_has_a_budget_of_its_own(rf: Any) -> None:
    assert [list(kinds_of(rf.get(one))) for one in (SIGN, "/cds-services", "/check/")] == [
        ["hook"],
        ["hook"],
        ["page"],
    ]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    body=st.recursive(
        st.none() | st.text(max_size=8) | st.sampled_from(["order-sign", "Bundle", "sample"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*GOOD, *GOOD["context"], "entry"]), inner, max_size=4
            )
        ),
        max_leaves=8,
    )
)
def test_no_body_is_answered_but_with_cards_or_a_refusal(body: Any) -> None:
    response = sent(Client(), json.dumps(body))
    assert response.status_code == 200 or 400 <= response.status_code < 500


# Pages of other sites


@pytest.mark.parametrize("text", ["*", "ehr.example.org", "https://ehr.example.org/", "null"])
def test_what_is_no_origin_keeps_the_site_from_starting(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("CDS_ORIGINS", text)
    with pytest.raises(ImproperlyConfigured, match="is no origin"):
        origins("CDS_ORIGINS")


def test_a_browser_may_send_from_no_page_but_those_that_are_named(
    client: Client, settings: Settings
) -> None:
    asked = {"origin": PAGE, "access-control-request-method": "POST"}
    name = "Access-Control-Allow-Origin"
    assert name not in client.options(SIGN, headers=asked).headers
    assert name not in sent(client, GOOD, headers={"origin": PAGE}).headers
    assert name not in client.get("/cds-services").headers
    settings.CDS_ORIGINS = [PAGE]
    before = client.options(SIGN, headers=asked)
    assert (before.status_code, before[name]) == (204, PAGE)
    assert before["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    answered = sent(client, GOOD, headers={"origin": PAGE})
    assert (answered[name], answered.status_code) == (PAGE, 200)
    assert "Origin" in answered["Vary"]
    assert name not in sent(client, GOOD, headers={"origin": f"{PAGE}.evil.example"}).headers
