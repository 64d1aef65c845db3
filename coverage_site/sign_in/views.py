"""Allauth's pages where this site adds something, and what is said of a form sent too late."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import csrf

from coverage_site.sign_in.adapters import SecondFactorAdapter
from coverage_site.sign_in.carrying import FIELD, give_back, is_inside, read_carried, sent_form
from coverage_site.sign_in.second_factor import is_needed, is_passed, mark_set_up, may_be_removed


def sign_in_to_desk(request: HttpRequest) -> HttpResponse:
    """The admin's own address for signing in, which leads to the one there is."""
    wanted = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Give a form from inside back where its token went stale: signing in anew changes it."""
    carried = read_carried(request.POST.get(FIELD, ""))
    if carried is None and is_inside(request.path_info):
        carried = sent_form(request)
    if carried and is_from_here(request):
        return give_back(request, carried, status=403).render()
    return csrf.csrf_failure(request, reason)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """Tell how long to wait."""
    return render(request, "account/too_many.html", status=429)


class HowYouSignIn(IndexView):  # type: ignore[misc]  # allauth ships no types
    """What a person signs in with, and what their role still wants."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.request.user
        wants = is_needed(person) and not is_passed(self.request)
        return {**super().get_context_data(**kwargs), "wants_second_factor": wants}


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """Whoever types the app's code has shown it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        mark_set_up(self.request)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """Whoever makes a passkey has shown it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        mark_set_up(self.request)
        return response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth ships no types
    """The last factor of a person who needs one stays."""

    def form_valid(self, form: Any) -> HttpResponse:
        if may_be_removed(self.object):
            response: HttpResponse = super().form_valid(form)
            return response
        error: ValidationError = SecondFactorAdapter().validation_error(
            "cannot_delete_authenticator"
        )
        get_adapter().add_message(self.request, messages.ERROR, message=error.messages[0])
        return HttpResponseRedirect(reverse("mfa_index"))
