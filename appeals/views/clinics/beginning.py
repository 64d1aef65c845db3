"""Beginning a case: first the patient is looked for, then it opens empty or from saved answers."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from appeals.clinics.access import log_access
from appeals.clinics.casework import Heading, OpenCase, begin_case
from appeals.clinics.checking import check_case
from appeals.clinics.content import CaseContent
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.patients import (
    OpenPatient,
    add_patient,
    alike,
    open_patient,
    possible_doubles,
    search_patients,
)
from appeals.clinics.rights import Right
from appeals.forms.clinics.case import CaseForms
from appeals.forms.clinics.patients import PatientForm, SearchForm
from appeals.models import AccessEntry, Patient
from policies.published import published_catalogue
from policies.screens.saved import SavedAnswersError, fields_from, read_saved
from policies.situation import Asker, Situation

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class FoundPatient:
    """A patient that the search found, with the cases there are."""

    patient: Patient
    name: str
    birth_on: dt.date | None
    member_id: str
    cases: tuple[Any, ...]

    @property
    def file_id(self) -> str:
        """The id of the field for saved answers beside this patient."""
        return f"file-{self.patient.pk}"


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def begin(request: ClinicRequest) -> HttpResponse:
    """Find the patient, or write down a new one, and open a case."""
    if request.method == "GET":
        return _page(request)
    match request.POST.get("go"):
        case "search":
            return _search(request)
        case "new":
            return _begin_new(request)
        case _:
            return _begin_known(request)


def _page(request: ClinicRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "search": SearchForm(use_required_attribute=False),
        "form": PatientForm(on=timezone.localdate()),
    }
    return render(request, "appeals/clinics/begin.html", context | more, status=status)


def _search(request: ClinicRequest) -> HttpResponse:
    form = SearchForm(request.POST, use_required_attribute=False)
    if not form.is_valid():
        return _page(request, search=form, status=422)
    found = search_patients(request.clinic, form.cleaned_data["text"])[:MOST_FOUND]
    shown = [shown_patient(request, one) for one in found]
    return _page(request, search=form, found=shown, is_searched=True)


def shown_patient(request: ClinicRequest, patient: Patient) -> FoundPatient:
    """Open a patient to be told from others; that leaves an entry."""
    record = open_patient(patient).record
    log_access(AccessEntry.What.SEARCHED, patient=patient, by=request.membership.user)
    cases = tuple(request.clinic.cases.filter(patient=patient).order_by("-number"))
    return FoundPatient(patient, record.listed_name, record.birth_on, record.member_id, cases)


def _begin_new(request: ClinicRequest) -> HttpResponse:
    form = PatientForm(request.POST, on=timezone.localdate())
    faults, situation = _saved(request)
    if not form.is_valid() or faults:
        return _page(request, form=form, faults=faults, status=422)
    record = form.record()
    doubles = list(possible_doubles(request.clinic, record))
    if doubles and request.POST.get("is_another") != "on":
        shown = [shown_patient(request, one) for one in doubles]
        return _page(request, form=form, doubles=shown, status=422)
    # Who was shown already, and is another person all the same, is not asked about again.
    seen = {*request.POST.getlist("alike"), *(str(one.pk) for one in doubles)}
    near = [one for one in alike(request.clinic, record) if str(one.pk) not in seen]
    if near:
        shown = [shown_patient(request, one) for one in near[:MOST_FOUND]]
        seen |= {str(one.patient.pk) for one in shown}
        return _page(request, form=form, alike=shown, seen=sorted(seen), status=422)
    patient = add_patient(request.clinic, record, by=request.membership.user)
    return _open(request, patient, situation)


def _begin_known(request: ClinicRequest) -> HttpResponse:
    try:
        key = uuid.UUID(request.POST.get("patient", ""))
    except ValueError:
        return _page(request, status=422)
    patients = request.clinic.patients.select_related("clinic")
    row = get_object_or_404(patients, pk=key)
    faults, situation = _saved(request)
    if faults:
        return _page(request, faults=faults, found=[shown_patient(request, row)], status=422)
    return _open(request, open_patient(row), situation)


def _saved(request: ClinicRequest) -> tuple[tuple[str, ...], Situation]:
    """The situation of a file of saved answers, read in memory; an empty one without a file."""
    upload = request.FILES.get("file")
    if upload is None:
        return (), Situation(asker=Asker.CLINIC)
    try:
        typed = read_saved(upload.read())
    except SavedAnswersError as error:
        return error.faults, Situation()
    forms = CaseForms(
        typed,
        clinic=request.clinic,
        content=CaseContent(),
        clinician=None,
        catalogue=published_catalogue(),
        on=timezone.localdate(),
    )
    if not forms.is_valid:
        return ("The answers in the file do not fit together. Open them as a patient first.",), (
            Situation()
        )
    return (), forms.content().situation


def _open(request: ClinicRequest, patient: OpenPatient, situation: Situation) -> HttpResponse:
    """Open the case, hold it against the rule, and go there."""
    on, catalogue = timezone.localdate(), published_catalogue()
    content = CaseContent(replace(situation, asker=Asker.CLINIC))
    forms = CaseForms(
        fields_from(content.situation),
        clinic=request.clinic,
        content=content,
        clinician=None,
        catalogue=catalogue,
        on=on,
    )
    heading = forms.heading() if forms.is_valid else Heading()
    opened: OpenCase = begin_case(patient, content, heading, on=on, by=request.membership.user)
    check_case(opened, catalogue=catalogue, on=on)
    reads_record = request.POST.get("then") == "record"
    page = "clinics:case_record" if reads_record else "clinics:case"
    return redirect(page, request.clinic.pk, opened.case.pk)
