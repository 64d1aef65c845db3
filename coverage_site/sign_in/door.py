"""The door of desk and clinics: who may come in, and what becomes of a form that finds it shut."""

import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import reswap, retarget

from coverage_site.htmx import HtmxHttpRequest
from coverage_site.sign_in.carrying import (
    give_back,
    hand_on,
    is_desk,
    is_inside,
    page_at,
    sent_form,
)
from coverage_site.sign_in.second_factor import factors_of, is_needed, is_passed

# These lead to signing in, and out; a calendar has a secret of its own in its address.
OPEN = {"desk_sign_in", "admin:logout", "clinics:feed"}
SEEN = "seen_at"
SEEN_EVERY = 5 * 60  # seconds; writing a session at every request would slow each page


class InsideRequest(HtmxHttpRequest):
    """A request that came in, whose fields may have been cleaned."""

    GET: QueryDict  # type: ignore[assignment]  # Django's own may not be changed
    POST: QueryDict  # type: ignore[assignment]


class DeskDoor:
    """Lets in whoever has signed in as their role demands; asks nothing of other pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not is_inside(request.path_info):
            return None
        if request.resolver_match and request.resolver_match.view_name in OPEN:
            return None
        end_long_session(request)
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        # Which clinics a person belongs to is for the clinic's own pages to find.
        if is_desk(request.path_info) and not request.user.is_staff:
            return render(request, "account/no_role.html", status=403)
        if is_needed(request.user) and not is_passed(request):
            return ask_for_second_factor(request, request.user)
        keep_alive(request)
        inside = cast("InsideRequest", request)
        inside.GET = without_nulls(request.GET)
        # A view that looks for the token itself has yet to say how it takes what is uploaded.
        if not getattr(view, "csrf_exempt", False):
            inside.POST = without_nulls(request.POST)
        return None


def without_nulls(sent: QueryDict) -> QueryDict:
    """What was sent without zero bytes, which a paste may bring and no database keeps.

    >>> without_nulls(QueryDict("label=18%00+years&label=x"))
    <QueryDict: {'label': ['18 years', 'x']}>
    """
    if not any("\0" in text for _, texts in sent.lists() for text in texts):
        return sent
    clean = sent.copy()
    for name, texts in sent.lists():
        clean.setlist(name, [str(text).replace("\0", "") for text in texts])
    return clean


def end_long_session(request: HttpRequest) -> None:
    """Sign out whoever signed in longer ago than a session may last."""
    records = get_authentication_records(request, request.user)
    if records and time.time() - records[0]["at"] > settings.LONGEST_SESSION:
        logout(request)


def keep_alive(request: HttpRequest) -> None:
    """Count the session's rest from now; it ends by itself when nobody is at the desk."""
    now = time.time()
    if now - request.session.get(SEEN, 0) > SEEN_EVERY:
        request.session[SEEN] = now


def ask_to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to signing in and back; a form that was sent goes along."""
    if cast("HtmxHttpRequest", request).htmx:
        notice = render(request, "admin/_signed_out.html")
        place = "#desk-notice" if is_desk(request.path_info) else "#clinic-notice"
        return reswap(retarget(notice, place), "innerHTML")
    address = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
    if request.method != "POST":
        return HttpResponseRedirect(address)
    response = hand_on(request, page_at(request, address), sent_form(request))
    response.status_code = 403
    return response


def ask_for_second_factor(request: HttpRequest, person: User) -> HttpResponse:
    """Lead to showing a second factor, or to setting one up."""
    page = "mfa_reauthenticate" if factors_of(person) else "mfa_index"
    address = f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}"
    if request.method == "POST":
        return give_back(request, sent_form(request), status=403, wants=address)
    return HttpResponseRedirect(address)
