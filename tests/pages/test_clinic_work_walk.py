"""The work list by the keyboard, at 320 px and at a desk: filters, ticks, search, numbers, feed."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from appeals.clinics.samples.writing import write_sample_clinic
from appeals.models import Case, Clinic, Role
from tests.appeals.clinics.ruling import begin_rule
from tests.pages.at_clinic import Enter
from tests.pages.walking import Walk, look_at_both


@pytest.fixture
def walk(enter: Enter) -> Walk:
    """The biller of a sample clinic."""
    begin_rule()
    staff = write_sample_clinic(60, today=timezone.localdate())
    return Walk(enter(staff.people[Role.BILLER]))


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
