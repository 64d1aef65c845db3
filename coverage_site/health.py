"""Two addresses for whatever watches the site: is this process alive, and can it answer patients?

They come before everything else, since a load balancer calls a machine by its number and over
plain http. So they never look at the host, redirect, open a session or appear in a sitemap.
"""

import datetime as dt
import logging
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone

from appeals.background import worker_seen
from policies.models import PolicyVersion

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 2
"""How long the database may take before it counts as gone."""

OK, FAILED, UNKNOWN = "ok", "failed", "unknown"
WITHOUT_DATABASE = {"migrations": UNKNOWN, "catalogue": UNKNOWN, "worker": UNKNOWN}


def health(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer the two addresses before any other middleware sees them."""
    answers = {"/healthz": healthz, "/readyz": readyz}

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = answers.get(request.path_info)
        if answer is None:
            return get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return answer()

    return middleware


def healthz() -> HttpResponse:
    """The process takes requests; nothing else is asked, so a lost database restarts nobody."""
    return _told("alive", {"process": OK}, status=200)


def readyz() -> HttpResponse:
    """Whether patients get answers; a missing worker is told, and takes no machine away."""
    checks = {"database": FAILED, **WITHOUT_DATABASE}
    try:
        _ask_the_server()
        checks |= {"database": OK, "migrations": OK if _are_all_applied() else FAILED}
        checks["catalogue"] = OK if PolicyVersion.objects.published().exists() else FAILED
        checks["worker"] = OK if _is_a_worker_there() else FAILED
    except (psycopg.Error, DatabaseError):
        logger.warning("The database does not answer.", exc_info=True)
    wanted = [state for name, state in checks.items() if name != "worker"]
    if set(wanted) != {OK}:
        return _told("not ready", checks, status=503)
    return _told("ready" if checks["worker"] == OK else "degraded", checks, status=200)


def _told(state: str, checks: dict[str, str], *, status: int) -> HttpResponse:
    return JsonResponse(
        {"status": state, "checks": checks}, status=status, headers={"Cache-Control": "no-store"}
    )


def _ask_the_server() -> None:
    """Ask by a connection of its own: one of the pool may wait for long, and hang without end."""
    told = cast("DatabaseWrapper", connection).get_connection_params()
    limits = {
        "connect_timeout": LONGEST_SECONDS,
        "tcp_user_timeout": LONGEST_SECONDS * 1000,
        "options": f"{told.get('options', '')} -c statement_timeout={LONGEST_SECONDS}s".strip(),
    }
    with psycopg.connect(**{**told, "cursor_factory": None, **limits}) as asked:
        asked.execute("SELECT")


def _are_all_applied() -> bool:
    return not _left_to_apply(frozenset(MigrationRecorder(connection).applied_migrations()))


@lru_cache(maxsize=1)
def _left_to_apply(applied: frozenset[tuple[str, str]]) -> int:
    """How many migrations of this code are not among those applied; reading them takes a while."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _is_a_worker_there() -> bool:
    seen = worker_seen()
    silent = dt.timedelta(seconds=settings.WORKER_SILENT_SECONDS)
    return seen is not None and timezone.now() - seen <= silent
