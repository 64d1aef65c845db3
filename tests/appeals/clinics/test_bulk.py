"""What is done with many ticked cases at once: each keeps its own events and entries."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.casework import Due, move_case
from appeals.clinics.content import Happened
from appeals.models import AccessEntry, Case, CaseEvent, Clinic, Clinician, Role
from appeals.models.cases import Stage
from tests.appeals.clinics.building import (
    make_case,
    make_clinic,
    make_member,
    make_signed_letter,
    reopened,
)

pytestmark = pytest.mark.django_db
Kind = CaseEvent.Kind


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.BILLER, "biller")
    client.force_login(person)
    return person


def send(client: Client, clinic: Clinic, do: str, *cases: Case, **more: Any) -> Any:
    data = {"do": do, "case": [str(one.pk) for one in cases], **more}
    return client.post(reverse("clinics:bulk", args=[clinic.pk]), data, follow=True)


def cases(clinic: Clinic, count: int = 3) -> list[Case]:
    return [make_case(clinic).case for _ in range(count)]


def test_ticked_cases_go_to_a_clinician_each_with_an_event_and_an_entry(
    client: Client, clinic: Clinic, biller: User
) -> None:
    one, two, three = cases(clinic)
    clinician = Clinician.objects.create(clinic=clinic, name="Dr. Sample")
    page = send(client, clinic, "assign", one, two, to=str(clinician.pk)).content.decode()
    assert "Given to Dr. Sample: 2 cases." in page
    found = clinic.cases.order_by("number")
    assert [one.clinician for one in found] == [clinician, clinician, None]
    assert [one.counter for one in found] == [1, 1, 0]
    assert one.events.filter(kind=Kind.EDITED, by=biller).count() == 1
    assert AccessEntry.objects.filter(what="changed", by=biller, case_id=two.pk).count() == 1
    again = send(client, clinic, "assign", one, three, to="nobody").content.decode()
    assert "Given to nobody: 1 case." in again


def test_the_box_for_all_takes_every_case_of_the_page(
    client: Client, clinic: Clinic, biller: User
) -> None:
    shown = [str(one.pk) for one in cases(clinic)]
    clinician = Clinician.objects.create(clinic=clinic, name="Dr. Sample")
    send(client, clinic, "assign", all_shown="1", shown=shown, to=str(clinician.pk))
    assert clinic.cases.filter(clinician=clinician).count() == 3


@pytest.mark.parametrize(
    ("do", "told"),
    [
        pytest.param("assign", "choose a clinician", id="a clinician of another clinic"),
        pytest.param("", "choose what to do", id="nothing chosen"),
    ],
)
def test_what_is_not_done_is_told(
    client: Client, clinic: Clinic, biller: User, do: str, told: str
) -> None:
    other = Clinician.objects.create(clinic=make_clinic("Another"), name="Dr. Elsewhere")
    case = make_case(clinic).case
    assert told in send(client, clinic, do, case, to=str(other.pk)).content.decode()
    case.refresh_from_db()
    assert (case.clinician, case.counter) == (None, 0)


def test_nothing_ticked_does_nothing(client: Client, clinic: Clinic, biller: User) -> None:
    assert "tick the cases first" in send(client, clinic, "withdraw").content.decode()


def test_another_clinics_case_is_left_alone(client: Client, clinic: Clinic, biller: User) -> None:
    theirs = make_case(make_clinic("Another Sample Clinic")).case
    Case.objects.filter(pk=theirs.pk).update(is_rule_changed=True)
    for do in ("looked_at", "print", "withdraw"):
        assert "Jane" not in send(client, clinic, do, theirs).content.decode()
    day = timezone.localdate().isoformat()
    data = {"case": str(theirs.pk), f"based_on-{theirs.pk}": "0", "on": day}
    client.post(reverse("clinics:withdraw", args=[clinic.pk]), data)
    theirs.refresh_from_db()
    assert theirs.is_rule_changed
    assert theirs.closed_at is None


def test_a_changed_rule_is_looked_at_in_many_cases(
    client: Client, clinic: Clinic, biller: User
) -> None:
    one, two, _ = cases(clinic)
    Case.objects.filter(pk=one.pk).update(is_rule_changed=True)
    page = send(client, clinic, "looked_at", one, two, filters="state=OH").content.decode()
    assert "the changed rule of 1 case." in page
    assert not clinic.cases.filter(is_rule_changed=True).exists()


def test_letters_of_ticked_cases_come_to_the_printing(
    client: Client, clinic: Clinic, biller: User
) -> None:
    opened = make_case(clinic)
    letter = make_signed_letter(opened)
    page = send(client, clinic, "print", opened.case).content.decode()
    assert f'value="{letter.pk}"' in page
    assert "Print letters" in page


def test_withdrawing_asks_first_and_then_closes_each_as_of_the_day(
    client: Client, clinic: Clinic, biller: User
) -> None:
    one, two, _ = cases(clinic)
    asked = send(client, clinic, "withdraw", one, two).content.decode()
    assert "Withdraw 2 cases" in asked
    assert clinic.cases.filter(stage=Stage.WITHDRAWN).count() == 0
    day = timezone.localdate()
    data = {
        "case": [str(one.pk), str(two.pk)],
        f"based_on-{one.pk}": "0",
        f"based_on-{two.pk}": "0",
        "on": day.isoformat(),
    }
    address = reverse("clinics:withdraw", args=[clinic.pk])
    page = client.post(address, data, follow=True).content.decode()
    assert "Withdrawn: 2 cases." in page
    assert clinic.cases.filter(stage=Stage.WITHDRAWN, closed_at__isnull=False).count() == 2
    assert one.events.get(kind=Kind.WITHDRAWN).on == day


def test_what_cannot_be_withdrawn_stays_with_its_reason_and_the_rest_is_done(
    client: Client, clinic: Clinic, biller: User
) -> None:
    changed, done = make_case(clinic), make_case(clinic)
    approved = make_case(clinic)
    today = timezone.localdate()
    for kind in (Kind.SUBMITTED, Kind.APPROVED):
        opened = reopened(approved)
        move_case(
            opened,
            kind,
            on=today,
            today=today,
            based_on=opened.case.counter,
            by=biller,
            happened=Happened(),
            due=Due(),
        )
    Case.objects.filter(pk=changed.case.pk).update(counter=5)
    chosen = [changed.case, done.case, approved.case]
    data = {
        "case": [str(one.pk) for one in chosen],
        "on": today.isoformat(),
        **{f"based_on-{one.pk}": "0" for one in chosen},
    }
    answer = client.post(reverse("clinics:withdraw", args=[clinic.pk]), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Withdrawn: 1 case." in page
    assert "Case 1 was not withdrawn. Someone else changed it meanwhile." in page
    assert "Case 3 was not withdrawn." in page
    assert "Withdraw 2 cases" in page


@pytest.mark.parametrize(
    ("day", "told"),
    [
        pytest.param("", "Enter the day", id="no day"),
        pytest.param("soon", "Enter a date like", id="no date"),
        pytest.param("ahead", "This day lies ahead", id="a day ahead"),
    ],
)
def test_a_wrong_day_is_told_and_nothing_is_closed(
    client: Client, clinic: Clinic, biller: User, day: str, told: str
) -> None:
    case = make_case(clinic).case
    if day == "ahead":
        day = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    data = {"case": str(case.pk), f"based_on-{case.pk}": "0", "on": day}
    answer = client.post(reverse("clinics:withdraw", args=[clinic.pk]), data)
    assert answer.status_code in (409, 422)
    assert told in answer.content.decode()
    case.refresh_from_db()
    assert case.closed_at is None
