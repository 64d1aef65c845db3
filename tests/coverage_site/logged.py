"""What the site writes to its log, in both of its forms, whatever level a library writes at."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from coverage_site.privacy import JsonLines, LogFormatter

OWN_LEVELS = ("coverage.requests", "django.request")
"""Told otherwise with DEBUG on, under which tests run."""
APART = ("django.server",)


@dataclass
class Log:
    """The lines that were written while it was kept."""

    json: io.StringIO = field(default_factory=io.StringIO)
    plain: io.StringIO = field(default_factory=io.StringIO)

    @property
    def text(self) -> str:
        return self.json.getvalue() + self.plain.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.json.getvalue().splitlines()]

    def about_requests(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if line["logger"] == "coverage.requests"]


@contextmanager
def kept_log() -> Iterator[Log]:
    """Write every line at DEBUG and above, as with DEBUG on and as with DEBUG off."""
    log = Log()
    handlers = [logging.StreamHandler(log.json), logging.StreamHandler(log.plain)]
    handlers[0].setFormatter(JsonLines())
    handlers[1].setFormatter(LogFormatter("%(levelname)s %(name)s: %(message)s"))
    loggers = [logging.getLogger(name) for name in ("", *OWN_LEVELS, *APART)]
    levels = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.DEBUG)
    for handler in handlers:
        for name in ("", *APART):
            logging.getLogger(name).addHandler(handler)
    try:
        yield log
    finally:
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)
            for handler in handlers:
                one.removeHandler(handler)
