"""A patient's record into a clinic's case: chosen, reviewed on a phone and at a desk, saved."""

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, expect

from tests.appeals.clinics.building import make_case, make_clinic, make_member
from tests.pages.at_clinic import Enter
from tests.pages.test_health_record_walk import FILE
from tests.pages.walking import follow, look_at_both

PHOTO = FilePayload(name="record.jpg", mimeType="image/jpeg", buffer=b"\xff\xd8\xff\xe0")


@pytest.mark.usefixtures("calendar")
def test_a_record_is_read_reviewed_and_saved_to_a_case(enter: Enter) -> None:
    clinic = make_clinic()
    opened = make_case(clinic)
    page = enter(make_member(clinic))
    page.goto(reverse("clinics:case_record", args=[clinic.pk, opened.case.pk]))
    look_at_both(page)
    read = page.get_by_role("button", name="Read the record")
    page.get_by_label("This patient's record").set_input_files(PHOTO)
    follow(read)
    expect(page.locator("#error-summary")).to_contain_text("This is a photo")
    page.get_by_label("This patient's record").set_input_files(FILE)
    follow(read)
    expect(page.get_by_text("Is it the right record?")).to_be_visible()
    look_at_both(page)
    # At a desk facts stand beside one another.
    diagnosis, severity = (page.locator(".find", has_text=one) for one in ("F33.2:", "Severity"))
    boxes = diagnosis.bounding_box(), severity.bounding_box()
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]
    where = diagnosis.get_by_text("Where it stands in the record")
    expect(diagnosis.get_by_text("ICD-10-CM F33.2")).to_be_hidden()
    where.press("Enter")
    expect(diagnosis.get_by_text("ICD-10-CM F33.2")).to_be_visible()
    for find in page.locator(".find").all():
        find.locator("[value='leave']").check()
    diagnosis.locator("[value='use']").check()
    page.get_by_label("This record is this patient's").check()
    follow(page.get_by_role("button", name="Save these facts to the case"))
    expect(page.get_by_text("Saved: 1 fact from the record.")).to_be_visible()
