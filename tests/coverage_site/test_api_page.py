"""The page of the API, and its description: whole, with examples that are answered."""

import json
import shlex

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings

from coverage_site.address import site_address
from coverage_site.api.bodies import JSON
from coverage_site.api.examples import EXAMPLES, Example
from coverage_site.api.pages import description
from tests.policies.html import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]


def test_the_description_uses_no_word_that_its_dialect_has_not() -> None:
    text = json.dumps(description())
    assert '"ge"' not in text
    assert '"le"' not in text


def test_the_page_tells_of_every_address_and_shape_and_runs_no_script_of_its_own(
    client: Client,
) -> None:
    response = client.get("/api/v1/")
    words = text_of(response)
    found = description()
    for path in found["paths"]:
        assert path in words
    for name in found["components"]["schemas"]:
        assert f'id="shape-{name}"' in response.content.decode()
    body = response.content.decode()
    assert "<style" not in body
    assert "style=" not in body
    assert body.count("<script") == 1  # htmx, as on every page
    # It has no twin in Spanish to lead to.
    assert "Español" not in body


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.title)
def test_each_example_of_the_page_is_answered(client: Client, example: Example) -> None:
    body, words = example.body, example.command(site="https://example.test")
    asked = (
        client.get(example.address)
        if body is None
        else client.post(example.address, body, content_type=JSON)
    )
    assert asked.status_code == 200, asked.content
    assert escape(example.command(site=site_address())) in client.get("/api/v1/").content.decode()
    assert shlex.split(words)[-1] == f"https://example.test{example.address}"


def test_the_page_tells_how_much_may_be_asked(client: Client, settings: Settings) -> None:
    settings.MOST_FROM_ONE_ADDRESS = {"page": "300/10 second; 1200/minute", "hook": ""}
    words = text_of(client.get("/api/v1/"))
    assert "From 1 to 100; 100 where it is left out." in words
    assert "Up to 300 in 10 seconds, and 1200 in a minute." in words
    assert "CDS Hooks from one address No limit." in words
    assert "256 kB" in words


def test_every_link_of_the_page_leads_somewhere_on_it(client: Client) -> None:
    body = client.get("/api/v1/").content.decode()
    targets = {part.split('"')[0] for part in body.split('href="#')[1:]}
    assert targets
    for target in targets:
        assert f'id="{target}"' in body
