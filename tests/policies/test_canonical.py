"""A canonical address of ours, kept by another program, answers with the Questionnaire it names."""

from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from policies.published import published_catalogue
from tests.coverage_site.api_calls import PROBLEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

FHIR_JSON = "application/fhir+json"
CANONICAL = "/fhir/Questionnaire/bcbs-ma--087"


def test_the_canonical_name_of_every_edition_is_an_address_that_answers(client: Client) -> None:
    count = sum(len(document.editions) for document in published_catalogue().documents)
    listed = client.get("/api/v1/questionnaires").json()["items"]
    assert len(listed) == count
    for one in listed:
        path = urlsplit(one["url"]).path
        response = client.get(f"{path}{quote('|')}{one['version']}")
        assert (response.status_code, response["Content-Type"]) == (200, FHIR_JSON), one["url"]
        held = response.json()
        assert (held["url"], held["version"]) == (one["url"], one["version"])
        assert response["Content-Location"] == f"/fhir/Questionnaire/{held['id']}"
        assert client.get(response["Content-Location"]).json() == held
        # Without a version it is the one of the day.
        assert client.get(path).json()["url"] == one["url"]
        assert client.get(one["address"]).json() == held


def test_the_questionnaire_of_the_whole_vocabulary_answers_at_its_name(client: Client) -> None:
    held = client.get("/fhir/Questionnaire/situation").json()
    assert urlsplit(held["url"]).path == "/fhir/Questionnaire/situation"


def test_it_may_be_kept_by_any_program_and_is_not_sent_again_unchanged(client: Client) -> None:
    first = client.get(CANONICAL)
    assert "public" in first["Cache-Control"]
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not first.cookies
    again = client.get(CANONICAL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(CANONICAL)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


@pytest.mark.parametrize(
    ("path", "asked", "status"),
    [
        pytest.param("/fhir/Questionnaire/no--such", {}, 404, id="no such policy"),
        pytest.param(f"{CANONICAL}%7C1999-01-01.1", {}, 404, id="no such version"),
        pytest.param("/fhir/metadata", {}, 404, id="what a FHIR server would have"),
        pytest.param(CANONICAL, {"accept": "application/fhir+xml"}, 406, id="as XML"),
    ],
)
def test_what_can_not_be_answered_is_a_problem(
    client: Client, path: str, asked: dict[str, str], status: int
) -> None:
    response = client.get(path, headers=asked)
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)


def test_nothing_can_be_written_there(client: Client) -> None:
    response = client.post(CANONICAL, {}, content_type=FHIR_JSON)
    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
