"""The calendar feed and the reminders of a member; the feed itself asks for no sign-in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from appeals.clinics.feeds import calendar_of, clinic_of, feed_of, make_feed, revoke_feed
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.reminding import want_reminders
from appeals.clinics.rights import Right


@never_cache
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The last days of a clinic as a calendar, for whoever has the secret."""
    clinic = clinic_of(token)
    if clinic is None:
        return HttpResponseNotFound("There is no calendar here.\n", content_type="text/plain")
    days = calendar_of(clinic, on=timezone.localdate())
    return HttpResponse(days, content_type="text/calendar; charset=utf-8")


@clinic_page(Right.SEE)
@require_http_methods(["GET", "POST"])
def calendar_page(request: ClinicRequest) -> HttpResponse:
    """Make or end the feed's address, begin or end reminders."""
    if request.method == "GET":
        return _page(request)
    match request.POST.get("do"):
        case "make":
            address = reverse("clinics:feed", args=[make_feed(request.membership)])
            return _page(request, address=request.build_absolute_uri(address))
        case "revoke":
            revoke_feed(request.membership)
            messages.success(request, "The address works no longer.")
        case "remind" | "rest" as told:
            try:
                want_reminders(request.membership, wants=told == "remind")
            except ValidationError as error:
                return _page(request, fault=error.messages[0], status=422)
            words = "You get a mail on mornings when something is due." if told == "remind" else ""
            messages.success(request, words or "You get no more reminders.")
    return redirect("clinics:calendar", request.clinic.pk)


def _page(
    request: ClinicRequest, *, address: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    context = {"feed": feed_of(request.membership), "address": address, "fault": fault}
    return render(request, "appeals/clinics/calendar.html", context, status=status)
