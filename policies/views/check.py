"""The front page, and the check of a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.published import published_catalogue
from policies.screens import first_screen, next_screen


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
    if request.method == "POST":
        screen = next_screen(request.POST, catalogue=catalogue, on=timezone.localdate())
    else:
        screen = first_screen(catalogue)
    is_part = wants_partial(request)
    return render(
        request,
        "policies/_check.html" if is_part else "policies/check.html",
        {"screen": screen, "is_part": is_part},
        status=screen.status,
    )
