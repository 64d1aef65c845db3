"""An edition in review, by keyboard: sent, found wrong, sent back, mended and published."""

import re
from typing import Any

from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect

from policies.models import PolicyVersion
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.pages.at_desk import BROWSERS, in_both_browsers, look, said_of, signed_in
from tests.policies.reviewed import acme_draft

MOST_TABS = 120


class AtDesk:
    """A person of the desk with a keyboard and no mouse."""

    def __init__(self, browser: Browser, site: str, person: User, way: str) -> None:
        self.page, self.complaints = signed_in(browser, site, person, **BROWSERS[way])

    def press(self, name: str) -> None:
        """Go to the first link, button or fold of this name by Tab, and press it."""
        self.tab_to(name)
        self.page.keyboard.press("Enter")

    def follow(self, name: str, leads_to: str) -> None:
        """Press a link and wait for its page."""
        self.press(name)
        self.page.wait_for_url(f"**/{leads_to}/**")

    def tab_to(self, name: str) -> None:
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

    def stands(self) -> Any:
        return expect(self.page.locator("#state"))

    def look(self) -> None:
        look(self.page)


@in_both_browsers
def test_a_publisher_finds_a_fault_sends_it_back_and_publishes_what_was_mended(
    browser: Browser, writing_site: str, way: str
) -> None:
    writer = make_person("anna", Role.EDITOR)
    draft = acme_draft(writer)
    anna = AtDesk(browser, writing_site, writer, way)
    paul = AtDesk(browser, writing_site, make_person("paul", Role.PUBLISHER), way)
    anna.page.goto(f"/admin/policies/policyversion/{draft.pk}/review/")
    anna.look()
    anna.press("Send to review")
    anna.stands().to_contain_text("In review: anna sent it")
    find_a_fault(paul)
    anna.page.goto("/admin/")
    anna.follow("Acme, Ketamine", "review")
    anna.follow("Write line by line", "write")
    remark = anna.page.locator(".desk-comment", has_text="Which age does it print?")
    expect(remark).to_be_visible()
    anna.look()
    for left in (1, 0):
        anna.press("Mark as settled")
        expect(anna.page.locator(".desk-comment")).to_have_count(left)
    anna.follow("Review and publish", "review")
    anna.press("Send to review")
    anna.stands().to_contain_text("In review: anna sent it")
    paul.page.reload()
    paul.press("Publish")
    paul.stands().to_have_text(re.compile(r"Published on .* by paul\. Nothing is left to do\."))
    paul.look()
    assert PolicyVersion.objects.get(pk=draft.pk).published_by == User.objects.get(username="paul")
    assert said_of([*anna.complaints, *paul.complaints]) == []


def find_a_fault(paul: AtDesk) -> None:
    """From the front page to the line that is wrong, with a word at it and a reason for all."""
    paul.page.goto("/admin/")
    expect(paul.page.get_by_role("heading", name="Waiting for review")).to_be_visible()
    paul.look()
    paul.follow("Acme, Ketamine", "review")
    paul.look()
    paul.press("Comment on 18 years or older")
    paul.tab_to("Comment on 18 years or older")
    paul.page.keyboard.type("Which age does it print?")
    paul.press("Add the comment on 18 years or older")
    expect(paul.page.locator(".desk-comment")).to_contain_text("Which age does it print?")
    paul.page.locator("#state").focus()
    paul.tab_to("Why it goes back")
    paul.page.keyboard.type("See the comment.")
    paul.press("Send back")
    paul.stands().to_contain_text("A draft with nothing in the way")
    paul.look()
