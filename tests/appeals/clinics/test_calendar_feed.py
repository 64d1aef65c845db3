"""The calendar feed and the reminders: case numbers and counts, and nothing of health."""

import datetime as dt
import logging
import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from procrastinate.contrib.django.models import ProcrastinateJob

from appeals.clinics.feeds import clinic_of, make_feed
from appeals.clinics.records import PatientRecord
from appeals.clinics.reminding import defer_reminders, remind, want_reminders
from appeals.models import CalendarFeed, Case, Clinic, Membership, Role
from tests.appeals.clinics.building import make_case, make_clinic, make_member, make_patient

pytestmark = pytest.mark.django_db
MARKED = PatientRecord("Markedfamily", "Markedgiven", member_id="MARKED77")


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic("Markedname Ketamine Clinic")


@pytest.fixture
def biller(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.BILLER, "biller")
    person.email = "biller@example.org"
    person.save()
    client.force_login(person)
    return person


@pytest.fixture
def member(clinic: Clinic, biller: User) -> Membership:
    return clinic.memberships.get(user=biller)


def due(clinic: Clinic, in_days: int, step: str = "job-appeal", **columns: object) -> Case:
    case = make_case(clinic, make_patient(clinic, MARKED)).case
    day = timezone.localdate() + dt.timedelta(days=in_days)
    Case.objects.filter(pk=case.pk).update(
        due_on=day, due_step=step, payer_name="Markedpayer", **columns
    )
    return case


def read(token: str) -> bytes:
    """What a calendar program reads, which signs in nowhere."""
    answer = Client().get(reverse("clinics:feed", args=[token]))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.content


def entries(token: str) -> list[tuple[str, dt.date]]:
    read_back = Calendar.from_ical(read(token).decode())
    return [(str(one["SUMMARY"]), one.decoded("DTSTART")) for one in read_back.walk("VEVENT")]


def test_an_entry_has_the_number_the_step_and_the_day(clinic: Clinic, member: Membership) -> None:
    today = timezone.localdate()
    due(clinic, 5)
    due(clinic, -3, "answer")
    due(clinic, 9, "")
    assert entries(make_feed(member)) == [
        ("Case 2, last day: plan's answer", today - dt.timedelta(days=3)),
        ("Case 1, last day: first appeal to the health plan", today + dt.timedelta(days=5)),
        ("Case 3: last day", today + dt.timedelta(days=9)),
    ]


def test_it_tells_nothing_of_patient_payer_treatment_or_clinic(
    clinic: Clinic, member: Membership
) -> None:
    due(clinic, 5)
    text = read(make_feed(member)).decode()
    assert not re.search("marked|ketamine|depress|sample", text, re.IGNORECASE)


def test_closed_cases_and_other_clinics_are_not_in_it(clinic: Clinic, member: Membership) -> None:
    due(clinic, 5, closed_at=timezone.now())
    due(make_clinic("Another Sample Clinic"), 5)
    assert entries(make_feed(member)) == []


def test_an_entry_keeps_its_mark_when_its_day_moves(clinic: Clinic, member: Membership) -> None:
    case = due(clinic, 5)
    token = make_feed(member)

    def mark() -> str:
        return str(Calendar.from_ical(read(token).decode()).walk("VEVENT")[0]["UID"])

    before = mark()
    Case.objects.filter(pk=case.pk).update(due_on=timezone.localdate())
    assert mark() == before


def test_only_the_hash_of_the_secret_is_kept_and_it_is_told_once(
    client: Client, clinic: Clinic, biller: User
) -> None:
    address = reverse("clinics:calendar", args=[clinic.pk])
    page = client.post(address, {"do": "make"}).content.decode()
    found = re.search(r"/clinics/calendar/([\w-]+)\.ics", page)
    assert found
    token = found[1]
    assert clinic_of(token) == clinic
    assert token not in client.get(address).content.decode()
    assert token not in str(CalendarFeed.objects.values())


@pytest.mark.parametrize("how", ["revoked", "made anew", "left the clinic", "never was"])
def test_a_void_address_opens_nothing(
    client: Client, clinic: Clinic, member: Membership, how: str
) -> None:
    token = make_feed(member)
    address = reverse("clinics:calendar", args=[clinic.pk])
    if how == "revoked":
        client.post(address, {"do": "revoke"})
    elif how == "made anew":
        make_feed(member)
    elif how == "left the clinic":
        clinic.memberships.update(is_active=False)
    else:
        token = "x" * 43
    answer = Client().get(reverse("clinics:feed", args=[token]))
    assert answer.status_code == 404
    assert b"VCALENDAR" not in answer.content


def test_the_secret_stands_in_no_line_of_the_log(
    member: Membership, caplog: pytest.LogCaptureFixture
) -> None:
    token = make_feed(member)
    caplog.set_level(logging.DEBUG)
    read(token)
    assert not [one for one in caplog.records if token in one.getMessage()]


@override_settings(EMAIL_HOST="mail.example.org", ALLOWED_HOSTS=["site.example.org"], DEBUG=False)
def test_a_reminder_has_the_counts_and_a_link_and_nothing_more(
    clinic: Clinic, member: Membership
) -> None:
    for days in (-1, -2, -9, 0, 7, 8):
        due(clinic, days)
    want_reminders(member, wants=True)
    assert remind(member.pk, on=timezone.localdate())
    message = mail.outbox[0]
    assert message.to == ["biller@example.org"]
    assert message.subject == "Cases that are due"
    told = str(message.body)
    assert told.startswith("3 cases are overdue. 2 cases are due within 7 days.")
    assert f"https://site.example.org/clinics/{clinic.pk}/" in told
    assert not re.search("marked|ketamine|depress", told, re.IGNORECASE)


@override_settings(EMAIL_HOST="mail.example.org")
def test_a_member_is_reminded_once_a_day_and_only_of_something(
    clinic: Clinic, member: Membership
) -> None:
    today = timezone.localdate()
    want_reminders(member, wants=True)
    assert not remind(member.pk, on=today - dt.timedelta(days=1))
    due(clinic, 0)
    assert [remind(member.pk, on=today), remind(member.pk, on=today)] == [True, False]
    assert len(mail.outbox) == 1


@override_settings(EMAIL_HOST="mail.example.org")
def test_reminders_are_for_those_who_asked_and_still_belong(
    clinic: Clinic, member: Membership
) -> None:
    due(clinic, 0)
    today = timezone.localdate()
    make_member(clinic, Role.ADMIN, "admin")
    defer_reminders(today)
    assert not ProcrastinateJob.objects.exists()
    want_reminders(member, wants=True)
    defer_reminders(today)
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == (
        "appeals.tasks.remind",
        {"membership": str(member.pk)},
    )
    clinic.memberships.update(is_active=False)
    assert not remind(member.pk, on=today)
    assert not mail.outbox


def test_without_mail_or_address_it_is_said_why_not(
    client: Client, clinic: Clinic, biller: User
) -> None:
    address = reverse("clinics:calendar", args=[clinic.pk])
    assert "sends no mail" in client.post(address, {"do": "remind"}).content.decode()
    biller.email = ""
    biller.save()
    with override_settings(EMAIL_HOST="mail.example.org"):
        assert "no e-mail address" in client.post(address, {"do": "remind"}).content.decode()
    assert not clinic.memberships.filter(gets_reminders=True).exists()
