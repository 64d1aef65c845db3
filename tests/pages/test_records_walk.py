"""Records in and out, and their history, in a browser: by keyboard, and without a script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from policies.exporting import take_out
from policies.folder import write_files
from policies.models import Policy
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.pages.at_desk import at_desk, press
from tests.pages.walking import follow, look
from tests.real_catalogue import load_some_policies

ALABAMA = "bcbs-al--mp-446.yaml"


@pytest.fixture
def page(browser: Browser, writing_site: str) -> Iterator[Page]:
    """An editor at the desk, and one record."""
    load_some_policies("bcbs-al--mp-446")
    with at_desk(
        browser, writing_site, make_person("anna", Role.EDITOR), "phone without JavaScript"
    ) as page:
        yield page


def test_a_record_is_sent_shown_and_imported_and_its_history_tells(
    page: Page, tmp_path: Path
) -> None:
    text = write_files(take_out())[ALABAMA]
    wrong, right = tmp_path / "wrong" / ALABAMA, tmp_path / ALABAMA
    wrong.parent.mkdir()
    wrong.write_text(text.replace("treatment: iv_ketamine", "treatment: iv_ketamin", 1))
    right.write_text(text.replace("last_reviewed: 2024-11", "last_reviewed: 2024-12", 1))
    page.goto("/admin/")
    follow(page.get_by_role("link", name="Import records"))
    look(page)
    page.get_by_label("Which file?").set_input_files(wrong)
    press(page, "Show what would become of it")
    expect(page.get_by_role("heading", name="Nothing was imported: 1 fault")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"{ALABAMA}, line \d+: .*'iv_ketamin'"))).to_be_visible()
    look(page)
    page.get_by_label("Which file?").set_input_files(right)
    press(page, "Show what would become of it")
    expect(page.get_by_text("Becomes a draft")).to_be_visible()
    look(page)
    press(page, "Import it as shown")
    expect(page.get_by_text("1 new draft. Nothing of it is published yet.")).to_be_visible()
    policy = Policy.objects.get(slug="mp-446")
    page.goto(f"/admin/policies/policy/{policy.pk}/history/")
    expect(page.get_by_text("Draft begun").first).to_be_visible()
    page.locator("summary").first.press("Enter")
    look(page)


def test_what_we_said_on_a_day_is_a_link_and_a_date_away(page: Page) -> None:
    policy = Policy.objects.get(slug="mp-446")
    page.goto(f"/admin/policies/policy/{policy.pk}/change/")
    follow(page.get_by_role("link", name="What we said on a day"))
    look(page)
    page.get_by_label("Which day?").fill("2026-03-03")
    press(page, "Show that day")
    expect(page.get_by_role("heading", name="What we said on March 3, 2026")).to_be_visible()
    look(page)
    page.goto("/admin/policies/policyevent/")
    look(page)


def test_a_policy_is_saved_as_a_file(page: Page) -> None:
    policy = Policy.objects.get(slug="mp-446")
    page.goto(f"/admin/policies/policy/{policy.pk}/change/")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Export", exact=True).press("Enter")
    assert saved.value.suggested_filename == "bcbs-al--mp-446.zip"
    page.goto("/admin/policies/policy/export/")
    look(page)
    with page.expect_download() as saved:
        press(page, "Save as .zip")
    assert saved.value.suggested_filename == "policies.zip"
