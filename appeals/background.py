"""The queue of background work, in the database of the site, on which several machines work.

A job is written in the transaction of what it is about, and names it by ids alone. Whoever does it
may be killed at any point, so a job may come twice: what it does is done under a lock on the row
that says whether it is done.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Max
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateWorker
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, JobDeferrer, Status
from procrastinate.manager import JobManager
from procrastinate.retry import RetryStrategy
from procrastinate.types import JSONDict

logger = logging.getLogger(__name__)

TASKS = "appeals.tasks"
TRIES = 3
TRY_AGAIN = RetryStrategy(max_attempts=TRIES, exponential_wait=3)
"""For what fails unforeseen; a job that asks `is_given_up` says so instead of a last try."""

MOST_STARTS = 6
KEPT_HOURS = 30 * 24


def defer(task: str, *jobs: Mapping[str, str]) -> None:
    """Queue a job of `appeals.tasks` for each of these arguments, unless the transaction fails.

    A worker holds connections of its own, in which a job would stand before what it is about does.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("A job is written in one transaction with its cause.")
    job = app.tasks[f"{TASKS}.{task}"].configure().job
    given: list[JSONDict] = [dict(one) for one in jobs]
    JobDeferrer(job_manager=JobManager(DjangoConnector()), job=job).batch_defer(*given)


def is_given_up(context: JobContext) -> bool:
    """Whether a job was begun as often as it may be, and now has to say that it failed."""
    return context.job.attempts >= TRIES


def worker_seen() -> dt.datetime | None:
    """When a worker last gave a sign of life; nothing where none is at work."""
    seen: dt.datetime | None = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))[
        "last"
    ]
    return seen


async def take_up_stalled(silent_seconds: float) -> None:
    """Put back into the queue what silent workers had begun."""
    stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds)
    for job in stalled:
        try:
            await _take_up(job)
        except ConnectorException:
            # Another worker took it up a moment ago, or its own came back to life and ended it.
            logger.info("Job %s was taken up by another.", job.id)


async def _take_up(job: Job) -> None:
    if job.attempts >= MOST_STARTS:
        # It may be the job that ends its workers.
        logger.error("Job %s is given up: its worker fell silent %s times.", job.id, job.attempts)
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        return
    logger.warning("Job %s is taken up again: its worker fell silent.", job.id)
    await app.job_manager.retry_job(job, retry_at=timezone.now())


async def forget_ended() -> None:
    """Drop what failed a month ago or more; what went well is dropped at once."""
    await app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


def forget_jobs(ids: Iterable[object]) -> None:
    """Take out of the queue what names one of these; what runs just now ends by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND EXISTS"
            " (SELECT FROM jsonb_each_text(args) WHERE value = ANY(%s))",
            [[str(one) for one in ids]],
        )
