"""The work list by the keyboard, at 320 px and at a desk: filters, ticks, search, numbers, feed."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, modify_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from appeals.clinics.samples.writing import write_sample_clinic
from appeals.models import Case, Clinic, Role
from tests.appeals.clinics.ruling import begin_rule
from tests.pages.conftest import watched
from tests.pages.walking import Walk, look_at_both

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

SESSION = "sessionid"
PHONE = {"width": 320, "height": 700}


@pytest.fixture
def walk(transactional_db: None, browser: Browser) -> Iterator[Walk]:
    """The biller of a sample clinic."""
    cache.clear()
    begin_rule()
    staff = write_sample_clinic(60, today=timezone.localdate())
    client = Client()
    client.force_login(staff.people[Role.BILLER])
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        server = LiveServer("localhost")
        context = browser.new_context(base_url=str(server.url), viewport=PHONE)  # type: ignore[arg-type]
        value = client.cookies[SESSION].value
        context.add_cookies([{"name": SESSION, "value": value, "url": str(server.url)}])
        complaints: list[str] = []
        yield Walk(watched(context, complaints))
        assert complaints == []
        context.close()
        server.stop()
    cast("DatabaseWrapper", connection).close_pool()


def test_a_biller_works_through_the_list_by_the_keyboard(walk: Walk) -> None:
    page, clinic = walk.page, Clinic.objects.get()
    page.goto(reverse("clinics:clinic", args=[clinic.pk]))
    look_at_both(walk.page)
    page.get_by_role("link", name="Skip to the cases").press("Enter")
    expect(page.locator("#cases")).to_be_focused()

    stage = page.get_by_label("Stage", exact=True)
    stage.select_option(label="Denied")
    expect(page.get_by_role("cell", name="Appeal with the plan")).to_have_count(0)
    expect(page).to_have_url(re.compile("stage=denied"))
    expect(stage).to_have_value("denied")

    page.get_by_label("on this page").press("Space")
    clinician = clinic.clinicians.order_by("name")[0]
    page.get_by_label("Clinician", exact=True).last.select_option(label=str(clinician))
    page.get_by_role("button", name="Give to this clinician").press("Enter")
    expect(page.get_by_text(f"Given to {clinician}")).to_be_visible()
    expect(page).to_have_url(re.compile("stage=denied"))
    denied = Case.objects.filter(stage="denied")
    assert set(denied.values_list("clinician", flat=True)) == {clinician.pk}

    page.get_by_label("Find a patient").fill("SAMPLE-000001")
    page.get_by_label("Find a patient").press("Enter")
    walk.is_at("Found")
    expect(page.get_by_role("link", name="Sample Ada")).to_have_count(1)
    assert "SAMPLE" not in page.url
    look_at_both(walk.page)

    page.get_by_role("link", name="Numbers").press("Enter")
    walk.is_at("Numbers")
    look_at_both(walk.page)
    page.get_by_role("link", name="Figures to share outside").press("Enter")
    look_at_both(walk.page)
    page.goto(reverse("clinics:calendar", args=[clinic.pk]))
    page.get_by_role("button", name="Make my address").press("Enter")
    expect(page.locator(".clinic-secret")).to_contain_text(".ics")
    look_at_both(walk.page)
