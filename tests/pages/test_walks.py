"""Each journey in a browser: phone and desk, with and without scripts, in English and Spanish."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.pages.walking import (
    ALABAMA,
    ESKETAMINE,
    Walk,
    in_two_browsers,
    in_two_other_browsers,
)

TRICARE_WEST = "TRICARE West (Health Net Federal Services)"
IDEATION = "Are there thoughts of suicide at present?"
MEDICAID = "Medicaid, directly from the state"
MEDICARE = "Original Medicare (the red, white and blue card)"


@pytest.mark.parametrize(
    "walk",
    ["phone", "Spanish phone without JavaScript", "Spanish, zoomed to 200 %"],
    indirect=True,
)
def test_massachusetts_from_the_front_page_to_a_changed_answer(walk: Walk) -> None:
    page = walk.page
    page.goto(walk.address("/"))
    walk.look()
    page.get_by_role("link", name=walk.words("Check my plan")).last.click()
    walk.is_at("About you and the plan")
    walk.look()

    walk.tell_plan()
    walk.is_at("The person who needs treatment")
    walk.type("How old is the person who needs treatment?", "forty")
    walk.press("Continue")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    walk.look()
    alert.get_by_role("link").click()
    field = page.get_by_label(walk.words("How old is the person who needs treatment?"))
    expect(field).to_have_value("forty")
    field.fill("41")
    walk.go_on("Continue", "The condition now")
    walk.look()
    walk.go_on("Back", "The person who needs treatment")
    expect(field).to_have_value("41")
    walk.go_on("Continue", "The condition now")
    walk.go_on("Continue", "The treatment asked for")
    walk.go_on("Continue", "Treatments tried")
    walk.name_treatments(["Zoloft", "Lexapro", "Effexor", "Wellbutrin"])
    walk.look()
    # No add-on medicine was tried, which fails the list: no score could change that.
    walk.go_on("Continue", "Check your answers")
    walk.look()

    walk.press("Show my answer")
    expect(page.locator(".answer--not-met h1")).to_be_visible()
    expect(walk.heading).to_be_focused()
    walk.look()

    walk.go_on("Change my answers", "Check your answers")
    page.get_by_role("button", name=walk.words("Treatments tried")).click()
    walk.is_at("Treatments tried")
    walk.press("Add another treatment")
    title = walk.words("Treatment %(number)s") % {"number": 5}
    added = page.get_by_role("group", name=title)
    expect(added.get_by_role("heading")).to_be_focused()
    added.get_by_label(walk.words("Which medicine or treatment?")).fill("lithium")
    happened = added.get_by_label(walk.words("What happened?"))
    happened.select_option(label=walk.words("It did not help"))
    # Now a score matters again: the change asks for what it opened, and for nothing else.
    walk.go_on("Continue", "Scores on rating scales")
    walk.go_on("Continue", "Check your answers")
    walk.press("Show my answer")
    expect(page.locator(".answer--unknown h1")).to_be_visible()
    walk.look()


STRAIGHT: dict[str, tuple[dict[str, Any], str]] = {
    "investigational in Alabama": (
        {"insurer": ALABAMA, "state": "Alabama"},
        "not-met",
    ),
    "Medicare": ({"line": MEDICARE, "insurer": None}, "unknown"),
    "an insurer that is not held": ({"insurer": "Nobody Health"}, ""),
}


@pytest.mark.parametrize("name", STRAIGHT)
@in_two_other_browsers
def test_an_answer_at_once(walk: Walk, name: str) -> None:
    plan, accent = STRAIGHT[name]
    walk.tell_plan(**plan)
    selector = f".answer.answer--{accent} h1" if accent else ".answer h1"
    expect(walk.page.locator(selector)).to_be_visible()
    expect(walk.heading).to_be_focused()
    walk.look()
    walk.go_on("Back", "The treatment")


@in_two_browsers
def test_an_answer_that_was_not_read(walk: Walk) -> None:
    walk.tell_plan(
        insurer="Blue Cross and Blue Shield of Oklahoma",
        state="Oklahoma",
        treatment=ESKETAMINE,
        condition="Major depression with suicidal ideation",
    )
    walk.press("Show the answer so far")
    expect(walk.page.locator(".answer h1")).to_be_visible()
    # The condition names suicide, so the help line and the way out stand on the page itself.
    expect(walk.page.locator("#check").get_by_role("link", name="988").first).to_be_visible()
    expect(walk.page.locator("[data-leave]")).to_be_visible()
    walk.look()


@in_two_other_browsers
def test_esketamine_as_the_way(walk: Walk) -> None:
    walk.tell_plan(line="TRICARE", insurer=TRICARE_WEST, state="California")
    expect(walk.page.locator(".answer--not-met h1")).to_be_visible()
    walk.go_on("Back", "The treatment")
    walk.choose("Which treatment do you ask about?", ESKETAMINE)
    walk.go_on("Continue", "The person who needs treatment")
    walk.type("How old is the person who needs treatment?", "41")
    walk.go_on("Continue", "The treatment asked for")
    walk.choose("Is this a first course, or continuing one?", "A first course")
    walk.go_on("Continue", "Check your answers")
    walk.press("Show my answer")
    expect(walk.page.locator(".answer--met h1")).to_be_visible()
    walk.look()


@in_two_browsers
def test_thoughts_of_suicide_bring_the_help_line_and_block_nothing(walk: Walk) -> None:
    walk.tell_plan(line=MEDICAID, insurer=None, state="Wisconsin")
    for _ in range(9):
        if walk.page.get_by_role("group", name=walk.words(IDEATION)).count():
            break
        walk.send("Continue")
    walk.look()
    walk.choose(IDEATION, "Yes, thoughts without an intent to act")
    walk.press("Continue")
    expect(walk.page.locator("#check").get_by_role("link", name="988").first).to_be_visible()
    expect(walk.page.locator("[data-leave]")).to_be_visible()
    walk.look()


@in_two_browsers
def test_a_parent_is_spoken_to_as_one(walk: Walk) -> None:
    walk.tell_plan(asker="I am a parent or guardian")
    walk.type("How old is the person who needs treatment?", "15")
    walk.press("Show the answer so far")
    expect(walk.page.locator(".answer--not-met h1")).to_be_visible()
    walk.look()


@in_two_browsers
def test_an_empty_form_leads_to_what_is_missing(walk: Walk) -> None:
    walk.page.goto(walk.address("/check/"))
    walk.press("Continue")
    alert = walk.page.get_by_role("alert")
    expect(alert).to_be_focused()
    walk.look()
    alert.get_by_role("link").click()
    first = walk.page.get_by_label(
        walk.words("A job, a union, the marketplace, or bought directly")
    )
    expect(first).to_be_focused()


@in_two_browsers
def test_the_phq9_is_filled_in_here(walk: Walk) -> None:
    walk.tell_plan(line=MEDICAID, insurer=None, state="New York", treatment=ESKETAMINE)
    for _ in range(9):
        if walk.page.get_by_text("PHQ-9").count():
            break
        walk.send("Continue")
    if not walk.page.get_by_role("button", name=walk.words("Fill in the PHQ-9 here")).is_visible():
        walk.page.get_by_text("PHQ-9:").first.click()
    walk.go_on("Fill in the PHQ-9 here", "The PHQ-9 questionnaire")
    walk.look()
    for group in walk.page.get_by_role("group").all():
        group.get_by_role("radio").nth(1).check()
    walk.go_on("Use this score", "Scores on rating scales")
    expect(walk.page.get_by_label(walk.words("Score"), exact=True).first).to_have_value("9")
    walk.look()


@in_two_browsers
def test_answers_are_saved_and_loaded(walk: Walk) -> None:
    walk.tell_plan()
    walk.type("How old is the person who needs treatment?", "41")
    for _ in range(9):
        walk.send("Continue")
        if walk.heading.inner_text() == walk.words("Check your answers"):
            break
    with walk.page.expect_download() as download:
        walk.press("Save my answers")
    assert download.value.suggested_filename == "my-answers.json"
    file = download.value.path()
    walk.page.goto(walk.address("/check/"))
    walk.page.get_by_text(walk.words("I saved my answers before")).click()
    walk.page.get_by_label(walk.words("Your saved answers (a .json file)")).set_input_files(file)
    walk.go_on("Load my answers", "Check your answers")
    expect(walk.page.get_by_text(re.compile(r"^\s*41 "))).to_be_visible()
    walk.look()


@in_two_browsers
def test_the_other_language_takes_the_answers_along(walk: Walk) -> None:
    page = walk.page
    walk.tell_plan()
    walk.is_at("The person who needs treatment")
    walk.type("How old is the person who needs treatment?", "41")
    other = Walk(page, "en" if walk.language == "es" else "es")
    page.get_by_role("button", name="English" if walk.language == "es" else "Español").click()
    other.is_at("The person who needs treatment")
    expect(
        page.get_by_label(other.words("How old is the person who needs treatment?"))
    ).to_have_value("41")
    other.look()
    other.go_on("Continue", "The condition now")
    other.press("Show the answer so far")
    expect(page.locator(".answer h1")).to_be_visible()
    page.get_by_role("button", name="English" if other.language == "es" else "Español").click()
    expect(page.locator(".answer h1")).to_be_visible()
    walk.look()
