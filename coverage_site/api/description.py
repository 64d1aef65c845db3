"""The API as a whole, and its description: each operation with the problems it may answer."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from coverage_site.api.invalid import faults_of_parameters
from coverage_site.api.problems import PROBLEM_JSON, ProblemError, problem_of, unprocessable

PROBLEM_SCHEMA = {
    "title": "Problem",
    "description": "A refusal, as RFC 9457 has it; `errors` names each field at fault.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "field", "message"],
                "properties": {
                    "in": {"enum": ["query", "path", "body"]},
                    "field": {
                        "type": "string",
                        "description": "As `notice.notice_on`; `body` is the body as a whole.",
                    },
                    "message": {"type": "string"},
                },
            },
        },
    },
}
OF_ALL = (
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
OF_BODIES = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
REFUSAL = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}


class ProgramAPI(NinjaAPI):
    """An API whose every refusal is a problem, and whose description says so.

    `shapes` are what bodies are made of beside the shapes of answers.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.shapes: dict[str, Any] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        found = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        found["components"]["schemas"] |= {**self.shapes, "Problem": PROBLEM_SCHEMA}
        for address, methods in found["paths"].items():
            for operation in methods.values():
                _add_refusals(operation, has_parts="{" in address)
                for one in operation["parameters"]:
                    one["schema"] = _given(one["schema"])
        return found


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter is given or left out; null would be the text "null"."""
    kinds = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(kinds) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name not in ("anyOf", "default")}
    return {**kinds[0], **rest}


def _add_refusals(operation: dict[str, Any], *, has_parts: bool) -> None:
    statuses = [*OF_ALL, *(OF_BODIES if "requestBody" in operation else ())]
    if has_parts:
        statuses.append(HTTPStatus.NOT_FOUND)
    operation["responses"] |= {
        status.value: {"description": status.phrase, "content": REFUSAL} for status in statuses
    }
    if "requestBody" not in operation:
        operation["responses"][HTTPStatus.NOT_MODIFIED.value] = {
            "description": "Nothing has changed since the answer with this ETag."
        }


def on_problem(_request: HttpRequest, error: Any) -> HttpResponse:
    """A request that met a problem."""
    refused: ProblemError = error
    return problem_of(refused)


def on_invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    """Parameters that are not what they should be, each by its name."""
    invalid: ValidationError = error
    return problem_of(unprocessable(faults_of_parameters(invalid)))


def on_failure(_request: HttpRequest, error: Any) -> HttpResponse:
    """A fault of ours goes on to Django, whose log leaves out what was told."""
    raise error
