"""A clinic begins: its first admin comes in by a link, sets up the second step, and invites."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser, expect

from appeals.clinics.invitations import begin_clinic
from tests.coverage_site.signing_in import PASSWORD
from tests.pages.test_sign_in import look, set_up_app
from tests.pages.walking import PHONE, Walk, watched


@pytest.fixture
def walk(browser: Browser, writing_site: str) -> Iterator[Walk]:
    """A person with a narrow phone."""
    cache.clear()
    context = browser.new_context(base_url=writing_site, viewport=PHONE)
    complaints: list[str] = []
    yield Walk(watched(context, complaints))
    assert complaints == []
    context.close()


def test_the_first_admin_comes_in_and_invites_a_second_person(walk: Walk) -> None:
    page = walk.page
    clinic, token = begin_clinic("Sample Practice", admin="first@example.org")
    page.goto(reverse("account_invitation", args=[token]))
    walk.is_at("Sample Practice invites you")
    look(walk)
    walk.type("Username", "first")
    page.get_by_label("Your password", exact=True).fill("short")
    page.get_by_label("Your password once more").fill("short")
    walk.go_on("Make my account", "Sample Practice invites you")
    look(walk)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_label("Your password once more").fill(PASSWORD)
    walk.go_on("Make my account", "How you sign in")
    page.get_by_role("link", name="Set up an app").click()
    set_up_app(walk)
    page.get_by_role("link", name="Go to your clinics").click()
    page.get_by_role("link", name="People and settings").click()
    walk.is_at("People and settings")
    look(walk)
    walk.type("E-mail address", "second@example.org")
    page.get_by_label("Biller:").press("Space")
    page.get_by_role("button", name="Send the invitation").press("Enter")
    expect(page.locator(".note", has_text="hand this link to second@example.org")).to_be_focused()
    look(walk)
    page.get_by_role("link", name="Access log").click()
    walk.is_at("Access log")
    look(walk)
    page.goto(reverse("clinics:people_log", args=[clinic.pk]))
    expect(page.get_by_role("cell", name="second@example.org, biller")).to_be_visible()
    look(walk)
