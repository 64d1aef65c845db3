"""The guide in a browser: every page, and the calculator."""

from playwright.sync_api import expect

from policies import guide
from policies.guide.pages import Group
from tests.pages.walking import Walk, in_two_browsers


@in_two_browsers
def test_the_list_leads_to_every_page(walk: Walk) -> None:
    page = walk.page
    page.goto(walk.address("/guide/"))
    walk.look()
    addresses = [link.get_attribute("href") or "" for link in page.locator(".guide-index a").all()]
    assert addresses == [
        walk.address(f"/guide/{one.slug}/")
        for group in Group
        for one in guide.pages().values()
        if one.group is group
    ]
    for address in addresses:
        page.goto(address)
        walk.look()


@in_two_browsers
def test_a_cost_is_corrected_and_worked_out_by_keyboard(walk: Walk) -> None:
    page = walk.page
    page.goto(walk.address("/guide/other-ways-to-pay/#cost"))
    walk.press("Work out the cost")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    walk.look()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label(walk.words("How many infusions?"))).to_be_focused()
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    answer = page.locator(".cost-answer h3")
    expect(answer).to_contain_text("$2,400")
    expect(answer).to_contain_text("$4,800")
    expect(answer).to_be_focused()
    expect(answer).to_be_in_viewport()
    assert page.url.endswith("/guide/other-ways-to-pay/")
    walk.look()
