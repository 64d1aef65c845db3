"""The registry of the evidence in a browser, by the keyboard too."""

from itertools import pairwise

from playwright.sync_api import expect

from tests.pages.walking import Walk, in_two_browsers, look

TITLE = "Evidence on ketamine and esketamine"


@in_two_browsers
def test_from_the_counts_to_the_records_and_back(walk: Walk) -> None:
    page = walk.page
    page.goto(walk.address("/evidence/"))
    walk.is_at(TITLE)
    look(page)
    page.get_by_role("link", name=walk.words("Post-traumatic stress disorder")).click()
    expect(page.locator("#against")).to_have_text(walk.words("Points the other way"))
    look(page)
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    page.get_by_role("link", name=walk.words("Show every condition")).click()
    expect(page.locator("#evidence-overview")).to_be_visible()


def test_narrowed_by_the_keyboard(desktop: Walk) -> None:
    page = desktop.page
    page.goto(desktop.address("/evidence/"))
    page.get_by_label("Condition", exact=True).focus()
    page.keyboard.type("Complex")
    page.keyboard.press("Tab")
    page.keyboard.type("IV ket")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#ferraro_2025_cochrane_pain")).to_be_visible()
    look(page)


@in_two_browsers
def test_what_is_in_no_list_is_put_right(walk: Walk) -> None:
    page = walk.page
    page.goto(walk.address("/evidence/?condition=mood"))
    expect(page.get_by_role("alert")).to_contain_text(
        walk.words("Choose one of the answers in the list.")
    )
    look(page)
