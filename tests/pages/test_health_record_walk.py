"""From a health record to an answer: uploaded, reviewed, corrected, one fact left out."""

import json
import re

import pytest
from playwright.sync_api import FilePayload, expect

from tests.pages.conftest import Calendar
from tests.pages.walking import COMMERCIAL, ESKETAMINE, TRD, Walk
from tests.policies.fhir.bundles import ICD10CM, MINE, bundle, condition, observation, order

RECORD = bundle(
    condition(ICD10CM, "F33.2"),
    order("36437", "sertraline 50 MG Oral Tablet"),
    observation("44261-6", valueInteger=21),
    observation("8480-6"),
    {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "payor": [{"display": "Blue Cross and Blue Shield of Alabama"}],
    },
)
FILE = FilePayload(
    name="record.json", mimeType="application/json", buffer=json.dumps(RECORD).encode()
)
WHO, REVIEW = "About you and the plan", "What the record says"


@pytest.mark.parametrize(
    "walk", ["phone without JavaScript", "Spanish, zoomed to 200 %"], indirect=True
)
def test_a_record_is_read_reviewed_and_leads_to_an_answer(walk: Walk, calendar: Calendar) -> None:
    page = walk.page
    page.goto(walk.address("/check/"))
    summary = page.locator("#from-record > summary")
    summary.click()
    walk.press("Read my record")
    expect(page.locator("#error-summary")).to_be_focused()
    walk.look()
    page.locator("#id_health_record").set_input_files(FILE)
    walk.go_on("Read my record", REVIEW)
    walk.look()

    age = page.locator(".find").first
    expect(age.locator("[inputmode]")).to_be_hidden()
    age.locator("[value='correct']").check()
    age.locator("[inputmode]").fill("four")
    page.locator(".find", has_text="sertraline").locator("[value='leave']").check()
    walk.choose("Which treatment do you ask about?", ESKETAMINE)
    walk.send("Go on with these facts")
    expect(page.get_by_role("alert").first).to_be_focused()
    walk.look()
    page.get_by_role("alert").first.get_by_role("link").click()
    expect(age.locator("[inputmode]")).to_have_value("four")
    age.locator("[inputmode]").fill("47")
    walk.go_on("Go on with these facts", WHO)
    walk.look()
    walk.choose("How do you get this health insurance?", COMMERCIAL)
    walk.go_on("Continue", "The insurer")
    walk.go_on("Continue", "Where you live")
    walk.select("Which state do you live in?", "Alabama")
    walk.go_on("Continue", "The treatment")
    expect(page.locator("[name='answers-age']")).to_have_value("47")
    expect(page.locator("[name='plan-insurer']")).to_have_value("bcbs-al")
    expect(page.locator("[name^='tried']")).to_have_count(0)
    walk.select("What is the treatment for?", TRD)
    walk.press("Continue")
    expect(page.locator(".answer h1")).to_be_visible()


@pytest.mark.parametrize("walk", ["phone without JavaScript", "desktop, dark"], indirect=True)
def test_the_link_to_the_record_opens_its_fold_and_leads_into_it(
    walk: Walk, calendar: Calendar
) -> None:
    page = walk.page
    page.goto(walk.address("/check/"))
    page.get_by_role("link", name="Or start from your health record").click()
    expect(page.locator("#id_health_record")).to_be_focused()
    expect(page.get_by_role("button", name="Read my record")).to_be_visible()
    expect(page.locator("#from-record > summary")).to_be_in_viewport()


@pytest.mark.usefixtures("calendar")
def test_back_leads_to_the_review_and_before_it_with_every_choice_as_it_was(desktop: Walk) -> None:
    page = desktop.page
    page.goto("/")
    page.get_by_role("link", name="Check my plan").last.click()
    desktop.is_at(WHO)
    page.locator("#from-record > summary").click()
    page.locator("#id_health_record").set_input_files(FILE)
    desktop.go_on("Read my record", REVIEW)
    drug = page.locator(".find", has_text="sertraline")
    drug.locator("[value='leave']").check()
    desktop.choose("Which treatment do you ask about?", ESKETAMINE)
    desktop.go_on("Go on with these facts", WHO)
    desktop.choose("How do you get this health insurance?", COMMERCIAL)
    desktop.go_on("Continue", "The insurer")
    for title in (WHO, REVIEW, WHO):
        page.go_back()
        desktop.is_at(title)
    for title in (REVIEW, WHO, "The insurer"):
        page.go_forward()
        desktop.is_at(title)
    expect(page.locator("[name='record']")).to_have_count(0)
    for title in (WHO, REVIEW):
        page.go_back()
        desktop.is_at(title)
    expect(drug.locator("[value='leave']")).to_be_checked()
    desktop.go_on("Go on with these facts", "Where you live")
    expect(page.locator("[name='answers-age']")).to_have_value("46")
    expect(page.locator("[name^='tried']")).to_have_count(0)
    # The page that the browser was at before the check lies behind them all.
    page.reload()
    desktop.is_at(WHO)
    page.go_back()
    expect(page).to_have_url(re.compile(r":\d+/$"))
