"""A worked case by keyboard: composed, seen to fail, and the line mended that turned it."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect

from policies.models import PolicyVersion
from policies.publishing import save_draft
from tests.coverage_site.signing_in import make_person
from tests.factories import ADULT, SEVERE, all_of, make_edition, make_position
from tests.pages.at_desk import AtDesk
from tests.pages.walking import look
from tests.policies.reviewed import acme_policy

# At a desktop the whole story is walked (test_desk_story).
WAY = "phone without JavaScript"


@pytest.fixture
def anna(writing_site: str) -> User:
    return make_person("anna")


@pytest.fixture
def draft(anna: User) -> PolicyVersion:
    """A draft that asks for 19 years where the document, as its line says, asks for 18."""
    tree = all_of(replace(ADULT, min=19), SEVERE)
    return save_draft(acme_policy(), make_edition(make_position(criteria=tree)), by=anna)


def test_an_editor_sees_a_worked_case_fail_and_mends_the_line(
    browser: Browser, writing_site: str, anna: User, draft: PolicyVersion
) -> None:
    desk = AtDesk(browser, writing_site, anna, WAY)
    page = desk.page
    page.goto(f"/admin/policies/policyversion/{draft.pk}/cases/")
    desk.press("text=Compose a case")
    desk.type("case-name", "18 years, all else met")
    desk.type("answers-age", "18")
    desk.choose("answers-episode_severity", downs=2)
    desk.choose("case-verdict", downs=0)
    if desk.has_script:
        expect(page.locator("#case-outcome")).to_contain_text("Otherwise than wanted")
    else:
        desk.press(".case-buttons [value='try']")
    expect(page.locator("#case-outcome")).to_contain_text("18 years or older”")
    look(page)
    desk.press("[value='save']")
    turned = page.locator(".case-item--turned")
    expect(turned).to_contain_text("Age: 19 years or more): not met. Told: 18 years.")
    look(page)
    desk.press(".case-item--turned .case-lines a")
    expect(page.locator("#write-cases")).to_contain_text("0 as wanted, 1 turned")
    desk.type("min", "18")
    if desk.has_script:
        page.keyboard.press("Tab")
    else:
        desk.press(".write-close [value='close']")
    expect(page.locator("#write-cases")).to_contain_text("1 as wanted")
    look(page)
    page.goto(f"/admin/policies/policyversion/{draft.pk}/cases/")
    desk.press("#undecided a")
    expect(page.locator("#undecided-title")).to_contain_text("3 lines that no case decides")
    look(page)
    assert desk.complaints == []
