"""A page to read in Spanish holds no English, save names and what is marked as quoted."""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from policies import guide
from policies.presenting.editions import edition_key
from tests.factories import real_catalogue
from tests.policies.spanish_reading import (
    address,
    english_in,
    english_of,
    misnamed_in,
)
from tests.policies.spanish_texts import spoken_texts

if TYPE_CHECKING:
    pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


def test_english_is_found() -> None:
    page = '<p title="How sure">Sí</p><p lang="en">The plan</p><p>Not met</p><b>It is covered.</b>'
    assert english_in(spoken_texts(page, without=("en",))) == [
        "How sure",
        "Not met",
        "It is covered.",
    ]


def test_a_name_in_english_is_found_and_one_that_is_marked_so() -> None:
    page = (
        "<p>Según Cigna, política sobre Spravato.</p><p>Según Cigna, Spravato policy.</p>"
        '<p lang="en">eviCore, criterios para Spravato</p>'
    )
    assert misnamed_in(page) == ["Cigna, Spravato policy", "eviCore, criterios para Spravato"]


# Pages to read


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("home", ()),
        ("policies:list", ()),
        ("policies:map", ()),
        ("policies:states", ()),
        ("policies:data", ()),
        ("guide:list", ()),
        ("policies:state", ("ma",)),
        ("policies:state", ("sd",)),
        ("policies:state", ("wy",)),
        ("policies:insurer", ("bcbs-ma",)),
        ("policies:insurer", ("medicare-ngs",)),
        ("policies:insurer", ("tricare-west",)),
        *((f"guide:{slug}", ()) for slug in guide.pages()),
        *(("policies:detail", (one.insurer.slug, one.slug)) for one in real_catalogue().documents),
    ],
)
def test_a_page_is_in_spanish(client: Client, name: str, args: tuple[str, ...]) -> None:
    response = client.get(address(name, *args))
    assert response.status_code == 200
    assert english_of(response) == []


@pytest.mark.parametrize(
    "query", ["treatment=esketamine_nasal", "line=medicaid&state=OH", "state=XX", "on=yesterday"]
)
@pytest.mark.parametrize("name", ["policies:map", "policies:list"])
def test_a_page_that_was_asked_for_something_is_in_spanish(
    client: Client, name: str, query: str
) -> None:
    assert english_of(client.get(f"{address(name)}?{query}")) == []


def test_a_comparison_of_editions_is_in_spanish(client: Client) -> None:
    compared = [one for one in real_catalogue().documents if len(one.editions) > 1]
    for one in compared:
        older, newer = sorted(one.editions, key=lambda edition: edition.order)[-2:]
        keys = (edition_key(older), edition_key(newer))
        response = client.get(address("policies:changes", one.insurer.slug, one.slug, *keys))
        assert response.status_code == 200
        assert english_of(response) == []
    assert compared


def test_a_page_that_is_not_there_says_so_in_spanish(client: Client) -> None:
    response = client.get(address("policies:detail", "bcbs-ma", "none"))
    assert response.status_code == 404
    assert english_of(response) == []


@pytest.mark.parametrize("name", ["home", "policies:check", "policies:list", "policies:map"])
def test_a_page_says_that_nobody_has_reviewed_its_spanish(client: Client, name: str) -> None:
    assert "Traducción sin revisar" in client.get(address(name)).content.decode()
    english = client.get(address(name, language="en"))
    assert 'class="unreviewed"' not in english.content.decode()


def test_texts_on_law_and_on_suicide_say_so_once_more(client: Client) -> None:
    _page, _, footer = client.get(address("home")).content.decode().partition("site-footer")
    help_line, _, legal = footer.partition("988lifeline.org")
    assert "(traducción sin revisar)" in help_line
    assert "(traducción sin revisar)" in legal


def test_a_page_of_which_every_text_was_reviewed_says_nothing_of_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policies.language._is_reviewed", lambda: True)
    assert "sin revisar" not in client.get(address("home")).content.decode()
