"""The addresses of CDS Hooks: discovery, and one handler for its services."""

from collections.abc import Callable
from functools import cache, wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from coverage_site.address import site_address
from coverage_site.api.bodies import sent_bytes
from coverage_site.api.problems import ProblemError, faults_of_body, not_found, problem_of
from coverage_site.cds_clients import Gate, MemoryFullError, Replays, TokenError
from policies.faults import InputError
from policies.fhir.decoding import decode
from policies.fhir.faults import RecordError, Refusal
from policies.hooks.answering import cards_for
from policies.hooks.requests import read_request
from policies.hooks.services import SERVICES, discovery
from policies.published import published_catalogue

View = Callable[..., HttpResponse]
WANTED = (
    "Send a JSON web token as a Bearer: signed with RS384 or ES384 by a client that is known here, "
    "with its kid, typ JWT, iss, aud (this address), exp, iat and a jti that is new; it may hold "
    "for ten minutes."
)
UNREADABLE = (Refusal.NOT_JSON, Refusal.NOT_UTF8, Refusal.TOO_DEEP, Refusal.TOO_MANY)


def for_cds_clients(view: View) -> View:
    """Ask for a token where clients are named, and tell every refusal as a problem."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **values: Any) -> HttpResponse:
        try:
            _admit(request)
            return view(request, **values)
        except ProblemError as error:
            response = problem_of(error)
            if error.status == HTTPStatus.UNAUTHORIZED:
                response["WWW-Authenticate"] = "Bearer"
            return response

    return answered


@require_safe
@for_cds_clients
def discover(request: HttpRequest) -> HttpResponse:
    """The services that there are ("Discovery")."""
    return JsonResponse(discovery())


@require_POST
@for_cds_clients
def call_service(request: HttpRequest, service: str) -> HttpResponse:
    """The cards on an order ("Calling a CDS Service").

    No prefetch is required, so nothing is ever answered with 412: what was not sent is not known.
    """
    known = SERVICES.get(service)
    if known is None:
        raise not_found("There is no such service; /cds-services lists those that there are.")
    try:
        asked = read_request(_document(request), hook=known.hook)
        if asked is None:
            return JsonResponse({"cards": []})
        with override("en"):
            cards = cards_for(
                asked,
                catalogue=published_catalogue(),
                on=timezone.localdate(),
                site=site_address(),
            )
    except InputError as error:
        raise faults_of_body(error.faults) from error
    return JsonResponse({"cards": cards})


def _document(request: HttpRequest) -> object:
    data = sent_bytes(request, most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    try:
        return decode(data)
    except RecordError as error:
        if error.refusal in UNREADABLE:
            raise ProblemError(HTTPStatus.BAD_REQUEST, str(error)) from error
        raise


def _admit(request: HttpRequest) -> None:
    if not settings.CDS_CLIENTS:
        return
    audience = f"{site_address()}{request.path}"
    try:
        _gate().admit(request.headers.get("Authorization", ""), audience=audience)
    except TokenError as error:
        raise ProblemError(HTTPStatus.UNAUTHORIZED, WANTED) from error
    except MemoryFullError as error:
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "Try again in a while.") from error


@cache
def _gate() -> Gate:
    return Gate(settings.CDS_CLIENTS, Replays())
