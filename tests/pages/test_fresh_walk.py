"""An editor keeps a document fresh in a browser: by keyboard, and without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from policies.models import Policy
from policies.roles import Role
from tests.appeals.letter_files import letter_content, pdf
from tests.coverage_site.signing_in import make_person
from tests.pages.at_desk import at_desk
from tests.pages.walking import follow, look
from tests.policies.many import make_many

BEFORE = ["Criteria", "The member is at least 18 years of age."]
AFTER = ["Criteria", "The member is at least 21 years of age."]


@pytest.fixture
def policy(writing_site: str) -> Policy:
    with transaction.atomic():
        return make_many(2)[1]


@pytest.fixture
def page(browser: Browser, writing_site: str) -> Iterator[Page]:
    """An editor at the desk."""
    with at_desk(
        browser, writing_site, make_person("anna", Role.EDITOR), "phone without JavaScript"
    ) as page:
        yield page


def row_of(page: Page, policy: Policy) -> Locator:
    """A document in the work list."""
    return page.locator(".fresh-list > li", has=page.get_by_role("heading", name=str(policy)))


def attach(page: Page, file: Path, day: str) -> None:
    page.get_by_label("Which file?").set_input_files(file)
    page.get_by_label("On which day").fill(day)
    page.get_by_role("button", name="Attach the copy").press("Enter")


def test_a_document_is_kept_fresh(page: Page, policy: Policy, tmp_path: Path) -> None:
    older, newer = tmp_path / "older.pdf", tmp_path / "newer.pdf"
    older.write_bytes(pdf(letter_content(BEFORE)))
    newer.write_bytes(pdf(letter_content(AFTER)))
    page.goto("/admin/")
    follow(page.get_by_role("link", name="Work list"))
    look(page)
    page.get_by_label("Task").select_option("No copy attached")
    page.get_by_role("button", name="Show").press("Enter")
    follow(row_of(page, policy).get_by_role("link", name="No copy attached"))
    look(page)
    attach(page, older, "2025-05-03")
    expect(page.get_by_text("Stands on page 1 of the copy of May 3, 2025.")).to_be_visible()
    look(page)
    attach(page, newer, "2026-05-03")
    expect(page.get_by_text("No longer stands. It stood on page 1 before.")).to_be_visible()
    expect(page.locator("ins")).to_have_text("21")
    look(page)
    page.goto(reverse("admin:policies_policy_work"))
    row_of(page, policy).get_by_role("button", name="Read again: nothing").press("Enter")
    expect(page.get_by_text("anna read https://example.org/policy.pdf today")).to_be_visible()
    look(page)
    follow(row_of(page, policy).get_by_role("link", name="1 Spanish text not"))
    look(page)
    page.get_by_label("18 years or older").fill("18 años o más")
    page.get_by_role("button", name="Reviewed").first.press("Enter")
    expect(page.get_by_text("1 of them reviewed")).to_be_visible()
    expect(page.get_by_text("Reviewed by anna")).to_be_visible()
    page.goto(f"/es{policy.get_absolute_url()}")
    expect(page.get_by_text("18 años o más").first).to_be_visible()
