"""Records that can no longer be read, as after a fact was renamed, are found and shown."""

import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from policies import vocabulary
from policies.checks import unreadable
from policies.history import record_event
from policies.models import PolicyEvent, PolicyVersion
from policies.publishing import begin_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]


@pytest.fixture
def chief() -> User:
    return make_person("chief", Role.ADMINISTRATOR)


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vocabulary after `age` was given another name."""
    known = dict(vocabulary.facts())
    known["age_in_years"] = known.pop("age")
    monkeypatch.setattr(vocabulary, "facts", lambda: known)


def messages() -> list[Any]:
    return [
        one
        for one in run_checks(tags=[Tags.database], databases=["default"])
        if (one.id or "").startswith("policies.")
    ]


def name_another_fact(version: PolicyVersion) -> None:
    """A draft as it stood before a fact was renamed."""
    positions = json.loads(json.dumps(version.positions).replace('"age"', '"wieght"'))
    with transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).update(positions=positions)
        record_event(PolicyEvent.Kind.EDITED, version, by=None)


def test_the_catalogue_has_nothing_that_can_not_be_read() -> None:
    assert messages() == []
    call_command("check", databases=["default"], stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.usefixtures("renamed")
def test_a_renamed_fact_is_found_in_each_published_edition_that_names_it() -> None:
    found = messages()
    editions = [one.msg for one in found if one.id == "policies.E001"]
    assert any(
        one.startswith("highmark--i-212, 2024-08-05, 1: positions[0].criteria")
        and "there is no fact called 'age'. Use one of:" in one
        for one in editions
    )
    assert {one.id for one in found} == {"policies.E001", "policies.W002"}
    with pytest.raises(SystemCheckError):
        call_command("check", databases=["default"], stdout=io.StringIO(), stderr=io.StringIO())


def test_a_draft_that_names_it_is_a_warning(chief: User) -> None:
    draft = begin_draft(PolicyVersion.objects.get(policy__slug="i-212"), by=chief)
    name_another_fact(draft)
    (found,) = messages()
    assert found.id == "policies.W001"
    assert "highmark--i-212, 2024-08-05, 2 (draft): positions[0]" in found.msg


def test_a_condition_for_applying_is_read_too() -> None:
    tree = '{"label": "x", "fact": "formulery", "is": "y"}'
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policy SET applies_if = %s WHERE slug = 'i-212'", [tree])
    (found,) = messages()
    assert (found.id, "applies_if.fact: there is no fact" in found.msg) == ("policies.E002", True)


def test_without_a_named_database_or_its_tables_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        run_checks(tags=[Tags.database])
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_: [])
    assert unreadable() == []


def test_the_front_page_warns_and_leads_to_what_is_to_be_mended(
    client: Client, chief: User
) -> None:
    client.force_login(chief)
    assert "can no longer be read" not in client.get("/admin/").content.decode()
    draft = begin_draft(PolicyVersion.objects.get(policy__slug="i-212"), by=chief)
    name_another_fact(draft)
    page = client.get("/admin/").content.decode()
    assert "1 record can no longer be read" in page
    assert reverse("admin:policies_policyversion_change", args=[draft.pk]) in page


def test_the_front_page_leads_each_role_to_what_it_may_do(client: Client) -> None:
    for role, may_import in ((Role.READER, False), (Role.EDITOR, True)):
        client.force_login(make_person(role.value, role))
        page = client.get("/admin/").content.decode()
        assert ("/admin/policies/policy/import/" in page) is may_import
        assert "/admin/policies/policy/export/" in page
        assert "/admin/policies/policyevent/" in page


def test_the_front_page_asks_the_database_a_fixed_number_of_times(
    client: Client, chief: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(chief)
    client.get("/admin/")
    with django_assert_num_queries(8):
        client.get("/admin/")


@pytest.mark.parametrize("page", ["changelist", "change", "history", "write", "review"])
def test_a_draft_that_can_not_be_read_is_still_opened_at_the_desk(
    client: Client, chief: User, page: str
) -> None:
    client.force_login(chief)
    draft = begin_draft(PolicyVersion.objects.get(policy__slug="i-212"), by=chief)
    name_another_fact(draft)
    keys = [] if page == "changelist" else [draft.pk]
    answer = client.get(reverse(f"admin:policies_policyversion_{page}", args=keys))
    assert answer.status_code == 200


@pytest.mark.parametrize("page", ["write", "review", "change"])
def test_what_can_not_be_read_any_more_is_still_opened_in_review(
    client: Client, chief: User, page: str
) -> None:
    client.force_login(chief)
    draft = begin_draft(PolicyVersion.objects.get(policy__slug="i-212"), by=chief)
    name_another_fact(draft)
    PolicyVersion.objects.filter(pk=draft.pk).update(
        submitted_at=timezone.now(), submitted_by=chief
    )
    answer = client.get(reverse(f"admin:policies_policyversion_{page}", args=[draft.pk]))
    assert answer.status_code == 200


@pytest.mark.usefixtures("renamed")
@pytest.mark.parametrize("page", ["index", "policies_policy_history", "policies_policy_change"])
def test_the_desk_opens_though_published_editions_can_not_be_read(
    client: Client, chief: User, page: str
) -> None:
    client.force_login(chief)
    policy = PolicyVersion.objects.get(policy__slug="i-212").policy
    keys = [] if page == "index" else [policy.pk]
    assert client.get(reverse(f"admin:{page}", args=keys)).status_code == 200
