"""Patients: sealed in the database, found by exact search, told apart, rotated and destroyed."""

import base64
import datetime as dt
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from psycopg.sql import SQL, Identifier
from pytest_django import Settings

from appeals.clinics import keys
from appeals.clinics.deleting import delete_patient
from appeals.clinics.holding import hold_patient, reason_of, refuse_if_held, release_patient
from appeals.clinics.patients import (
    StalePatientError,
    add_patient,
    change_patient,
    open_patient,
    possible_doubles,
    search_patients,
)
from appeals.clinics.records import PatientRecord, plain_name
from appeals.clinics.rotating import rotate_keys, waiting
from appeals.models import AccessEntry, Clinic, Patient
from appeals.sealing import KeyRingError, SealError

pytestmark = pytest.mark.django_db

JANE = PatientRecord(
    family_name="Núñez-Sample",
    given_name="Jane",
    birth_on=dt.date(1980, 2, 29),
    member_id="W-123 456",
    address="1 Example Street",
)


@pytest.fixture
def clinic() -> Clinic:
    return Clinic.objects.create(name="Sample Clinic")


@pytest.fixture
def biller() -> User:
    return User.objects.create_user("biller")


def entry(name: str, first: int) -> str:
    return f"{name}:{base64.b64encode(bytes(range(first, first + 32))).decode()}"


@contextmanager
def ring(settings: Settings, *entries: str) -> Iterator[None]:
    settings.CLINIC_KEYS = " ".join(entries)
    keys.clinic_ring.cache_clear()
    try:
        yield
    finally:
        keys.clinic_ring.cache_clear()


def rows_of(table: str) -> str:
    """All that a dump of a table would hold, as text; bytes also as the text they are."""
    with connection.cursor() as cursor:
        cursor.execute(SQL("SELECT * FROM {}").format(Identifier(table)))
        return " ".join(
            bytes(value).decode("latin-1") if isinstance(value, memoryview | bytes) else str(value)
            for row in cursor.fetchall()
            for value in row
        )


def test_what_was_sealed_is_opened_again_and_no_word_of_it_stands_in_the_table(
    clinic: Clinic, biller: User
) -> None:
    add_patient(clinic, JANE, by=biller)
    assert open_patient(Patient.objects.get()).record == JANE
    dumped = rows_of("appeals_patient").casefold()
    for word in ("nunez", "núñez", "jane", "123", "1980", "example"):
        assert word not in without_figures(dumped), word


def without_figures(dumped: str) -> str:
    """Hashes, ids and moments aside: in long random figures any three digits stand somewhere."""
    return re.sub(r"[0-9a-f]{64}|[0-9a-f-]{36}|\d{4}-\d\d-\d\d \d\d:\S+", "", dumped)


def test_a_row_moved_onto_another_patient_is_not_opened(clinic: Clinic, biller: User) -> None:
    jane = add_patient(clinic, JANE, by=biller).patient
    other = add_patient(clinic, replace(JANE, given_name="Ann"), by=biller).patient
    Patient.objects.filter(pk=other.pk).update(
        sealed=jane.sealed, wrapped_key=jane.wrapped_key, key_name=jane.key_name
    )
    with pytest.raises(SealError):
        open_patient(Patient.objects.get(pk=other.pk))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        pytest.param("nunez sample", True, id="the family name without accents"),
        pytest.param("Núñez-Sample, Jane", True, id="as listed"),
        pytest.param("jane NÚÑEZ SAMPLE", True, id="as said"),
        pytest.param("w123456", True, id="the member ID, written otherwise"),
        pytest.param("2/29/1980", True, id="the birth date"),
        pytest.param("1980-02-29", True, id="the birth date, as computers write it"),
        pytest.param("nunez", False, id="half of the family name: search is exact"),
        pytest.param("Jane", False, id="the given name alone"),
        pytest.param("W-123", False, id="the beginning of the member ID"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_patient_is_found_by_the_whole_of_a_value(
    clinic: Clinic, biller: User, text: str, is_found: bool
) -> None:
    add_patient(clinic, JANE, by=biller)
    assert search_patients(clinic, text).exists() is is_found


def test_another_clinic_finds_nobody_and_its_hashes_are_others(
    clinic: Clinic, biller: User
) -> None:
    elsewhere = Clinic.objects.create(name="Another Sample Clinic")
    mine = add_patient(clinic, JANE, by=biller).patient
    theirs = add_patient(elsewhere, JANE, by=biller).patient
    assert [one.pk for one in search_patients(elsewhere, "W123456")] == [theirs.pk]
    assert not set(mine.digests) & set(theirs.digests)


@pytest.mark.parametrize(
    ("changes", "is_double"),
    [
        pytest.param({"given_name": "J."}, True, id="the same member ID"),
        pytest.param({"member_id": ""}, True, id="the same name and birth date"),
        pytest.param({"member_id": "", "birth_on": None}, False, id="the same name alone"),
        pytest.param({"member_id": "X", "given_name": "Ann"}, False, id="the same birth date"),
    ],
)
def test_who_may_be_the_same_person_is_told(
    clinic: Clinic, biller: User, changes: dict[str, object], is_double: bool
) -> None:
    jane = add_patient(clinic, JANE, by=biller).patient
    found = list(possible_doubles(clinic, replace(JANE, **changes)))  # type: ignore[arg-type]
    assert found == ([jane] if is_double else [])
    assert list(possible_doubles(clinic, JANE, but=jane)) == []


def test_two_people_on_one_patient_lose_nothing(clinic: Clinic, biller: User) -> None:
    opened = add_patient(clinic, JANE, by=biller)
    mine = replace(JANE, phone="555-0100")
    change_patient(opened, mine, based_on=0, by=biller)
    with pytest.raises(StalePatientError):
        change_patient(opened, replace(JANE, phone="555-0199"), based_on=0, by=biller)
    assert open_patient(Patient.objects.get()).record == mine


def test_keys_are_rotated_and_the_old_one_may_go(
    clinic: Clinic, biller: User, settings: Settings
) -> None:
    with ring(settings, entry("old", 0)):
        for name in ("Ann", "Bea", "Cyd"):
            add_patient(clinic, replace(JANE, given_name=name), by=biller)
    with ring(settings, entry("new", 50), entry("old", 0)):
        assert waiting() == 3
        # Before, and while it is half done, everybody is found.
        assert search_patients(clinic, "W123456").count() == 3
        call_command("rotate_keys", stdout=io.StringIO())
        assert waiting() == 0
    with ring(settings, entry("new", 50)):
        records = [open_patient(one).record for one in search_patients(clinic, "W123456")]
        assert {one.given_name for one in records} == {"Ann", "Bea", "Cyd"}
    with ring(settings, entry("old", 0)), pytest.raises(KeyRingError):
        open_patient(Patient.objects.all()[0])


def test_a_rotation_that_was_interrupted_goes_on(
    clinic: Clinic, biller: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appeals.clinics.rotating.AT_ONCE", 2)
    with ring(settings, entry("old", 0)):
        for number in range(5):
            add_patient(clinic, replace(JANE, member_id=str(number)), by=biller)
    with ring(settings, entry("new", 50), entry("old", 0)):
        assert next(rotate_keys()) == 2
        assert waiting() == 3
        assert list(rotate_keys()) == [2, 1]
        monkeypatch.setattr("appeals.management.commands.rotate_keys.waiting", lambda: 1)
        with pytest.raises(CommandError, match="1 were being written"):
            call_command("rotate_keys", stdout=io.StringIO())


def test_a_deleted_patient_leaves_the_log_and_nothing_else(clinic: Clinic, biller: User) -> None:
    jane = add_patient(clinic, JANE, by=biller).patient
    key = jane.pk
    delete_patient(jane, by=biller)
    assert not Patient.objects.exists()
    entries = AccessEntry.objects.filter(patient_id=key)
    assert {one.what for one in entries} == {"changed", "deleted"}
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.delete()


def test_a_legal_hold_stops_deletion_until_it_is_released(clinic: Clinic, biller: User) -> None:
    jane = add_patient(clinic, JANE, by=biller)
    hold_patient(jane, reason="Asked for by counsel", by=biller)
    with pytest.raises(ValidationError, match="legal hold"):
        delete_patient(jane.patient, by=biller)
    with pytest.raises(ValidationError, match="legal hold"):
        refuse_if_held(jane.patient)
    assert reason_of(open_patient(Patient.objects.get())) == "Asked for by counsel"
    release_patient(jane.patient, by=biller)
    refuse_if_held(jane.patient)
    delete_patient(jane.patient, by=biller)
    assert not Patient.objects.exists()


@pytest.mark.parametrize(
    ("one", "other"),
    [("O'Neil, Ann", "Ann O\u2019Neil"), ("DE LA CRUZ MARÍA", "maria de la cruz")],
)
def test_a_name_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert plain_name(one) == plain_name(other)
