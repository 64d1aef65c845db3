"""Deletion: the patient's key and rows, files and letters are destroyed; the log stays."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from appeals.background import forget_jobs
from appeals.clinics.access import log_access
from appeals.clinics.printing.making import drop_batches
from appeals.models import AccessEntry, Batch, Patient


@transaction.atomic
def delete_patient(patient: Patient, *, by: User | None) -> None:
    """Delete all that belongs to a patient; ValidationError while a legal hold stops it.

    With the key gone, whatever a backup still holds of it can be read by nobody who lacks a backup
    of the key's row too. A printing that a letter of theirs is in goes as well.
    """
    held = Patient.objects.select_for_update().get(pk=patient.pk)
    if held.held_at is not None:
        raise ValidationError("A legal hold stops deletion. Release it first.")
    drop_batches(Batch.objects.filter(items__letter__case__patient=held))
    forget_jobs([held.pk, *held.cases.values_list("pk", flat=True)])
    log_access(AccessEntry.What.DELETED, patient=held, by=by)
    held.delete()


@transaction.atomic
def hold_patient(patient: Patient, *, is_held: bool, by: User) -> None:
    """Put a patient's record under legal hold, or release it."""
    held = Patient.objects.select_for_update().get(pk=patient.pk)
    held.held_at = timezone.now() if is_held else None
    held.held_by = by if is_held else None
    held.save(update_fields=["held_at", "held_by"])
    log_access(AccessEntry.What.HELD, patient=held, by=by)
