"""The field that finds an insurer while it is typed, by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.pages.walking import COMMERCIAL, MASSACHUSETTS, Walk

FIELD = "Which company or program insures you?"
PLACE = "Where you live"


@pytest.fixture
def at_insurer(desktop: Walk) -> Walk:
    """In the field, in a narrow window."""
    desktop.page.set_viewport_size({"width": 320, "height": 700})
    desktop.page.goto("/check/")
    desktop.choose("How do you get this health insurance?", COMMERCIAL)
    desktop.go_on("Continue", "The insurer")
    # Once the list has become a field, the title has had its focus.
    desktop.page.locator("input.typeahead__input").focus()
    return desktop


def keys(walk: Walk, *names: str) -> None:
    for name in names:
        walk.page.keyboard.press(name)


def is_told(walk: Walk, insurer: str) -> None:
    """Go to the next screen and see there what was sent."""
    walk.is_at(PLACE)
    sent = walk.page.locator("[type=hidden][name=plan-insurer]")
    if insurer:
        expect(sent).to_have_value(insurer)
    else:
        expect(sent).to_have_count(0)


@pytest.mark.parametrize("last", ["Enter", "Tab"])
def test_an_insurer_is_found_and_taken_by_the_keyboard(at_insurer: Walk, last: str) -> None:
    page = at_insurer.page
    page.keyboard.type("massa")
    expect(page.get_by_role("option", name=MASSACHUSETTS)).to_be_visible()
    at_insurer.look()
    keys(at_insurer, "ArrowDown", last)
    expect(page.get_by_label(FIELD)).to_have_value(MASSACHUSETTS)
    expect(page.get_by_role("option")).to_have_count(0)
    at_insurer.press("Continue")
    is_told(at_insurer, "bcbs-ma")
    page.go_back()
    expect(page.get_by_label(FIELD)).to_have_value(MASSACHUSETTS)


def test_another_name_of_an_insurer_finds_it(at_insurer: Walk) -> None:
    at_insurer.page.keyboard.type("uhc")
    expect(at_insurer.page.get_by_role("option").first).to_have_text("UnitedHealthcare")


def test_enter_sends_a_name_that_stands_there_whole(at_insurer: Walk) -> None:
    at_insurer.page.keyboard.type("aetna")
    expect(at_insurer.page.get_by_role("option", name="Aetna", exact=True)).to_be_visible()
    keys(at_insurer, "Enter")
    is_told(at_insurer, "aetna")


def test_a_name_that_is_not_held_is_said_so_and_goes_on(at_insurer: Walk) -> None:
    page = at_insurer.page
    page.keyboard.type("Nobody Health")
    expect(page.get_by_text("We hold no document under this name.").first).to_be_visible()
    at_insurer.look()
    keys(at_insurer, "Enter")
    is_told(at_insurer, "")
    expect(page.get_by_text("We hold no document under the name “Nobody Health”.")).to_be_visible()
    page.go_back()
    expect(page.get_by_label(FIELD)).to_have_value("Nobody Health")


def test_a_choice_that_is_edited_is_no_longer_that_choice(at_insurer: Walk) -> None:
    page = at_insurer.page
    page.keyboard.type("aetna")
    keys(at_insurer, "ArrowDown", "Enter")
    expect(page.get_by_label(FIELD)).to_have_value("Aetna")
    keys(at_insurer, "End")
    page.keyboard.type(" of Nowhere")
    keys(at_insurer, "Escape", "Enter")
    is_told(at_insurer, "")
    expect(page.get_by_text("under the name “Aetna of Nowhere”")).to_be_visible()


def test_enter_in_any_field_leads_on(at_insurer: Walk) -> None:
    at_insurer.page.keyboard.type("aetna")
    keys(at_insurer, "Enter")
    at_insurer.is_at(PLACE)
    at_insurer.press("Continue")
    at_insurer.is_at("The treatment")
    # The title takes the focus when htmx has settled the screen.
    expect(at_insurer.page.locator(".htmx-added, .htmx-settling")).to_have_count(0)
    at_insurer.page.get_by_role("radio").first.focus()
    keys(at_insurer, "Enter")
    expect(at_insurer.page.get_by_role("alert")).to_be_focused()
