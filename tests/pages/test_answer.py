"""The answer in a browser: folded and unfolded, on paper, and as files to take along."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.appeals.reading import text_of
from tests.pages.conftest import walks
from tests.pages.walking import ALABAMA, ESKETAMINE, Walk

TRICARE_WEST = "TRICARE West (Health Net Federal Services)"


@pytest.fixture(params=["phone without JavaScript", "desktop, dark"])
def person(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Walk]:
    """A person who reads the answer in English."""
    yield from walks(browser, site, request.param)


@pytest.fixture
def answered(person: Walk) -> Walk:
    """With the answer of TRICARE West for the spray on the screen, and the age not told."""
    person.tell_plan(line="TRICARE", insurer=TRICARE_WEST, state="California", treatment=ESKETAMINE)
    person.is_at("The person who needs treatment")
    person.go_on("Continue", "The treatment asked for")
    person.go_on("Continue", "Check your answers")
    person.press("Show my answer")
    expect(person.page.locator(".answer__verdict")).to_be_focused()
    return person


def test_verdict_score_and_criteria_stand_first_and_the_rest_unfolds(answered: Walk) -> None:
    page = answered.page
    answered.look()
    first = page.locator(".criterion").first
    verdict, score = page.locator(".answer__verdict"), page.locator(".score").first
    tops = [one.bounding_box() for one in (verdict, score, first)]
    assert all(tops)
    order = [box["y"] for box in tops if box]
    assert order == sorted(order)
    words = first.locator(".words")
    expect(words).to_be_hidden()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    answered.look()


def test_on_paper_all_is_unfolded_and_the_ways_on_are_gone(answered: Walk) -> None:
    page = answered.page
    page.emulate_media(media="print")
    expect(page.locator(".criterion .words").first).to_be_visible()
    expect(page.locator(".call__line").first).to_be_visible()
    expect(page.locator(".to-do__box").first).to_be_visible()
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator("#take-along")).to_be_hidden()
    address = page.locator(".source a[href^=http]").last
    shown = address.evaluate("link => getComputedStyle(link, '::after').content")
    assert "attr" in shown or "http" in shown


def test_both_pages_are_taken_along_from_the_answer(answered: Walk, tmp_path: Path) -> None:
    page = answered.page
    for button, name in (
        ("One page for the doctor", "plan-check.pdf"),
        ("Log sheet for calls and papers", "log-sheet.pdf"),
    ):
        with page.expect_download() as download:
            answered.press(button)
        assert download.value.suggested_filename == name
        path = tmp_path / name
        download.value.save_as(path)
        assert "TRICARE West" in text_of(path.read_bytes())
    # The answer still stands there.
    expect(answered.heading).to_contain_text("could qualify")


def test_a_refusal_at_once_has_no_list_and_leads_to_the_guide(person: Walk) -> None:
    person.tell_plan(insurer=ALABAMA, state="Alabama")
    expect(person.page.locator(".answer--not-met")).to_have_count(2)  # the answer, and compared
    expect(person.page.locator(".criterion")).to_have_count(0)
    person.look()
    # In a tab of its own: the answer is kept nowhere but on its page.
    with person.page.context.expect_page() as opened:
        person.page.locator(".read-on a").nth(1).click()
    expect(opened.value).to_have_url(re.compile("/guide/appeals/$"))
    Walk(opened.value).look()
    expect(person.page.locator(".answer--not-met h1")).to_be_visible()
