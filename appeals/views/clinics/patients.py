"""Who a patient is: shown, and changed where it was written wrong."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from appeals.clinics.access import log_access
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.patients import StalePatientError, change_patient, open_patient
from appeals.clinics.rights import Right
from appeals.forms.clinics.patients import PatientForm
from appeals.models import AccessEntry
from appeals.views.clinics.cases import number


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def patient_page(request: ClinicRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Change who a patient is; where two did at once, the form shows what the other wrote."""
    rows = request.clinic.patients.select_related("clinic")
    opened = open_patient(get_object_or_404(rows, pk=patient_id))
    by, on = request.membership.user, timezone.localdate()
    log_access(AccessEntry.What.OPENED, patient=opened.patient, by=by)
    saved = {name: getattr(opened.record, name) for name in PatientForm.base_fields}
    form = PatientForm(request.POST or None, on=on, initial=saved)
    if request.method == "POST" and form.is_valid():
        try:
            based_on = number(request.POST.get("based_on"))
            change_patient(opened, form.record(), based_on=based_on, by=by)
        except StalePatientError as stale:
            _show_theirs(form, saved, stale)
        else:
            messages.success(request, "Saved.")
            return redirect("clinics:patient", request.clinic.pk, patient_id)
    cases = request.clinic.cases.filter(patient=opened.patient).order_by("-number")
    context = {"form": form, "patient": opened.patient, "record": opened.record, "cases": cases}
    status = 422 if form.is_bound else 200
    return render(request, "appeals/clinics/patient.html", context, status=status)


def _show_theirs(form: PatientForm, saved: dict[str, object], stale: ValidationError) -> None:
    """What someone else wrote stands beside each field that differs."""
    form.add_error(None, stale)
    for name, theirs in saved.items():
        if form.cleaned_data.get(name) != theirs:
            form.add_error(name, f"They wrote: {theirs or 'nothing'}. Saving again writes yours.")
