"""What each role may do: every address of the desk, and every role, as a table."""

import itertools

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve

from policies.models import PolicyEvent
from policies.roles import Role, put_in_role, role_of
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_addresses import (
    COVERED,
    ROLES,
    UNNAMED,
    desk_addresses,
    rows,
)
from tests.policies.desk_places import address_of, desk_objects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]


def person_in(role: str) -> User:
    return make_person(role.replace(" ", "-"), Role(role) if role in list(Role) else None)


@pytest.fixture
def objects() -> dict[str, int]:
    return desk_objects()


def found_at(client: Client, method: str, address: str) -> str:
    answer = client.generic(method, address)
    leads_in = answer.headers.get("Location", "").startswith("/account/sign-in/?next=")
    return "in" if leads_in else str(answer.status_code)


def test_no_address_of_the_desk_is_missing_from_the_table() -> None:
    named = {name for address, name in desk_addresses() if address not in UNNAMED}
    assert named - COVERED == {name for _, name in rows()}
    assert {address for address, name in desk_addresses() if not name} == UNNAMED


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_at_each_address_what_the_table_says(
    objects: dict[str, int], role: str
) -> None:
    person = None if role == "signed out" else person_in(role)
    found = {}
    client = Client()
    client.cookies["sessionid"] = ""
    for method, name in rows():
        # Signing out is one of the addresses.
        if person is not None and not client.cookies["sessionid"].value:
            client.force_login(person)
        found[method, name] = found_at(client, method, address_of(name, objects))
    assert found == {row: expected[role] for row, expected in rows().items()}


def test_no_page_of_the_desk_has_a_spanish_address(objects: dict[str, int]) -> None:
    for _, name in rows():
        with pytest.raises(Resolver404):
            resolve("/es" + address_of(name, objects))


def test_each_role_may_do_what_the_one_before_it_may() -> None:
    held = [
        set(Group.objects.get(name=role.value).permissions.values_list("pk", flat=True))
        for role in Role
    ]
    assert all(lower < higher for lower, higher in itertools.pairwise(held))
    of_policies = Permission.objects.filter(content_type__app_label="policies")
    assert set(of_policies.values_list("pk", flat=True)) - held[-1] == set(
        of_policies.filter(content_type__model="policyevent")
        .exclude(codename__startswith="view_")
        .values_list("pk", flat=True)
    )


def test_what_a_later_model_brings_reaches_the_roles_after_the_next_migration() -> None:
    kind = ContentType.objects.create(app_label="policies", model="later")
    for name in ("view_later", "change_later", "publish_later", "delete_later"):
        Permission.objects.create(content_type=kind, codename=name, name=name)
    group = Group.objects.get(name="publisher")
    group.permissions.remove(*group.permissions.filter(codename__startswith="view_"))
    Group.objects.get(name="reader").delete()
    for _ in range(2):
        call_command("migrate", verbosity=0)
    held = {
        group.name: set(
            group.permissions.filter(content_type=kind).values_list("codename", flat=True)
        )
        for group in Group.objects.all()
    }
    assert held == {
        "reader": {"view_later"},
        "editor": {"view_later", "change_later"},
        "publisher": {"view_later", "change_later", "publish_later"},
        "administrator": {"view_later", "change_later", "publish_later", "delete_later"},
    }


def test_a_role_opens_the_desk_and_without_one_it_is_closed() -> None:
    person = person_in("editor")
    assert (role_of(person), person.is_staff) == (Role.EDITOR, True)
    for role in (Role.READER, None):
        put_in_role(person, role, by=None)
        person.refresh_from_db()
        assert (role_of(person), person.is_staff) == (role, role is not None)
    event = PolicyEvent.objects.first()
    assert event
    assert event.what == "editor: no role"
