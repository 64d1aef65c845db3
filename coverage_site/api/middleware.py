"""Whatever goes wrong at an address for programs, they get a problem and never a page."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from coverage_site.api.origins import asked_beforehand, let_page_read
from coverage_site.api.problems import PROBLEM_JSON, problem

PREFIXES = ("/api/", "/fhir/")
HOOKS = re.compile(r"/cds-services(/|$)")
READS = ("GET", "HEAD")
# What is true of the page alone that a problem stands in for.
OF_THE_PAGE = ("Content-Encoding", "Content-Language", "ETag", "Last-Modified")

DETAILS = {
    HTTPStatus.BAD_REQUEST: "The request can't be read.",
    HTTPStatus.NOT_FOUND: "There is nothing at this address. /api/v1/ lists those of the API, and "
    "/cds-services the services.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take this method; see Allow.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests from this address; see Retry-After.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here. Nothing of the request was kept.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The service can't answer now. Try again in a while.",
}


class ForPrograms:
    """Stands before all others, so that their refusals become problems too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if HOOKS.match(request.path_info):
            return self.answer_hook(request)
        if not request.path_info.startswith(PREFIXES):
            return self.get_response(request)
        return self.answer_api(request)

    def answer_hook(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a CDS client, in a browser only from the pages that are named."""
        response = asked_beforehand(request) or as_problem(self.get_response(request))
        let_page_read(request, response)
        return response

    def answer_api(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a program, and let any page read what is public."""
        method = request.method
        if method == "HEAD":
            # Answered as GET is; the server leaves out the body.
            request.method = "GET"
        response = as_problem(self.get_response(request))
        request.method = method
        is_read = name_methods(response) if "Allow" in response else method in READS
        if method == "OPTIONS" and "Allow" in response:
            response = told_of_methods(response["Allow"], is_read=is_read)
        if is_read:
            # What is public may be read from any page. What a person told us may not be sent from
            # another's page, so answers by POST have no such header.
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "ETag"
        return response


def name_methods(response: HttpResponseBase) -> bool:
    """Name every method that the address takes; whether it can be read from."""
    named = dict.fromkeys(one.strip() for one in response["Allow"].split(","))
    is_read = "GET" in named
    all_named = [*(READS if is_read else ()), *(one for one in named if one not in READS)]
    response["Allow"] = ", ".join([*all_named, "OPTIONS"])
    return is_read


def told_of_methods(allowed: str, *, is_read: bool) -> HttpResponse:
    """What an address takes, for who asks before; a page elsewhere may ask whether it is new."""
    response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": allowed})
    del response["Content-Type"]
    if is_read:
        response["Access-Control-Allow-Methods"] = ", ".join(READS)
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Max-Age"] = "600"
    return response


def as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """A refusal of any other part of the site in the form that programs read."""
    is_problem = response.headers.get("Content-Type", "").startswith(PROBLEM_JSON)
    if response.status_code < HTTPStatus.BAD_REQUEST or is_problem:
        return response
    status = HTTPStatus(response.status_code)
    found = problem(status, DETAILS.get(status, f"{status.phrase}."))
    found["Content-Length"] = str(len(found.content))
    for name, value in response.headers.items():
        if name not in OF_THE_PAGE:
            found.headers.setdefault(name, value)
    return found
