"""The number of the request or job at hand, which every line of the log carries."""

import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

from procrastinate.job_context import JobContext
from procrastinate.worker import Worker

request_id: ContextVar[str] = ContextVar("request_id", default="")
job_id: ContextVar[str] = ContextVar("job_id", default="")

AN_ID = re.compile(r"[0-9a-f]{16,64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def fit_or_fresh(given: str) -> str:
    """The id a proxy gave, where it is one, and nothing else that a visitor might have written.

    >>> fit_or_fresh("0123456789abcdef")
    '0123456789abcdef'
    >>> len(fit_or_fresh("Sample Patient"))
    32
    """
    return given if AN_ID.fullmatch(given) else uuid4().hex


@contextmanager
def set_for_now(variable: ContextVar[str], value: str) -> Iterator[None]:
    """Give a variable a value until the work at hand is done."""
    token = variable.set(value)
    try:
        yield
    finally:
        variable.reset(token)


async def numbered(
    call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker
) -> Any:
    """Do a worker's job under its number."""
    with set_for_now(job_id, str(context.job.id)):
        return await call_next()
