"""Reads of a clinic's access log: by person, record and day, a page at a time."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from appeals.models import AccessEntry, Case, Clinic, ClinicEvent, Patient

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the log is wanted; a record is a case or a patient."""

    person: int | None = None
    record: uuid.UUID | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry, with what of its records is still there."""

    entry: AccessEntry
    case_number: int | None
    has_patient: bool


def entries_of(clinic: Clinic, asked: Asked) -> QuerySet[AccessEntry]:
    """The clinic's entries, the newest first."""
    entries = AccessEntry.objects.filter(clinic_id=clinic.pk).select_related("by")
    if asked.person is not None:
        entries = entries.filter(by_id=asked.person)
    if asked.record is not None:
        entries = entries.filter(Q(patient_id=asked.record) | Q(case_id=asked.record))
    if asked.on is not None:
        begin = timezone.make_aware(dt.datetime.combine(asked.on, dt.time.min))
        end = timezone.make_aware(dt.datetime.combine(asked.on + dt.timedelta(days=1), dt.time.min))
        entries = entries.filter(at__gte=begin, at__lt=end)
    return entries.order_by("-pk")


def entries_about(clinic: Clinic, patient: Patient) -> QuerySet[AccessEntry]:
    """The entries about a patient and their cases, those too from before two rows were joined."""
    about = Q(patient_id=patient.pk) | Q(
        case_id__in=list(patient.cases.values_list("pk", flat=True))
    )
    entries = AccessEntry.objects.filter(about, clinic_id=clinic.pk).select_related("by")
    return entries.order_by("-pk")


def page_of(
    clinic: Clinic, asked: Asked, *, before: int | None
) -> tuple[list[LogLine], int | None]:
    """Some lines from a place on, and the place where the next begin, if there are any."""
    entries = entries_of(clinic, asked)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    found = list(entries[: AT_ONCE + 1])
    shown = found[:AT_ONCE]
    return lines(clinic, shown), shown[-1].pk if len(found) > AT_ONCE else None


def lines(clinic: Clinic, entries: Collection[AccessEntry]) -> list[LogLine]:
    """Each entry with the number of its case, while it is there."""
    cases = Case.objects.filter(clinic=clinic, pk__in={one.case_id for one in entries})
    numbers = dict(cases.values_list("pk", "number"))
    patients = Patient.objects.filter(clinic=clinic, pk__in={one.patient_id for one in entries})
    there = set(patients.values_list("pk", flat=True))
    return [
        LogLine(
            one,
            numbers.get(one.case_id) if one.case_id else None,
            one.patient_id in there,
        )
        for one in entries
    ]


def events_page(clinic: Clinic, *, before: int | None) -> tuple[list[ClinicEvent], int | None]:
    """Changes to the clinic and its people from a place on, and where the next begin."""
    events = ClinicEvent.objects.filter(clinic_id=clinic.pk).select_related("by")
    if before is not None:
        events = events.filter(pk__lt=before)
    found = list(events.order_by("-pk")[: AT_ONCE + 1])
    shown = found[:AT_ONCE]
    return shown, shown[-1].pk if len(found) > AT_ONCE else None
