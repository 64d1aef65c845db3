"""Cases that were closed long ago are listed for review; and the page of duties claims nothing."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from appeals.clinics.holding import hold_patient
from appeals.clinics.keeping import old_cases
from appeals.clinics.patients import OpenPatient
from appeals.models import AccessEntry, Case, Clinic, Role
from tests.appeals.clinics.building import make_case, make_clinic, make_member, make_patient
from tests.policies.html import text_of

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 5, 3)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def admin(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.ADMIN, "admin")
    client.force_login(person)
    return person


def closed(clinic: Clinic, on: dt.date | None, of: OpenPatient | None = None) -> Case:
    """A case that was closed at noon of a day, or is open."""
    case = make_case(clinic, of or make_patient(clinic)).case
    noon = timezone.make_aware(dt.datetime.combine(on, dt.time(12))) if on else None
    Case.objects.filter(pk=case.pk).update(closed_at=noon)
    return case


def test_cases_closed_more_than_so_many_years_ago_are_listed_the_oldest_first(
    clinic: Clinic,
) -> None:
    second = closed(clinic, dt.date(2016, 5, 2))
    first = closed(clinic, dt.date(2010, 1, 1))
    for late in (dt.date(2016, 5, 3), dt.date(2026, 5, 1), None):
        closed(clinic, late)
    closed(make_clinic("Another Sample Clinic"), dt.date(2010, 1, 1))
    assert list(old_cases(clinic, years=10, on=ON)) == [first, second]


@pytest.mark.parametrize(
    ("other", "has_later"),
    [
        pytest.param(None, True, id="open"),
        pytest.param(dt.date(2020, 1, 1), True, id="closed since"),
        pytest.param(dt.date(2011, 1, 1), False, id="as old"),
    ],
)
def test_what_the_same_patient_has_since_is_told(
    clinic: Clinic, other: dt.date | None, has_later: bool
) -> None:
    jane = make_patient(clinic)
    old = closed(clinic, dt.date(2010, 1, 1), jane)
    closed(clinic, other, jane)
    found = {one.pk: one for one in old_cases(clinic, years=10, on=ON)}
    assert found[old.pk].has_later is has_later  # type: ignore[attr-defined]  # annotated


def test_the_page_opens_no_record_and_deletes_nothing(
    client: Client,
    admin: User,
    clinic: Clinic,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    jane = make_patient(clinic)
    for _ in range(3):
        closed(clinic, dt.date(2010, 1, 1), jane)
    hold_patient(jane, reason="Counsel", by=admin)
    entries = AccessEntry.objects.count()
    place = reverse("clinics:old_cases", args=[clinic.pk])
    client.get(place)
    with django_assert_num_queries(8):  # six at the door, the count, the page
        page = text_of(client.get(place))
    assert "3 cases closed more than 10 years ago" in page
    assert "Under legal hold" in page
    assert "Sample, Jane" not in page
    assert AccessEntry.objects.count() == entries
    assert Case.objects.count() == 3


@pytest.mark.parametrize("years", ["", "0", "51", "ten", "1e3"])
def test_a_wrong_number_of_years_is_told_and_stays(
    client: Client, admin: User, clinic: Clinic, years: str
) -> None:
    page = client.get(reverse("clinics:old_cases", args=[clinic.pk]), {"years": years})
    assert page.status_code == 422
    assert "Enter a number of years from 1 to 50" in text_of(page)
    assert f'value="{years}"' in page.content.decode() or not years


def test_the_page_of_duties_claims_no_compliance_and_leads_to_counsel(
    client: Client, admin: User, clinic: Clinic
) -> None:
    page = client.get(reverse("clinics:duties"))
    told = text_of(page)
    for words in (
        "No compliance with any law is claimed",
        "its text was not read for this page",
        "business associate agreement",
        "42 CFR Part 2",
        "manage.py sign_in_link",
    ):
        assert words in told
    settings = client.get(reverse("clinics:settings", args=[clinic.pk])).content.decode()
    assert reverse("clinics:duties") in settings
    assert reverse("clinics:old_cases", args=[clinic.pk]) in settings
