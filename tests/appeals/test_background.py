"""The queue: jobs stand with their cause or not at all, and come back from lost workers."""

import datetime as dt
import logging
import uuid
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib import admin
from django.db import connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from appeals.background import (
    MOST_STARTS,
    defer,
    forget_ended,
    forget_jobs,
    take_up_stalled,
    worker_seen,
)
from tests.appeals.working import waiting_jobs

pytestmark = pytest.mark.django_db

SILENT = 30


def silent_worker(*, seconds: int = SILENT + 10) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id",
            [timezone.now() - dt.timedelta(seconds=seconds)],
        )
        return int(cursor.fetchone()[0])


def begun_job(worker: int | None, *, attempts: int = 0) -> int:
    defer("forget_old_jobs", {"timestamp": "0"})
    job: int = ProcrastinateJob.objects.latest("pk").pk
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s"
            " WHERE id = %s",
            [worker, attempts, job],
        )
    return job


def status_of(job: int) -> str:
    status: str = ProcrastinateJob.objects.get(pk=job).status
    return status


def test_a_transaction_that_is_taken_back_leaves_no_job() -> None:
    with transaction.atomic():
        defer("forget_old_jobs", {"timestamp": "0"})
        assert len(waiting_jobs()) == 1
        transaction.set_rollback(True)
    assert not waiting_jobs()


def test_no_job_is_written_apart_from_its_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(TransactionManagementError, match="one transaction"):
        defer("forget_old_jobs", {"timestamp": "0"})


def test_what_a_silent_worker_had_begun_waits_again_and_what_a_live_one_does_goes_on() -> None:
    left = begun_job(silent_worker())
    orphaned = begun_job(None)
    going_on = begun_job(silent_worker(seconds=1))
    async_to_sync(take_up_stalled)(SILENT)
    assert [status_of(one) for one in (left, orphaned, going_on)] == ["todo", "todo", "doing"]
    assert ProcrastinateJob.objects.get(pk=left).attempts == 1


def test_a_job_that_ends_its_workers_is_given_up_at_last() -> None:
    job = begun_job(silent_worker(), attempts=MOST_STARTS)
    async_to_sync(take_up_stalled)(SILENT)
    assert status_of(job) == "failed"


def test_a_job_that_another_took_up_keeps_none_of_the_rest_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    taken, left = begun_job(None), begun_job(None)
    usual = JobManager.retry_job

    async def fails_for_one(self: JobManager, job: Job, **options: Any) -> None:
        if job.id == taken:
            raise ConnectorException
        await usual(self, job, **options)

    monkeypatch.setattr(JobManager, "retry_job", fails_for_one)
    with caplog.at_level(logging.INFO, "appeals.background"):
        async_to_sync(take_up_stalled)(SILENT)
    assert status_of(left) == "todo"
    assert f"Job {taken} was taken up by another." in caplog.messages


def test_it_is_told_when_a_worker_was_last_seen() -> None:
    assert worker_seen() is None
    silent_worker(seconds=40)
    silent_worker(seconds=5)
    seen = worker_seen()
    assert seen is not None
    assert 4 < (timezone.now() - seen).total_seconds() < 20


def test_what_is_deleted_takes_its_jobs_along() -> None:
    gone, other = uuid.uuid4(), uuid.uuid4()
    defer("forget_old_jobs", {"batch": str(gone)}, {"batch": str(other)})
    forget_jobs([gone])
    assert [job.task_kwargs for job in waiting_jobs()] == [{"batch": str(other)}]
    assert ProcrastinateEvent.objects.count() == 1


def test_a_failed_job_is_kept_for_a_month() -> None:
    job = begun_job(None, attempts=MOST_STARTS)
    async_to_sync(take_up_stalled)(SILENT)
    async_to_sync(forget_ended)()
    assert status_of(job) == "failed"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - INTERVAL '31 days'")
    async_to_sync(forget_ended)()
    assert not ProcrastinateJob.objects.exists()


def test_the_queue_is_no_part_of_the_editors_desk() -> None:
    assert not admin.site.is_registered(ProcrastinateJob)
