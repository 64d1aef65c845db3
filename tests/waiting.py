"""What other connections to the test's database wait for."""

from django.db import connection


def somebody_waits() -> bool:
    """Whether another connection is held up by a lock, ours or another's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])
