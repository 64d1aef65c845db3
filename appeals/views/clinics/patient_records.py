"""What becomes of a patient's record as a whole: taken out, held, joined with another, deleted."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from appeals.clinics.access import log_access
from appeals.clinics.deleting import ChangedMeanwhileError, delete_patient, doomed
from appeals.clinics.exporting import packed_record
from appeals.clinics.holding import HeldError, hold_patient, release_patient
from appeals.clinics.joining import join_patients, with_gaps_filled
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.patients import OpenPatient, StalePatientError
from appeals.clinics.rights import Right
from appeals.forms.clinics.patients import ConfirmForm, HoldForm, PatientForm
from appeals.models import AccessEntry, Patient
from appeals.views.clinics.cases import number
from appeals.views.clinics.patients import patient_of, saved_in, show_patient

CONFLICT, ENTERED = 409, 422


@clinic_page(Right.EXPORT)
@require_POST
def take_record(request: ClinicRequest, patient_id: uuid.UUID) -> HttpResponseBase:
    """The whole record as a file, whose name tells nobody whose it is."""
    opened = patient_of(request, patient_id)
    log_access(AccessEntry.What.EXPORTED, patient=opened.patient, by=request.membership.user)
    response = StreamingHttpResponse(packed_record(opened), content_type="application/zip")
    name = f"record-{timezone.localdate()}-{str(patient_id)[:8]}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@clinic_page(Right.DELETE)
@require_POST
def hold(request: ClinicRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Put the record under legal hold, or release it."""
    opened = patient_of(request, patient_id)
    if request.POST.get("to") == "release":
        release_patient(opened.patient, by=request.membership.user)
        messages.success(request, "The legal hold is released.")
        return redirect("clinics:patient", request.clinic.pk, patient_id)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return show_patient(request, opened, hold_form=form, status=ENTERED)
    hold_patient(opened, reason=form.cleaned_data["reason"], by=request.membership.user)
    messages.success(request, "The record is under legal hold: nothing of it can be deleted.")
    return redirect("clinics:patient", request.clinic.pk, patient_id)


@clinic_page(Right.DELETE)
@require_http_methods(["GET", "POST"])
def delete(request: ClinicRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Say what would be destroyed, and destroy it once that is confirmed."""
    opened = patient_of(request, patient_id)
    goes = doomed(opened.patient)
    form = ConfirmForm(request.POST or None, expected=goes.confirmed_by)
    context = {"patient": opened.patient, "record": opened.record, "goes": goes, "form": form}
    page = "appeals/clinics/patient_delete.html"
    if request.method == "GET" or not form.is_valid():
        return render(request, page, context, status=ENTERED if form.is_bound else 200)
    shown = str(request.POST.get("shown"))
    try:
        delete_patient(opened.patient, by=request.membership.user, shown=shown)
    except (HeldError, ChangedMeanwhileError) as refused:
        form.add_error(None, refused)
        return render(request, page, context, status=CONFLICT)
    except Patient.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, "The record is deleted, and its key destroyed.")
    return redirect("clinics:clinic", request.clinic.pk)


@clinic_page(Right.DELETE)
@require_http_methods(["GET", "POST"])
def join(request: ClinicRequest, patient_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Make two rows of one person one, with who they are as the form has it."""
    if patient_id == other_id:
        raise Http404
    kept, other = patient_of(request, patient_id), patient_of(request, other_id)
    first = with_gaps_filled(kept.record, other.record)
    initial = {name: getattr(first, name) for name in PatientForm.base_fields}
    form = PatientForm(request.POST or None, on=timezone.localdate(), initial=initial)
    context = {
        "form": form,
        "kept": kept,
        "other": other,
        "differing": differing(kept, other, form),
        "cases": request.clinic.cases.filter(patient=other.patient).order_by("-number"),
    }
    page = "appeals/clinics/patient_join.html"
    if request.method == "GET" or not form.is_valid():
        return render(request, page, context, status=ENTERED if form.is_bound else 200)
    try:
        _check_shown(request, kept, other)
        join_patients(kept, other, form.record(), by=request.membership.user)
    except (StalePatientError, HeldError) as refused:
        form.add_error(None, refused)
        return render(request, page, context, status=CONFLICT)
    messages.success(request, "The two are one patient now.")
    return redirect("clinics:patient", request.clinic.pk, patient_id)


def _check_shown(request: ClinicRequest, *shown: OpenPatient) -> None:
    """StalePatientError where one of the two is not as it was when the form was shown."""
    for one in shown:
        if number(request.POST.get(f"based_on-{one.patient.pk}")) != one.patient.counter:
            raise StalePatientError


def differing(
    kept: OpenPatient, other: OpenPatient, form: PatientForm
) -> list[tuple[str, object, object]]:
    """The fields in which two rows differ, by their labels, with what stands in each."""
    theirs = saved_in(other)
    return [
        (str(form.fields[name].label), ours, theirs[name])
        for name, ours in saved_in(kept).items()
        if ours != theirs[name]
    ]
