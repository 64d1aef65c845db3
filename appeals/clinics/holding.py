"""A legal hold: while it stands nothing of a patient's record is deleted."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from appeals.clinics.access import log_access
from appeals.clinics.patients import OpenPatient
from appeals.models import AccessEntry, Patient


class HeldError(ValidationError):
    """A legal hold stands in the way; nothing was deleted."""

    def __init__(self) -> None:
        super().__init__("A legal hold stops deletion. Release it first.")


@transaction.atomic
def hold_patient(opened: OpenPatient, *, reason: str, by: User) -> None:
    """Put a patient's record under legal hold, with why; a new reason takes the old one's place."""
    held = Patient.objects.select_for_update().get(pk=opened.patient.pk)
    held.held_at = timezone.now()
    held.held_by = by
    held.sealed_hold = opened.seal(reason, place=place_of(held))
    held.save(update_fields=["held_at", "held_by", "sealed_hold"])
    log_access(AccessEntry.What.HELD, patient=held, by=by)


@transaction.atomic
def release_patient(patient: Patient, *, by: User) -> None:
    """End a legal hold."""
    held = Patient.objects.select_for_update().get(pk=patient.pk)
    held.held_at = held.held_by = held.sealed_hold = None
    held.save(update_fields=["held_at", "held_by", "sealed_hold"])
    log_access(AccessEntry.What.HELD, patient=held, by=by)


def refuse_if_held(patient: Patient) -> None:
    """HeldError while a legal hold stands; asked before anything of a record is destroyed.

    Nobody puts a hold on it until the caller's transaction ends. A patient is locked before their
    cases, as everywhere: else two would wait for each other.
    """
    rows = Patient.objects.filter(pk=patient.pk).select_for_update(no_key=True)
    if rows.values_list("held_at", flat=True).first() is not None:
        raise HeldError


def reason_of(opened: OpenPatient) -> str:
    """Why a hold stands; empty where none does."""
    sealed = opened.patient.sealed_hold
    return "" if sealed is None else str(opened.unseal(sealed, place=place_of(opened.patient)))


def place_of(patient: Patient) -> str:
    """Where the sealed reason stands."""
    return f"hold:{patient.place}"
