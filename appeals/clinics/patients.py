"""The writes and reads of patients: sealed on the way in, opened on the way out."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from appeals.clinics.access import log_access
from appeals.clinics.keys import clinic_ring, search_key
from appeals.clinics.records import PatientRecord, digest, found_by, plain_id, plain_name
from appeals.models import AccessEntry, Clinic, Patient
from appeals.sealing import Stored, fresh_key, seal_json, unseal_json
from policies.forms.fields import DateField


class StalePatientError(ValidationError):
    """Someone else saved the patient since the form was shown; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Someone else changed this patient meanwhile. Look at what they wrote.")


@dataclass(frozen=True, slots=True)
class OpenPatient:
    """A patient that was opened: the row, the record, and the key for all that belongs to them."""

    patient: Patient
    record: PatientRecord
    key: bytes = field(repr=False)

    def seal(self, data: Any, *, place: str) -> bytes:
        """Seal plain data that belongs to the patient."""
        return seal_json(self.key, data, place=place)

    def unseal(self, sealed: Stored, *, place: str) -> Any:
        return unseal_json(self.key, sealed, place=place)


def open_patient(patient: Patient) -> OpenPatient:
    """Unwrap the data key and read the record; the caller logs who looked."""
    key = clinic_ring().unwrap(patient.key_name, patient.wrapped_key, place=patient.place)
    record = PatientRecord.from_json(unseal_json(key, patient.sealed, place=patient.place))
    return OpenPatient(patient, record, key)


@transaction.atomic
def add_patient(clinic: Clinic, record: PatientRecord, *, by: User | None) -> OpenPatient:
    """Write a new patient under a new data key."""
    key = fresh_key()
    patient = Patient(clinic=clinic)
    patient.key_name, patient.wrapped_key = clinic_ring().wrap(key, place=patient.place)
    _fill(patient, record, key)
    patient.full_clean()
    patient.save(force_insert=True)
    log_access(AccessEntry.What.CHANGED, patient=patient, by=by)
    return OpenPatient(patient, record, key)


@transaction.atomic
def change_patient(
    opened: OpenPatient, record: PatientRecord, *, based_on: int, by: User
) -> OpenPatient:
    """Write what changed; StalePatientError where another change came first."""
    patient = Patient.objects.select_for_update().get(pk=opened.patient.pk)
    if patient.counter != based_on:
        raise StalePatientError
    patient.counter += 1
    _fill(patient, record, opened.key)
    patient.full_clean()
    patient.save(update_fields=["sealed", "digests", "counter"])
    log_access(AccessEntry.What.CHANGED, patient=patient, by=by)
    return OpenPatient(patient, record, opened.key)


def _fill(patient: Patient, record: PatientRecord, key: bytes) -> None:
    patient.sealed = seal_json(key, record.to_json(), place=patient.place)
    patient.digests = digests_of(patient.clinic, found_by(record), patient.key_name)


def digests_of(clinic: Clinic, values: Mapping[str, str], key_name: str) -> list[str]:
    """The keyed hashes of values by their fields."""
    key = search_key(key_name)
    return [digest(key, str(clinic.pk), field, value) for field, value in values.items()]


def search_patients(clinic: Clinic, text: str) -> QuerySet[Patient]:
    """Patients whose name, family name, member ID or birth date is exactly this.

    While keys are rotated some rows are hashed under the old key, so each key is tried.
    """
    wanted = searched_for(text)
    digests = [one for name in clinic_ring().keys for one in digests_of(clinic, wanted, name)]
    return clinic.patients.found_by(digests)


def searched_for(text: str) -> dict[str, str]:
    """What a typed text may mean: a name, a number or a day."""
    words = plain_name(text)
    values = {"family_name": words, "name": words, "member_id": plain_id(text)}
    with suppress(ValidationError):  # most of what is searched for is no date
        day = DateField().clean(text)
        values["birth_on"] = day.isoformat() if day else ""
    return {field: value for field, value in values.items() if value}


def possible_doubles(
    clinic: Clinic, record: PatientRecord, *, but: Patient | None = None
) -> Iterable[Patient]:
    """Patients who may be the same person: the same member ID, or the same name and birth date."""
    values = found_by(record)
    ring = clinic_ring()
    found = clinic.patients.none()
    for wanted in ({"member_id"}, {"name", "birth_on"}):
        if wanted <= values.keys():
            chosen = {field: values[field] for field in wanted}
            for name in ring.keys:
                digests = digests_of(clinic, chosen, name)
                found = found | clinic.patients.filter(digests__contains=digests)
    return found.exclude(pk=but.pk) if but else found


def alike(clinic: Clinic, record: PatientRecord) -> list[Patient]:
    """Patients of the same birth date with the same family or given name, as a slip leaves them."""
    wanted = {"birth_on": found_by(record).get("birth_on", "")}
    if not wanted["birth_on"]:
        return []
    digests = [one for name in clinic_ring().keys for one in digests_of(clinic, wanted, name)]
    born_then = clinic.patients.found_by(digests)
    return [one for one in born_then if _shares_a_name(open_patient(one).record, record)]


def _shares_a_name(one: PatientRecord, other: PatientRecord) -> bool:
    families = {plain_name(one.family_name), plain_name(other.family_name)}
    given = {plain_name(one.given_name), plain_name(other.given_name)}
    return len(families) == 1 or (len(given) == 1 and "" not in given)
