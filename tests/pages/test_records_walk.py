"""Records in and out, and their history, in a browser: by keyboard, and without a script."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.db import connection
from django.test import Client, modify_settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from policies.exporting import take_out
from policies.folder import write_files
from policies.models import Policy
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.pages.conftest import watched
from tests.pages.walking import AXE
from tests.real_catalogue import load_real_policies

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

BROWSERS: dict[str, dict[str, Any]] = {
    "phone without JavaScript": {
        "viewport": {"width": 360, "height": 780},
        "java_script_enabled": False,
    },
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}
ALABAMA = "bcbs-al--mp-446.yaml"


@pytest.fixture
def site(transactional_db: None) -> Iterator[str]:
    """The site with the catalogue, of one walk alone: here a walk writes."""
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        load_real_policies()
        server = LiveServer("localhost")
        yield str(server.url)
        server.stop()
    cast("DatabaseWrapper", connection).close_pool()


@pytest.fixture(params=BROWSERS)
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """An editor at the desk with each kind of browser."""
    context = browser.new_context(base_url=site, **BROWSERS[request.param])
    client = Client()
    client.force_login(make_person("anna", Role.EDITOR))
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    complaints: list[str] = []
    yield watched(context, complaints)
    # Axe itself tries an inline style on some pages of the admin.
    assert [one for one in complaints if "Applying inline style" not in one] == []
    context.close()


def look(page: Page) -> None:
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        found = AXE.run(page)
        assert found.violations_count == 0, found.generate_report()


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).press("Enter")


def test_a_record_is_sent_shown_and_imported_and_its_history_tells(
    page: Page, tmp_path: Path
) -> None:
    text = write_files(take_out())[ALABAMA]
    wrong, right = tmp_path / "wrong" / ALABAMA, tmp_path / ALABAMA
    wrong.parent.mkdir()
    wrong.write_text(text.replace("treatment: iv_ketamine", "treatment: iv_ketamin", 1))
    right.write_text(text.replace("last_reviewed: 2024-11", "last_reviewed: 2024-12", 1))
    page.goto("/admin/")
    page.get_by_role("link", name="Import records").press("Enter")
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
    page.get_by_role("link", name="What we said on a day").press("Enter")
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
