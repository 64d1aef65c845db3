"""The clock passes midnight or is set by days while people are at work."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.letters.signing import StalePagesError, pages_to_sign, sign_letter
from appeals.clinics.reminding import remind, want_reminders
from appeals.models import CaseEvent, Membership
from tests.appeals.clinics.building import make_case, make_clinic, make_member
from tests.appeals.clinics.lettering import (
    begun,
    give_form,
    make_clinician,
    make_letter_case,
    make_letter_clinic,
    user_of,
    written,
)

pytestmark = pytest.mark.django_db
# In New York, before and after the hour that summer time takes away, and the one it gives back.
SPRING = dt.datetime(2026, 3, 8, 6, 59, tzinfo=dt.UTC)
AUTUMN = dt.datetime(2026, 11, 1, 5, 59, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def set_clock(monkeypatch: pytest.MonkeyPatch, to: dt.datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: to)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(SPRING, SPRING + 2 * dt.timedelta(minutes=1), id="summer time begins"),
        pytest.param(AUTUMN, AUTUMN + 2 * dt.timedelta(minutes=1), id="summer time ends"),
    ],
)
def test_a_change_to_summer_time_or_back_stays_on_its_day(
    monkeypatch: pytest.MonkeyPatch, before: dt.datetime, after: dt.datetime
) -> None:
    days = []
    for moment in (before, after):
        set_clock(monkeypatch, moment)
        days.append(timezone.localdate())
    assert days[0] == days[1] == before.date()


@pytest.mark.parametrize("days", [1, 3, -3])
def test_a_letter_read_before_the_day_changed_is_read_again_and_not_signed(days: int) -> None:
    clinic = make_letter_clinic()
    alex = make_clinician(clinic)
    opened = make_letter_case(clinic, alex)
    give_form(opened, user_of(alex))
    letter = begun(opened, alex, by=user_of(alex))
    today = timezone.localdate()
    read = pages_to_sign(written(opened, letter, on=today), alex)
    later = written(opened, letter, on=today + days * DAY)
    with pytest.raises(StalePagesError):
        sign_letter(later, alex, name=alex.name, digest=read.digest, by=user_of(alex))
    letter.refresh_from_db()
    assert letter.signed_at is None
    events = CaseEvent.objects.filter(case=opened.case, kind=CaseEvent.Kind.LETTER)
    assert events.count() == 1  # that it was begun


@override_settings(EMAIL_HOST="mail.example.org")
def test_a_clock_set_back_within_the_day_mails_nobody_twice() -> None:
    clinic = make_clinic()
    member = Membership.objects.get(user=make_member(clinic))
    User.objects.filter(pk=member.user_id).update(email="sample@example.org")
    want_reminders(Membership.objects.get(pk=member.pk), wants=True)
    today = timezone.localdate()
    opened = make_case(clinic)
    type(opened.case).objects.filter(pk=opened.case.pk).update(due_on=today)
    assert [remind(member.pk, on=day) for day in (today, today, today + DAY)] == [
        True,
        False,
        True,
    ]
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("jump", "status"),
    [
        pytest.param(-3 * DAY, 200, id="back by days: still signed in"),
        pytest.param(3 * DAY, 302, id="ahead by days: asked to sign in again"),
    ],
)
def test_a_sign_in_never_outlives_its_time(
    client: Client,
    admin_user: User,
    monkeypatch: pytest.MonkeyPatch,
    jump: dt.timedelta,
    status: int,
) -> None:
    client.force_login(admin_user)
    set_clock(monkeypatch, timezone.now() + jump)
    assert client.get(reverse("admin:index")).status_code == status
