"""A record is joined with its double, held, taken out and deleted, by the keyboard, at 320 px."""

from dataclasses import replace
from zipfile import ZipFile

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from appeals.models import Patient, Role
from tests.appeals.clinics.building import JANE, make_case, make_clinic, make_member, make_patient
from tests.pages.at_clinic import Enter
from tests.pages.test_sign_in import look
from tests.pages.walking import PHONE, Walk


@pytest.fixture
def walk(enter: Enter) -> Walk:
    """An admin of a clinic with a narrow window, at a patient who was written down twice."""
    clinic = make_clinic()
    jane = make_patient(clinic)
    make_case(clinic, jane)
    make_case(clinic, make_patient(clinic, replace(JANE, given_name="J.", phone="555-0100")))
    page = enter(make_member(clinic, Role.ADMIN, "admin"))
    page.set_viewport_size(PHONE)
    page.goto(reverse("clinics:patient", args=[clinic.pk, jane.patient.pk]))
    return Walk(page)


def test_a_record_is_joined_held_taken_out_and_deleted(walk: Walk) -> None:
    page = walk.page
    walk.is_at("Sample, Jane")
    look(walk)
    page.get_by_role("link", name="Join the two").press("Enter")
    walk.is_at("Join two rows of one patient")
    look(walk)
    page.get_by_role("button", name="Join the two").press("Enter")
    walk.is_at("Sample, Jane")
    expect(page.get_by_label("Phone")).to_have_value("555-0100")
    page.get_by_role("button", name="Put under legal hold").press("Enter")
    look(walk)
    walk.type("Why nothing may be deleted", "Counsel asked for it")
    page.get_by_role("button", name="Put under legal hold").press("Enter")
    expect(page.get_by_text("Counsel asked for it")).to_be_visible()
    look(walk)
    page.get_by_role("button", name="Release the hold").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the whole record").press("Enter")
    assert "Sample" not in download.value.suggested_filename
    with ZipFile(download.value.path()) as zipped:
        assert zipped.testzip() is None
        assert b'"number": 2' in zipped.read("record.json")
    page.get_by_role("link", name="Delete this record").press("Enter")
    walk.is_at("Delete the record of Jane Sample")
    page.get_by_label("To confirm, type the number").press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    look(walk)
    walk.type("To confirm, type the number", "2")
    page.get_by_role("button", name="Delete for good").press("Enter")
    walk.is_at("Work list")
    assert not Patient.objects.exists()
    page.get_by_role("link", name="People and settings").click()
    page.get_by_role("link", name="Old cases").click()
    walk.is_at("Cases closed long ago")
    look(walk)
    page.goto(reverse("clinics:duties"))
    look(walk)
