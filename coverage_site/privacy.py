"""Keeps what people tell us about their health out of logs and error pages."""

import logging
import re
import traceback
from collections.abc import ItemsView
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

SECRET = re.compile(r"(?<=^/clinics/calendar/).+|(?<=^/account/invited/).+")
"""What opens something to whoever has the address."""


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


class LogFormatter(logging.Formatter):
    """Writes where an error happened but not its message, which may repeat what was typed."""

    def formatException(  # noqa: N802 -- the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        name = kind.__name__ if kind else "no exception"
        return "".join([*traceback.format_tb(trace), f"{name} (message left out)"])


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
