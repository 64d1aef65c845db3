"""The writes to a printing as a whole: begun in the order of the mail, and gone in a day."""

import datetime as dt
import uuid
from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from appeals.background import defer, forget_jobs
from appeals.clinics.casework import open_case
from appeals.clinics.keys import clinic_ring
from appeals.clinics.printing.addressing import address_of
from appeals.models import Batch, BatchItem, Clinic, Letter, Patient
from appeals.sealing import fresh_key

MOST_LETTERS = 200
KEPT = dt.timedelta(days=1)
UNDER_WAY = (Batch.State.WAITING, Batch.State.RUNNING)


def printable(clinic: Clinic) -> QuerySet[Letter]:
    """The letters of a clinic that may go out: signed, and not superseded."""
    letters = Letter.objects.filter(
        case__clinic=clinic, signed_at__isnull=False, superseded_by=None
    )
    return letters.select_related("case__patient__clinic", "case__insurer").defer("sealed_pdf")


def kept_batches(clinic: Clinic, *, now: dt.datetime) -> QuerySet[Batch]:
    """The printings of the last day, the newest first; an older one is gone, swept up or not."""
    return clinic.batches.filter(made_at__gt=now - KEPT).defer("sealed_file")


@transaction.atomic
def begin_batch(
    clinic: Clinic,
    letters: Collection[uuid.UUID],
    *,
    form: str,
    has_enclosures: bool = False,
    by: User,
) -> Batch:
    """Queue each of these letters of the clinic; ValidationError where none or too many are told.

    What was deleted or superseded since it was chosen stays out.
    """
    # Whoever deletes one of the patients just now is done before the letters are read, or waits.
    patients = Patient.objects.filter(cases__letters__in=letters, clinic=clinic)
    list(patients.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk"))
    chosen = in_order_of_mail(printable(clinic).filter(pk__in=letters))
    if not chosen:
        raise ValidationError("Choose one letter or more to print.")
    if len(chosen) > MOST_LETTERS:
        raise ValidationError(f"Print {MOST_LETTERS} letters at once, or fewer.")
    batch = Batch(clinic=clinic, form=form, has_enclosures=has_enclosures, made_by=by)
    batch.key_name, batch.wrapped_key = clinic_ring().wrap(fresh_key(), place=batch.place)
    batch.full_clean()
    batch.save(force_insert=True)
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, letter=letter, position=position)
        for position, letter in enumerate(chosen, start=1)
    )
    defer("print_letter", *({"batch": str(batch.pk), "letter": str(one.pk)} for one in chosen))
    return batch


def batch_key(batch: Batch) -> bytes:
    """The data key of a printing."""
    return clinic_ring().unwrap(batch.key_name, batch.wrapped_key, place=batch.place)


def in_order_of_mail(letters: QuerySet[Letter]) -> list[Letter]:
    """What goes to one place in one way lies together, and in it the next last day first."""

    def place(letter: Letter) -> tuple[tuple[int, str, str], dt.date, int]:
        case = letter.case
        address = address_of(letter, open_case(case))
        return address.in_mail, case.due_on or dt.date.max, case.number

    return sorted(letters, key=place)


@transaction.atomic
def drop_batches(batches: QuerySet[Batch]) -> int:
    """Destroy printings with their keys, files and jobs; what a worker does just now comes to none.

    Nothing of them stays: a printing that was called off is the same as one that is too old.
    """
    gone = list(batches.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    Batch.objects.filter(pk__in=gone).delete()
    forget_jobs(gone)
    return len(gone)


def sweep_batches(*, now: dt.datetime) -> int:
    """Destroy the printings that are older than a day."""
    return drop_batches(Batch.objects.filter(made_at__lte=now - KEPT))
