"""Errors as programs read them: problem+json (RFC 9457), which names each field at fault."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from policies.faults import Fault

PROBLEM_JSON = "application/problem+json"


class ProblemError(Exception):
    """What a request can't be answered for; `errors` name the fields at fault."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: Iterable[dict[str, str]] = (),
    ) -> None:
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        super().__init__(detail)


def unprocessable(errors: Iterable[dict[str, str]]) -> ProblemError:
    """What was sent can be read, and does not hold what it should."""
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Some of what was sent can't be used; each field at fault is named below.",
        errors=errors,
    )


def faults_of_body(faults: Iterable[Fault]) -> ProblemError:
    """The faults of a body that was read field by field."""
    return unprocessable(fault_of_body(one.place, one.message) for one in faults)


def fault_of_body(place: str, message: str) -> dict[str, str]:
    """A fault at a place of the body; none is the body as a whole."""
    return {"in": "body", "field": place or "body", "message": message}


def not_found(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, detail)


def problem(status: HTTPStatus, detail: str, errors: Iterable[dict[str, str]] = ()) -> HttpResponse:
    """A refusal; it holds for this request alone, so nothing keeps it."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    named = list(errors)
    if named:
        body["errors"] = named
    response = HttpResponse(json.dumps(body), status=status, content_type=PROBLEM_JSON)
    response["Cache-Control"] = "no-store"
    return response


def problem_of(error: ProblemError) -> HttpResponse:
    """The answer to a request that met a problem."""
    return problem(error.status, error.detail, error.errors)
