"""An edition in review, by keyboard: sent, found wrong, sent back, mended and published."""

import re

from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect

from policies.models import PolicyVersion
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.pages.at_desk import AtDesk
from tests.pages.walking import look
from tests.policies.reviewed import acme_draft

# At a desktop the whole story is walked (test_desk_story).
WAY = "phone without JavaScript"


def test_a_publisher_finds_a_fault_sends_it_back_and_publishes_what_was_mended(
    browser: Browser, writing_site: str
) -> None:
    writer = make_person("anna", Role.EDITOR)
    draft = acme_draft(writer)
    anna = AtDesk(browser, writing_site, writer, WAY)
    paul = AtDesk(browser, writing_site, make_person("paul", Role.PUBLISHER), WAY)
    anna.page.goto(f"/admin/policies/policyversion/{draft.pk}/review/")
    look(anna.page)
    anna.press_named("Send to review")
    anna.stands().to_contain_text("In review: anna sent it")
    find_a_fault(paul)
    anna.page.goto("/admin/")
    # Among her own drafts, which lead to where they are written.
    anna.follow("Acme, Ketamine", "write")
    remark = anna.page.locator(".desk-comment", has_text="Which age does it print?")
    expect(remark).to_be_visible()
    look(anna.page)
    for left in (1, 0):
        anna.press_named("Mark as settled")
        expect(anna.page.locator(".desk-comment")).to_have_count(left)
    anna.page.goto(f"/admin/policies/policyversion/{draft.pk}/review/")
    anna.press_named("Send to review")
    anna.stands().to_contain_text("In review: anna sent it")
    paul.page.reload()
    paul.press_named("Publish")
    paul.stands().to_have_text(re.compile(r"Published on .* by paul\. Nothing is left to do\."))
    look(paul.page)
    assert PolicyVersion.objects.get(pk=draft.pk).published_by == User.objects.get(username="paul")
    assert [*anna.complaints, *paul.complaints] == []


def find_a_fault(paul: AtDesk) -> None:
    """From the front page to the line that is wrong, with a word at it and a reason for all."""
    paul.page.goto("/admin/")
    expect(paul.page.get_by_role("heading", name="Waiting for review")).to_be_visible()
    look(paul.page)
    paul.follow("Acme, Ketamine", "review")
    look(paul.page)
    paul.press_named("Comment on 18 years or older")
    paul.tab_to_named("Comment on 18 years or older")
    paul.page.keyboard.type("Which age does it print?")
    paul.press_named("Add the comment on 18 years or older")
    expect(paul.page.locator(".desk-comment")).to_contain_text("Which age does it print?")
    paul.page.locator("#state").focus()
    paul.tab_to_named("Why it goes back")
    paul.page.keyboard.type("See the comment.")
    paul.press_named("Send back")
    paul.stands().to_contain_text("A draft on which 2 comments are open")
    look(paul.page)
