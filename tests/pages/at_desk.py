"""People at the desk in a browser: signed in, with a keyboard, on a site where they may write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.pages.walking import watched

BROWSERS: dict[str, dict[str, Any]] = {
    "phone without JavaScript": {
        "viewport": {"width": 360, "height": 780},
        "java_script_enabled": False,
    },
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}
MOST_TABS = 120


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
    assert complaints == []
    page.context.close()


class AtDesk:
    """A person of the desk with a keyboard and no mouse."""

    def __init__(self, browser: Browser, site: str, person: User, way: str) -> None:
        self.page, self.complaints = signed_in(browser, site, person, **BROWSERS[way])
        self.has_script = BROWSERS[way].get("java_script_enabled", True)

    def tab_to(self, selector: str) -> None:
        """Go on by Tab to what a selector names."""
        wanted = self.page.locator(selector).first
        expect(wanted).to_be_attached()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    def tab_to_named(self, name: str) -> None:
        """Go on by Tab to what begins with these words, to whoever listens too."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.focused().startswith(name):
                return
        raise AssertionError(f"{name!r} is not reached by Tab")

    def focused(self) -> str:
        # Playwright's own words for it, which a browser without scripts has too.
        focused = self.page.locator(":focus")
        if not focused.count():
            return ""
        label = focused.get_attribute("aria-label") or focused.evaluate(
            "one => (one.labels && one.labels[0] || one).textContent"
        )
        return " ".join(label.split())

    def press(self, selector: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Enter")

    def press_named(self, name: str) -> None:
        """Go to the first link, button or fold of this name, and press it."""
        self.tab_to_named(name)
        self.page.keyboard.press("Enter")

    def follow(self, name: str, leads_to: str) -> None:
        """Press a link and wait for its page."""
        self.press_named(name)
        self.page.wait_for_url(f"**/{leads_to}/**")

    def type(self, name: str, text: str) -> None:
        self.tab_to(f"[name='{name}']")
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def choose(self, name: str, downs: int) -> None:
        """Choose one of several by the arrows; the first by Space."""
        self.tab_to(f"[name='{name}']")
        self.page.keyboard.press("Space")
        for _ in range(downs):
            self.page.keyboard.press("ArrowDown")

    def stands(self) -> Any:
        """What the page of a review says of its edition's state."""
        return expect(self.page.locator("#state"))


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).press("Enter")
