"""What gunicorn's processes do otherwise here.

They let no slow sender keep a thread, end stuck requests, and log no request.
"""

import logging.config
import socket
import sys
import threading
from contextlib import suppress
from time import monotonic
from typing import Any

from django.conf import settings
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.http.message import Request
from gunicorn.workers.gthread import TConn, ThreadWorker

from coverage_site.environment import whole_number

LONGEST_REQUEST_SECONDS = 150
"""More than a packet of many files may take; the proxy waits as long."""

# A proxy that takes requests in whole sends each at once; who comes past it gets so long.
SLOWEST_HEAD_SECONDS = whole_number("SLOWEST_HEAD_SECONDS", 10)
SLOWEST_BODY_SECONDS = whole_number("SLOWEST_BODY_SECONDS", 60)


class WatchedThreads(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Ends a process in which a request never ends; gunicorn itself watches the main loop alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alive: bool = self.alive
        self.begun_at: dict[int, float] = {}
        self.arriving: dict[TConn, tuple[float, Request | None]] = {}

    def handle(self, conn: TConn) -> object:
        self.arriving[conn] = monotonic(), None
        try:
            return super().handle(conn)
        finally:
            del self.arriving[conn]

    def handle_request(self, req: Request, conn: TConn) -> bool:
        self.arriving[conn] = monotonic(), req
        self.begun_at[threading.get_ident()] = monotonic()
        try:
            answered: bool = super().handle_request(req, conn)
            return answered
        finally:
            del self.begun_at[threading.get_ident()]

    def notify(self) -> None:
        """Let the other requests end once one is stuck; then the arbiter kills what is left."""
        super().notify()
        self.hang_up()
        longest = monotonic() - min(tuple(self.begun_at.values()), default=monotonic())
        if self.alive and longest > LONGEST_REQUEST_SECONDS:
            self.log.error("A request has run for %d seconds, so its process ends.", longest)
            self.alive = False

    def hang_up(self) -> None:
        """Read no more from who sends a request by drops; the thread that waits for it is free."""
        for conn, (since, req) in tuple(self.arriving.items()):
            is_whole = req is not None and not getattr(req.body.reader, "length", 0)
            longest = SLOWEST_HEAD_SECONDS if req is None else SLOWEST_BODY_SECONDS
            if not is_whole and monotonic() - since > longest:
                with suppress(OSError):  # it may have gone by itself
                    conn.sock.shutdown(socket.SHUT_RD)


class SiteLogger(Logger):  # type: ignore[misc]
    """Gunicorn's lines as the site writes its own, without what a request held."""

    def setup(self, cfg: Config) -> None:
        logging.config.dictConfig(settings.LOGGING)
        self.cfg = cfg
        self.error_log.propagate = True

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        if msg.startswith("Invalid request from"):  # ... its address: and what it sent
            kind = sys.exc_info()[0]
            msg = f"Invalid request: {kind.__name__ if kind else 'unknown'}"
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: object, *args: Any, **kwargs: Any) -> None:
        # The arguments are the method and the whole address.
        super().exception(str(msg).partition(" %")[0], **kwargs)
