"""The body of a request as JSON: read within a limit, never kept and never logged."""

import json
from collections import Counter
from http import HTTPStatus
from typing import NoReturn

from django.http import HttpRequest

from coverage_site.api.problems import ProblemError, fault_of_body, unprocessable

# A situation with two hundred treatments and as many scores takes a third of it.
MOST_BYTES = 256 * 1024
JSON = "application/json"
FHIR_JSON = "application/fhir+json"


def sent_bytes(request: HttpRequest, *, most: int) -> bytes:
    """What was sent as JSON; ProblemError, before any is read, where it is too long."""
    if request.content_type != JSON:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send JSON, with Content-Type: {JSON}."
        )
    if int(request.META.get("CONTENT_LENGTH") or 0) > most:
        raise ProblemError(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"Send no more than {most // 1024} kB."
        )
    return request.body


def json_body(request: HttpRequest) -> object:
    """What was sent; ProblemError says why it can't be read, before more of it is read."""
    data = sent_bytes(request, most=MOST_BYTES)
    try:
        return json.loads(
            data.decode("utf-8"), parse_constant=_no_json, object_pairs_hook=_with_each_once
        )
    except RepeatedFieldError as error:
        names = (fault_of_body(one, "this is given twice") for one in error.names)
        raise unprocessable(names) from error
    except UnicodeDecodeError as error:
        raise _unreadable("This is not UTF-8 text.") from error
    except json.JSONDecodeError as error:
        raise _unreadable(
            f"Line {error.lineno}, column {error.colno}: this is not JSON: {error.msg}."
        ) from error
    except (RecursionError, ValueError) as error:
        raise _unreadable("It is nested too deeply, or a number is too long.") from error


class RepeatedFieldError(Exception):
    """An object that gives fields twice, so that nobody knows which value is meant."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(", ".join(names))


def _with_each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    counted = Counter(name for name, _ in pairs)
    repeated = tuple(name for name, times in counted.items() if times > 1)
    if repeated:
        raise RepeatedFieldError(repeated)
    return dict(pairs)


def _no_json(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is no number", name, 0)


def _unreadable(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.BAD_REQUEST, detail)
