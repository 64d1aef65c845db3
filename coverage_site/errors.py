"""The page for a failure on our side, with the number by which it is found in the log."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from coverage_site.request_ids import request_id


def server_error(request: HttpRequest) -> HttpResponse:
    """Render without the request, whose session or person may be what failed."""
    page = render_to_string("500.html", {"request_id": request_id.get()})
    return HttpResponseServerError(page)
