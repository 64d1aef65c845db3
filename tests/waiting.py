"""Waiting for what another process, thread or connection does."""

import time
from collections.abc import Callable

from django.db import connection


def wait_for(what: Callable[[], object], *, seconds: float = 60) -> None:
    """Until a condition holds; a minute is long on the busiest machine."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.02)


def somebody_waits() -> bool:
    """Whether another connection is held up by a lock, ours or another's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])
