"""The description of the API: as OpenAPI for programs, and as a page for who writes them."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from coverage_site.address import site_address
from coverage_site.api.bounds import bounds
from coverage_site.api.examples import EXAMPLES
from coverage_site.api.presenting import present_description
from coverage_site.api.site import api
from policies.views.keeping import AN_HOUR


def description() -> dict[str, Any]:
    """The OpenAPI description as plain JSON."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
    return found


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
@conditional_page
def show_openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return HttpResponse(json.dumps(description()), content_type="application/json")


@require_safe
@cache_control(public=True, max_age=AN_HOUR)
@conditional_page
def show_api(request: HttpRequest) -> HttpResponse:
    """The description for people: every address, what it takes and what it answers."""
    site = site_address()
    context = {
        "api": present_description(description()),
        "bounds": list(bounds()),
        "examples": [(one.title, one.command(site=site)) for one in EXAMPLES],
    }
    return render(request, "api/page.html", context)
