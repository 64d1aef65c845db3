"""Each journey in a browser: on a narrow phone with and without scripts, and by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from tests.pages.walking import ALABAMA, choose, fill_plan, fill_treatments, go_on

PLAN = "Your plan and the treatment"
QUESTIONS = "What your plan's documents ask"
MEDICARE_ADVANTAGE = "A Medicare Advantage plan (Part C)"
OLD_COPY = "In the copy we read, which may be out of date, "
TRICARE_WEST = "TRICARE West (Health Net Federal Services)"


def look(page: Page) -> None:
    """Hold the page on the screen to what every page must keep."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not wide, "the page scrolls sideways"
    # Axe is a script too; without scripts the page is the same one.
    if page.evaluate("typeof htmx") != "undefined":
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    assert page.url.partition("?")[2] == "" or "/policies/" in page.url


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def test_massachusetts_from_a_first_question_to_a_changed_answer(page: Page) -> None:
    page.goto("/")
    look(page)
    page.get_by_role("link", name="Check my plan").last.click()
    expect(heading(page)).to_have_text(PLAN)
    look(page)
    fill_plan(page)
    go_on(page, "Continue", QUESTIONS)
    look(page)

    page.get_by_label("How old is the person").fill("41")
    madrs = page.get_by_role("group", name="MADRS")
    madrs.get_by_label("Score", exact=True).fill("300")
    madrs.get_by_label("It is in the chart").check()
    page.get_by_role("button", name="Show my answer").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    look(page)
    summary.get_by_role("link").click()
    expect(madrs.get_by_label("Score", exact=True)).to_have_value("300")

    madrs.get_by_label("Score", exact=True).fill("30")
    fill_treatments(page, ["Zoloft", "Lexapro", "Effexor", "Wellbutrin"])
    look(page)
    page.get_by_role("button", name="Show my answer").click()
    expect(heading(page)).to_contain_text(
        "Going by a second-hand account, you do not appear to meet"
    )
    expect(page.get_by_text("Counts (4): sertraline, escitalopram")).to_have_count(2)
    page.get_by_role("link", name="What would change what a document says").click()
    change = page.get_by_role("region", name="What would change what a document says")
    expect(change).to_contain_text("is for you and your clinician to say")
    both = page.get_by_role("region", name="Both treatments, side by side")
    expect(both.get_by_role("heading", level=3)).to_have_count(2)
    look(page)

    page.get_by_role("button", name="Change my answers").click()
    expect(heading(page)).to_have_text(QUESTIONS)
    page.get_by_role("button", name="Add another treatment").click()
    added = page.get_by_role("group", name="Treatment 5")
    expect(added.get_by_role("heading")).to_be_focused()
    added.get_by_label("Which medicine or treatment?").fill("lithium")
    added.get_by_label("What happened?").select_option(label="It did not help")
    page.get_by_role("button", name="Show my answer").click()
    expect(heading(page)).to_contain_text("you could qualify")
    to_do = page.get_by_role("region", name="What is still to find out")
    expect(to_do.get_by_role("heading", name="The clinician can say")).to_be_visible()
    look(page)

    go_on(page, "Back to the plan", PLAN)
    expect(page.get_by_label(ALABAMA)).to_have_count(0)
    page.get_by_label("Which company or program").select_option(label=ALABAMA)
    page.get_by_label("In which state was the plan issued?").select_option(label="Alabama")
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(heading(page)).to_contain_text("your plan's written rule does not cover this")
    look(page)


STRAIGHT = {
    "an insurer that is not held": (
        {"insurer": "My insurer is not in this list"},
        "We hold no document from your plan.",
    ),
    "TRICARE": (
        {"line": "TRICARE", "insurer": TRICARE_WEST},
        OLD_COPY + "your plan's written rule does not cover this.",
    ),
    "Medicare Advantage": (
        {"line": MEDICARE_ADVANTAGE, "condition": "Chronic pain"},
        "Going by a second-hand account, your plan's written rule does not cover this.",
    ),
}


@pytest.mark.parametrize("name", STRAIGHT)
def test_an_answer_at_once(page: Page, name: str) -> None:
    plan, expected = STRAIGHT[name]
    fill_plan(page, **plan)
    page.get_by_label("the insurer's name").fill("Nobody Health")
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(heading(page)).to_have_text(expected)
    expect(heading(page)).to_be_focused()
    look(page)
    go_on(page, "Change my answers", PLAN)
    expect(page.get_by_label("the insurer's name")).to_have_value("Nobody Health")


def test_an_empty_form_leads_to_what_is_missing(page: Page) -> None:
    page.goto("/check/")
    page.get_by_role("button", name="Continue", exact=True).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    look(page)
    summary.get_by_role("link", name="Choose your insurer").click()
    expect(page.get_by_label("Which company or program")).to_be_focused()


def test_thoughts_of_suicide_stand_beside_the_help_line(page: Page) -> None:
    fill_plan(page, line="VA health care", insurer="I don't know")
    go_on(page, "Continue", QUESTIONS)
    expect(page.locator("form").get_by_role("link", name="text 988")).to_be_visible()
    choose(page, "Are there thoughts of suicide at present?", "I don't know")
    page.get_by_role("button", name="Show my answer").click()
    expect(heading(page)).to_contain_text("Going by a second-hand account")
    look(page)


def test_the_open_list_and_a_policy(page: Page) -> None:
    page.goto("/policies/")
    look(page)
    page.get_by_label("Search by insurer").fill("spravato")
    page.get_by_label("State").select_option(label="New York")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="11 policies")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Medicaid Pharmacy Prior Authorization").click()
    expect(page.get_by_role("heading", name="To go on with it")).to_have_count(2)
    look(page)
    page.goto("/policies/western-health-advantage/spravato/")
    look(page)
    page.goto("/policies/va/esketamine/")
    expect(page.get_by_role("heading", name="What it puts first")).to_be_visible()
    look(page)
    page.goto("/policies/selecthealth/second-line-treatment/")
    expect(page.get_by_role("heading", name="For which plans this holds")).to_have_count(2)
    look(page)
    page.goto("/policies/?q=nobody")
    look(page)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has focus, as a person without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("Tab never came to it")


def test_by_keyboard_alone(scripted_page: Page) -> None:
    page = scripted_page
    page.goto("/check/")
    tab_to(page, page.get_by_label("A job, a union"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_label("Which company or program"))
    page.keyboard.type("TRICARE W")
    tab_to(page, page.get_by_label("IV ketamine infusion"))
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("What is the treatment for?"))
    page.keyboard.type("Treatment-res")
    tab_to(page, page.get_by_role("button", name="Continue", exact=True))
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("We hold no document from your plan.")
    tab_to(page, page.get_by_role("button", name="Change my answers"))
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    tab_to(page, page.get_by_label("A job, a union"))
    for _ in range(6):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_label("TRICARE", exact=True)).to_be_checked()
    page.keyboard.press("Enter")  # in a group of radio buttons Enter sends the form
    expect(heading(page)).to_have_text(QUESTIONS)
    tab_to(page, page.get_by_label("How old is the person"))
    page.keyboard.type("41")
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("you appear to meet every criterion")


def test_no_answer_stays_in_the_browser(scripted_page: Page) -> None:
    page = scripted_page
    fill_plan(page, insurer=ALABAMA, state="Alabama")
    page.get_by_role("button", name="Continue", exact=True).click()
    expect(heading(page)).to_contain_text("does not cover this")
    assert page.url.endswith("/check/")
    assert page.evaluate("localStorage.length") == 0
    # htmx notes the address it is on for the life of the tab; it carries no answer.
    kept = page.evaluate("() => ({...sessionStorage})")
    assert kept == {"htmx-current-path-for-history": "/check/"}
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrftoken"]
