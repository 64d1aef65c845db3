"""What surrounds each address: its parameters and form, and how long an answer may be kept."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial, wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import parse_etags, quote_etag
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

from coverage_site.api.bodies import FHIR_JSON, JSON
from coverage_site.api.invalid import faults_of_parameters
from coverage_site.api.problems import PROBLEM_JSON, ProblemError, problem_of, unprocessable
from policies.published import newest_event
from policies.views.keeping import AN_HOUR, left_of_the_day

Run = Callable[..., HttpResponseBase]
View = TypeVar("View", bound=Callable[..., Any])

# What is answered depends on these besides the database; another release changes every ETag.
PARTS = ("policies", "appeals", "coverage_site")
KINDS = (".py", ".yaml", ".csv")


def read(view: View) -> View:
    """An address that only reads: its answer may be kept, and is not sent again unchanged."""
    contribute_operation_callback(view, partial(_surround, kept_as_long_as_true))
    return view


def answer(view: View) -> View:
    """An address that answers what it is told: nothing of it is kept anywhere."""
    contribute_operation_callback(view, partial(_surround, _never_kept))
    return view


def _surround(keeping: Callable[[Run], Run], operation: Operation) -> None:
    """Put the checks that every operation shares before it."""
    around = partial(_checked, keeping, _parameters(operation))
    operation.run = around(operation.run)  # type: ignore[method-assign]
    # Each copy that is bound to an API is surrounded anew by what stands in this list.
    operation._run_decorators = [around]  # type: ignore[attr-defined]  # noqa: SLF001


def _checked(keeping: Callable[[Run], Run], names: frozenset[str], run: Run) -> Run:
    within = keeping(run)

    @wraps(run)
    def checked(request: HttpRequest, **values: Any) -> HttpResponseBase:
        try:
            check_form(request)
            strays = list(_strays(request, names))
            if strays:
                raise unprocessable([*strays, *_invalid(run, request, values)])
        except ProblemError as error:
            return problem_of(error)
        return within(request, **values)

    return checked


def _parameters(operation: Operation) -> frozenset[str]:
    found: set[str] = set()
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            found |= set(getattr(model, "__ninja_flatten_map__", model.model_fields))
    return frozenset(found)


def check_form(request: HttpRequest) -> None:
    """Refuse whoever takes no form that is written here."""
    if not any(map(request.accepts, (JSON, PROBLEM_JSON, FHIR_JSON))):
        raise ProblemError(
            HTTPStatus.NOT_ACCEPTABLE, f"Every answer here is {JSON} or {FHIR_JSON}."
        )


def _strays(request: HttpRequest, names: frozenset[str]) -> Iterator[dict[str, str]]:
    """Parameters that this address has not, and those given twice: none of it takes a list."""
    known = f"Use: {', '.join(sorted(names))}." if names else "This address takes none."
    for name, values in request.GET.lists():
        if name not in names:
            message = f"There is no such parameter. {known}"
        elif len(values) > 1:
            message = "Give it once: no parameter takes several values."
        else:
            continue
        yield {"in": "query", "field": name, "message": message}


def _invalid(run: Run, request: HttpRequest, values: dict[str, Any]) -> Iterable[dict[str, str]]:
    """What else is wrong with the parameters, so that one answer names all of it."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    try:
        operation._get_values(request, values, HttpResponse())  # noqa: SLF001
    except ValidationError as error:
        return faults_of_parameters(error)
    return ()


def _never_kept(run: Run) -> Run:
    def answered(request: HttpRequest, **values: Any) -> HttpResponseBase:
        response = run(request, **values)
        patch_cache_control(response, no_store=True, private=True)
        return response

    return answered


def kept_as_long_as_true(run: Run) -> Run:
    """Not sent again while catalogue, day and release are the same; kept for an hour, or the day.

    Nothing is hashed but the address: an ETag was only ever given with a good answer to it.
    """

    def kept(request: HttpRequest, **values: Any) -> HttpResponseBase:
        today = timezone.localdate()
        event = newest_event()
        etag = _etag(request, event, today)
        held = parse_etags(request.headers.get("If-None-Match", ""))
        if etag in {one.removeprefix("W/") for one in held}:
            response: HttpResponseBase = HttpResponseNotModified(headers={"ETag": etag})
        else:
            response = run(request, **values)
            if response.status_code != HTTPStatus.OK or not isinstance(response, HttpResponse):
                return response
            # No Last-Modified: two writes may lie in one second, and a release may be taken back.
            response["ETag"] = etag
            response = get_conditional_response(request, etag, response=response) or response
        patch_cache_control(response, public=True, max_age=min(AN_HOUR, left_of_the_day()))
        return response

    return kept


Event = tuple[int, dt.datetime] | None


def _etag(request: HttpRequest, event: Event, today: dt.date) -> str:
    parts = (release(), event, today, request.get_full_path())
    return quote_etag(hashlib.sha256(repr(parts).encode()).hexdigest()[:32])


@cache
def release() -> str:
    """What tells this program and its data files from another edition of them."""
    found = hashlib.sha256()
    for path in _files():
        found.update(path.relative_to(settings.BASE_DIR).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()


@cache
def _files() -> tuple[Path, ...]:
    found = [
        path
        for part in PARTS
        for path in (settings.BASE_DIR / part).rglob("*")
        if path.suffix in KINDS
    ]
    return tuple(sorted(found))
