"""The front page, the open list and the page of a policy."""

import re

import pytest
from django.test import Client

from policies.published import published_catalogue
from tests.policies.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


def test_policies_are_found_by_words_and_filters(client: Client) -> None:
    everything = client.get("/policies/")
    assert "77 policies" in text_of(everything)
    found = client.get("/policies/", {"q": "alabama"})
    assert "1 policy" in text_of(found)
    assert "MP-446" in text_of(found)
    spray = client.get("/policies/", {"treatment": "esketamine_nasal", "line": "tricare"})
    assert "2 policies" in text_of(spray)
    state = client.get("/policies/", {"state": "WI", "line": "medicaid"})
    assert "2 policies" in text_of(state)


def test_a_search_that_finds_nothing_says_what_to_do(client: Client) -> None:
    words = text_of(client.get("/policies/", {"q": "nobody"}))
    assert "No policies" in words
    assert "Take out a word or a filter" in words


def test_a_filter_that_does_not_exist_is_told(client: Client) -> None:
    response = client.get("/policies/", {"state": "ZZ"})
    assert response.status_code == 422
    assert "Choose one of the answers in the list" in text_of(response)


def test_a_policy_shows_its_criteria_sources_and_date(client: Client) -> None:
    response = client.get("/policies/bcbs-ma/087/")
    words = text_of(response)
    assert "In effect from April 1, 2021" in words
    assert "Second-hand" in words
    assert "“Individual has had an inadequate response to four agents”" in words
    assert "by Catalogue research" in words
    assert 'id="iv-ketamine-1-four-antidepressants"' in response.content.decode()
    assert "https://docslib.org/doc/2139394/094-esketamine-nasal-spray" in response.content.decode()


def test_every_policy_has_its_page_with_unique_ids(client: Client) -> None:
    for document in published_catalogue().documents:
        response = client.get(f"/policies/{document.insurer.slug}/{document.slug}/")
        assert response.status_code == 200
        ids = re.findall(r'\sid="([^"]+)"', response.content.decode())
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("address", ["/policies/nobody/087/", "/policies/bcbs-ma/000/"])
def test_an_unknown_policy_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_front_page_leads_on(client: Client) -> None:
    body = client.get("/").content.decode()
    assert 'href="/check/"' in body
    assert 'href="/policies/"' in body


@pytest.mark.parametrize("address", ["/", "/check/", "/policies/", "/policies/bcbs-ma/087/"])
def test_every_page_has_a_title_and_a_description(client: Client, address: str) -> None:
    body = client.get(address).content.decode()
    assert re.search(r"<title>\s*\S.*?· Ketamine Coverage</title>", body, flags=re.DOTALL)
    described = re.search(r'name="description"\s+content="([^"]+)"', body)
    assert described
    assert described[1].strip()
