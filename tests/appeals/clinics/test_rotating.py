"""Rotation of keys that is killed in the midst: begun anew it ends, and nothing is lost."""

import base64
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from appeals.clinics import keys
from appeals.clinics.patients import open_patient, search_patients
from appeals.clinics.rotating import waiting
from appeals.models import CaseDocument, Letter, Patient
from appeals.sealing import unseal
from tests.appeals.clinics.building import (
    JANE,
    make_case,
    make_clinic,
    make_patient,
    make_pdf,
    make_signed_letter,
)
from tests.appeals.clinics.papers import make_document
from tests.appeals.clinics.working import PROJECT, address
from tests.waiting import wait_for

PATIENTS = 5
LOCK = 4711
# Two rows at a time, so that five are no one transaction.
ROTATE = """
import django
django.setup()
from django.core.management import call_command
from appeals.clinics import rotating
rotating.AT_ONCE = 2
call_command("rotate_keys")
"""
HELD_UP = f"""
CREATE FUNCTION held_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_advisory_xact_lock({LOCK}); RETURN NEW; END $$;
CREATE TRIGGER held_up BEFORE UPDATE ON appeals_patient FOR EACH ROW
WHEN (OLD.id = '%s') EXECUTE FUNCTION held_up();
"""


def entry(name: str, first: int) -> str:
    return f"{name}:{base64.b64encode(bytes(range(first, first + 32))).decode()}"


OLD, NEW = entry("old", 0), entry("new", 50)


@pytest.fixture
def ring(settings: Settings) -> Iterator[Callable[[str], None]]:
    """Puts other keys on the ring of this process."""

    def put(text: str) -> None:
        settings.CLINIC_KEYS = text
        keys.clinic_ring.cache_clear()

    yield put
    keys.clinic_ring.cache_clear()


@contextmanager
def held_up_at(patient: Patient) -> Iterator[None]:
    """Whoever writes this row waits until we are done."""
    with connection.cursor() as cursor:
        cursor.execute(HELD_UP % patient.pk)
    told = connection.get_connection_params() | {"cursor_factory": None}
    try:
        with psycopg.connect(**told) as holder:
            holder.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION held_up CASCADE")


def sessions_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return int(cursor.fetchone()[0])


def sealed_bytes() -> list[bytes]:
    """What lies under the patients' own keys, as it is stored."""
    rows = [
        *Patient.objects.order_by("pk").values_list("sealed"),
        *CaseDocument.objects.order_by("pk").values_list("sealed", "sealed_file"),
        *Letter.objects.order_by("pk").values_list("sealed", "sealed_pdf"),
    ]
    return [bytes(one or b"") for row in rows for one in row]


@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_is_killed_in_the_midst_is_begun_anew_and_loses_nothing(
    ring: Callable[[str], None], tmp_path: Path
) -> None:
    ring(OLD)
    clinic = make_clinic()
    for number in range(PATIENTS):
        patient = make_patient(clinic, replace(JANE, given_name=f"Ann{number}"))
        case = make_case(clinic, patient)
        make_document(case, file=make_pdf(f"Chart {number}"))
        make_signed_letter(case, pdf=make_pdf(f"Letter {number}"))
    before = sealed_bytes()
    # In the order in which the rows are taken.
    third = Patient.objects.order_by("made_at")[2]
    command = [sys.executable, "-c", ROTATE]
    variables = {**os.environ, "DATABASE_URL": address(), "CLINIC_KEYS": f"{NEW} {OLD}"}
    log = tmp_path / "log"
    with (
        held_up_at(third),
        log.open("wb") as output,
        subprocess.Popen(command, cwd=PROJECT, env=variables, stdout=output, stderr=output) as run,
    ):
        wait_for(lambda: sessions_waiting() == 1 or run.poll() is not None)
        run.send_signal(signal.SIGKILL)
        assert run.wait() == -signal.SIGKILL, log.read_text()
    wait_for(lambda: sessions_waiting() == 0)
    ring(f"{NEW} {OLD}")
    assert waiting() == PATIENTS - 2
    # Half of it is under the old key, and everybody is found and opened.
    assert search_patients(clinic, JANE.member_id).count() == PATIENTS
    call_command("rotate_keys", stdout=io.StringIO())
    assert waiting() == 0
    ring(NEW)
    found = [open_patient(one) for one in search_patients(clinic, JANE.member_id)]
    assert {one.record.given_name for one in found} == {f"Ann{one}" for one in range(PATIENTS)}
    # Documents and letters lie under the patients' keys: they are opened, and no byte was written.
    assert sealed_bytes() == before
    for one in found:
        case_row = one.patient.cases.get()
        for paper, column, part in (
            (case_row.documents.get(), "sealed_file", "file"),
            (case_row.letters.get(), "sealed_pdf", "pdf"),
        ):
            held = getattr(paper, column)
            assert unseal(one.key, held, place=f"{part}:{paper.place}").startswith(b"%PDF")
