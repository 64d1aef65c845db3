"""What is said where the site fails: that a part of it is away, or that the fault is ours."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from coverage_site import errors
from coverage_site.plain_pages import plain_page
from policies.turns import NoTurnError

WAITS = {OperationalError: 30, InterfaceError: 30, NoTurnError: 60}
"""Seconds until what passes by itself may have passed: the database is gone, starting, full or
overrun, or too much is being made at once. In each case nothing was written."""


def server_error(request: HttpRequest) -> HttpResponse:
    """Tell what passes by itself from what does not; wherever it happened, the cause is at hand."""
    fault = sys.exception()
    for kind, seconds in WAITS.items():
        if isinstance(fault, kind):
            return plain_page(request, status=503, seconds=seconds)
    return errors.server_error(request)
