"""Which pages of other sites may call the CDS services from a browser: those that are named.

CDS Hooks 2.0, "Cross-Origin Resource Sharing": a client in a browser asks before it sends.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


def asked_beforehand(request: HttpRequest) -> HttpResponse | None:
    """What a browser is told that asks whether it may send; None for any other request."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    response = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if is_named(request):
        for name, value in ALLOWED.items():
            response.headers[name] = value
    return response


def is_named(request: HttpRequest) -> bool:
    return request.headers.get("Origin") in settings.CDS_ORIGINS


def let_page_read(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let a named page read the answer, and keep no other page's answer in its place."""
    patch_vary_headers(response, ("Origin",))
    if is_named(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
