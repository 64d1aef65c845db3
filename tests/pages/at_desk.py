"""People at the desk in a browser: signed in, with a keyboard, on a site where they may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.pages.conftest import watched
from tests.pages.walking import AXE

BROWSERS: dict[str, dict[str, Any]] = {
    "phone without JavaScript": {
        "viewport": {"width": 360, "height": 780},
        "java_script_enabled": False,
    },
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}
in_both_browsers = pytest.mark.parametrize("way", BROWSERS)


def signed_in(browser: Browser, site: str, person: User, **options: Any) -> tuple[Page, list[str]]:
    """A browser in which a person has signed in, with what it complains of."""
    client = Client()
    client.force_login(person)
    context = browser.new_context(base_url=site, reduced_motion="reduce", **options)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    complaints: list[str] = []
    return watched(context, complaints), complaints


@contextmanager
def at_desk(browser: Browser, site: str, person: User, way: str) -> Iterator[Page]:
    """The same for one walk, which nothing may have complained of."""
    page, complaints = signed_in(browser, site, person, **BROWSERS[way])
    yield page
    assert said_of(complaints) == []
    page.context.close()


def said_of(complaints: list[str]) -> list[str]:
    """The complaints without those of axe, which tries an inline style on pages of the admin."""
    return [one for one in complaints if "Applying inline style" not in one]


def look(page: Page) -> None:
    """Hold a page to what every page must keep: nothing sticks out, and axe finds no fault."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not wide, "the page scrolls sideways"
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        found = AXE.run(page)
        assert found.violations_count == 0, found.generate_report()


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).press("Enter")
