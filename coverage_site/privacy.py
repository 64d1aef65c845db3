"""Keeps what people tell us about their health out of logs and error pages."""

import logging
import re
import traceback
from collections.abc import ItemsView
from copy import copy
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter
from pythonjsonlogger.json import JsonFormatter

from coverage_site.request_ids import job_id, request_id

SECRET = re.compile(r"(?<=^/clinics/calendar/).+|(?<=^/account/invited/).+")
"""What opens something to whoever has the address."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")


class HideAnswers(SafeExceptionReporterFilter):
    """Masks every POST value and every local variable, with `DEBUG` on as well."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {} if request is None else dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        # A frame holds the form, its cleaned data and the facts derived from them.
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()


class AnswerlessReport(ExceptionReporter):
    """An error page without the names of uploaded files, which often carry a patient's name."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {**super().get_traceback_data(), "request_FILES_items": []}


class Discreet(logging.Formatter):
    """Writes what happened and where, without anything that somebody may have typed."""

    def format(self, record: logging.LogRecord) -> str:
        discreet = copy(record)
        discreet.msg, discreet.args = said(record), ()
        discreet.exc_text = None  # as some other formatter wrote it, message and all
        discreet.request_id = request_id.get()
        discreet.job_id = job_id.get()
        return super().format(discreet)

    def formatException(  # noqa: N802 -- the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Where an error happened, but not its message, which may repeat what was typed."""
        kind, _, trace = ei
        name = kind.__name__ if kind else "no exception"
        return "".join([*traceback.format_tb(trace), f"{name} (message left out)"])


def calmed(record: logging.LogRecord) -> bool:
    """What any stranger can bring about (a false host, too large a form) is no error of ours."""
    if record.name.startswith("django.security."):
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = None
    return True


class LogFormatter(Discreet):
    """Plain lines, for your own computer."""


class JsonLines(Discreet, JsonFormatter):
    """One JSON object a line, of the fields named here and no others."""

    FIELDS = (
        *("time", "level", "logger", "message", "request_id", "job_id", "exception"),
        *("method", "address", "status", "milliseconds", "bytes", "person"),
    )

    def __init__(self) -> None:
        names = {"levelname": "level", "name": "logger", "exc_info": "exception"}
        super().__init__([*names, "message"], timestamp="time", rename_fields=names)

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        given = {name: log_data.get(name) for name in self.FIELDS}
        return {name: value for name, value in given.items() if value is not None and value != ""}


def said(record: logging.LogRecord) -> str:
    """The message of a record, where it may hold a path, a header or a name without those."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{method_of(request)} {address_of(request)} {getattr(record, 'status_code', '')}"
    return record.getMessage()


def method_of(request: HttpRequest) -> str:
    """The method, where it is one: a visitor may write any word there."""
    return request.method if request.method in METHODS else "(other)"


def address_of(request: HttpRequest) -> str:
    """The address as the site names it, with the numbers in it but no word of a visitor's."""
    match = request.resolver_match
    if match is None:
        return "(no such address)"
    address = f"/{match.route}"
    for name, value in match.kwargs.items():
        if isinstance(value, int | UUID):
            address = re.sub(f"<[^<>]*:{name}>", str(value), address)
    return address


class RequestLineFormatter(LogFormatter):
    """Writes `12:00:00 POST /check/ 200`: the method, the path without its query, the status."""

    def format(self, record: logging.LogRecord) -> str:
        if hasattr(record, "status_code") and isinstance(record.args, tuple) and record.args:
            record.msg = f"{without_query(str(record.args[0]))} {record.status_code}"
            record.args = ()
        return super().format(record)


def without_query(request_line: str) -> str:
    """Keep the method and path of a request line, but for the secret of a path.

    >>> without_query("GET /check/?age=41 HTTP/1.1")
    'GET /check/'
    >>> without_query("GET /clinics/calendar/s3cret.ics HTTP/1.1")
    'GET /clinics/calendar/...'
    """
    method, _, rest = request_line.partition(" ")
    # Two leading slashes would read as a host name.
    path = urlsplit("/" + rest.rpartition(" ")[0].lstrip("/")).path
    return f"{method} {SECRET.sub('...', path)}"
