"""The writes to several cases at once; each case keeps its own events and entries."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from appeals.clinics.access import log_access, log_cases
from appeals.clinics.casework import StaleCaseError, move_case, open_case
from appeals.clinics.moves import MoveError
from appeals.models import AccessEntry, Case, CaseEvent, Clinic, Clinician
from appeals.models.cases import CaseQuerySet

Kind = CaseEvent.Kind
CHANGED_MEANWHILE = "Someone else changed it meanwhile. Look at it, and then withdraw it."


@dataclass(slots=True)
class Withdrawn:
    """How many cases were withdrawn, and by its number why each other one was not."""

    done: int = 0
    left: dict[int, str] = field(default_factory=dict)


@transaction.atomic
def assign(
    clinic: Clinic,
    chosen: Collection[uuid.UUID],
    clinician: Clinician | None,
    *,
    on: dt.date,
    by: User,
) -> int:
    """Give open cases to a clinician, or to nobody; return how many went to another than before."""
    if clinician is not None and clinician.clinic_id != clinic.pk:
        raise ValidationError("This clinician is of another clinic.")
    cases = [
        one for one in _locked(clinic, chosen) if one.clinician_id != getattr(clinician, "pk", None)
    ]
    for one in cases:
        one.clinician = clinician
        one.counter += 1
        one.full_clean()
    Case.objects.bulk_update(cases, ["clinician", "counter"])
    CaseEvent.objects.bulk_create(
        CaseEvent(case=one, kind=Kind.EDITED, on=on, by=by) for one in cases
    )
    log_cases(AccessEntry.What.CHANGED, cases, by=by)
    return len(cases)


@transaction.atomic
def look_at_changes(clinic: Clinic, chosen: Collection[uuid.UUID], *, by: User) -> int:
    """Take the mark of a changed rule off cases that have it."""
    cases = [one for one in _locked(clinic, chosen) if one.is_rule_changed]
    Case.objects.filter(pk__in=[one.pk for one in cases]).update(is_rule_changed=False)
    log_cases(AccessEntry.What.CHANGED, cases, by=by)
    return len(cases)


def withdraw(
    clinic: Clinic,
    chosen: Mapping[uuid.UUID, int],
    *,
    on: dt.date,
    today: dt.date,
    by: User,
) -> Withdrawn:
    """Close cases as withdrawn, each in a transaction of its own.

    `chosen` holds for each the counter it had when it was chosen.
    """
    result = Withdrawn()
    rows = clinic.cases.filter(pk__in=chosen).select_related("patient__clinic").order_by("number")
    for case in rows:
        fault = _withdraw(case, chosen[case.pk], on=on, today=today, by=by)
        if fault:
            result.left[case.number] = fault
        else:
            result.done += 1
    return result


def _withdraw(case: Case, based_on: int, *, on: dt.date, today: dt.date, by: User) -> str:
    """Withdraw one; return why it can't be, or nothing."""
    log_access(AccessEntry.What.OPENED, case=case, by=by)
    try:
        move_case(open_case(case), Kind.WITHDRAWN, on=on, today=today, based_on=based_on, by=by)
    except MoveError as error:
        return str(error)
    except StaleCaseError:
        return CHANGED_MEANWHILE
    except Case.DoesNotExist:
        return "It was deleted meanwhile."
    return ""


def _locked(clinic: Clinic, chosen: Collection[uuid.UUID]) -> Iterator[Case]:
    """Open cases of the clinic, held against others; always in the same order."""
    cases: CaseQuerySet = clinic.cases.all()
    yield from cases.open().filter(pk__in=chosen).select_for_update(of=("self",)).order_by("pk")
