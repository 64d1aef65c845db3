"""The catalogue as it is shipped, loaded by the command into an empty database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from policies.management.commands.load_policies import DEFAULT
from policies.models import (
    Administration,
    Insurer,
    Policy,
    PolicyEvent,
    PolicyVersion,
    SourceReading,
    WorkedCase,
)
from policies.models.events import reference

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All of it, loaded once and taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_policies", verbosity=0)
        yield
        transaction.set_rollback(True)


def test_the_real_catalogue_loads_and_a_second_load_changes_nothing() -> None:
    assert Policy.objects.listed().count() == 77
    before = PolicyEvent.objects.count(), WorkedCase.objects.count(), SourceReading.objects.count()
    call_command("load_policies", verbosity=0)
    after = PolicyEvent.objects.count(), WorkedCase.objects.count(), SourceReading.objects.count()
    assert after == before


def test_loading_leaves_an_event_for_each_thing_it_writes() -> None:
    about = {one for event in PolicyEvent.objects.all() for one in event.about}
    for model in (Insurer, Policy, PolicyVersion, Administration):
        assert {reference(one) for one in model.objects.all()} <= about
    assert Group.objects.exists()


def test_dumping_what_was_loaded_gives_the_same_files(tmp_path: Path) -> None:
    call_command("dump_policies", str(tmp_path), verbosity=0)
    dumped = {file.relative_to(tmp_path): file.read_text() for file in tmp_path.rglob("*.yaml")}
    held = {file.relative_to(DEFAULT): file.read_text() for file in DEFAULT.rglob("*.yaml")}
    assert dumped == held


def test_the_shipped_files_and_a_fresh_database_agree() -> None:
    call_command("load_policies", check=True)
