"""What each role may do: every address of the desk, and every role, as a table."""

import itertools

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from policies.history import record_event
from policies.models import Administration, Insurer, Policy, PolicyEvent, PolicyVersion, WorkedCase
from policies.publishing import begin_draft
from policies.roles import Role, put_in_role, role_of
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_addresses import (
    COVERED,
    ROLES,
    UNNAMED,
    desk_addresses,
    rows,
)
from tests.policies.desk_records import add_address, add_copy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]


OF_A_ROW = (
    "_rename",
    "_merge",
    "_change",
    "_delete",
    "_history",
    "_said",
    "_file",
    "_write",
    "_effects",
    "_review",
    "_retire",
    "_begin",
    "_reread",
    "_copies",
    "_changes",
    "_spanish",
    "_correct",
    "_cases",
    "_newcase",
    "_undecided",
)


# What these addresses hold is of nobody.
OF_NOBODY: dict[str, list[object]] = {
    "account_reset_password_from_key": ["1", "abc-def"],
    "account_invitation": ["never-was"],
    "mfa_remove_webauthn": [0],
    "mfa_edit_webauthn": [0],
}


def person_in(role: str) -> User:
    return make_person(role.replace(" ", "-"), Role(role) if role in list(Role) else None)


@pytest.fixture
def objects() -> dict[str, int]:
    """One row of each model of the desk."""
    insurer, vendor = Insurer.objects.all()[:2]
    link = Administration.objects.create(
        insurer=insurer,
        administrator=vendor,
        benefit="pharmacy",
        source_url="https://example.org/",
        quote="decides",
        read_on="2026-01-01",
    )
    record_event(PolicyEvent.Kind.EDITED, link, by=None)
    other = User.objects.create_user("other")
    draft = begin_draft(PolicyVersion.objects.published()[0], by=other)
    event = PolicyEvent.objects.first()
    assert event
    return {
        "insurer": insurer.pk,
        "administration": link.pk,
        "appealaddress": add_address(insurer).pk,
        "policy": Policy.objects.all()[0].pk,
        "sourcecopy": add_copy(Policy.objects.all()[0], by=other).pk,
        "policyversion": draft.pk,
        "case": WorkedCase.objects.filter(version__policy=draft.policy)[0].pk,
        "policyevent": event.pk,
        "user": other.pk,
        "group": Group.objects.all()[0].pk,
    }


def address_of(name: str, objects: dict[str, int]) -> str:
    """The address of a name, with a row of its model where it wants one."""
    if name == "admin:app_list":
        return reverse(name, args=["policies"])
    if name == "admin:policies_policyversion_case":
        return reverse(name, args=[objects["policyversion"], objects["case"]])
    if name == "admin:view_on_site":
        kind = ContentType.objects.get_for_model(Policy)
        return reverse(name, args=[kind.pk, objects["policy"]])
    if name in OF_NOBODY:
        return reverse(name, args=OF_NOBODY[name])
    model = name.partition(":")[2].split("_")[1:2]
    wants_row = name.startswith("admin:") and name.endswith(OF_A_ROW)
    return reverse(name, args=[objects[model[0]]] if wants_row else [])


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
    for method, name in rows():
        client = Client()  # signing out is one of the addresses
        if person is not None:
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
