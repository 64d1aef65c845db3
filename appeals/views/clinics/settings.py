"""The settings of a clinic: its details, its clinicians, its people and whom it invites."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.people import (
    StaleClinicError,
    add_clinician,
    change_clinic,
    change_clinician,
    change_role,
    end_clinician,
    end_membership,
)
from appeals.clinics.rights import MEANING, Right
from appeals.forms.clinics.people import ClinicForm, ClinicianForm, InviteForm, RoleForm
from appeals.models import Role

ENTERED = 422


def settings_page(request: ClinicRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page; `more` holds a form to be put right, a fault, or a link to hand over."""
    clinic = request.clinic
    context = {
        "details": ClinicForm.of(clinic),
        "invite": InviteForm(auto_id="invite_%s"),
        "clinicians": clinic.clinicians.select_related("user").order_by("-is_active", "name"),
        "members": clinic.memberships.active().order_by("user__username"),
        "invitations": clinic.invitations.waiting(),
        "roles": Role.choices,
        "meaning": [(role.label, MEANING[role]) for role in Role],
    }
    return render(request, "appeals/clinics/settings.html", context | more, status=status)


@clinic_page(Right.MANAGE)
@require_http_methods(["GET", "POST"])
def clinic_settings(request: ClinicRequest) -> HttpResponse:
    """The page, and its form of the clinic's details."""
    if request.method == "GET":
        return settings_page(request)
    form = ClinicForm(request.POST)
    if form.is_valid() and saved(request, form):
        messages.success(request, "The clinic's details are saved.")
        return redirect("clinics:settings", request.clinic.pk)
    return settings_page(request, details=form, status=ENTERED)


def saved(request: ClinicRequest, form: ClinicForm) -> bool:
    """Write the details, or put what someone else wrote into the form."""
    based_on = form.cleaned_data["based_on"]
    try:
        change_clinic(request.clinic, form.details(), based_on=based_on, by=request.membership.user)
    except StaleClinicError as stale:
        request.clinic.refresh_from_db()
        theirs = ClinicForm.of(request.clinic).initial
        form.show_theirs(theirs, counter=request.clinic.counter, told=stale)
        return False
    return True


@clinic_page(Right.MANAGE)
@require_http_methods(["GET", "POST"])
def add_clinician_page(request: ClinicRequest) -> HttpResponse:
    """Write down a further clinician."""
    form = ClinicianForm(request.POST or None, initial={"based_on": 0}, clinic=request.clinic)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_clinician(request.clinic, form.details(), by=request.membership.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{made} is added.")
            return redirect("clinics:settings", request.clinic.pk)
    return clinician_page(request, form)


@clinic_page(Right.MANAGE)
@require_http_methods(["GET", "POST"])
def clinician(request: ClinicRequest, clinician_id: uuid.UUID) -> HttpResponse:
    """Change what stands about a clinician."""
    found = get_object_or_404(request.clinic.clinicians, pk=clinician_id)
    if request.method == "GET":
        return clinician_page(request, ClinicianForm.of(found), clinician=found)
    form = ClinicianForm(request.POST, clinic=request.clinic)
    if form.is_valid():
        based_on = form.cleaned_data["based_on"]
        try:
            change_clinician(found, form.details(), based_on=based_on, by=request.membership.user)
        except StaleClinicError as stale:
            found.refresh_from_db()
            held = {**ClinicianForm.of(found).initial, "user": found.user}
            form.show_theirs(held, counter=found.counter, told=stale)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"What stands about {form.details()['name']} is saved.")
            return redirect("clinics:settings", request.clinic.pk)
    return clinician_page(request, form, clinician=found)


def clinician_page(request: ClinicRequest, form: ClinicianForm, **more: Any) -> HttpResponse:
    """The form of a clinician, to fill in or to put right."""
    status = ENTERED if form.is_bound else 200
    context = {"form": form, **more}
    return render(request, "appeals/clinics/clinician.html", context, status=status)


@clinic_page(Right.MANAGE)
@require_POST
def clinician_end(request: ClinicRequest, clinician_id: uuid.UUID) -> HttpResponse:
    """Take a clinician from the lists, or back."""
    found = get_object_or_404(request.clinic.clinicians, pk=clinician_id)
    is_active = request.POST.get("to") == "back"
    end_clinician(found, is_active=is_active, by=request.membership.user)
    told = "can be chosen again" if is_active else "can't be chosen any longer"
    messages.success(request, f"{found} {told}.")
    return redirect("clinics:settings", request.clinic.pk)


@clinic_page(Right.MANAGE)
@require_POST
def member(request: ClinicRequest, member_id: int) -> HttpResponse:
    """Give a member another role."""
    found = get_object_or_404(request.clinic.memberships.active(), pk=member_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return settings_page(request, fault="Choose one of the roles.", status=ENTERED)
    try:
        change_role(found, Role(form.cleaned_data["role"]), by=request.membership.user)
    except ValidationError as error:
        return settings_page(request, fault=error.messages[0], status=ENTERED)
    messages.success(request, f"{found.user.get_username()}'s role is saved.")
    return onward(request)


@clinic_page(Right.MANAGE)
@require_POST
def member_end(request: ClinicRequest, member_id: int) -> HttpResponse:
    """Close the clinic to a member."""
    found = get_object_or_404(request.clinic.memberships.active(), pk=member_id)
    try:
        end_membership(found, by=request.membership.user)
    except ValidationError as error:
        return settings_page(request, fault=error.messages[0], status=ENTERED)
    messages.success(request, f"{request.clinic} is closed to {found.user.get_username()}.")
    return onward(request)


def onward(request: ClinicRequest) -> HttpResponse:
    """Back to the settings, or to what is still open to whoever gave their own role away."""
    mine = request.clinic.memberships.active().filter(pk=request.membership.pk).first()
    if mine is None:
        return redirect("clinics:list")
    address = "clinics:settings" if mine.role == Role.ADMIN else "clinics:clinic"
    return redirect(address, request.clinic.pk)
