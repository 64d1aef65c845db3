"""Guessing, planted sessions, and what the work of a refusal tells about who there is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.clinics.invitations import invite
from appeals.models import Role
from policies.roles import Role as DeskRole
from tests.appeals.clinics.building import make_clinic, make_member
from tests.coverage_site.signing_in import (
    CODE,
    PASSWORD,
    SIGN_IN,
    make_person,
    may_enter,
    recovery_code_of,
    set_up_app,
    shown_by_app,
    type_password,
)

pytestmark = pytest.mark.django_db
WRONG = "wrong words here"
COOKIE = "sessionid"


@contextmanager
def hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every password that is hashed meanwhile: the slow part of a try."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def noting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    with monkeypatch.context() as patched:
        patched.setattr(MD5PasswordHasher, "encode", noting)
        yield hashed


# Sessions


def test_a_key_that_was_planted_before_is_another_after_each_step(client: Client) -> None:
    token = invite(make_clinic(), email="invited@example.org", role=Role.BILLER, by=None)
    secret = set_up_app(make_person(role=DeskRole.PUBLISHER))
    client.get(reverse("account_invitation", args=[token]))
    keys = [client.cookies[COOKIE].value]
    type_password(client)
    planted = Client()
    planted.cookies[COOKIE] = client.cookies[COOKIE].value
    client.post(CODE, {"code": shown_by_app(secret)})
    keys.append(client.cookies[COOKIE].value)
    assert len(set(keys)) == 2
    assert may_enter(client)
    assert not may_enter(planted)


def test_a_key_from_before_the_second_step_opens_nothing_after_it(client: Client) -> None:
    person = make_person(role=DeskRole.PUBLISHER)
    type_password(client)
    known = Client()
    known.cookies[COOKIE] = client.cookies[COOKIE].value
    secret = set_up_app(person)
    client.post("/account/confirm/code/?next=/admin/", {"code": shown_by_app(secret)})
    assert may_enter(client)
    assert not may_enter(known)


def test_setting_up_the_second_step_changes_the_key(client: Client) -> None:
    make_person(role=DeskRole.PUBLISHER)
    type_password(client)
    known = Client()
    known.cookies[COOKIE] = client.cookies[COOKIE].value
    form = client.get("/account/app/").context["form"]
    client.post("/account/app/", {"code": shown_by_app(form.secret)})
    assert may_enter(client)
    assert not may_enter(known)


def test_a_key_that_nobody_made_is_not_taken(client: Client) -> None:
    make_person()
    client.cookies[COOKIE] = "a" * 32
    type_password(client)
    assert client.cookies[COOKIE].value != "a" * 32


# What a refusal tells


def by_password() -> None:
    make_person()


def without_password() -> None:
    person = make_person()
    person.set_unusable_password()
    person.save()


def closed() -> None:
    make_person()
    User.objects.update(is_active=False)


def member_of_a_clinic() -> None:
    person = make_member(make_clinic(), name="anna")
    person.set_password(PASSWORD)
    person.email = "anna@example.org"
    person.save()


@pytest.mark.parametrize("there_is", [by_password, without_password, closed, member_of_a_clinic])
@pytest.mark.parametrize("name", ["anna", "anna@example.org", "ANNA"])
def test_a_wrong_password_makes_as_much_work_whoever_there_is(
    monkeypatch: pytest.MonkeyPatch, there_is: Callable[[], None], name: str
) -> None:
    there_is()
    pages, work = set(), []
    for asked in (name, name.lower().replace("anna", "nobody")):
        with hashes(monkeypatch) as hashed, CaptureQueriesContext(connection) as queries:
            answer = type_password(Client(), asked, WRONG)
        work.append((len(hashed), len(queries)))
        pages.add((answer.status_code, str(answer.context["form"].errors)))
    assert work[0] == work[1]
    assert work[0][0] == 1
    assert len(pages) == 1


@pytest.mark.parametrize("key", ["1-abc-def", "zzzz-abc-def", "0-set-password", "1-set-password"])
def test_no_link_for_a_password_tells_whose_it_would_be(client: Client, key: str) -> None:
    make_person()
    answer = client.get(f"/account/password/{key}/", follow=True)
    page = answer.content.decode()
    assert "no longer works" in page
    assert "anna" not in page


# Guessing


def test_twenty_wrong_tries_close_an_address_whatever_it_says_of_itself() -> None:
    def saying(address: str) -> Client:
        names = ("x-forwarded-for", "x-real-ip", "forwarded", "client-ip", "true-client-ip")
        return Client(headers=dict.fromkeys(names, address))

    make_person()
    for number in range(20):
        type_password(saying(f"192.0.2.{number}"), f"nobody-{number}", WRONG)
    closed = type_password(saying("192.0.2.200"))
    assert "Too many wrong tries" in closed.content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert type_password(elsewhere).status_code == 302


def test_one_name_is_one_name_however_it_is_written() -> None:
    make_person()
    for number, name in enumerate(("Anna", "aNNA", " anna", "anna ", "ANNA")):
        type_password(Client(REMOTE_ADDR=f"192.0.2.{number}"), name, WRONG)
    closed = type_password(Client(REMOTE_ADDR="192.0.2.99"))
    assert "Too many wrong tries" in closed.content.decode()


def test_wrong_recovery_codes_close_the_second_step_and_a_new_sign_in_does_not_open_it() -> None:
    person = make_person(role=DeskRole.PUBLISHER)
    secret = set_up_app(person)
    for number in range(5):
        browser = Client(REMOTE_ADDR=f"192.0.2.{number}")
        type_password(browser)
        browser.post(CODE, {"code": "12345678"})
    browser = Client(REMOTE_ADDR="192.0.2.99")
    type_password(browser)
    for code in (shown_by_app(secret), recovery_code_of(person)):
        assert "Too many wrong tries" in browser.post(CODE, {"code": code}).content.decode()
    assert not may_enter(browser)


@pytest.mark.parametrize(
    ("address", "field"),
    [("/account/confirm/password/", "password"), ("/account/confirm/code/", "code")],
)
def test_whoever_sits_down_at_an_open_session_guesses_no_more_either(
    client: Client, address: str, field: str
) -> None:
    person = make_person()
    secret = set_up_app(person)
    client.force_login(person)
    for _ in range(10):
        client.post(address, {field: "000000"})
    right = {"password": PASSWORD, "code": shown_by_app(secret)}[field]
    answer = client.post(address, {field: right})
    assert answer.status_code in {200, 429}
    assert "oo many" in answer.content.decode()


def test_a_recovery_code_is_void_in_every_browser_once_it_was_used() -> None:
    person = make_person(role=DeskRole.PUBLISHER)
    set_up_app(person)
    code = recovery_code_of(person)
    first, second = Client(), Client()
    for browser in (first, second):
        type_password(browser)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert not may_enter(second)


def test_signing_in_is_asked_by_a_form_of_this_site(client: Client) -> None:
    make_person()
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(SIGN_IN, {"login": "anna", "password": PASSWORD})
    assert answer.status_code == 403
    assert not may_enter(browser)
