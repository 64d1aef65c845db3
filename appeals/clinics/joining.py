"""Two rows of one person become one: what lies under the other's key is sealed anew under ours."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

import pgtrigger
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, add_event, open_case
from appeals.clinics.content import Happened
from appeals.clinics.holding import HeldError
from appeals.clinics.patients import OpenPatient, StalePatientError, change_patient, open_patient
from appeals.clinics.records import PatientRecord
from appeals.models import (
    AccessEntry,
    Case,
    CaseDocument,
    CaseEvent,
    CaseVerdict,
    Letter,
    Patient,
)
from appeals.sealing import seal, unseal

Placed = CaseEvent | CaseVerdict | CaseDocument | Letter
SEALED: Mapping[type[Placed], Mapping[str, str]] = {
    CaseEvent: {"sealed": ""},
    CaseVerdict: {"sealed": ""},
    CaseDocument: {"sealed": "", "sealed_file": "file:"},
    Letter: {"sealed": "", "sealed_pdf": "pdf:"},
}
"""What of a case is sealed besides itself: its columns, and what stands before each one's place."""


def with_gaps_filled(kept: PatientRecord, other: PatientRecord) -> PatientRecord:
    """The first record, with what only the other knows."""
    names = [field.name for field in fields(PatientRecord)]
    return replace(kept, **{name: getattr(kept, name) or getattr(other, name) for name in names})


@transaction.atomic
def join_patients(
    kept: OpenPatient, other: OpenPatient, record: PatientRecord, *, by: User
) -> OpenPatient:
    """Put the other's cases under the one who is kept, and destroy the other's row with its key.

    Both are given as they were shown: StalePatientError where somebody has changed either since,
    HeldError while either is under legal hold.
    """
    shown = {one.patient.pk: one.patient.counter for one in (kept, other)}
    rows = Patient.objects.filter(pk__in=shown, clinic=kept.patient.clinic_id).order_by("pk")
    locked = {one.pk: one for one in rows.select_for_update(of=("self",)).select_related("clinic")}
    if {key: one.counter for key, one in locked.items()} != shown:
        raise StalePatientError
    if any(one.held_at for one in locked.values()):
        raise HeldError
    # A rotation may have wrapped the keys anew since they were opened.
    ours, theirs = (open_patient(locked[one.patient.pk]) for one in (kept, other))
    ours = change_patient(ours, record, based_on=ours.patient.counter, by=by)
    cases = theirs.patient.cases.select_for_update(of=("self",)).select_related("patient__clinic")
    for case in cases.order_by("pk"):
        _move(open_case(case), ours, by=by)
    for one in (ours, theirs):
        log_access(AccessEntry.What.JOINED, patient=one.patient, by=by)
    theirs.patient.delete()
    return ours


def _move(opened: OpenCase, ours: OpenPatient, *, by: User) -> None:
    """Seal a case and all that is its own under the key of its new patient."""
    case, old = opened.case, opened.patient.key
    for model, columns in SEALED.items():
        for row in _one_by_one(model, case):
            for column, before in columns.items():
                held = getattr(row, column)
                if held is not None:
                    place = f"{before}{row.place}"
                    setattr(
                        row, column, seal(ours.key, unseal(old, held, place=place), place=place)
                    )
            # A signed letter keeps its pages, word for word, under another key.
            with pgtrigger.ignore("appeals.Letter:signed_pages_never_change"):
                row.save(update_fields=list(columns))
    case.sealed = seal(ours.key, unseal(old, case.sealed, place=case.place), place=case.place)
    case.patient = ours.patient
    case.counter += 1  # whoever has it open under the old key finds it changed
    case.save(update_fields=["sealed", "patient", "counter"])
    told = Happened(text="Joined: this case stood under another row of the same patient.")
    moved = OpenCase(case, ours, opened.content)
    add_event(moved, CaseEvent.Kind.EDITED, on=timezone.localdate(), by=by, happened=told)
    log_access(AccessEntry.What.CHANGED, case=case, by=by)


def _one_by_one(model: type[Placed], case: Case) -> Iterator[Placed]:
    """The rows of a case, of which one at a time is in memory: a file may be large."""
    rows: models.QuerySet[Placed] = model._default_manager.filter(case=case)  # noqa: SLF001
    for key in list(rows.values_list("pk", flat=True)):
        yield rows.select_for_update(of=("self",)).get(pk=key)
