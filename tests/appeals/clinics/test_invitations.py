"""Invitations: a link works once, for seven days, for whom it was meant, and tells nothing else."""

import datetime as dt
import hashlib

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from appeals.clinics.invitations import (
    InvitationError,
    accept,
    invite,
    invite_again,
    open_by_token,
    withdraw,
)
from appeals.clinics.people import end_membership
from appeals.models import Clinic, ClinicEvent, Invitation, Membership, Role
from tests.appeals.clinics.building import make_clinic, make_member
from tests.coverage_site.signing_in import PASSWORD, SIGN_IN, shown_by_app

pytestmark = pytest.mark.django_db
EMAIL = "new@example.org"
ANSWER = "/account/invited/"


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def admin(clinic: Clinic) -> User:
    return make_member(clinic, Role.ADMIN, "admin")


def invited(clinic: Clinic, email: str = EMAIL, role: Role = Role.BILLER) -> str:
    """The token of an invitation."""
    return invite(clinic, email=email, role=role, by=None)


def opened(client: Client, token: str) -> str:
    """What the page says after the link was opened."""
    return client.get(f"/account/invited/{token}/", follow=True).content.decode()


def run_out(token: str) -> None:
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))


def used(token: str) -> None:
    found = open_by_token(token)
    assert found
    accept(found, by=User.objects.create_user("somebody"))


def withdrawn(token: str) -> None:
    found = open_by_token(token)
    assert found
    withdraw(found, by=None)


def replaced(token: str) -> None:
    found = open_by_token(token)
    assert found
    invite_again(found, by=User.objects.create_user("sender"))


def test_of_the_link_only_its_hash_is_kept(clinic: Clinic) -> None:
    token = invited(clinic)
    kept = str(list(Invitation.objects.values())) + str(list(ClinicEvent.objects.values()))
    assert token not in kept
    assert hashlib.sha256(token.encode()).hexdigest() in kept


def test_a_link_holds_for_seven_days(clinic: Clinic) -> None:
    found = open_by_token(invited(clinic))
    assert found
    left = found.expires_at - timezone.now()
    assert dt.timedelta(days=6, hours=23) < left <= dt.timedelta(days=7)


@pytest.mark.parametrize("end", [run_out, used, withdrawn, replaced, None])
def test_links_that_do_not_work_are_all_answered_alike(
    client: Client, clinic: Clinic, end: object
) -> None:
    token = invited(clinic)
    if callable(end):
        end(token)
    else:
        token = "never-was"  # noqa: S105 -- it is none
    answer = client.get(f"/account/invited/{token}/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "This invitation does not work" in page
    assert clinic.name not in page
    assert EMAIL not in page


def test_wrong_links_are_counted_like_wrong_passwords(client: Client, clinic: Clinic) -> None:
    for _ in range(20):
        assert client.get("/account/invited/never-was/").status_code == 404
    assert client.get("/account/invited/never-was/").status_code == 429
    assert client.get(f"/account/invited/{invited(clinic)}/").status_code == 429


def test_the_secret_leaves_the_address_when_it_is_opened(client: Client, clinic: Clinic) -> None:
    token = invited(clinic)
    answer = client.get(f"/account/invited/{token}/")
    assert answer.headers["Location"] == ANSWER
    assert token not in str(dict(client.session))


def test_who_opens_it_without_an_account_makes_one_and_is_led_to_the_second_step(
    client: Client, clinic: Clinic
) -> None:
    assert "Make my account" in opened(client, invited(clinic))
    typed = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(ANSWER, typed).headers["Location"] == f"/clinics/{clinic.pk}/"
    person = User.objects.get(username="new")
    assert person.email == EMAIL
    led = client.get(f"/clinics/{clinic.pk}/", follow=True)
    assert "Your role needs a second step" in led.content.decode()
    form = client.get("/account/app/").context["form"]
    done = client.post("/account/app/", {"code": shown_by_app(form.secret)}, follow=True)
    assert "Go to your clinics" in done.content.decode()
    assert client.get(f"/clinics/{clinic.pk}/").status_code == 200
    assert Membership.objects.get(user=person).role == Role.BILLER


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param({"username": "taken"}, "already exists", id="a name that is taken"),
        pytest.param({"password1": "short", "password2": "short"}, "too short", id="too short"),
        pytest.param({"password2": "something else"}, "not the same", id="typed otherwise"),
        pytest.param({"username": ""}, "Enter the name", id="no name"),
    ],
)
def test_a_new_account_follows_the_rules_for_names_and_passwords(
    client: Client, clinic: Clinic, typed: dict[str, str], told: str
) -> None:
    User.objects.create_user("taken")
    opened(client, invited(clinic))
    base = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(ANSWER, base | typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not clinic.memberships.exists()


def test_no_second_account_is_made_for_an_address(client: Client, clinic: Clinic) -> None:
    User.objects.create_user("old", email=EMAIL.upper())
    opened(client, invited(clinic))
    typed = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    assert "There is an account" in client.post(ANSWER, typed).content.decode()
    assert not User.objects.filter(username="new").exists()


def test_who_has_an_account_signs_in_comes_back_and_accepts(client: Client, clinic: Clinic) -> None:
    person = User.objects.create_user("old", email=EMAIL.upper(), password=PASSWORD)
    page = opened(client, invited(clinic))
    assert f"{SIGN_IN}?next=%2Faccount%2Finvited%2F" in page
    back = client.post(SIGN_IN, {"login": "old", "password": PASSWORD, "next": ANSWER})
    assert back.headers["Location"] == ANSWER
    assert "Accept the invitation" in client.get(ANSWER).content.decode()
    assert client.post(ANSWER).headers["Location"] == f"/clinics/{clinic.pk}/"
    assert clinic.memberships.get().user == person
    assert client.get(ANSWER).status_code == 404


def test_a_person_without_an_address_may_accept_and_gets_it(client: Client, clinic: Clinic) -> None:
    person = User.objects.create_user("old")
    client.force_login(person)
    opened(client, invited(clinic))
    assert client.post(ANSWER).status_code == 302
    person.refresh_from_db()
    assert person.email == EMAIL


def test_a_person_with_another_address_is_told_so_and_stays_outside(
    client: Client, clinic: Clinic
) -> None:
    client.force_login(User.objects.create_user("old", email="other@example.org"))
    page = opened(client, invited(clinic))
    assert "whose address is another one" in page
    assert "Accept the invitation" not in page
    assert client.post(ANSWER).status_code == 422
    assert not clinic.memberships.exists()


def test_two_who_hold_one_link_do_not_both_come_in(clinic: Clinic) -> None:
    found = open_by_token(invited(clinic))
    assert found
    accept(found, by=User.objects.create_user("first"))
    with pytest.raises(InvitationError):
        accept(found, by=User.objects.create_user("second"))


def test_a_link_that_is_withdrawn_after_it_was_opened_lets_nobody_in(
    client: Client, clinic: Clinic
) -> None:
    token = invited(clinic)
    opened(client, token)
    withdrawn(token)
    typed = {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(ANSWER, typed).status_code == 404
    assert not User.objects.exists()


def test_an_invitation_changes_no_role_and_brings_back_who_has_left(
    clinic: Clinic, admin: User
) -> None:
    person = make_member(clinic, Role.FRONT_DESK, "desk")
    found = open_by_token(invited(clinic))
    assert found
    with pytest.raises(InvitationError, match="belong to this clinic already"):
        accept(found, by=person)
    end_membership(clinic.memberships.get(user=person), by=admin)
    accept(found, by=person)
    again = clinic.memberships.get(user=person)
    assert (again.role, again.is_active) == (Role.BILLER, True)


def test_invitations_of_a_person_who_leaves_are_void(clinic: Clinic, admin: User) -> None:
    make_member(clinic, Role.ADMIN, "other-admin")
    token = invite(clinic, email=EMAIL, role=Role.ADMIN, by=admin)
    end_membership(clinic.memberships.get(user=admin), by=admin)
    assert open_by_token(token) is None


def test_nobody_is_invited_twice_or_as_what_they_are(clinic: Clinic, admin: User) -> None:
    invited(clinic)
    with pytest.raises(InvitationError, match="invited already"):
        invited(clinic, EMAIL.upper())
    User.objects.update(email="admin@example.org")
    with pytest.raises(InvitationError, match="belongs to the clinic already"):
        invited(clinic, "Admin@example.org")


def test_the_mail_holds_the_link_and_tells_nothing_of_health(
    client: Client, clinic: Clinic, admin: User, settings: Settings
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    client.force_login(admin)
    address = reverse("clinics:invite", args=[clinic.pk])
    answer = client.post(address, {"email": EMAIL, "role": "biller"}, follow=True)
    (sent,) = mail.outbox
    assert sent.to == [EMAIL]
    token = sent.body.partition("/account/invited/")[2].partition("/")[0]
    assert open_by_token(token)
    assert token not in answer.content.decode()
    words = f"{sent.subject} {sent.body}".casefold()
    assert not any(word in words for word in ("patient", "ketamine", "case", "treatment"))


def test_without_mail_the_link_is_shown_once_to_whoever_invites(
    client: Client, clinic: Clinic, admin: User
) -> None:
    client.force_login(admin)
    address = reverse("clinics:invite", args=[clinic.pk])
    page = client.post(address, {"email": EMAIL, "role": "biller"}).content.decode()
    token = page.partition("/account/invited/")[2].partition("/")[0]
    assert open_by_token(token)
    assert not mail.outbox
    later = client.get(reverse("clinics:settings", args=[clinic.pk])).content.decode()
    assert EMAIL in later
    assert token not in later


def test_what_can_not_be_mailed_is_handed_over(
    client: Client, clinic: Clinic, admin: User, settings: Settings
) -> None:
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    client.force_login(admin)
    address = reverse("clinics:invite", args=[clinic.pk])
    page = client.post(address, {"email": EMAIL, "role": "biller"}).content.decode()
    assert "/account/invited/" in page
