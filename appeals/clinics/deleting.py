"""Deletion: the patient's key and rows, files and letters are destroyed; the log stays."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from appeals.background import forget_jobs
from appeals.clinics.access import log_access
from appeals.clinics.holding import HeldError
from appeals.clinics.printing.making import drop_batches
from appeals.models import AccessEntry, Batch, CaseDocument, CaseEvent, Letter, Patient


class ChangedMeanwhileError(ValidationError):
    """More or less would be destroyed than was shown; nothing was."""

    def __init__(self) -> None:
        super().__init__(
            "Something of this record changed since the page was opened. Look at the list once "
            "more; nothing was deleted."
        )


@dataclass(frozen=True, slots=True)
class Doomed:
    """What goes with a patient; `numbers` are those of their cases, the newest first."""

    numbers: tuple[int, ...]
    events: int
    documents: int
    letters: int
    signed: int
    printings: int

    @property
    def mark(self) -> str:
        """All counts as one word, to tell whether what was shown is still what there is."""
        counts = (self.events, self.documents, self.letters, self.signed, self.printings)
        return "-".join(map(str, (*self.numbers, "", *counts)))

    @property
    def confirmed_by(self) -> str:
        """What is typed to confirm: the number of the newest case, so that it is looked at."""
        return str(self.numbers[0]) if self.numbers else "DELETE"


def doomed(patient: Patient) -> Doomed:
    """Count what the deletion of a patient would destroy."""
    letters = Letter.objects.filter(case__patient=patient)
    return Doomed(
        numbers=tuple(patient.cases.order_by("-number").values_list("number", flat=True)),
        events=CaseEvent.objects.filter(case__patient=patient).count(),
        documents=CaseDocument.objects.filter(case__patient=patient).count(),
        letters=letters.count(),
        signed=letters.exclude(signed_at=None).count(),
        printings=printings_with(patient).count(),
    )


def printings_with(patient: Patient) -> QuerySet[Batch]:
    """The printings that a letter of theirs is in."""
    return Batch.objects.filter(items__letter__case__patient=patient).distinct()


@transaction.atomic
def delete_patient(patient: Patient, *, by: User | None, shown: str | None = None) -> None:
    """Delete all that belongs to a patient; HeldError while a legal hold stops it.

    `shown` is the mark of what the person was told would go. With the key gone, whatever a backup
    still holds of it can be read by nobody who lacks a backup of the key's row too. A printing
    that a letter of theirs is in goes as well.
    """
    gone = Patient.objects.select_for_update().get(pk=patient.pk)
    if gone.held_at is not None:
        raise HeldError
    if shown is not None and shown != doomed(gone).mark:
        raise ChangedMeanwhileError
    drop_batches(Batch.objects.filter(pk__in=printings_with(gone).values("pk")))
    forget_jobs([gone.pk, *gone.cases.values_list("pk", flat=True)])
    log_access(AccessEntry.What.DELETED, patient=gone, by=by)
    gone.delete()
