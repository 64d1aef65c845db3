"""Two clinics that cannot see each other, and a person who belongs to both."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from appeals.clinics.patients import OpenPatient
from appeals.models import Membership, Role
from tests.appeals.clinics.building import JANE, make_case, make_clinic, make_member, make_patient
from tests.appeals.clinics.ruling import SEVERE_ADULTS, begin_rule
from tests.pages.at_clinic import Enter, letting_in
from tests.pages.walking import follow, look


@pytest.fixture
def enter(browser: Browser, writing_site: str) -> Iterator[Enter]:
    # What another clinic has is not found, which Chromium reports.
    with letting_in(browser, writing_site, expected="404") as let_in:
        yield let_in


def a_clinic_with_a_case(name: str, family_name: str) -> tuple[OpenPatient, str]:
    """A clinic whose only patient has a case, and the address of that."""
    clinic = make_clinic(name)
    opened = make_case(clinic, make_patient(clinic, replace(JANE, family_name=family_name)))
    return opened.patient, reverse("clinics:case", args=[clinic.pk, opened.case.pk])


def sees(page: Page, clinic: str, own: str, other: str) -> None:
    """At a clinic its own patient is listed and found, and that of another is not."""
    page.goto(reverse("clinics:list"))
    follow(page.get_by_role("link", name=clinic, exact=True))
    expect(page.locator("#cases")).to_contain_text(own)
    expect(page.get_by_role("main")).not_to_contain_text(other)
    for sought, found in ((own, 1), (other, 0)):
        page.get_by_label("Find a patient").fill(sought)
        with page.expect_event("load"):
            page.get_by_label("Find a patient").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Found")
        expect(page.get_by_role("link", name=sought)).to_have_count(found)
    look(page)


def test_two_clinics_do_not_see_each_other_and_who_belongs_to_both_sees_each_apart(
    enter: Enter,
) -> None:
    begin_rule(SEVERE_ADULTS)
    ash, at_elm = a_clinic_with_a_case("Elm Clinic", "Ash")
    birch, at_oak = a_clinic_with_a_case("Oak Clinic", "Birch")
    both = make_member(ash.patient.clinic, name="bo")
    Membership.objects.create(clinic=birch.patient.clinic, user=both, role=Role.BILLER)
    elm, oak = ("Elm Clinic", "Ash", "Birch"), ("Oak Clinic", "Birch", "Ash")
    for here, seen, own_case, others_case in (
        (ash.patient.clinic, elm, at_elm, at_oak),
        (birch.patient.clinic, oak, at_oak, at_elm),
    ):
        page = enter(make_member(here))
        sees(page, *seen)
        page.goto(own_case)
        expect(page.get_by_role("heading", level=1)).to_contain_text(seen[1])
        page.goto(others_case)
        expect(page.get_by_role("heading", level=1)).to_have_text("We could not find that page")
    page = enter(both)
    sees(page, *elm)
    sees(page, *oak)
