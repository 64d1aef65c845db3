"""The open catalogue in a browser: the map as cards and as a table, and a policy's editions."""

import pytest
from playwright.sync_api import expect

from tests.pages.walking import Walk, in_two_browsers, look

ADDRESSES = [
    "/map/",
    "/insurers/bcbs-ma/",
    "/states/",
    "/states/ma/",
    "/data/",
    "/policies/",
    "/policies/bcbs-ma/087/",
    "/policies/bcbs-ma/087/?on=2020-01-01",
    "/policies/western-health-advantage/spravato/changes/undated/undated-r2/",
]


@pytest.mark.parametrize(
    "walk", ["desktop, dark", "Spanish phone without JavaScript"], indirect=True
)
def test_every_page_keeps_what_a_page_must_keep(walk: Walk) -> None:
    for address in ADDRESSES:
        walk.page.goto(walk.address(address))
        walk.look()
    # For who writes programs, in English alone.
    walk.page.goto("/api/v1/")
    look(walk.page)


@in_two_browsers
def test_from_the_map_to_the_documents_own_words(walk: Walk) -> None:
    page = walk.page
    page.goto(walk.address("/map/"))
    page.get_by_label(walk.words("State"), exact=True).select_option(label="Massachusetts")
    walk.press("Show the map")
    expect(page.get_by_role("rowheader", name="Aetna", exact=True)).to_be_visible()
    row = page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name="Blue Cross Blue Shield of Massachusetts")
    )
    row.get_by_role("link", name=walk.words("Covered with criteria")).click()
    assert page.url.endswith(walk.address("/policies/bcbs-ma/087/#iv-ketamine-1"))
    words = page.get_by_text("Individual has had an inadequate response to four agents").first
    expect(words).to_be_hidden()
    page.locator("summary").filter(has_text=walk.words("Its words")).first.click()
    expect(words).to_be_visible()


@in_two_browsers
def test_a_wrong_day_is_told_and_put_right(walk: Walk) -> None:
    page = walk.page
    page.goto(walk.address("/policies/bcbs-ma/087/?on=soon"))
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    walk.look()
    summary.get_by_role("link").click()
    field = page.get_by_label(walk.words("Which day?"))
    expect(field).to_be_focused()
    field.fill("2022-05-03")
    walk.press("Show that day")
    expect(page.get_by_text("2022").first).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_map_is_a_table_for_whoever_listens(desktop: Walk, width: int) -> None:
    page = desktop.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/map/")
    table = page.get_by_role("table", name="IV ketamine infusion")
    expect(table.get_by_role("columnheader", name="CRPS")).to_have_count(1)
    expect(table.get_by_role("rowheader", name="Idaho Medicaid")).to_have_count(1)
    expect(table.get_by_role("cell").filter(has_text="Excluded").first).to_be_visible()
