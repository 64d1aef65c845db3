"""The page of a case: what it holds, what the rule says of it, and all that happened."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, StaleCaseError, note_case, open_case, set_due
from appeals.clinics.checking import look_at_change, save_case
from appeals.clinics.content import CaseContent
from appeals.clinics.continuing import begin_continuation, compared
from appeals.clinics.due_steps import due_words
from appeals.clinics.moves import CLOSED as ENDED
from appeals.clinics.moves import MOVES
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.case import CaseForms, answers_of, typed_of
from appeals.forms.clinics.merging import chosen, merge
from appeals.forms.clinics.moves import DueForm, NoteForm
from appeals.forms.clinics.record_marks import show_marks
from appeals.models import AccessEntry, Case
from appeals.models.cases import CaseEvent, Stage
from appeals.presenting.clinics.checklist import present_checklist
from appeals.presenting.clinics.conflicts import present_conflict
from appeals.presenting.clinics.history import (
    change_told,
    last_taken,
    present_events,
    present_verdicts,
)
from appeals.presenting.clinics.next_step import present_next
from policies.check import check
from policies.published import published_catalogue

WAS = "was"
CLOSED = "This case is closed. Open it again below, and then change it."


def find_case(request: ClinicRequest, case_id: uuid.UUID) -> Case:
    """A case of the clinic, with its patient."""
    return get_object_or_404(request.clinic.cases.select_related("patient__clinic"), pk=case_id)


def opened_by(request: ClinicRequest, case_id: uuid.UUID) -> OpenCase:
    """A case, opened; that leaves an entry."""
    case = find_case(request, case_id)
    log_access(AccessEntry.What.OPENED, case=case, by=request.membership.user)
    return open_case(case)


@clinic_page(Right.SEE)
@require_http_methods(["GET", "POST"])
def case_page(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show a case; a POST saves it, or shows with what was typed what the rule says."""
    if request.method == "GET":
        opened = opened_by(request, case_id)
        return show_case(request, opened, _saved_forms(request, opened))
    opened = opened_by(request, case_id)
    theirs = _saved_fields(opened)
    forms = _forms(request, opened, chosen(answers_of(request.POST), theirs, request.POST))
    if request.POST.get("go") != "save":
        return show_case(request, opened, forms, is_typed=True, status=200)
    if opened.case.closed_at is not None:
        return show_case(request, opened, forms, is_typed=True, refused=CLOSED, status=409)
    if not forms.is_valid:
        return show_case(request, opened, forms, is_typed=True, is_wrong=True, status=422)
    return _save(request, opened, forms)


def _save(request: ClinicRequest, opened: OpenCase, forms: CaseForms) -> HttpResponse:
    content, heading = forms.content(), forms.heading()
    try:
        save_case(
            opened,
            content,
            heading,
            based_on=number(request.POST.get("based_on")),
            catalogue=published_catalogue(),
            on=timezone.localdate(),
            by=request.membership.user,
        )
    except StaleCaseError as stale:
        return _conflict(request, open_case(stale.case), forms)
    except Case.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "Saved.")
    return redirect("clinics:case", request.clinic.pk, opened.case.pk)


def _conflict(request: ClinicRequest, opened: OpenCase, forms: CaseForms) -> HttpResponse:
    """The form with what both wrote, and the fields of which one has to be chosen."""
    theirs = _saved_fields(opened)
    merged = merge(QueryDict(request.POST.get(WAS, "")), theirs, answers_of(forms.data))
    both = _forms(request, opened, merged.data)
    them = _forms(request, opened, theirs)
    conflict = present_conflict(opened, merged, mine=both, theirs=them)
    return show_case(request, opened, both, is_typed=True, conflict=conflict, status=409)


def show_case(
    request: ClinicRequest,
    opened: OpenCase,
    forms: CaseForms,
    *,
    is_typed: bool = False,
    is_wrong: bool = False,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The whole page, with what is saved or what was typed in its form."""
    case, on = opened.case, timezone.localdate()
    events = present_events(opened)
    show_marks(forms, last_taken(events))
    context = {
        "case": case,
        "patient": opened.patient.record,
        "forms": forms,
        "checklist": checklist_of(forms),
        "was": _saved_fields(opened).urlencode(),
        "is_typed": is_typed,
        "to_correct": forms.to_correct if is_wrong else (),
        "moves": [CaseEvent.Kind(one) for one in MOVES[Stage(case.stage)]],
        "due_words": due_words(case.due_step),
        "is_given": case.closed_at is None and Stage(case.stage) in ENDED,
        "next": present_next(opened, on=on),
        "due_form": DueForm(initial={"due_on": case.due_on}),
        "note_form": NoteForm(),
        "rule_change": change_told(opened),
        "verdicts": present_verdicts(opened),
        "events": events,
        "compared": list(compared(opened.content)),
        "today": on,
    }
    return render(request, "appeals/clinics/case.html", context | more, status=status)


def checklist_of(forms: CaseForms) -> Any:
    """What the rule says of what stands in the form; None while that can't be read."""
    situation = forms.situation
    if situation is None:
        return None
    return present_checklist(check(situation, catalogue=forms.catalogue, on=forms.on))


@clinic_page(Right.SEE)
@require_POST
def case_checklist(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """The checklist for what stands in the form; nothing is saved, and no record is opened."""
    case = find_case(request, case_id)
    forms = CaseForms(
        answers_of(request.POST),
        clinic=request.clinic,
        content=CaseContent(),
        clinician=case.clinician,
        catalogue=published_catalogue(),
        on=timezone.localdate(),
    )
    context = {"case": case, "checklist": checklist_of(forms), "forms": forms}
    return render(request, "appeals/clinics/_checklist.html", context)


@clinic_page(Right.WRITE)
@require_POST
def case_note(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Write down a note."""
    opened = opened_by(request, case_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        forms = _saved_forms(request, opened)
        return show_case(request, opened, forms, note_form=form, status=422)
    on, by = timezone.localdate(), request.membership.user
    try:
        note_case(opened, form.cleaned_data["text"], on=on, by=by)
    except StaleCaseError as stale:
        return _changed(request, stale, note_form=form)
    return redirect("clinics:case", request.clinic.pk, case_id)


@clinic_page(Right.WRITE)
@require_POST
def case_due(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Keep another last day than the one that was counted."""
    opened = opened_by(request, case_id)
    form = DueForm(request.POST)
    if not form.is_valid() or opened.case.closed_at is not None:
        forms = _saved_forms(request, opened)
        return show_case(request, opened, forms, due_form=form, status=422)
    on, by = timezone.localdate(), request.membership.user
    try:
        set_due(
            opened,
            form.cleaned_data["due_on"],
            based_on=number(request.POST.get("based_on")),
            on=on,
            by=by,
        )
    except StaleCaseError as stale:
        return _changed(request, stale, due_form=form)
    return redirect("clinics:case", request.clinic.pk, case_id)


@clinic_page(Right.WRITE)
@require_POST
def case_seen(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Somebody has looked at what changed in the rule."""
    try:
        look_at_change(opened_by(request, case_id), by=request.membership.user)
    except StaleCaseError as stale:
        return _changed(request, stale)
    return redirect("clinics:case", request.clinic.pk, case_id)


@clinic_page(Right.WRITE)
@require_POST
def case_continue(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Open a case that goes on from this one."""
    earlier = opened_by(request, case_id)
    try:
        made = begin_continuation(earlier, on=timezone.localdate(), by=request.membership.user)
    except StaleCaseError as stale:
        return _changed(request, stale)
    messages.success(request, f"Goes on from case {earlier.case.number}.")
    return redirect("clinics:case", request.clinic.pk, made.case.pk)


def _changed(request: ClinicRequest, stale: StaleCaseError, **typed: Any) -> HttpResponse:
    """The case as others left it, which its events tell, with what was typed beside it."""
    opened = opened_by(request, stale.case.pk)
    forms = _saved_forms(request, opened)
    refused = " ".join(stale.messages)
    return show_case(request, opened, forms, refused=refused, status=409, **typed)


def _saved_forms(request: ClinicRequest, opened: OpenCase) -> CaseForms:
    return _forms(request, opened, _saved_fields(opened), is_sent=False)


def _forms(
    request: ClinicRequest, opened: OpenCase, typed: QueryDict, *, is_sent: bool = True
) -> CaseForms:
    return CaseForms(
        typed,
        clinic=request.clinic,
        content=opened.content,
        clinician=opened.case.clinician,
        catalogue=published_catalogue(),
        on=timezone.localdate(),
        is_sent=is_sent,
    )


def _saved_fields(opened: OpenCase) -> QueryDict:
    case = opened.case
    return typed_of(opened.content, case.clinician, is_untouched=case.counter == 0)


def number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else -1
