"""What happened in a case: its day, its notice where it brings one, and what follows from it."""

import datetime as dt
import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from appeals.clinics.casework import Due, StaleCaseError, open_case
from appeals.clinics.content import Happened
from appeals.clinics.documents.counting import count_missing
from appeals.clinics.due_steps import due_words
from appeals.clinics.letters.sending import signed_after
from appeals.clinics.moves import MoveError, stage_after
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.recording import Move, record_move
from appeals.clinics.rights import Right
from appeals.forms.clinics.telling import Telling
from appeals.models import Case, CaseEvent
from appeals.models.cases import Stage
from appeals.notices.pages import LetterError
from appeals.notices.refusals import REFUSALS
from appeals.presenting.clinics.follows import FollowsView, present_follows
from appeals.screens.memory import LETTER
from appeals.screens.reading import read_upload
from appeals.views.clinics.cases import number, opened_by
from policies.published import published_catalogue

Kind = CaseEvent.Kind
CHANGED = "Someone else changed this case meanwhile. Look at it below, and record this once more."


def kind_of(word: str) -> Kind:
    """The kind of event of an address; 404 for what moves no case."""
    if word not in list(Kind):
        raise Http404
    return Kind(word)


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def case_happened(request: ClinicRequest, case_id: uuid.UUID, kind: str) -> HttpResponse:
    """Ask what happened, read a notice, show what follows, or record it."""
    opened, what = opened_by(request, case_id), kind_of(kind)
    on = timezone.localdate()
    try:
        stage_after(Stage(opened.case.stage), what)
    except MoveError as error:
        messages.error(request, str(error))
        return redirect("clinics:case", request.clinic.pk, case_id)
    if request.method == "GET":
        return _page(request, Telling(opened, what, QueryDict(), on=on))
    telling = Telling(opened, what, request.POST, on=on)
    match request.POST.get("go"):
        case "read":
            return _read(request, telling)
        case "record":
            return _record(request, telling)
        case _:
            return _page(request, telling)


def _page(
    request: ClinicRequest, telling: Telling, *, status: int = 200, **more: Any
) -> HttpResponse:
    case = telling.opened.case
    context = {
        "case": case,
        "patient": telling.opened.patient.record,
        "telling": telling,
        "kind": telling.kind,
        "follows": present_follows(telling),
        "due_words": due_words(case.due_step),
        "today": telling.on,
        "carried_letter": telling.data.get(LETTER, ""),
    }
    return render(request, "appeals/clinics/happened.html", context | more, status=status)


@clinic_page(Right.WRITE)
@require_POST
def case_follows(request: ClinicRequest, case_id: uuid.UUID, kind: str) -> HttpResponse:
    """What would follow from what stands in the form; nothing is recorded."""
    opened = opened_by(request, case_id)
    telling = Telling(opened, kind_of(kind), request.POST, on=timezone.localdate())
    try:
        follows = present_follows(telling)
    except MoveError as error:
        # The case moved on while this form stood open, here or at another desk.
        follows = FollowsView("", None, (), str(error))
    context = {"follows": follows, "case": opened.case, "kind": telling.kind}
    return render(request, "appeals/clinics/_follows.html", context)


def _read(request: ClinicRequest, telling: Telling) -> HttpResponse:
    """Read the notice from a file into the fields; whoever typed before keeps what they typed."""
    files = [one.read() for one in request.FILES.getlist("file")]
    if not files:
        return _page(request, telling, faults=("Choose the file of the notice first.",), status=422)
    if not connection.in_atomic_block:
        connection.close()  # a slow scan must not hold one while it is read
    try:
        letter = read_upload(files, known_names=_known_names)
        filled = telling.with_letter(letter)
    except LetterError as error:
        return _page(request, telling, faults=(str(REFUSALS[error.reason]),), status=422)
    return _page(request, filled)


def _known_names() -> tuple[str, ...]:
    return tuple(
        name
        for one in published_catalogue().insurers.values()
        for name in (one.name, *one.also_known_as)
    )


def _record(request: ClinicRequest, telling: Telling) -> HttpResponse:
    telling.check()
    if telling.to_correct or telling.needs_law:
        return _page(request, telling, is_wrong=True, status=422)
    move, today = _move(telling), telling.on
    signed_on = signed_after(move.kind, telling.opened.case, on=move.on)
    if signed_on and request.POST.get("early") != move.on.isoformat():
        return _page(request, telling, early=move.on, signed_on=signed_on, status=422)
    try:
        moved = record_move(
            telling.opened,
            move,
            finder=telling.finder,
            based_on=number(request.POST.get("based_on")),
            today=today,
            by=request.membership.user,
        )
    except StaleCaseError as stale:
        again = Telling(open_case(stale.case), telling.kind, request.POST, on=today)
        return _page(request, again, faults=(CHANGED,), status=409)
    except MoveError as error:
        return _page(request, telling, faults=(str(error),), status=422)
    except Case.DoesNotExist as error:
        raise Http404 from error
    count_missing(moved, catalogue=published_catalogue(), on=today)
    messages.success(request, f"Recorded: {move.kind.label.lower()}.")
    return redirect("clinics:case", request.clinic.pk, telling.opened.case.pk)


def _move(telling: Telling) -> Move:
    """What is recorded: a day that was set by hand stands for the one that was counted."""
    told = telling.move.cleaned_data
    following = telling.following()
    due = following.due if following is not None else Due()
    if told.get("due_on"):
        due = replace(due, on=told["due_on"])
    happened = Happened(
        text=told["text"],
        amount=told.get("amount", ""),
        approval=telling.move.approval,
        denial=telling.denial,
        contact=telling.contact,
        service=telling.service,
        is_expedited=bool(told.get("is_expedited")),
    )
    return Move(telling.kind, _day(telling), happened, step=telling.step, due=due)


def _day(telling: Telling) -> dt.date:
    """The day as told; that of a notice is the day it came, or else the date on it."""
    told: dt.date | None = telling.move.cleaned_data["on"]
    if told is not None or telling.denial is None:
        return told or telling.on
    notice = telling.denial.notice
    return notice.received_on or notice.notice_on or telling.on
