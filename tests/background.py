"""The queue of background work, as a test leaves it to the next."""

from django.db import connection


def empty_the_queue() -> None:
    """Its tables are no models of ours, so nobody else empties them."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
