"""An editor keeps a document fresh in a browser: by keyboard, and without a script."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from django.db import connection, transaction
from django.test import Client, modify_settings
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from policies.models import Policy
from policies.roles import Role
from tests.appeals.letter_files import letter_content, pdf
from tests.coverage_site.signing_in import make_person
from tests.pages.conftest import watched
from tests.pages.walking import AXE
from tests.policies.many import make_many

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

BROWSERS: dict[str, dict[str, Any]] = {
    "phone without JavaScript": {
        "viewport": {"width": 360, "height": 780},
        "java_script_enabled": False,
    },
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}
BEFORE = ["Criteria", "The member is at least 18 years of age."]
AFTER = ["Criteria", "The member is at least 21 years of age."]


@pytest.fixture
def policy(transactional_db: None) -> Policy:
    with transaction.atomic():
        return make_many(2)[1]


@pytest.fixture
def site(policy: Policy) -> Iterator[str]:
    """The site, of one walk alone: here a walk writes."""
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
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
    """Nothing sticks out of a narrow screen, and axe finds no fault."""
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        found = AXE.run(page)
        assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


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
    page.get_by_role("link", name="Work list").press("Enter")
    look(page)
    page.get_by_label("Task").select_option("No copy attached")
    page.get_by_role("button", name="Show").press("Enter")
    row_of(page, policy).get_by_role("link", name="No copy attached").press("Enter")
    look(page)
    attach(page, older, "2025-05-03")
    expect(page.get_by_text("Stands on page 1 of the copy of May 3, 2025.")).to_be_visible()
    look(page)
    attach(page, newer, "2026-05-03")
    expect(page.get_by_text("No longer stands. It stood on page 1 before.")).to_be_visible()
    expect(page.locator("ins")).to_have_text("21")
    look(page)
    page.goto("/admin/policies/policy/work/")
    row_of(page, policy).get_by_role("button", name="Read again: nothing").press("Enter")
    expect(page.get_by_text("anna read https://example.org/policy.pdf today")).to_be_visible()
    look(page)
    row_of(page, policy).get_by_role("link", name="1 Spanish text not").press("Enter")
    look(page)
    page.get_by_label("18 years or older").fill("18 años o más")
    page.get_by_role("button", name="Reviewed").first.press("Enter")
    expect(page.get_by_text("1 of them reviewed")).to_be_visible()
    expect(page.get_by_text("Reviewed by anna")).to_be_visible()
    page.goto(f"/es{policy.get_absolute_url()}")
    expect(page.get_by_text("18 años o más").first).to_be_visible()
