"""The writes to cases: opened, changed, moved on by what happened; each one transaction."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from appeals.clinics.access import log_access
from appeals.clinics.content import CaseContent, Happened, VerdictRecord, from_plain, to_plain
from appeals.clinics.due_steps import CONTINUE
from appeals.clinics.moves import CLOSED, MOVES, MoveError, check_day, stage_after
from appeals.clinics.patients import OpenPatient, open_patient
from appeals.models import AccessEntry, Case, CaseEvent, CaseVerdict, Clinician
from appeals.models.cases import Stage
from policies.models import Insurer, PolicyVersion

Kind = CaseEvent.Kind
DECIDED = frozenset(kind for moves in MOVES.values() for kind in moves)
"""The kinds of events that move a case; their days go in order."""


class StaleCaseError(ValidationError):
    """Someone else saved the case since the form was shown; nothing was written."""

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__("Someone else changed this case meanwhile. Look at what they wrote.")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands in plain text about a case, for lists."""

    insurer: Insurer | None = None
    payer_name: str = ""
    issue_state: str = ""
    clinician: Clinician | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """The next last day of a case, and the step it is for; nothing where none is known."""

    on: dt.date | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that was opened: the row, its patient, and what it holds."""

    case: Case
    patient: OpenPatient
    content: CaseContent


def open_case(case: Case) -> OpenCase:
    """Unseal a case with its patient; the caller logs who looked."""
    patient = open_patient(case.patient)
    plain = patient.unseal(case.sealed, place=case.place)
    return OpenCase(case, patient, from_plain(plain, CaseContent))


@transaction.atomic
def begin_case(
    patient: OpenPatient, content: CaseContent, heading: Heading, *, on: dt.date, by: User | None
) -> OpenCase:
    """Open a case for a patient of the clinic."""
    clinic = patient.patient.clinic
    with connection.cursor() as cursor:
        # Two who begin at once would count to the same number.
        cursor.execute("SELECT 1 FROM appeals_clinic WHERE id = %s FOR UPDATE", [clinic.pk])
    last = clinic.cases.aggregate(last=Max("number"))["last"] or 0
    case = Case(clinic=clinic, patient=patient.patient, number=last + 1, opened_by=by)
    _fill(case, heading)
    case.sealed = patient.seal(to_plain(content), place=case.place)
    case.full_clean()
    case.save(force_insert=True)
    opened = OpenCase(case, patient, content)
    add_event(opened, Kind.OPENED, on=on, by=by)
    log_access(AccessEntry.What.CHANGED, case=case, by=by)
    return opened


@transaction.atomic
def change_case(
    opened: OpenCase,
    content: CaseContent,
    heading: Heading,
    *,
    based_on: int,
    on: dt.date,
    by: User,
    happened: Happened | None = None,
) -> OpenCase:
    """Write what changed; StaleCaseError where another change came first.

    `happened` is where the change came from, for the case's history.
    """
    case = lock_case(opened.case, based_on=based_on)
    _fill(case, heading)
    case.sealed = opened.patient.seal(to_plain(content), place=case.place)
    case.counter += 1
    case.full_clean()
    case.save()
    changed = OpenCase(case, opened.patient, content)
    add_event(changed, Kind.EDITED, on=on, by=by, happened=happened)
    log_access(AccessEntry.What.CHANGED, case=case, by=by)
    return changed


def _fill(case: Case, heading: Heading) -> None:
    case.insurer = heading.insurer
    case.payer_name = "" if heading.insurer else heading.payer_name
    case.issue_state = heading.issue_state
    case.clinician = heading.clinician


def lock_case(case: Case, *, based_on: int | None = None) -> Case:
    """The case as it stands now, held against other writers until the transaction ends.

    A case that was joined to another patient is sealed under another key than it was opened by.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("patient__clinic")
    found = locked.get(pk=case.pk)
    is_stale = based_on is not None and found.counter != based_on
    if is_stale or found.patient_id != case.patient_id:
        raise StaleCaseError(found)
    return found


def add_event(
    opened: OpenCase,
    kind: Kind,
    *,
    on: dt.date,
    by: User | None,
    happened: Happened | None = None,
    step: str = "",
    reasons: Iterable[str] = (),
) -> CaseEvent:
    """Append what happened; the caller's transaction holds the write it is about."""
    event = CaseEvent(case=opened.case, kind=kind, on=on, step=step, reasons=list(reasons), by=by)
    if happened is not None:
        event.sealed = opened.patient.seal(to_plain(happened), place=event.place)
    event.full_clean()
    event.save(force_insert=True)
    return event


@transaction.atomic
def move_case(
    opened: OpenCase,
    kind: Kind,
    *,
    on: dt.date,
    today: dt.date,
    based_on: int,
    by: User,
    happened: Happened | None = None,
    step: str = "",
    due: Due = Due(),
) -> OpenCase:
    """Move a case on by what happened; MoveError or StaleCaseError say why not.

    `due` is the next last day that follows, as the route counts it; an approval that ends on a day
    leaves its case open until then.
    """
    case = lock_case(opened.case, based_on=based_on)
    stage = stage_after(Stage(case.stage), kind)
    days = case.events.filter(kind__in=DECIDED).aggregate(last=Max("on"))
    check_day(on, last_on=days["last"], today=today)
    if kind is Kind.DENIED and (happened is None or happened.denial is None):
        raise MoveError("A denial comes with its notice: tell what it says.")
    case.stage = stage
    case.due_on, case.due_step = due.on, due.step
    _close_if_over(case)
    case.counter += 1
    case.full_clean()
    case.save()
    moved = OpenCase(case, opened.patient, opened.content)
    denial = happened.denial if happened else None
    reasons = denial.reasons if denial else ()
    add_event(moved, kind, on=on, by=by, happened=happened, step=step, reasons=reasons)
    log_access(AccessEntry.What.CHANGED, case=case, by=by)
    return moved


def _close_if_over(case: Case) -> None:
    """A case that came to its end is closed, but for an approval that can still be continued."""
    is_kept = case.due_step == CONTINUE and case.due_on is not None
    is_over = Stage(case.stage) in CLOSED and not is_kept
    case.closed_at = timezone.now() if is_over else None
    if is_over:
        case.due_on, case.due_step = None, ""


@transaction.atomic
def note_case(opened: OpenCase, text: str, *, on: dt.date, by: User) -> CaseEvent:
    """Append a note; nobody else's change stands in its way."""
    case = lock_case(opened.case)
    held = OpenCase(case, opened.patient, opened.content)
    log_access(AccessEntry.What.CHANGED, case=case, by=by)
    return add_event(held, Kind.NOTE, on=on, by=by, happened=Happened(text=text))


@transaction.atomic
def set_due(
    opened: OpenCase, day: dt.date | None, *, based_on: int, on: dt.date, by: User
) -> OpenCase:
    """Keep a last day that somebody set, in the place of the one that was counted."""
    case = lock_case(opened.case, based_on=based_on)
    before = f"{case.due_on:%Y-%m-%d}" if case.due_on else "none"
    case.due_on = day
    case.counter += 1
    _close_if_over(case)
    case.save(update_fields=["due_on", "due_step", "closed_at", "counter"])
    told = Happened(text=f"Next last day set by hand; before: {before}.")
    held = OpenCase(case, opened.patient, opened.content)
    add_event(held, Kind.EDITED, on=on, by=by, happened=told)
    log_access(AccessEntry.What.CHANGED, case=case, by=by)
    return held


def happened_in(opened: OpenCase, event: CaseEvent) -> Happened:
    """What an event holds."""
    if event.sealed is None:
        return Happened()
    return from_plain(opened.patient.unseal(event.sealed, place=event.place), Happened)


def keep_verdict(
    opened: OpenCase, verdict: VerdictRecord, *, version: PolicyVersion | None, on: dt.date
) -> CaseVerdict:
    """Append what a check said, for the case's history."""
    row = CaseVerdict(case=opened.case, version=version, on=on)
    row.sealed = opened.patient.seal(to_plain(verdict), place=row.place)
    row.full_clean()
    row.save(force_insert=True)
    return row


def verdict_in(opened: OpenCase, row: CaseVerdict) -> VerdictRecord:
    """What a check said once."""
    return from_plain(opened.patient.unseal(row.sealed, place=row.place), VerdictRecord)
