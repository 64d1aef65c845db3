"""The access log: every look at a record and every change leaves an entry."""

from collections.abc import Iterable

from django.contrib.auth.models import User

from appeals.models import AccessEntry, Case, Patient


def log_access(
    what: AccessEntry.What,
    *,
    by: User | None,
    patient: Patient | None = None,
    case: Case | None = None,
) -> None:
    """Write one entry, about a case or a patient as a whole."""
    about = case or patient
    if about is None:
        raise ValueError("an entry is about a case or a patient")
    AccessEntry.objects.create(
        clinic_id=about.clinic_id,
        patient_id=case.patient_id if case else about.pk,
        case_id=case.pk if case else None,
        what=what,
        by=by,
    )


def log_cases(what: AccessEntry.What, cases: Iterable[Case], *, by: User | None) -> None:
    """Write one entry for each of these cases, all at once."""
    AccessEntry.objects.bulk_create(
        AccessEntry(
            clinic_id=case.clinic_id, patient_id=case.patient_id, case_id=case.pk, what=what, by=by
        )
        for case in cases
    )
