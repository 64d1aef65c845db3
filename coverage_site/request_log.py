"""One line in the log for each request: what an operator needs, and nothing that was typed."""

import logging
from collections.abc import Callable
from time import monotonic

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from coverage_site.privacy import address_of
from coverage_site.request_ids import fit_or_fresh, request_id, set_for_now

logger = logging.getLogger("coverage.requests")

QUIET = ("/healthz", "/readyz")
"""Asked every few seconds; only their failures are news."""

HEADER = "X-Request-ID"


def numbered_and_told(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Number each request, give the number back, and write the line."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
        with set_for_now(request_id, fit_or_fresh(given)):
            begun = monotonic()
            response = get_response(request)
            response.headers[HEADER] = request_id.get()
            _tell(request, response, milliseconds=round((monotonic() - begun) * 1000))
            return response

    return middleware


def _tell(request: HttpRequest, response: HttpResponseBase, *, milliseconds: int) -> None:
    told = {
        "method": request.method,
        "address": address_of(request),
        "status": response.status_code,
        "milliseconds": milliseconds,
        "bytes": len(response.content) if isinstance(response, HttpResponse) else None,
        "person": _person(request, response),
    }
    text = "%(method)s %(address)s %(status)d in %(milliseconds)d ms"
    logger.log(_level(request, response), text, told, extra=told)


def _level(request: HttpRequest, response: HttpResponseBase) -> int:
    is_quiet = request.path_info in QUIET or request.path_info.startswith(settings.STATIC_URL)
    return logging.DEBUG if is_quiet and response.status_code < 400 else logging.INFO


def _person(request: HttpRequest, response: HttpResponseBase) -> str | None:
    """The number of whoever is signed in, where the page asked for it itself."""
    session = getattr(request, "session", None)
    # After a failure the session may be what failed.
    if session is None or not session.accessed or response.status_code >= 500:
        return None
    person: str | None = session.get(SESSION_KEY)
    return person
