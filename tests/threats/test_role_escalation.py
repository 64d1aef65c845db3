"""Nobody becomes more than they are: by fields no form asks for, by the desk, or by a clinic."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from appeals.clinics.invitations import invite
from appeals.models import Clinic, Membership, Role
from policies.models import PolicyEvent
from policies.roles import Role as DeskRole
from tests.appeals.clinics.building import make_clinic, make_member
from tests.coverage_site.signing_in import PASSWORD, make_person, set_up_app

pytestmark = pytest.mark.django_db
PEOPLE = "admin:auth_user_changelist"
WANTED = {
    "is_superuser": "on",
    "is_staff": "on",
    "groups": "1",
    "user_permissions": "1",
    "password": "pbkdf2_sha256$1$a$b",
}


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_person("chief", DeskRole.ADMINISTRATOR))
    return client


def act(desk: Client, action: str, person: User) -> str:
    fields = {"action": action, "_selected_action": [person.pk]}
    return desk.post(reverse(PEOPLE), fields, follow=True).content.decode()


@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closed by the desk"])
def test_the_desk_comes_by_no_account_of_a_clinic(
    desk: Client, clinic: Clinic, *, is_closed: bool
) -> None:
    member = make_member(clinic, Role.CLINICIAN, "member")
    set_up_app(member)
    User.objects.filter(pk=member.pk).update(is_active=not is_closed)
    for action in ("make_link", "take_away_second_factors"):
        page = act(desk, action, member)
        assert "manage.py sign_in_link member" in page
        assert "/account/password/" not in page.partition("messagelist")[2].partition("</ul>")[0]
    assert Authenticator.objects.filter(user=member).count() == 2
    assert not PolicyEvent.objects.filter(kind=PolicyEvent.Kind.SIGN_IN).exists()


def test_who_has_left_the_clinic_is_let_in_again_at_the_desk(desk: Client, clinic: Clinic) -> None:
    member = make_member(clinic, name="member")
    Membership.objects.filter(user=member).update(is_active=False)
    assert "/account/password/" in act(desk, "make_link", member)


@pytest.mark.parametrize("role", Role)
def test_no_role_of_a_clinic_opens_the_desk(client: Client, clinic: Clinic, role: Role) -> None:
    client.force_login(make_member(clinic, role))
    for name in ("admin:index", PEOPLE, "admin:policies_policy_changelist"):
        assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("role", DeskRole)
def test_no_role_of_the_desk_opens_a_clinic(client: Client, clinic: Clinic, role: DeskRole) -> None:
    client.force_login(make_person(role=role))
    assert client.get(reverse("clinics:clinic", args=[clinic.pk])).status_code == 404


def test_a_form_of_the_desk_takes_no_field_that_it_does_not_show(desk: Client) -> None:
    fields = {"username": "berta", "email": "b@example.org", "is_active": "on", "role": "reader"}
    desk.post(reverse("admin:auth_user_add"), fields | WANTED)
    person = User.objects.get(username="berta")
    desk.post(reverse("admin:auth_user_change", args=[person.pk]), fields | WANTED)
    person.refresh_from_db()
    assert not person.is_superuser
    assert not person.has_usable_password()
    assert [one.name for one in person.groups.all()] == ["reader"]
    assert not person.user_permissions.exists()


def test_whoever_is_invited_comes_in_as_what_they_were_invited(
    client: Client, clinic: Clinic
) -> None:
    other = make_clinic("Another Sample Clinic")
    token = invite(clinic, email="invited@example.org", role=Role.FRONT_DESK, by=None)
    client.get(reverse("account_invitation", args=[token]))
    named = {"username": "invited", "password1": PASSWORD, "password2": PASSWORD}
    more = {"role": "admin", "clinic": str(other.pk), "email": "other@example.org"}
    client.post(reverse("account_invited"), named | more | WANTED)
    person = User.objects.get(username="invited")
    assert (person.is_staff, person.is_superuser, person.email) == (
        False,
        False,
        "invited@example.org",
    )
    assert list(Membership.objects.values_list("user", "clinic", "role")) == [
        (person.pk, clinic.pk, "front_desk")
    ]


def test_settings_of_a_clinic_change_no_field_that_they_do_not_show(
    client: Client, clinic: Clinic
) -> None:
    client.force_login(make_member(clinic, Role.ADMIN))
    address = reverse("clinics:settings", args=[clinic.pk])
    page = client.get(address).content.decode()
    shown = re.search(r'name="based_on" value="(\d+)"', page)
    assert shown
    other = make_clinic("Another Sample Clinic")
    sent = {"name": "Renamed", "based_on": shown[1], "id": str(other.pk), "is_sample": ""}
    assert client.post(address, sent).status_code == 302
    clinic.refresh_from_db()
    assert (clinic.name, clinic.is_sample) == ("Renamed", True)
    assert Clinic.objects.get(pk=other.pk).name == "Another Sample Clinic"


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER, Role.CLINICIAN])
def test_nobody_gives_themselves_another_role(client: Client, clinic: Clinic, role: Role) -> None:
    person = make_member(clinic, role)
    client.force_login(person)
    mine = person.memberships.get()
    address = reverse("clinics:member", args=[clinic.pk, mine.pk])
    assert client.post(address, {"role": "admin"}).status_code == 403
    mine.refresh_from_db()
    assert mine.role == role


@pytest.mark.parametrize(
    "asked",
    ["password__startswith=m", "password=x", "password__regex=.", "_to_field=password"],
)
def test_no_address_of_the_desk_tells_of_a_password(desk: Client, asked: str) -> None:
    answer = desk.get(f"{reverse(PEOPLE)}?{asked}")
    assert answer.status_code in {302, 400}
    assert answer.headers.get("Location", "?e=1").endswith("?e=1")


@pytest.mark.parametrize("header", ["x-http-method-override", "x-http-method", "x-method-override"])
def test_a_get_stays_one_whatever_else_it_says(client: Client, clinic: Clinic, header: str) -> None:
    client.force_login(make_member(clinic, Role.ADMIN))
    other = make_member(clinic).memberships.get()
    address = reverse("clinics:member_end", args=[clinic.pk, other.pk])
    answer = client.get(f"{address}?_method=POST", headers={header: "POST"})
    assert answer.status_code == 405
    other.refresh_from_db()
    assert other.is_active
