"""The guide's pages as they are served, in both languages."""

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from policies import guide
from policies.guide.limits import is_of_number_or_time
from policies.guide.pages import Link, Listing
from tests.policies.html import heading_of, text_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

SUICIDE = re.compile(r"suicid", re.IGNORECASE)


def main_of(response: "Response") -> str:
    found = re.search(r"<main.*?</main>", response.content.decode(), flags=re.DOTALL)
    assert found
    return found[0]


def get(client: Client, slug: str, language: str = "en") -> "Response":
    with translation.override(language):
        return client.get(reverse(f"guide:{slug}"))


every_page = pytest.mark.parametrize("slug", guide.pages())
each_language = pytest.mark.parametrize("language", ["en", "es"])


@pytest.mark.django_db
@each_language
@every_page
def test_a_page_opens_in_both_languages(client: Client, slug: str, language: str) -> None:
    response = get(client, slug, language)
    assert response.status_code == 200
    assert heading_of(response) == guide.pages()[slug].title.in_language(language)
    assert f'<html lang="{language}"' in response.content.decode()
    main = main_of(response)
    anchors = re.findall(r'href="#([^"]+)"', main)
    assert all(f'id="{anchor}"' in main for anchor in anchors)


@pytest.mark.django_db
@each_language
@every_page
def test_wherever_suicide_is_named_988_stands_beside_it(
    client: Client, slug: str, language: str, real_policies: None
) -> None:
    main = main_of(get(client, slug, language))
    named = SUICIDE.search(re.sub(r'<div class="help-line">.*?</div>', "", main, flags=re.DOTALL))
    assert "tel:988" in main or named is None


@pytest.mark.django_db
def test_a_fact_is_shown_with_its_source_its_date_and_how_it_was_read(client: Client) -> None:
    response = get(client, "how-rare-coverage-is")
    words = text_of(response)
    assert "Of 18 large commercial insurers" in words
    assert "Survey, not peer reviewed" in words
    assert "Dated September 13, 2025, read November 2026" in words
    assert '<a href="https://zenodo.org/records/17113526" rel="noreferrer">' in main_of(response)


@pytest.mark.django_db
def test_spanish_that_nobody_checked_says_so(client: Client) -> None:
    assert 'class="unreviewed"' in main_of(get(client, "appeals", "es"))
    assert 'class="unreviewed"' not in main_of(get(client, "appeals"))


@pytest.mark.django_db
def test_dates_are_written_as_the_language_writes_them(client: Client) -> None:
    assert "13 de septiembre de 2025" in text_of(get(client, "how-rare-coverage-is", "es"))


@pytest.mark.django_db
def test_the_list_leads_to_every_page_and_asks_the_database_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get(reverse("guide:list"))
    main = main_of(response)
    assert all(f'href="/guide/{slug}/"' in main for slug in guide.pages())


@pytest.mark.django_db
def test_only_the_page_of_limits_reads_the_catalogue(
    client: Client, real_policies: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    get(client, "limits")  # fills the catalogue
    for slug in guide.pages():
        with django_assert_num_queries(1 if slug == "limits" else 0):
            get(client, slug)


@pytest.mark.django_db
def test_an_address_that_names_no_page_is_not_found(client: Client) -> None:
    assert client.get("/guide/nothing/").status_code == 404


def test_no_link_of_a_page_carries_anything_about_the_reader() -> None:
    links = [
        block.to
        for page in guide.pages().values()
        for block in page.blocks
        if isinstance(block, Link)
    ]
    assert "https://clinicaltrials.gov/" in links
    assert not any("?" in to for to in links)


# Limits


@pytest.mark.parametrize(
    ("limit", "is_told"),
    [
        pytest.param("First approval: 3 months, at most 8 infusions.", True, id="both"),
        pytest.param("Up to 23 nasal spray devices.", True, id="a number"),
        pytest.param("Then weekly (maintenance).", True, id="how often"),
        pytest.param("Monitoring for at least 2 hours after.", False, id="the hours of one visit"),
        pytest.param("One billing unit is one 28 mg device.", False, id="a rule of billing"),
        pytest.param("For plans with the RxCore formulary.", False, id="for whom"),
    ],
)
def test_limits_of_number_and_time(limit: str, is_told: bool) -> None:
    assert is_of_number_or_time(limit) is is_told


@pytest.mark.django_db
def test_limits_come_from_the_catalogue_with_a_link_to_each_document(
    client: Client, real_policies: None
) -> None:
    response = get(client, "limits")
    words = text_of(response)
    assert "First approval: 3 months, at most 8 infusions." in words
    assert words.count("First approval: 3 months, at most 8 infusions.") == 1
    assert 'href="/policies/wisconsin-medicaid/iv-ketamine-mdd/"' in main_of(response)
    assert words.index("IV ketamine infusion") < words.index("Esketamine nasal spray")
    assert "Blood pressure checked" not in words


# Privacy


@pytest.mark.django_db
@every_page
def test_a_page_sets_no_cookie_but_the_one_that_privacy_names(client: Client, slug: str) -> None:
    has_form = slug == "other-ways-to-pay"
    assert set(get(client, slug).cookies) == ({"csrftoken"} if has_form else set())


def test_privacy_has_ten_lines() -> None:
    (lines,) = (block for block in guide.pages()["privacy"].blocks if isinstance(block, Listing))
    assert lines.is_ordered
    assert len(lines.items) == 10
