"""The page of a patient: who they are, their cases, who looked, and what may be done with it."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from appeals.clinics.access import log_access
from appeals.clinics.holding import reason_of
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.patients import (
    OpenPatient,
    StalePatientError,
    change_patient,
    open_patient,
    possible_doubles,
)
from appeals.clinics.reading_log import LogLine, entries_about, lines
from appeals.clinics.rights import Right
from appeals.forms.clinics.patients import HoldForm, PatientForm
from appeals.models import AccessEntry, Patient
from appeals.views.clinics.beginning import shown_patient
from appeals.views.clinics.cases import number

LOG_LINES = 15


def patient_of(request: ClinicRequest, patient_id: uuid.UUID) -> OpenPatient:
    """A patient of the clinic, opened; that leaves an entry."""
    rows = request.clinic.patients.select_related("clinic", "held_by")
    row = get_object_or_404(rows, pk=patient_id)
    log_access(AccessEntry.What.OPENED, patient=row, by=request.membership.user)
    return open_patient(row)


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def patient_page(request: ClinicRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Show a patient; a POST writes who they are, or shows what somebody else wrote meanwhile."""
    opened = patient_of(request, patient_id)
    form = who_form(request, opened)
    if request.method == "POST" and form.is_valid():
        based_on = number(request.POST.get("based_on"))
        try:
            change_patient(opened, form.record(), based_on=based_on, by=request.membership.user)
        except StalePatientError as stale:
            _show_theirs(form, opened, stale)
        except Patient.DoesNotExist as error:
            raise Http404 from error
        else:
            messages.success(request, "Saved.")
            return redirect("clinics:patient", request.clinic.pk, patient_id)
    return show_patient(request, opened, form=form, status=422 if form.is_bound else 200)


def show_patient(
    request: ClinicRequest, opened: OpenPatient, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The whole page; `more` holds a form to be put right."""
    patient, is_admin = opened.patient, Right.DELETE in request.rights
    doubles = possible_doubles(request.clinic, opened.record, but=patient)
    context = {
        "form": PatientForm(on=timezone.localdate(), initial=saved_in(opened)),
        "patient": patient,
        "record": opened.record,
        "cases": request.clinic.cases.filter(patient=patient)
        .select_related("insurer", "clinician")
        .order_by("-number"),
        "doubles": [shown_patient(request, one) for one in doubles],
        "log": _log(request, patient) if Right.SEE_LOG in request.rights else None,
        "hold_form": HoldForm(),
        "hold_reason": reason_of(opened) if is_admin else "",
    }
    return render(request, "appeals/clinics/patient.html", context | more, status=status)


def who_form(request: ClinicRequest, opened: OpenPatient) -> PatientForm:
    """The form of who the patient is, as sent, or as saved."""
    initial = saved_in(opened)
    return PatientForm(request.POST or None, on=timezone.localdate(), initial=initial)


def saved_in(opened: OpenPatient) -> dict[str, object]:
    """What is saved, by the fields of the form."""
    return {name: getattr(opened.record, name) for name in PatientForm.base_fields}


def _log(request: ClinicRequest, patient: Patient) -> list[LogLine]:
    return lines(request.clinic, list(entries_about(request.clinic, patient)[:LOG_LINES]))


def _show_theirs(form: PatientForm, opened: OpenPatient, stale: ValidationError) -> None:
    """What someone else wrote stands beside each field that differs."""
    form.add_error(None, stale)
    for name, theirs in saved_in(opened).items():
        if form.cleaned_data.get(name) != theirs:
            form.add_error(name, f"They wrote: {theirs or 'nothing'}. Saving again writes yours.")
