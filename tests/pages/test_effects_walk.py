"""What a draft changes, read in a browser: by keyboard, in the dark, on a phone and on paper."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from policies.models import PolicyVersion
from policies.publishing import begin_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.factories import ADULT, SEVERE, all_of, make_position
from tests.pages.at_desk import at_desk
from tests.pages.walking import look
from tests.policies.reviewed import acme_draft, publish_by_two
from tests.policies.test_effects_page import change, keep_a_person_of_19


@pytest.fixture
def draft(writing_site: str) -> PolicyVersion:
    """A draft that raises a limit, rewords a line and turns a case."""
    anna = make_person("anna", Role.PUBLISHER)
    first = acme_draft(anna, make_position(criteria=all_of(ADULT, SEVERE)))
    keep_a_person_of_19(first, by=anna)
    begun = begin_draft(publish_by_two(first, by=anna), by=anna)
    begun = change(begun, ADULT.label, anna, min=21)
    return change(begun, SEVERE.label, anna, label="An episode that is severe")


@pytest.fixture
def page(draft: PolicyVersion, browser: Browser, writing_site: str) -> Iterator[Page]:
    reader = make_person("reader", Role.READER)
    with at_desk(browser, writing_site, reader, "desktop, dark") as page:
        yield page


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
