"""From the editor's first line to the patient's answer: written, tried, reviewed, and in effect."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from policies.catalogue import CoveragePosition
from policies.models import Policy, PolicyVersion
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.factories import make_position
from tests.pages.at_desk import AtDesk
from tests.pages.conftest import Calendar
from tests.pages.test_writing_walk import Keys, begin, write_list, write_position
from tests.pages.walking import Walk, look, watched
from tests.policies.reviewed import acme_draft, prove, publish_by_two

EFFECTIVE = dt.date(2027, 1, 1)
DESKTOP = "desktop, dark"


@pytest.fixture
def policy(writing_site: str) -> Policy:
    """A policy whose edition in force calls the treatment investigational."""
    chief = make_person("chief", Role.PUBLISHER)
    position = make_position(coverage=CoveragePosition.INVESTIGATIONAL, criteria=None)
    return publish_by_two(acme_draft(chief, position), by=chief).policy


def test_an_edition_is_written_tried_reviewed_and_answers_from_its_day_on(
    browser: Browser, writing_site: str, policy: Policy, calendar: Calendar
) -> None:
    editor, publisher = make_person("anna", Role.EDITOR), make_person("paul", Role.PUBLISHER)
    anna = AtDesk(browser, writing_site, editor, DESKTOP)
    draft = write(anna, policy)
    see_a_case_fail_and_mend(anna, draft)
    prove(draft, by=editor)
    paul = AtDesk(browser, writing_site, publisher, DESKTOP)
    review(anna, paul, draft)
    assert PolicyVersion.objects.get(pk=draft.pk).published_by == publisher
    calendar.day = EFFECTIVE - dt.timedelta(days=1)
    with patient(browser, writing_site) as walk:
        expect(walk.page.locator(".answer--not-met h1")).to_be_visible()
    calendar.day = EFFECTIVE
    with patient(browser, writing_site) as walk:
        walk.is_at("The person who needs treatment")
        walk.type("How old is the person who needs treatment?", "44")
        walk.press("Show the answer so far")
        expect(walk.page.locator(".answer--unknown h1")).to_be_visible()
        expect(walk.page.get_by_text("18 years or older").first).to_be_visible()
    assert [*anna.complaints, *paul.complaints] == []


def write(anna: AtDesk, policy: Policy) -> PolicyVersion:
    """Three levels with a count; and a slip that no rule can tell: 17 years instead of 18."""
    keys = Keys(anna.page, "story")
    begin(anna.page, policy)
    write_position(keys, effective=EFFECTIVE)
    write_list(keys)
    keys.press("Position 1, “18 years or older”", back=True)
    keys.write("17")
    keys.press("Position 1, “2 antidepressants, 6 weeks each”", back=True)
    keys.write("failed two antidepressants")
    expect(anna.page.get_by_role("heading", name="Nothing to mend")).to_be_visible()
    return PolicyVersion.objects.drafts().get(policy=policy)


def see_a_case_fail_and_mend(anna: AtDesk, draft: PolicyVersion) -> None:
    """A person of 17 is refused by the document; the draft would let them pass."""
    page = anna.page
    page.goto(f"/admin/policies/policyversion/{draft.pk}/cases/")
    anna.press("text=Compose a case")
    anna.type("case-name", "A person of 17")
    anna.type("answers-age", "17")
    anna.choose("case-verdict", downs=2)
    expect(page.locator("#case-outcome")).to_contain_text("Otherwise than wanted")
    anna.press("[value='save']")
    expect(page.locator(".case-item--turned")).to_be_visible()
    page.goto(f"/admin/policies/policyversion/{draft.pk}/write/")
    expect(page.locator("#write-cases")).to_contain_text("0 as wanted, 1 turned")
    keys = Keys(page, "story")
    keys.press("18 years or older")
    keys.type("At least", "18")
    expect(page.locator("#write-cases")).to_contain_text("1 as wanted")


def review(anna: AtDesk, paul: AtDesk, draft: PolicyVersion) -> None:
    """Sent, found wrong at a line, sent back, mended, and published by another person."""
    address = f"/admin/policies/policyversion/{draft.pk}/review/"
    anna.page.goto(address)
    anna.press_named("Send to review")
    anna.stands().to_contain_text("In review: anna sent it")
    paul.page.goto(address)
    look(paul.page)
    paul.press_named("Comment on 18 years or older")
    paul.tab_to_named("Comment on 18 years or older")
    paul.page.keyboard.type("The document says adults.")
    paul.tab_to_named("Why it goes back")
    paul.page.keyboard.type("One line reads otherwise.")
    paul.press_named("Send back")
    paul.stands().to_contain_text("A draft")
    anna.page.goto(f"/admin/policies/policyversion/{draft.pk}/write/")
    remark = anna.page.locator(".desk-comment", has_text="The document says adults.")
    expect(remark).to_be_visible()
    while anna.page.locator(".desk-comment").count():
        left = anna.page.locator(".desk-comment").count()
        anna.press_named("Mark as settled")
        expect(anna.page.locator(".desk-comment")).to_have_count(left - 1)
    anna.page.goto(address)
    anna.press_named("Send to review")
    anna.stands().to_contain_text("In review: anna sent it")
    paul.page.reload()
    expect(paul.page.get_by_text("January 1, 2027").first).to_be_visible()
    paul.press_named("Publish")
    paul.stands().to_contain_text("by paul")


@contextmanager
def patient(browser: Browser, site: str) -> Iterator[Walk]:
    """Somebody who tells their plan to the site."""
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    complaints: list[str] = []
    walk = Walk(watched(context, complaints))
    walk.tell_plan(insurer="Acme", state="Ohio")
    yield walk
    assert complaints == []
    context.close()
