"""A patient's record (FHIR) into a case: read in memory, reviewed, and what was taken is saved."""

import uuid
from dataclasses import asdict, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from appeals.clinics.casework import Heading, OpenCase, StaleCaseError, open_case
from appeals.clinics.checking import save_case
from appeals.clinics.content import CaseContent, Happened, TakenFact
from appeals.clinics.due_steps import due_words
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.clinics.same_patient import Likeness, likeness
from appeals.forms.clinics.case import CaseForms, typed_of
from appeals.forms.clinics.same_patient import SamePatientForm
from appeals.models import Case
from appeals.views.clinics.cases import CLOSED, number, opened_by
from policies.fhir import Record
from policies.forms.record import RecordForms
from policies.presenting.record_taken import present_stayed_out, present_taken
from policies.published import published_catalogue
from policies.screens.carried_record import CARRIED, CarriedRecordError, read_carried_record
from policies.screens.main_condition import main_condition_in
from policies.screens.record import LOST, view_of
from policies.screens.record_file import RecordRefusedError, read_uploaded
from policies.situation import Asker, Situation


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def case_record(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Choose a record, review what it says, and save to the case what is taken from it."""
    opened = opened_by(request, case_id)
    if opened.case.closed_at is not None:
        return _page(request, opened, refused=CLOSED, status=409)
    if request.method == "GET":
        return _page(request, opened)
    if CARRIED in request.POST:
        return _take(request, opened)
    upload = request.FILES.get("health_record")
    try:
        record, text = read_uploaded(
            upload.read() if upload else None,
            catalogue=published_catalogue(),
            on=timezone.localdate(),
            with_person=True,
        )
    except RecordRefusedError as error:
        return _page(request, opened, faults=(str(error),), status=422)
    return _review(request, opened, record, text, _forms(opened, record))


def _take(request: ClinicRequest, opened: OpenCase) -> HttpResponse:
    text = request.POST[CARRIED]
    try:
        record = read_carried_record(text)
    except CarriedRecordError:
        return _page(request, opened, faults=(LOST,), status=422)
    forms = _forms(opened, record, data=request.POST, is_checked=True)
    person = likeness(opened.patient.record, record)
    same = SamePatientForm(request.POST) if person.is_doubtful else None
    # Both are checked, so that both are told at once.
    if not forms.is_valid() or not (same is None or same.is_valid()):
        wrong = [*([same] if same and same.errors else []), *forms.to_correct]
        return _review(request, opened, record, text, forms, to_correct=wrong, status=422)
    if not forms.taken:
        messages.info(request, f"Nothing in the case changed.{_out(forms)}")
        return redirect("clinics:case", request.clinic.pk, opened.case.pk)
    try:
        _save(request, opened, forms, person)
    except StaleCaseError as stale:
        theirs = open_case(stale.case)
        again = _forms(theirs, record, data=request.POST, keeps_answers=True)
        refused = (
            f"{' '.join(stale.messages)} Your choices stand below; "
            "decide anew where the record and the case disagree."
        )
        return _review(request, theirs, record, text, again, refused=refused, status=409)
    except Case.DoesNotExist as error:
        raise Http404 from error
    # Messages may travel in a cookie, so they tell how many and never what.
    said = f"Saved: {_facts(len(forms.taken))} from the record.{_out(forms)}"
    messages.success(request, f"{said} The history lists them.")
    return redirect("clinics:case", request.clinic.pk, opened.case.pk)


def _save(request: ClinicRequest, opened: OpenCase, forms: RecordForms, person: Likeness) -> None:
    main = main_condition_in(typed_of(opened.content, None))
    content = replace(opened.content, situation=forms.situation, main_condition=main)
    catalogue, on = published_catalogue(), timezone.localdate()
    count = _facts(len(forms.taken))
    happened = Happened(
        text=f"From the patient's record: {count}.{_confirmed(person)}",
        taken=tuple(
            TakenFact(**asdict(one)) for one in present_taken(forms, catalogue=catalogue, on=on)
        ),
        stayed_out=present_stayed_out(forms, catalogue=catalogue, on=on),
    )
    save_case(
        opened,
        content,
        _heading(opened, content),
        based_on=number(request.POST.get("based_on")),
        catalogue=catalogue,
        on=on,
        by=request.membership.user,
        happened=happened,
    )


def _confirmed(person: Likeness) -> str:
    """What was confirmed by a tick, for the history."""
    if not person.is_doubtful:
        return ""
    return f" {' '.join(person.doubts)} Confirmed: this record is this patient's."


def _out(forms: RecordForms) -> str:
    """How many facts stayed out."""
    count = len(forms.stayed_out)
    return f" {_facts(count)} stayed out." if count else ""


def _facts(count: int) -> str:
    return f"{count} fact" if count == 1 else f"{count} facts"


def _heading(opened: OpenCase, content: CaseContent) -> Heading:
    """The heading that follows from the case; as it was while its form lacks something."""
    case = opened.case
    forms = CaseForms(
        typed_of(content, case.clinician),
        clinic=case.clinic,
        content=content,
        clinician=case.clinician,
        catalogue=published_catalogue(),
        on=timezone.localdate(),
    )
    if forms.is_valid:
        return forms.heading()
    return Heading(case.insurer, case.payer_name, case.issue_state, case.clinician)


def _forms(opened: OpenCase, record: Record, **sent: Any) -> RecordForms:
    situation = opened.content.situation
    person = likeness(opened.patient.record, record)
    return RecordForms(
        record,
        situation,
        on=timezone.localdate(),
        catalogue=published_catalogue(),
        # Of a case that was begun empty the treatment is still to be chosen.
        presets=not person.is_doubtful,
        # Where the birth dates agree, an age that differs is an old answer.
        knows_whose=person.is_born_alike,
        keeps_by_default=False,
        asks_treatment=opened.case.counter == 0 and situation == Situation(asker=Asker.CLINIC),
        **sent,
    )


def _review(
    request: ClinicRequest,
    opened: OpenCase,
    record: Record,
    text: str,
    forms: RecordForms,
    **more: Any,
) -> HttpResponse:
    view = view_of(record, forms, catalogue=published_catalogue(), on=timezone.localdate())
    person = likeness(opened.patient.record, record)
    same = SamePatientForm(request.POST if "go" in request.POST else None)
    context: dict[str, Any] = {"person": person, "same": same if person.is_doubtful else None}
    return _page(request, opened, record=view, carried=text, **context, **more)


def _page(
    request: ClinicRequest, opened: OpenCase, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "case": opened.case,
        "patient": opened.patient.record,
        "due_words": due_words(opened.case.due_step),
        "today": timezone.localdate(),
    }
    return render(request, "appeals/clinics/record.html", context | more, status=status)
