"""The access log: who saw or changed which record, by person, record and day."""

import csv
import datetime as dt
import io
import uuid

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from appeals.clinics.access import log_access
from appeals.clinics.deleting import delete_patient
from appeals.clinics.reading_log import AT_ONCE
from appeals.models import AccessEntry, Clinic, Role
from tests.appeals.clinics.building import make_case, make_clinic, make_member, make_patient

pytestmark = pytest.mark.django_db
What = AccessEntry.What


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def admin(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.ADMIN, "admin")
    client.force_login(person)
    return person


def shown(client: Client, clinic: Clinic, **asked: object) -> str:
    words = {name: str(value) for name, value in asked.items()}
    return client.get(reverse("clinics:log", args=[clinic.pk]), words).content.decode()


def count(page: str) -> int:
    """How many lines a page of the log shows."""
    return page.count("<tr>") - 1 if "<tr>" in page else 0


def write_many(clinic: Clinic, by: User, number: int) -> None:
    record = uuid.uuid4()
    AccessEntry.objects.bulk_create(
        AccessEntry(clinic_id=clinic.pk, patient_id=record, what=What.OPENED, by=by)
        for _ in range(number)
    )


def test_the_log_names_no_patient_and_leads_to_the_record(
    client: Client, clinic: Clinic, admin: User
) -> None:
    case = make_case(clinic)
    log_access(What.OPENED, case=case.case, by=admin)
    page = shown(client, clinic)
    assert "Case 1" in page
    assert str(case.case.pk) in page
    assert "Jane" not in page


def test_it_is_narrowed_by_person_record_and_day(
    client: Client, clinic: Clinic, admin: User
) -> None:
    ben = make_member(clinic, Role.BILLER, "ben")
    case, other = make_case(clinic), make_patient(clinic)
    for by in (admin, ben, ben):
        log_access(What.OPENED, case=case.case, by=by)
    log_access(What.OPENED, patient=other.patient, by=ben)
    today = timezone.localdate()
    assert count(shown(client, clinic, person=ben.pk)) == 3
    assert count(shown(client, clinic, person=ben.pk, record="1")) == 2
    assert count(shown(client, clinic, record=case.case.pk)) == 4  # and the opening of it
    assert count(shown(client, clinic, record=other.patient.pk)) == 2
    assert count(shown(client, clinic, person=ben.pk, on=today.isoformat())) == 3
    assert count(shown(client, clinic, on=(today - dt.timedelta(days=1)).isoformat())) == 0


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        pytest.param({"record": "77"}, "no case of this number", id="no such case"),
        pytest.param({"record": "Jane"}, "Enter the number of a case", id="a name"),
        pytest.param({"on": "yesterday"}, "Enter a date like", id="no day"),
    ],
)
def test_what_can_not_be_looked_for_is_told(
    client: Client, clinic: Clinic, admin: User, asked: dict[str, str], told: str
) -> None:
    answer = client.get(reverse("clinics:log", args=[clinic.pk]), asked)
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_entries_outlive_the_patient_and_say_that_it_is_deleted(
    client: Client, clinic: Clinic, admin: User
) -> None:
    case = make_case(clinic)
    patient, number = case.patient.patient, case.case.pk
    delete_patient(patient, by=admin)
    page = shown(client, clinic, record=number)
    assert count(page) == 1
    assert page.count("Deleted\n") == 2
    assert "Case 1<" not in page


def test_another_clinics_entries_are_not_shown_or_counted(
    client: Client, clinic: Clinic, admin: User
) -> None:
    theirs = make_case(make_clinic("Another Sample Clinic"))
    assert "Nobody has looked" in shown(client, clinic)
    assert "No entry is like this" in shown(client, clinic, record=theirs.case.pk)


def test_a_hundred_at_a_time_each_once_with_as_many_queries(
    client: Client, clinic: Clinic, admin: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_many(clinic, admin, AT_ONCE + 5)
    shown(client, clinic)  # writes when the person was last seen
    with django_assert_num_queries(9):
        first = shown(client, clinic)
    assert count(first) == AT_ONCE
    before = first.partition("before=")[2].partition('"')[0]
    assert count(shown(client, clinic, before=before)) == 5


def test_the_file_holds_all_and_no_cell_is_a_formula(
    client: Client, clinic: Clinic, admin: User
) -> None:
    admin.username = "@SUM(1+1)"
    admin.save()
    write_many(clinic, admin, AT_ONCE + 5)
    answer = client.get(reverse("clinics:log_file", args=[clinic.pk]))
    text = b"".join(answer).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == AT_ONCE + 5
    assert rows[0]["who"] == "'@SUM(1+1)"
    assert dt.datetime.fromisoformat(rows[0]["when"]).tzinfo is not None


def test_no_entry_can_be_changed_by_the_page(client: Client, clinic: Clinic, admin: User) -> None:
    assert client.post(reverse("clinics:log", args=[clinic.pk])).status_code == 405
