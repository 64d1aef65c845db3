"""Whatever the API refuses is a problem, in plain words, that names each field at fault."""

import json
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from coverage_site.api.bodies import MOST_BYTES
from coverage_site.api.middleware import ForPrograms
from tests.coverage_site.api_calls import JSON, PROBLEM, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

DEEP = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        pytest.param({"path": "nothing"}, 404, id="no such address"),
        pytest.param({"path": "policies/bcbs-ma/none"}, 404, id="no such policy"),
        pytest.param({"path": "policies/bcbs-ma/087/editions/1999"}, 404, id="no such edition"),
        pytest.param({"path": "evidence/none"}, 404, id="no such record"),
        pytest.param({"path": "routes/none"}, 422, id="no such kind of plan"),
        pytest.param({"path": "check"}, 405, id="a method that is not taken"),
        pytest.param({"path": "insurers", "headers": {"accept": "text/csv"}}, 406, id="a form"),
        pytest.param({"path": "policies", "query_params": {"on": "5/3/2026"}}, 422, id="a day"),
        pytest.param({"path": "policies", "query_params": {"on": "0001-01-01"}}, 422, id="too old"),
        pytest.param({"path": "insurers", "query_params": {"limit": "0"}}, 422, id="no rows"),
    ],
)
def test_a_read_that_can_not_be_answered_is_a_problem(
    client: Client, asked: dict[str, Any], status: int
) -> None:
    response = client.get(f"/api/v1/{asked.pop('path')}", **asked)
    assert response["Content-Type"] == PROBLEM
    found = response.json()
    assert (response.status_code, found["status"]) == (status, status)
    assert {"type", "title", "detail"} <= found.keys()
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["check", "deadlines"])
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        pytest.param("version=1", "application/x-www-form-urlencoded", 415, id="a form"),
        pytest.param("{}", "text/plain", 415, id="plain text"),
        pytest.param(f'"{"x" * MOST_BYTES}"', JSON, 413, id="too large"),
        pytest.param("{'version': 1}", JSON, 400, id="no JSON"),
        pytest.param(" ", JSON, 400, id="nothing"),
        pytest.param(b"\xff\xfe", JSON, 400, id="no UTF-8"),
        pytest.param('{"version": NaN}', JSON, 400, id="no number"),
        pytest.param(DEEP, JSON, 400, id="nested too deeply"),
        pytest.param(f'{{"version": {"9" * 5000}}}', JSON, 400, id="a number too long"),
        pytest.param("[]", JSON, 422, id="a list"),
        pytest.param('{"no": 1}', JSON, 422, id="no such field"),
    ],
)
def test_a_body_that_can_not_be_read_is_a_problem(
    client: Client, address: str, body: Any, content_type: str, status: int
) -> None:
    response = post(client, body, address, content_type=content_type)
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)


@pytest.mark.parametrize(
    ("address", "body", "fields"),
    [
        pytest.param(
            "check",
            {"version": 1, "answers": {"age": 440}, "scores": [{"scale": "phq9", "score": 300}]},
            {"answers.age", "scores[0].origin", "scores[0].score"},
            id="a situation",
        ),
        pytest.param(
            "deadlines",
            {"plan_type": "fehb", "notice": {"notice_on": "3/14/2026", "is_printed_twice": "yes"}},
            {"notice.notice_on", "notice.is_printed_twice"},
            id="a notice",
        ),
        pytest.param(
            "deadlines",
            {"plan_type": "fehb", "answers": "internal_1", "printed_for": "court"},
            {"answers", "printed_for"},
            id="steps of another kind of plan",
        ),
        pytest.param(
            "deadlines",
            {
                "plan_type": "erisa_insured",
                "answers": "internal_1",
                "printed_for": "internal_1",
                "notice": {"notice_on": "2026-11-02", "received_on": "2026-11-01"},
            },
            {"printed_for", "notice.received_on"},
            id="a step that is over, and a notice that came before it was written",
        ),
    ],
)
def test_a_problem_names_each_field_at_fault(
    client: Client, address: str, body: object, fields: set[str]
) -> None:
    response = post(client, body, f"{address}?on=2026-11-25")
    assert response.status_code == 422
    errors = response.json()["errors"]
    assert {one["field"] for one in errors} == fields
    assert {one["in"] for one in errors} == {"body"}
    assert all(one["message"] for one in errors)


def test_a_parameter_that_is_not_there_is_named_with_those_that_are(client: Client) -> None:
    response = client.get("/api/v1/policies?insuer=aetna")
    (error,) = response.json()["errors"]
    assert (error["in"], error["field"]) == ("query", "insuer")
    assert "line_of_business" in error["message"]


def test_all_that_is_wrong_with_a_query_is_named_at_once(client: Client) -> None:
    response = client.get("/api/v1/policies?on=2026-1-1&limit=0&state=MA&state=RI&insuer=aetna")
    assert response.status_code == 422
    named = [one["field"] for one in response.json()["errors"]]
    assert sorted(named) == ["insuer", "limit", "on", "state"]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        pytest.param("policies?limit=1&limit=2", "limit", id="a part of a list"),
        pytest.param("evidence?direction=for&direction=against", "direction", id="a filter"),
        pytest.param("routes/fehb?on=2026-11-25&on=2026-11-25", "on", id="the same day twice"),
    ],
)
def test_a_parameter_given_twice_is_refused(client: Client, address: str, name: str) -> None:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == [name]


# What a reader of the messages need not know.
PYTHON = ("datetime", "dictionary", "instance", "DenialTold", "Input should", "None", "'")


@pytest.mark.parametrize(
    ("address", "body"),
    [
        pytest.param("policies?on=1980-01-01", None, id="a day out of reach"),
        pytest.param("policies?on=2026-02-30&limit=x&offset=-1&state=XX", None, id="values"),
        pytest.param("policies?limit=101&treatment=none&line_of_business=none", None, id="lists"),
        pytest.param("routes/fehb?insured=perhaps", None, id="a truth"),
        pytest.param("deadlines", [], id="a list for a body"),
        pytest.param("deadlines", {}, id="nothing told"),
        pytest.param("deadlines", {"plan_type": 3, "notice": [], "reasons": {}}, id="kinds"),
        pytest.param(
            "deadlines",
            {"plan_type": "fehb", "is_insured": 1, "answers": 2, "service": "none", "more": 1},
            id="values of a body",
        ),
        pytest.param(
            "deadlines",
            {"plan_type": "fehb", "notice": {"notice_on": 1e9, "printed_limit": "soon"}},
            id="days of a body",
        ),
        pytest.param("check", [], id="a list for a situation"),
    ],
)
def test_messages_are_in_plain_words(client: Client, address: str, body: object) -> None:
    asked = f"/api/v1/{address}"
    response = client.get(asked) if body is None else post(client, body, address)
    assert response.status_code == 422
    for one in response.json()["errors"]:
        assert one["field"]
        assert not [word for word in PYTHON if word in one["message"]], one


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 502, 503])
def test_what_another_part_of_the_site_refuses_is_a_problem_here(status: int) -> None:
    def refuse(_request: HttpRequest) -> HttpResponse:
        headers = {"Retry-After": "7", "X-Frame-Options": "DENY", "ETag": '"page"'}
        return HttpResponse("<h1>No</h1>", status=status, headers=headers)

    request = HttpRequest()
    request.method, request.path_info = "GET", "/api/v1/policies"
    response = ForPrograms(refuse)(request)
    assert isinstance(response, HttpResponse)
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)
    assert json.loads(response.content)["status"] == status
    assert (response["Retry-After"], response["X-Frame-Options"]) == ("7", "DENY")
    assert "ETag" not in response


def test_a_page_of_the_site_stays_a_page(client: Client) -> None:
    assert client.get("/no/such/page/")["Content-Type"].startswith("text/html")
