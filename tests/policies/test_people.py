"""People of the desk: made, given a role, let in again, and never above whoever does it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from policies.models import PolicyEvent
from policies.roles import Role, role_of
from tests.coverage_site.signing_in import (
    PASSWORD,
    make_person,
    may_enter,
    set_up_app,
    type_password,
)

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^\s<]+/account/password/[^\s<]+/")
LIST = "admin:auth_user_changelist"


@pytest.fixture
def chief() -> User:
    return make_person("chief", Role.ADMINISTRATOR)


@pytest.fixture
def desk(client: Client, chief: User) -> Client:
    client.force_login(chief)
    return client


def follow_link(text: str) -> Client:
    """Set a password by the link in a text, in a browser of one's own."""
    browser = Client()
    found = LINK.search(text)
    assert found
    form = browser.get(found[0], follow=True)
    address = form.redirect_chain[-1][0]
    browser.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    assert "no longer works" in Client().get(found[0], follow=True).content.decode()
    return browser


def act(desk: Client, action: str, person: User) -> str:
    fields = {"action": action, "_selected_action": [person.pk]}
    return desk.post(reverse(LIST), fields, follow=True).content.decode()


def test_a_new_person_gets_a_link_and_sets_a_password_of_their_own(desk: Client) -> None:
    fields = {"username": "berta", "email": "b@example.org", "is_active": "on", "role": "editor"}
    page = desk.post(reverse("admin:auth_user_add"), fields, follow=True).content.decode()
    person = User.objects.get(username="berta")
    assert (role_of(person), person.has_usable_password()) == (Role.EDITOR, False)
    browser = follow_link(page)
    type_password(browser, "b@example.org")
    assert may_enter(browser)


def test_a_role_is_changed_at_the_desk_and_leaves_a_trace(desk: Client, chief: User) -> None:
    person = make_person()
    address = reverse("admin:auth_user_change", args=[person.pk])
    fields = {"username": "anna", "is_active": "on", "role": "publisher"}
    assert desk.post(address, fields).status_code == 302
    assert role_of(User.objects.get(pk=person.pk)) is Role.PUBLISHER
    event = PolicyEvent.objects.first()
    assert event
    assert (event.what, event.by) == ("anna: publisher", chief)


@pytest.mark.parametrize(
    "fields",
    [{"is_active": "on", "role": "editor"}, {"role": "administrator"}],
    ids=["another role", "closed"],
)
def test_the_only_administrator_stays_one(
    desk: Client, chief: User, fields: dict[str, str]
) -> None:
    address = reverse("admin:auth_user_change", args=[chief.pk])
    page = desk.post(address, {"username": "chief", **fields}).content.decode()
    assert "this is the only one" in page
    chief.refresh_from_db()
    assert (role_of(chief), chief.is_active) == (Role.ADMINISTRATOR, True)


def test_an_address_signs_in_one_person(desk: Client) -> None:
    make_person()
    fields = {"username": "berta", "email": "Anna@example.org", "is_active": "on"}
    page = desk.post(reverse("admin:auth_user_add"), fields).content.decode()
    assert "Another person signs in with this address" in page


def test_whoever_has_lost_phone_and_password_is_let_in_again(desk: Client) -> None:
    person = make_person()
    set_up_app(person)
    elsewhere = Client()
    elsewhere.force_login(person)
    assert "sets up the second step anew" in act(desk, "take_away_second_factors", person)
    assert not Authenticator.objects.filter(user=person).exists()
    assert not may_enter(elsewhere)
    browser = follow_link(act(desk, "make_link", person))
    type_password(browser)
    assert may_enter(browser)


@pytest.mark.parametrize("action", ["make_link", "take_away_second_factors", "delete_selected"])
def test_nobody_rises_by_way_of_a_superuser(desk: Client, action: str) -> None:
    above = User.objects.create_superuser("above", password=PASSWORD)
    fields = {"action": action, "_selected_action": [above.pk], "post": "yes"}
    assert desk.post(reverse(LIST), fields).status_code == 403
    address = reverse("admin:auth_user_change", args=[above.pk])
    assert desk.post(address, {"username": "above", "is_active": "on"}).status_code == 403


def test_the_list_of_people_asks_the_database_a_fixed_number_of_times(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(50):
        User.objects.create_user(f"person-{number}")
    desk.get(reverse(LIST))
    with django_assert_num_queries(9):
        assert desk.get(reverse(LIST)).status_code == 200


def test_the_first_administrator_is_made_by_one_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("first_administrator", "berta", email="b@example.org")
    person = User.objects.get()
    assert (role_of(person), person.is_staff, person.is_superuser) == (
        Role.ADMINISTRATOR,
        True,
        False,
    )
    browser = follow_link(capsys.readouterr().out)
    type_password(browser, "berta")
    assert "needs a second step" in browser.get("/admin/", follow=True).content.decode()


@pytest.mark.parametrize("there_is", [Role.ADMINISTRATOR, None], ids=["by role", "superuser"])
def test_there_is_no_second_first_administrator(there_is: Role | None) -> None:
    person = make_person(role=there_is)
    User.objects.filter(pk=person.pk).update(is_superuser=there_is is None)
    with pytest.raises(CommandError, match=r"There is an administrator: anna.*sign_in_link"):
        call_command("first_administrator", "berta")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [("a b", "", "valid username"), ("berta", "b", "valid email")],
)
def test_the_first_administrator_has_a_name_that_signs_in(name: str, email: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("first_administrator", name, email=email)
    assert not User.objects.exists()


def test_a_command_lets_the_only_administrator_in_again(
    chief: User, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_app(chief)
    call_command("sign_in_link", "chief", take_away_second_factor=True)
    browser = follow_link(capsys.readouterr().out)
    assert not Authenticator.objects.exists()
    type_password(browser, "chief")
    assert "needs a second step" in browser.get("/admin/", follow=True).content.decode()
    with pytest.raises(CommandError, match="Nobody signs in as nobody"):
        call_command("sign_in_link", "nobody")
