"""Rotation of keys: each data key is wrapped anew under the ring's current key."""

from collections.abc import Iterator

from django.db import transaction

from appeals.clinics.keys import clinic_ring
from appeals.clinics.patients import digests_of, open_patient
from appeals.clinics.records import found_by
from appeals.models import Batch, Patient

AT_ONCE = 200


def rotate_keys() -> Iterator[int]:
    """Wrap whatever an older key wraps, some rows at a time; yield how many after each time.

    Each time is a transaction of its own. Whoever begins anew after an interruption goes on where
    it stopped, for what is done is under the current key.
    """
    while done := _rotate_patients() or _rotate_batches():
        yield done


def waiting() -> int:
    """How many keys are still wrapped by an older key."""
    current = clinic_ring().current
    return sum(rows.exclude(key_name=current).count() for rows in (Patient.objects, Batch.objects))


@transaction.atomic
def _rotate_patients() -> int:
    ring = clinic_ring()
    rows = Patient.objects.exclude(key_name=ring.current).select_related("clinic")
    # Rows that someone else writes just now are taken the next time.
    patients = list(rows.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    for patient in patients:
        opened = open_patient(patient)
        patient.key_name, patient.wrapped_key = ring.wrap(opened.key, place=patient.place)
        patient.digests = digests_of(patient.clinic, found_by(opened.record), ring.current)
        patient.save(update_fields=["key_name", "wrapped_key", "digests"])
    return len(patients)


@transaction.atomic
def _rotate_batches() -> int:
    ring = clinic_ring()
    rows = Batch.objects.exclude(key_name=ring.current).defer("sealed_file")
    batches = list(rows.select_for_update(skip_locked=True)[:AT_ONCE])
    for batch in batches:
        key = ring.unwrap(batch.key_name, batch.wrapped_key, place=batch.place)
        batch.key_name, batch.wrapped_key = ring.wrap(key, place=batch.place)
        batch.save(update_fields=["key_name", "wrapped_key"])
    return len(batches)
