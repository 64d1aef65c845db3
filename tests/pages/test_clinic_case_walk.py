"""A case from saved answers to a denial with its last day, in a narrow window, by the keyboard."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, modify_settings
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from policies.wording.dates import date
from tests.appeals.clinics.building import make_clinic, make_member
from tests.appeals.clinics.ruling import PLAN, SEVERE_ADULTS, begin_rule
from tests.factories import make_situation, make_tried
from tests.pages.conftest import watched
from tests.pages.test_sign_in import look
from tests.pages.walking import Walk

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

SESSION = "sessionid"


@pytest.fixture
def walk(transactional_db: None, browser: Browser) -> Iterator[Walk]:
    """A biller with a narrow window, who has shown a second factor."""
    cache.clear()
    client = Client()
    client.force_login(make_member(make_clinic(), name="billie"))
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        server = LiveServer("localhost")
        context = browser.new_context(
            base_url=str(server.url), viewport={"width": 320, "height": 700}
        )
        value = client.cookies[SESSION].value
        context.add_cookies([{"name": SESSION, "value": value, "url": str(server.url)}])
        complaints: list[str] = []
        yield Walk(watched(context, complaints))
        assert complaints == []
        context.close()
        server.stop()
    cast("DatabaseWrapper", connection).close_pool()


def saved_answers() -> bytes:
    situation = make_situation(answers={"age": 44}, tried=[make_tried()], **PLAN)
    return json.dumps(situation.to_json()).encode()


def test_a_case_goes_from_saved_answers_to_the_last_day_of_its_appeal(walk: Walk) -> None:
    begin_rule(SEVERE_ADULTS)
    page = walk.page
    page.goto(reverse("clinics:list"))
    page.get_by_role("link", name="Begin a case").click()
    walk.is_at("Begin a case")
    look(walk)
    walk.type("Family name", "Sample")
    walk.type("Given name", "Jane")
    page.get_by_label("Answers that the patient saved").set_input_files(
        {"name": "answers.json", "mimeType": "application/json", "buffer": saved_answers()}
    )
    page.get_by_role("button", name="Begin a case").press("Enter")
    walk.is_at("Sample, Jane")
    look(walk)
    checklist = page.locator("#case-checklist")
    expect(checklist).to_contain_text("1 of 2 criteria met")
    page.get_by_label("Severity of the current episode").select_option(label="Severe")
    expect(checklist).to_contain_text("2 of 2 criteria met")
    for question, answer in (
        ("Where does this health coverage come from?", "A job at a company, or a union"),
        ("Who pays the claims?", "The employer itself, or the plan's own fund"),
        ("Does the plan say that it is “grandfathered”?", "No, it does not say so"),
    ):
        asked = page.get_by_label(question)
        asked.select_option(value=asked.locator("option", has_text=answer).get_attribute("value"))
        page.locator("#case-form").get_by_role("button", name="Check without saving").click()
        expect(page.get_by_text("Not saved yet")).to_be_visible()
    expect(page.get_by_text("A private job's plan whose claims the employer pays")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Submitted").click()
    look(walk)
    page.get_by_role("button", name="Record it").press("Enter")
    expect(page.get_by_text("Recorded: submitted.")).to_be_visible()
    page.get_by_role("link", name="Denied").click()
    today = dt.date.today()  # noqa: DTZ011 -- as the person reads it off a calendar
    page.get_by_label("Date printed on the notice").fill(today.isoformat())
    page.get_by_label("Date printed on the notice").blur()
    by = date(today + dt.timedelta(days=180))
    expect(page.locator("#case-follows")).to_contain_text(f"File your first appeal by {by}.")
    look(walk)
    page.get_by_role("button", name="Record it").press("Enter")
    expect(page.get_by_text("Recorded: denied.")).to_be_visible()
    expect(page.locator(".case-next__headline")).to_have_text(f"File your first appeal by {by}.")
    look(walk)
