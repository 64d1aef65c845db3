"""What a draft changes, read in a browser: by keyboard, in the dark, on a phone and on paper."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
from django.db import connection
from django.test import Client, modify_settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from policies.models import PolicyVersion
from policies.publishing import begin_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.factories import ADULT, SEVERE, all_of, make_position
from tests.pages.conftest import watched
from tests.pages.walking import AXE
from tests.policies.reviewed import acme_draft, publish_by_two
from tests.policies.test_effects_page import change, keep_a_person_of_19

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper


@pytest.fixture
def draft(transactional_db: None) -> PolicyVersion:
    """A draft that raises a limit, rewords a line and turns a case."""
    anna = make_person("anna", Role.PUBLISHER)
    first = acme_draft(anna, make_position(criteria=all_of(ADULT, SEVERE)))
    keep_a_person_of_19(first, by=anna)
    begun = begin_draft(publish_by_two(first, by=anna), by=anna)
    begun = change(begun, ADULT.label, anna, min=21)
    return change(begun, SEVERE.label, anna, label="An episode that is severe")


@pytest.fixture
def page(draft: PolicyVersion, browser: Browser) -> Iterator[Page]:
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        server = LiveServer("localhost")
        client = Client()
        client.force_login(make_person("reader", Role.READER))
        context = browser.new_context(base_url=str(server.url), color_scheme="dark")
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": str(server.url)}])
        complaints: list[str] = []
        yield watched(context, complaints)
        assert [one for one in complaints if "Applying inline style" not in one] == []
        context.close()
        server.stop()
    cast("DatabaseWrapper", connection).close_pool()


def look(page: Page) -> None:
    found = AXE.run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_one_dangerous_change_is_found_and_its_case_opened(
    page: Page, draft: PolicyVersion
) -> None:
    page.goto(reverse("admin:policies_policyversion_effects", args=[draft.pk]))
    look(page)
    first = page.locator("#content-main").get_by_role("listitem").first
    expect(first).to_contain_text("At least: from 18 to 21")
    first.get_by_role("link").press("Enter")
    expect(page.locator("tr:target")).to_contain_text("18 years or older")
    case = page.locator("details", has_text="A person of 19")
    case.locator("summary").press("Enter")
    expect(case.get_by_role("row", name="18 years or older")).to_contain_text("Not met")
    look(page)
    page.get_by_role("link", name="Show every line").press("Enter")
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    look(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Show only what changes")).to_be_hidden()
