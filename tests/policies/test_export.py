"""Export: one, some or all records, byte for byte as `dump_policies` writes them."""

import io
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from policies.history import record_event
from policies.models import Policy, PolicyEvent, PolicyVersion, WorkedCase
from policies.publishing import begin_draft
from policies.roles import Role
from tests.coverage_site.signing_in import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]


@pytest.fixture
def rita() -> User:
    return make_person("rita", Role.READER)


@pytest.fixture
def desk(rita: User, client: Client) -> Client:
    client.force_login(rita)
    return client


@pytest.fixture
def dumped(tmp_path: Path) -> dict[str, bytes]:
    call_command("dump_policies", str(tmp_path), verbosity=0)
    return {
        file.relative_to(tmp_path).as_posix(): file.read_bytes()
        for file in tmp_path.rglob("*.yaml")
    }


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def only(dumped: dict[str, bytes], *stems: str) -> dict[str, bytes]:
    names = {"insurers.yaml"} | {f"{stem}.yaml" for stem in stems}
    names |= {f"cases/{stem}.yaml" for stem in stems}
    return {name: data for name, data in dumped.items() if name in names}


def test_all_is_what_the_command_writes_each_time_the_same(
    desk: Client, dumped: dict[str, bytes]
) -> None:
    address = reverse("admin:policies_policy_export")
    answer = desk.get(address, {"download": "True", "insurer": ""})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="policies.zip"'
    assert unpacked(answer.content) == dumped
    assert desk.get(address, {"download": "True"}).content == answer.content


def test_those_of_one_insurer(desk: Client, dumped: dict[str, bytes]) -> None:
    address = reverse("admin:policies_policy_export")
    answer = desk.get(address, {"download": "True", "insurer": "bcbs-ma"})
    assert unpacked(answer.content) == only(dumped, "bcbs-ma--087", "bcbs-ma--291")
    assert desk.get(address, {"download": "True", "insurer": "nobody"}).status_code == 422


def test_one_from_its_page(desk: Client, dumped: dict[str, bytes]) -> None:
    policy = Policy.objects.get(slug="mp-446")
    address = reverse("admin:policies_policy_file", args=[policy.pk])
    page = desk.get(reverse("admin:policies_policy_change", args=[policy.pk])).content.decode()
    assert f'href="{address}"' in page
    assert unpacked(desk.get(address).content) == only(dumped, "bcbs-al--mp-446")


def test_the_chosen_ones_from_the_list(desk: Client, dumped: dict[str, bytes]) -> None:
    chosen = Policy.objects.filter(slug__in=["mp-446", "i-212"]).values_list("pk", flat=True)
    fields = {"action": "export_chosen", "_selected_action": list(chosen)}
    answer = desk.post(reverse("admin:policies_policy_changelist"), fields)
    assert unpacked(answer.content) == only(dumped, "bcbs-al--mp-446", "highmark--i-212")


def test_what_was_never_published_has_no_file(desk: Client) -> None:
    with_draft_alone = Policy.objects.create(
        insurer=Policy.objects.all()[0].insurer, slug="new", title="New", kind="manual"
    )
    record_event(PolicyEvent.Kind.ADDED, with_draft_alone, by=None)
    address = reverse("admin:policies_policy_file", args=[with_draft_alone.pk])
    assert desk.get(address).status_code == 404
    fields = {"action": "export_chosen", "_selected_action": [with_draft_alone.pk]}
    page = desk.post(reverse("admin:policies_policy_changelist"), fields, follow=True)
    assert "None of them has a published edition" in page.content.decode()


def test_a_draft_and_the_cases_beside_it_are_left_out(
    desk: Client, rita: User, dumped: dict[str, bytes]
) -> None:
    draft = begin_draft(PolicyVersion.objects.get(policy__slug="mp-446"), by=rita)
    WorkedCase.objects.create(version=draft, name="Of the draft", content={})
    answer = desk.get(reverse("admin:policies_policy_export"), {"download": "True"})
    assert unpacked(answer.content) == dumped


def test_an_export_asks_the_database_a_fixed_number_of_times(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("admin:policies_policy_export")
    desk.get(address)
    with django_assert_num_queries(12):
        desk.get(address, {"download": "True"})
