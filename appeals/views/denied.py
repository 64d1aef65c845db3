"""The way from a denial to what to do, made on the spot and kept nowhere."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from appeals import screens
from appeals.calendar_file import dates_calendar
from appeals.screens.from_check import told_in_check
from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.published import published_catalogue


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def denied(request: HtmxHttpRequest) -> HttpResponse:
    """Find the plan's law, read the notice, and say what to do and by when."""
    screen = _screen(request)
    is_part = wants_partial(request)
    return render(
        request,
        "policies/_check.html" if is_part else "appeals/denied.html",
        {"screen": screen, "is_part": is_part},
        status=screen.status,
    )


@never_cache
@require_POST
def save_dates(request: HtmxHttpRequest) -> HttpResponse:
    """The last days as a calendar file; where an answer is wrong, the screen to correct it."""
    case = screens.case_from(request.POST, on=timezone.localdate())
    if case is None:
        return denied(request)
    return HttpResponse(
        dates_calendar(case),
        content_type="text/calendar; charset=utf-8",
        # The name of a file is seen by whoever sees the device: it tells nothing.
        headers={"Content-Disposition": 'attachment; filename="dates.ics"'},
    )


def _screen(request: HtmxHttpRequest) -> screens.Screen:
    on = timezone.localdate()
    if request.method != "POST":
        return screens.first_screen(QueryDict(), on=on)
    go = request.POST.get("go")
    if go == "denied":
        told = told_in_check(request.POST, catalogue=published_catalogue(), on=on)
        return screens.first_screen(told, on=on)
    if go == "read":
        return screens.read_screen(
            [one.read() for one in request.FILES.getlist("file")],
            request.POST,
            known_names=_known_names,
            on=on,
        )
    return screens.next_screen(request.POST, on=on, catalogue=published_catalogue)


def _known_names() -> tuple[str, ...]:
    """The insurers we know by every name they go by."""
    return tuple(
        name
        for one in published_catalogue().insurers.values()
        for name in (one.name, *one.also_known_as)
    )
