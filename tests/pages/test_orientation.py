"""No stylesheet holds a phone to one way of holding it.

This rule of axe alone reads stylesheets and is off by default, so it is asked once, of all of them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders
from playwright.sync_api import Browser, Page

from tests.pages.walking import AXE

RULE = {"runOnly": {"type": "rule", "values": ["css-orientation-lock"]}}
IMPORT = re.compile(r"@import [^;]+;")
LOCK = "@media (orientation: portrait) { body { transform: rotate(90deg); } }"


def sheets() -> dict[str, Path]:
    """Every stylesheet that a page of ours or of the desk may name."""
    return {
        name: Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list([])
        if name.endswith(".css")
    }


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page that has every stylesheet."""
    page = browser.new_page()
    page.set_content("<!doctype html><html lang='en'><title>Sample</title><p>Sample</p></html>")
    for sheet in sheets().values():
        # What one sheet imports of another is here by itself, and no server would answer.
        page.add_style_tag(content=IMPORT.sub("", sheet.read_text(encoding="utf-8")))
    yield page
    page.close()


def test_no_stylesheet_wants_a_screen_upright_or_lying(page: Page) -> None:
    assert {"css/base.css", "css/clinic.css", "admin/css/base.css"} <= set(sheets())
    found = AXE.run(page, options=RULE)
    assert found.violations_count == 0, found.generate_report()
    assert [one["id"] for one in found.response["passes"]] == ["css-orientation-lock"]


def test_a_stylesheet_that_does_is_found(page: Page) -> None:
    page.add_style_tag(content=LOCK)
    assert AXE.run(page, options=RULE).violations_count == 1
