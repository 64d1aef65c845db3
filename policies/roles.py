"""The four roles of the desk: what each may do, and the one way a person gets one."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q

from policies.history import record_event
from policies.models import PolicyEvent


class Role(StrEnum):
    """A group of people at the desk; each may do what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"


MEANING = {
    Role.READER: "sees all of the desk and changes nothing",
    Role.EDITOR: "writes drafts, readings and cases",
    Role.PUBLISHER: "also publishes them to patients",
    Role.ADMINISTRATOR: "also deletes, and manages people",
}
# The events write themselves.
WRITTEN = Q(content_type__app_label="policies") & ~Q(content_type__model="policyevent")
PEOPLE = Q(content_type__app_label="auth", content_type__model="user") | Q(
    content_type__app_label="auth", codename="view_group"
)


def rights_of(role: Role) -> Q:
    """Which permissions a role has; what a later model brings falls under the same rules."""
    seen = Q(content_type__app_label="policies", codename__startswith="view_")
    edited = WRITTEN & (Q(codename__startswith="add_") | Q(codename__startswith="change_"))
    published = WRITTEN & Q(codename__startswith="publish_")
    return {
        Role.READER: seen,
        Role.EDITOR: seen | edited,
        Role.PUBLISHER: seen | edited | published,
        Role.ADMINISTRATOR: seen | WRITTEN | PEOPLE,
    }[role]


def set_up_roles(app_config: AppConfig, using: str, apps: Apps = installed, **options: Any) -> None:
    """Make the groups and give each its rights, after every migration.

    Permissions exist only once an app is migrated, so no migration of ours could hand them out.
    """
    if app_config.label not in ("policies", "auth") or not is_migrated(apps):
        return
    create_permissions(app_config, using=using, apps=apps, **options)
    for role in Role:
        group, _ = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=role)
        rights = apps.get_model("auth", "Permission").objects.using(using).filter(rights_of(role))
        group.permissions.set(rights)


def is_migrated(apps: Apps) -> bool:
    """Whether there are groups yet: a first migration may stop at an earlier app."""
    return "auth" in apps.all_models and "group" in apps.all_models["auth"]


def role_of(person: User) -> Role | None:
    """The highest role a person is in."""
    held = {group.name for group in person.groups.all()}
    return next((role for role in reversed(Role) if role.value in held), None)


@transaction.atomic
def put_in_role(person: User, role: Role | None, *, by: User | None) -> None:
    """Give a person this role and no other; with a role, and only then, the desk is open."""
    before = role_of(person)
    person.groups.remove(*Group.objects.filter(name__in=Role))
    if role is not None:
        person.groups.add(Group.objects.get(name=role.value))
    person.is_staff = role is not None or person.is_superuser
    person.save(update_fields=["is_staff"])
    what = f"{person.get_username()}: {role.value if role else 'no role'}"
    changes = {"role": (before, role)}
    record_event(PolicyEvent.Kind.ROLE, person, by=by, what=what, changes=changes)


def administrators() -> Iterable[User]:
    """Everybody who can manage people, and may sign in."""
    chosen = Q(groups__name=Role.ADMINISTRATOR.value) | Q(is_superuser=True)
    return User.objects.filter(chosen, is_active=True).distinct()
