"""What whoever opens an invitation finds: accept it, or make an account for it."""

from typing import cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from appeals.clinics.invitations import (
    accept,
    accept_as_new,
    digest_of,
    is_for,
    open_by_digest,
    open_by_token,
)
from appeals.forms.clinics.people import NewAccountForm
from appeals.models import Invitation
from coverage_site.sign_in.door import end_long_session
from coverage_site.sign_in.views import too_many_tries

OPENED = "invited"
"""Where a session keeps the hash of the link that was opened."""


@never_cache
@require_GET
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the secret out of the address; from here on the session knows which link was opened.

    Wrong links are counted like wrong passwords.
    """
    if not is_within_limit(request, "invited", dry_run=True):
        return too_many_tries(request)
    if open_by_token(token) is None:
        is_within_limit(request, "invited")
        return gone(request)
    request.session[OPENED] = digest_of(token)
    return redirect("account_invited")


@never_cache
@require_http_methods(["GET", "POST"])
def answer_invitation(request: HttpRequest) -> HttpResponse:
    """Ask whoever has opened an invitation to accept it, signed in or with a new account."""
    end_long_session(request)
    invitation = open_by_digest(request.session.get(OPENED, ""))
    if invitation is None:
        return gone(request)
    if request.user.is_authenticated:
        return answer_as_member(request, invitation, by=request.user)
    return answer_as_new(request, invitation)


def answer_as_member(request: HttpRequest, invitation: Invitation, *, by: User) -> HttpResponse:
    """Let in whoever is signed in and was meant."""
    context = {"invitation": invitation, "is_mine": is_for(invitation, by)}
    if request.method == "POST":
        try:
            accept(invitation, by=by)
        except ValidationError as error:
            context["fault"] = error.messages[0]
            return render(request, "account/invited.html", context, status=422)
        return let_in(request, invitation)
    return render(request, "account/invited.html", context)


def answer_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Make an account for whoever has none, and sign in with it."""
    form = NewAccountForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and not is_within_limit(request, "signup"):
        return too_many_tries(request)
    if form.is_valid():
        name, password = form.cleaned_data["username"], form.cleaned_data["password1"]
        try:
            person = accept_as_new(invitation, username=name, password=password)
        except ValidationError as error:
            form.add_error(None, error.messages[0])
        else:
            return sign_in(request, person, invitation)
    wanted = urlencode({"next": reverse("account_invited")})
    context = {
        "invitation": invitation,
        "form": form,
        "sign_in": f"{reverse(settings.LOGIN_URL)}?{wanted}",
    }
    status = 422 if form.is_bound else 200
    return render(request, "account/invited.html", context, status=status)


def sign_in(request: HttpRequest, person: User, invitation: Invitation) -> HttpResponse:
    """Sign in whoever has just chosen a password; the clinic's door asks for the second step."""
    address = reverse("clinics:clinic", args=[invitation.clinic_id])
    login = Login(user=person, redirect_url=address)
    name = {"username": person.get_username()}
    request.session.pop(OPENED)
    return cast("HttpResponse", perform_password_login(request, name, login))


def let_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Lead to the clinic, whose door may want a second step first."""
    del request.session[OPENED]
    role = invitation.get_role_display().lower()
    messages.success(request, f"You are now {role} at {invitation.clinic}.")
    return redirect("clinics:clinic", invitation.clinic_id)


def is_within_limit(request: HttpRequest, action: str, *, dry_run: bool = False) -> bool:
    """Count a try of this address, unless it is a dry run, and tell whether there were too many."""
    usage = ratelimit.consume(
        request, app="allauth.account", action=action, limit_get=True, dry_run=dry_run
    )
    return usage is not None


def gone(request: HttpRequest) -> HttpResponse:
    """The one answer to a link that was used, withdrawn, has run out, or never was."""
    return render(request, "account/invited_gone.html", status=404)
