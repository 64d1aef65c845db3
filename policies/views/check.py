"""The front page, and the check of a plan."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies import screens
from policies.published import published_catalogue


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, for whom, and what happens with the answers."""
    return render(request, "home.html")


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def check_coverage(request: HtmxHttpRequest) -> HttpResponse:
    """Ask about the plan and the patient, and hold it against the documents that apply today."""
    catalogue = published_catalogue()
    if request.method != "POST":
        screen = screens.first_screen(catalogue)
    elif request.POST.get("go") == "record":
        record = request.FILES.get("health_record")
        screen = screens.uploaded_screen(
            record.read() if record else None,
            request.POST,
            catalogue=catalogue,
            on=timezone.localdate(),
        )
    elif request.POST.get("go") == "load":
        saved = request.FILES.get("saved")
        screen = screens.loaded_screen(
            saved.read() if saved else b"",
            request.POST,
            catalogue=catalogue,
            on=timezone.localdate(),
        )
    else:
        screen = screens.next_screen(request.POST, catalogue=catalogue, on=timezone.localdate())
    is_part = wants_partial(request)
    return render(
        request,
        "policies/_check.html" if is_part else "policies/check.html",
        {"screen": screen, "is_part": is_part},
        status=screen.status,
    )


@never_cache
@require_POST
def show_so_far(request: HtmxHttpRequest) -> HttpResponse:
    """The checklist beside the questions, as it stands; nothing while an answer can't be read."""
    view = screens.so_far(request.POST, catalogue=published_catalogue(), on=timezone.localdate())
    if view is None:
        return HttpResponse(status=204)
    return render(request, "policies/_so_far.html", {"so_far": view})


@never_cache
@require_POST
def save_answers(request: HtmxHttpRequest) -> HttpResponse:
    """The answers as a file for the person's own device."""
    situation = screens.situation_from(
        request.POST, catalogue=published_catalogue(), on=timezone.localdate()
    )
    if situation is None:
        return check_coverage(request)
    text = json.dumps(situation.to_json(), indent=2, ensure_ascii=False)
    # The name of a file is seen by whoever sees the device: it tells nothing.
    return HttpResponse(
        text + "\n",
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-answers.json"'},
    )
