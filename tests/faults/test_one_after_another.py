"""Two at once: who migrates, and who reads while another publishes."""

from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection

from policies import published
from policies.catalogue import Document
from policies.management.commands import migrate
from policies.published import published_catalogue
from policies.translating import documents_with_spanish
from tests.real_catalogue import load_some_policies
from tests.waiting import somebody_waits, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_second_migrate_waits_for_the_first(capsys: pytest.CaptureFixture[str]) -> None:
    def migrate_too() -> None:
        call_command("migrate", "sessions")
        connection.close()

    second = Thread(target=migrate_too)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [migrate.LOCK])
        second.start()
        wait_for(somebody_waits)
        cursor.execute("SELECT pg_advisory_unlock(%s)", [migrate.LOCK])
    second.join()
    assert "waits for it" in capsys.readouterr().out


def test_an_answer_holds_one_state_though_another_publishes_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_some_policies("aetna--cpb-0938")
    read = documents_with_spanish

    def publish() -> None:
        load_some_policies("bcbs-al--mp-446")
        connection.close()

    def read_late() -> tuple[Document, ...]:
        monkeypatch.setattr(published, "documents_with_spanish", read)
        other = Thread(target=publish)
        other.start()
        other.join()
        return read()

    monkeypatch.setattr(published, "documents_with_spanish", read_late)
    before, after = published_catalogue(), published_catalogue()
    assert {one.insurer.slug for one in before.documents} == {"aetna"}
    assert len(after.documents) == 2
    for catalogue in (before, after):
        assert {one.insurer.slug for one in catalogue.documents} <= set(catalogue.insurers)
