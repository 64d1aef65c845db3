"""Inviting people to a clinic: by mail, or by a link that is shown once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from appeals.clinics.invitations import invite, invite_again, open_by_token, withdraw
from appeals.clinics.mailing import mail_invitation
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.people import InviteForm
from appeals.models import Role
from appeals.views.clinics.settings import ENTERED, settings_page


@clinic_page(Right.MANAGE)
@require_POST
def invite_page(request: ClinicRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(request.POST, auto_id="invite_%s")
    if form.is_valid():
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        try:
            token = invite(request.clinic, email=email, role=role, by=request.membership.user)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            return hand_over(request, token)
    return settings_page(request, invite=form, status=ENTERED)


@clinic_page(Right.MANAGE)
@require_POST
def invitation_again(request: ClinicRequest, invitation_id: int) -> HttpResponse:
    """Send a new link in place of the earlier one."""
    found = get_object_or_404(request.clinic.invitations, pk=invitation_id)
    try:
        token = invite_again(found, by=request.membership.user)
    except ValidationError as error:
        return settings_page(request, fault=error.messages[0], status=ENTERED)
    return hand_over(request, token)


@clinic_page(Right.MANAGE)
@require_POST
def invitation_withdraw(request: ClinicRequest, invitation_id: int) -> HttpResponse:
    """Make a link void."""
    found = get_object_or_404(request.clinic.invitations, pk=invitation_id)
    try:
        withdraw(found, by=request.membership.user)
    except ValidationError as error:
        return settings_page(request, fault=error.messages[0], status=ENTERED)
    messages.success(request, f"The invitation of {found.email} is withdrawn; its link is void.")
    return redirect("clinics:settings", request.clinic.pk)


def hand_over(request: ClinicRequest, token: str) -> HttpResponse:
    """Mail the link; where that can't be done, show it this once, for it is kept nowhere."""
    invitation = open_by_token(token)
    if invitation is not None and mail_invitation(invitation, link_of(request, token)):
        messages.success(request, f"An invitation is on its way to {invitation.email}.")
        return redirect("clinics:settings", request.clinic.pk)
    return settings_page(request, link=link_of(request, token), invitation=invitation)


def link_of(request: HttpRequest, token: str) -> str:
    """The whole address at which an invitation is opened."""
    return request.build_absolute_uri(reverse("account_invitation", args=[token]))
