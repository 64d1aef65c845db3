"""The browser's own buttons on the way through a check, and the field that finds an insurer."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.pages.walking import MASSACHUSETTS, Walk

WHO = "About you and the plan"
INSURER = "The insurer"
PLACE = "Where you live"
TREATMENT = "The treatment"
PERSON = "The person who needs treatment"
NOW = "The condition now"
REQUEST = "The treatment asked for"
TRIED = "Treatments tried"
REVIEW = "Check your answers"
AGE = "How old is the person who needs treatment?"
COMPANY = "Which company or program insures you?"


@pytest.fixture
def asked(desktop: Walk) -> Walk:
    """From the front page to the first question, on a plan of Massachusetts."""
    desktop.page.goto("/")
    desktop.page.get_by_role("link", name="Check my plan").last.click()
    desktop.is_at(WHO)
    desktop.tell_plan()
    desktop.is_at(PERSON)
    return desktop


def answer(walk: Walk) -> None:
    """On to the answer, from the first question."""
    walk.type(AGE, "41")
    walk.go_on("Continue", NOW)
    walk.go_on("Continue", REQUEST)
    walk.go_on("Continue", TRIED)
    walk.name_treatments(["Zoloft", "Lexapro"])
    walk.go_on("Continue", REVIEW)
    walk.press("Show my answer")
    expect(walk.page.locator(".answer__verdict")).to_be_focused()


def back(walk: Walk, *titles: str) -> None:
    for title in titles:
        walk.page.go_back()
        walk.is_at(title)


def forward(walk: Walk, *titles: str) -> None:
    for title in titles:
        walk.page.go_forward()
        walk.is_at(title)


def test_back_leads_from_the_answer_to_the_front_page_one_screen_at_a_time(asked: Walk) -> None:
    answer(asked)
    back(asked, REVIEW, TRIED, REQUEST, NOW, PERSON)
    expect(asked.page.get_by_label(AGE)).to_have_value("41")
    back(asked, TREATMENT, PLACE, INSURER)
    expect(asked.page.get_by_label(COMPANY)).to_have_value(MASSACHUSETTS)
    back(asked, WHO)
    forward(asked, INSURER, PLACE, TREATMENT, PERSON, NOW, REQUEST, TRIED)
    expect(asked.page.locator("[name=tried-1-drug]")).to_have_value("Lexapro")
    forward(asked, REVIEW)
    asked.page.go_forward()
    expect(asked.page.locator(".answer--not-met h1")).to_be_visible()
    back(asked, REVIEW, TRIED, REQUEST, NOW, PERSON, TREATMENT, PLACE, INSURER, WHO)
    asked.page.go_back()
    expect(asked.page).to_have_url(re.compile("/$"))
    # Nothing was kept, so the way forward begins anew.
    forward(asked, WHO, WHO)


def test_back_pressed_quickly_leads_as_far_as_it_was_pressed(asked: Walk) -> None:
    answer(asked)
    asked.page.evaluate("() => { history.back(); history.back(); history.back(); }")
    asked.is_at(REQUEST)
    asked.page.evaluate(
        "() => { for (let i = 0; i < 5; i += 1) setTimeout(() => history.back(), 20 * i); }"
    )
    asked.is_at(INSURER)
    asked.page.evaluate("() => history.go(5)")
    asked.is_at(REQUEST)
    forward(asked, TRIED)
    expect(asked.page.locator("[name=tried-1-drug]")).to_have_value("Lexapro")


def test_back_while_the_next_screen_is_on_its_way_stays_before_it(asked: Walk) -> None:
    asked.settle()
    asked.type(AGE, "41")
    # An answer of the server that comes before Back is under way would swallow it.
    held: list[Route] = []
    asked.page.route("**/check/", lambda route: held.append(route), times=1)  # noqa: PLW0108 (a method takes no mark)
    asked.page.evaluate(
        """() => new Promise((done) => {
          addEventListener("popstate", () => done(), { once: true });
          document.querySelector("#screen .button").click();
          history.back();
        })"""
    )
    while not held:
        asked.page.wait_for_timeout(10)
    held[0].continue_()
    asked.is_at(TREATMENT)
    asked.go_on("Continue", PERSON)
    expect(asked.page.get_by_label(AGE)).to_have_value("41")


def test_what_was_typed_and_not_sent_is_not_lost(asked: Walk) -> None:
    asked.type(AGE, "forty")
    back(asked, TREATMENT)
    forward(asked, PERSON)
    expect(asked.page.get_by_label(AGE)).to_have_value("forty")


def test_back_after_something_to_put_right_leads_one_screen_back(asked: Walk) -> None:
    asked.type(AGE, "forty")
    asked.press("Continue")
    asked.page.get_by_role("alert").get_by_role("link").click()
    expect(asked.page.get_by_label(AGE)).to_be_focused()
    back(asked, TREATMENT)
    forward(asked, PERSON)
    asked.type(AGE, "41")
    asked.go_on("Continue", NOW)
    back(asked, PERSON, TREATMENT)


def test_another_card_is_no_screen_of_its_own(asked: Walk) -> None:
    asked.go_on("Continue", NOW)
    asked.go_on("Continue", REQUEST)
    asked.go_on("Continue", TRIED)
    asked.name_treatments(["Zoloft", "Lexapro", "Effexor"])
    back(asked, REQUEST)
    forward(asked, TRIED)
    expect(asked.page.locator("[name=tried-2-drug]")).to_have_value("Effexor")


def test_the_button_on_the_page_and_the_browsers_own_are_one(asked: Walk) -> None:
    answer(asked)
    asked.go_on("Back", REVIEW)
    back(asked, TRIED)
    asked.go_on("Back", REQUEST)
    forward(asked, TRIED, REVIEW)
    asked.go_on("Back", TRIED)
    asked.go_on("Continue", REVIEW)
    back(asked, TRIED, REQUEST)


def test_a_changed_answer_stays_changed_on_the_way_back(asked: Walk) -> None:
    answer(asked)
    asked.go_on("Change my answers", REVIEW)
    asked.page.locator("button[value='change.age']").click()
    asked.is_at(PERSON)
    asked.type(AGE, "15")
    asked.press("Continue")
    asked.is_at(REVIEW)
    back(asked, PERSON, REVIEW)
    expect(asked.page.get_by_text("15 years")).to_be_visible()
    asked.page.go_back()
    expect(asked.page.locator(".answer--not-met h1")).to_be_visible()
    back(asked, REVIEW, TRIED)


def test_a_screen_that_another_plan_does_not_have_is_left_out(asked: Walk) -> None:
    back(asked, TREATMENT, PLACE, INSURER, WHO)
    asked.choose("How do you get this health insurance?", "VA health care")
    asked.page.go_forward()
    asked.is_at(TREATMENT)


@pytest.mark.parametrize("is_deep", [True, False], ids=["at a question", "at the first screen"])
def test_a_refresh_starts_over_and_back_leaves_the_check(asked: Walk, is_deep: bool) -> None:
    if not is_deep:
        back(asked, TREATMENT, PLACE, INSURER, WHO)
    asked.page.reload()
    asked.is_at(WHO)
    assert asked.page.locator("[name=plan-line_of_business]:checked").count() == 0
    asked.choose("How do you get this health insurance?", "VA health care")
    asked.choose("Who is asking?", "I am the patient")
    asked.go_on("Continue", TREATMENT)
    back(asked, WHO)
    asked.page.go_back()
    expect(asked.page).to_have_url(re.compile("/$"))


def test_starting_over_empties_every_screen_and_back_leaves_the_check(asked: Walk) -> None:
    answer(asked)
    asked.page.get_by_role("link", name="Start over").click()
    asked.is_at(WHO)
    assert asked.page.locator("[name=plan-line_of_business]:checked").count() == 0
    forward(asked, WHO)
    asked.page.go_back()
    expect(asked.page).to_have_url(re.compile("/$"))


def test_back_from_another_page_starts_over(asked: Walk) -> None:
    asked.page.get_by_role("link", name="Policies", exact=True).first.click()
    expect(asked.page).to_have_url(re.compile("/policies/$"))
    back(asked, WHO)
    asked.page.go_forward()
    expect(asked.page).to_have_url(re.compile("/policies/$"))
    back(asked, WHO)
    asked.page.go_back()
    expect(asked.page).to_have_url(re.compile(r":\d+/$"))


def test_back_from_loaded_answers_leads_to_the_first_screen_with_them(asked: Walk) -> None:
    answer(asked)
    asked.go_on("Back", REVIEW)
    with asked.page.expect_download() as download:
        asked.press("Save my answers")
    file = download.value.path()
    asked.page.goto("/check/")
    asked.page.get_by_text("I saved my answers before").click()
    asked.page.get_by_label("Your saved answers (a .json file)").set_input_files(file)
    asked.go_on("Load my answers", REVIEW)
    back(asked, WHO)
    chosen = asked.page.get_by_role("group", name="Who is asking?").get_by_label("I am the patient")
    expect(chosen).to_be_checked()
    forward(asked, REVIEW)
    expect(asked.page.get_by_text("41 years")).to_be_visible()


def test_without_a_connection_it_is_said_and_nothing_is_lost(asked: Walk) -> None:
    page = asked.page
    asked.type(AGE, "41")
    page.context.set_offline(True)
    asked.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text("The page could not be sent")
    expect(page.get_by_label(AGE)).to_have_value("41")
    page.context.set_offline(False)
    asked.go_on("Continue", NOW)
    expect(page.get_by_role("alert")).to_be_hidden()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        pytest.param(502, "could not be answered", id="it fails"),
        pytest.param(429, "Wait a minute, then press the button again", id="it has too much to do"),
    ],
)
def test_where_the_server_fails_it_is_said_and_nothing_is_lost(
    asked: Walk, status: int, words: str
) -> None:
    page = asked.page
    asked.type(AGE, "41")
    page.route("**/check/", lambda route: route.fulfill(status=status, body="Not now"))
    asked.press("Continue")
    expect(page.get_by_role("alert")).to_contain_text(words)
    expect(page.get_by_label(AGE)).to_have_value("41")
    page.unroute("**/check/")
    asked.go_on("Continue", NOW)


def test_the_page_is_left_quickly_for_another_site(asked: Walk) -> None:
    page = asked.page
    page.route("https://**", lambda route: route.fulfill(body="The weather"))
    asked.tell_plan(condition="Major depression with suicidal ideation")
    page.locator("[data-leave]").click()
    page.wait_for_url("https://**")
    # What is gone back to is the first screen, and empty.
    page.go_back()
    asked.is_at(WHO)
    expect(page.locator("[name=plan-line_of_business]:checked")).to_have_count(0)


def test_forward_to_a_question_that_the_new_plan_does_not_ask_loses_nothing(asked: Walk) -> None:
    asked.type(AGE, "41")
    asked.go_on("Continue", NOW)
    back(asked, PERSON, TREATMENT, PLACE, INSURER, WHO)
    asked.choose("How do you get this health insurance?", "VA health care")
    asked.page.go_forward()
    asked.page.go_forward()
    asked.page.go_forward()
    asked.page.go_forward()
    asked.page.go_forward()
    expect(asked.heading).not_to_have_text(WHO)
    expect(asked.page.locator("#screen")).to_be_visible()
