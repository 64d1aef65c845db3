"""Signing in at the desk: by password, by a second step, and what a stranger learns."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from policies.roles import Role
from tests.coverage_site.signing_in import (
    CODE,
    PASSWORD,
    SIGN_IN,
    make_person,
    may_enter,
    recovery_code_of,
    set_up_app,
    shown_by_app,
    sign_in,
    type_password,
)

pytestmark = pytest.mark.django_db
WEIGHTY = [Role.PUBLISHER, Role.ADMINISTRATOR]


@pytest.mark.parametrize("name", ["anna", "anna@example.org", "Anna@Example.org"])
def test_an_editor_signs_in_by_name_or_address(client: Client, name: str) -> None:
    make_person()
    assert type_password(client, name).url == reverse("admin:index")  # type: ignore[attr-defined]
    assert may_enter(client)


def test_whoever_is_not_signed_in_is_led_to_it_and_back(client: Client) -> None:
    make_person()
    wanted = reverse("admin:policies_insurer_changelist") + "?kind=commercial"
    asked = client.get(wanted, follow=True)
    assert asked.redirect_chain[-1][0].startswith(SIGN_IN)
    assert type_password(client, next=wanted).headers["Location"] == wanted


def test_the_admins_own_sign_in_leads_to_the_one_there_is(client: Client) -> None:
    led = client.get("/admin/login/?next=/admin/policies/")
    assert led.headers["Location"] == f"{SIGN_IN}?next=%2Fadmin%2Fpolicies%2F"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:1"])
def test_nobody_is_led_to_another_site(client: Client, elsewhere: str) -> None:
    make_person()
    assert type_password(client, next=elsewhere).headers["Location"] == reverse("admin:index")


def test_the_answer_does_not_tell_whether_there_is_such_a_person(client: Client) -> None:
    make_person()
    said = {
        str(type_password(client, name, "wrong words here").context["form"].non_field_errors())
        for name in ("anna", "nobody", "anna@example.org", "nobody@example.org")
    }
    assert len(said) == 1
    assert "do not go together" in said.pop()


@pytest.mark.parametrize("name", ["anna", "nobody"])
def test_five_wrong_tries_close_a_name_to_the_right_password_too(client: Client, name: str) -> None:
    make_person()
    for _ in range(5):
        assert "do not go together" in type_password(client, name, "wrong").content.decode()
    closed = type_password(client, name).content.decode()
    assert "Too many wrong tries. Wait 15 minutes" in closed
    assert not may_enter(client)


def test_tries_are_counted_where_every_process_sees_them() -> None:
    make_person()
    for _ in range(5):
        type_password(Client(), password="wrong")  # noqa: S106 -- it is wrong
    assert "Too many wrong tries" in type_password(Client()).content.decode()
    assert type(cache).__name__ == "ConnectionProxy"
    cache.clear()
    assert type_password(Client()).status_code == 302


def test_wrong_codes_close_the_second_step(client: Client) -> None:
    person = make_person(role=Role.PUBLISHER)
    secret = set_up_app(person)
    type_password(client)
    for _ in range(5):
        assert "not right" in client.post(CODE, {"code": "000000"}).content.decode()
    closed = client.post(CODE, {"code": shown_by_app(secret)})
    assert "Too many wrong tries" in closed.content.decode()
    assert not may_enter(client)


@pytest.mark.parametrize("role", WEIGHTY)
def test_the_second_step_takes_a_code_of_the_app_once(client: Client, role: Role) -> None:
    person = make_person(role=role)
    secret = set_up_app(person)
    assert type_password(client).headers["Location"] == CODE
    assert not may_enter(client)
    code = shown_by_app(secret)
    assert client.post(CODE, {"code": code}).status_code == 302
    assert may_enter(client)
    other = Client()
    type_password(other)
    assert "used before" in other.post(CODE, {"code": code}).content.decode()


def test_a_recovery_code_signs_in_once(client: Client) -> None:
    person = make_person(role=Role.PUBLISHER)
    set_up_app(person)
    code = recovery_code_of(person)
    for browser, status in ((client, 302), (Client(), 200)):
        type_password(browser)
        assert browser.post(CODE, {"code": code}).status_code == status
    assert may_enter(client)


@pytest.mark.parametrize("role", [*WEIGHTY, None], ids=["publisher", "administrator", "superuser"])
def test_who_may_publish_reaches_nothing_before_a_second_step_is_set_up(
    client: Client, role: Role | None
) -> None:
    person = make_person(role=role)
    if role is None:
        User.objects.filter(pk=person.pk).update(is_superuser=True, is_staff=True)
    type_password(client)
    led = client.get(reverse("admin:index"), follow=True)
    assert led.redirect_chain == [("/account/?next=%2Fadmin%2F", 302)]
    assert "Your role needs a second step" in led.content.decode()
    form = client.get("/account/app/").context["form"]
    done = client.post("/account/app/", {"code": shown_by_app(form.secret)})
    assert done.headers["Location"] == "/account/recovery-codes/"
    codes = client.get("/account/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert codes[0] in client.get("/account/recovery-codes/file/").content.decode()
    assert may_enter(client)


def test_a_reader_and_an_editor_need_no_second_step_but_may_have_one(client: Client) -> None:
    set_up_app(make_person(role=Role.READER))
    assert type_password(client).headers["Location"] == CODE


def test_a_session_from_before_the_second_step_has_to_show_it(client: Client) -> None:
    person = make_person(role=Role.PUBLISHER)
    type_password(client)
    secret = set_up_app(person)
    led = client.get(reverse("admin:index"))
    assert led.headers["Location"] == "/account/confirm/code/?next=%2Fadmin%2F"
    shown = client.post(led.headers["Location"], {"code": shown_by_app(secret)})
    assert shown.headers["Location"] == "/admin/"
    assert may_enter(client)


def test_the_last_factor_of_a_publisher_stays_and_that_of_an_editor_may_go() -> None:
    for role, left in ((Role.PUBLISHER, 2), (Role.EDITOR, 0)):
        person = make_person(role.value, role)
        browser = Client()
        sign_in(browser, person, set_up_app(person))
        browser.post("/account/app/remove/")
        assert Authenticator.objects.filter(user=person).count() == left


def test_secrets_rest_encrypted() -> None:
    secret = set_up_app(make_person())
    assert not any(secret in str(data) for data in Authenticator.objects.values_list("data"))


def test_a_person_without_a_role_is_told_so(client: Client) -> None:
    make_person(role=None)
    type_password(client)
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 403
    assert "You have no role at this desk" in answer.content.decode()


def test_a_closed_account_signs_in_no_more(client: Client) -> None:
    person = make_person()
    type_password(client)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert not may_enter(client)
    assert type_password(client, follow="1").headers["Location"] == "/account/inactive/"


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_nobody_signs_up_or_asks_for_a_mail(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        pytest.param("eleven char", "at least 12 characters", id="short"),
        pytest.param("123456789012345", "entirely numeric", id="digits"),
        pytest.param("qwertyuiop123", "too common", id="common"),
        pytest.param("anna@example.org", "too similar", id="like the address"),
    ],
)
def test_a_weak_password_is_refused(client: Client, password: str, said: str) -> None:
    make_person()
    type_password(client)
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert said in client.post("/account/password/", fields).content.decode()


def test_public_pages_know_nothing_of_it(client: Client) -> None:
    answer = client.get("/")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
