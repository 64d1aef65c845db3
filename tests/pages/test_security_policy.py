"""Chromium visits every page of the site, and its security policy never has to refuse anything."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, override_settings
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.plugin import DjangoDbBlocker

from tests.every_address import Places, Who, make_places
from tests.pages.error_addresses import ERRORS

# What the policy of the page refused is kept in the page itself.
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (one) => window.refused.push(
    `${one.violatedDirective} refused ${one.blockedURI} (${one.sourceFile}:${one.lineNumber})`
));
"""
# Chromium says so of each page that is itself an error.
IS_ERROR = "Failed to load resource: the server responded with a status of"


class Visitor:
    """A browser's page that keeps what it complains of."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site = site
        self.context = browser.new_context(base_url=site)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.context.add_init_script(LISTEN)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        is_page = message.location["url"] == self.page.url
        if message.type == "error" and not (is_page and message.text.startswith(IS_ERROR)):
            self.complaints.append(message.text)

    def come_as(self, client: Client) -> None:
        self.context.clear_cookies()
        for name, cookie in client.cookies.items():
            self.context.add_cookies([{"name": name, "value": cookie.value, "url": self.site}])

    def refused(self) -> list[str]:
        """What the policy of the page refused."""
        found: list[str] = self.page.evaluate("window.refused")
        return found

    def complaints_at(self, address: str) -> list[str]:
        self.complaints.clear()
        answer = self.page.goto(address)
        assert answer is not None
        assert "Content-Security-Policy".lower() in answer.headers, address
        return [*self.refused(), *self.complaints]


@pytest.fixture(scope="module")
def places(site: str, django_db_blocker: DjangoDbBlocker) -> Places:
    """Something behind each address; the fixture of the site takes it out again."""
    with django_db_blocker.unblock():
        return make_places()


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    visitor = Visitor(browser, site)
    yield visitor
    visitor.context.close()


def is_page(client: Client, address: str) -> bool:
    """Whether a browser would show what is here, and not save it or be led on."""
    # A wrong try that is counted here would keep the site waiting for its row.
    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    content = answer.getvalue() if answer.streaming else answer.content
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return (
        bool(content)
        and is_html
        and "attachment" not in answer.headers.get("Content-Disposition", "")
    )


@pytest.mark.parametrize("who", Who)
def test_no_page_wants_what_its_policy_refuses(visitor: Visitor, places: Places, who: Who) -> None:
    client = places.client(who)
    pages = [address for address in places.of(who) if is_page(client, address)]
    assert len(pages) > 20
    visitor.come_as(client)
    found = {address: visitor.complaints_at(address) for address in pages}
    assert {address: told for address, told in found.items() if told} == {}


def test_no_page_of_an_error_wants_what_its_policy_refuses(visitor: Visitor) -> None:
    with override_settings(ROOT_URLCONF="tests.pages.error_addresses"):
        found = {one: visitor.complaints_at(f"/{one}") for one in (*ERRORS, "no/such/page/")}
    assert {address: told for address, told in found.items() if told} == {}


def test_what_the_policy_refuses_is_heard(visitor: Visitor) -> None:
    visitor.page.goto("/")
    visitor.page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert [one.partition(" ")[0] for one in visitor.refused()] == ["style-src-attr"]
    assert visitor.complaints
