"""The site's addresses, and one more for each way in which an answer fails."""

from typing import NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path

from coverage_site import urls as of_site
from coverage_site.sign_in.views import csrf_failure, too_many_tries

handler429 = of_site.handler429


def refuse(request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation


def forbid(request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def fail(request: HttpRequest) -> NoReturn:
    raise LookupError


def miss_token(request: HttpRequest) -> HttpResponse:
    return csrf_failure(request, "sample")  # type: ignore[return-value]


ERRORS = {
    "errors/400/": refuse,
    "errors/403/": forbid,
    "errors/csrf/": miss_token,
    "errors/429/": too_many_tries,
    "errors/500/": fail,
}
urlpatterns = [
    *(path(address, view) for address, view in ERRORS.items()),
    *of_site.urlpatterns,
]
