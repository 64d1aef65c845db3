"""Does in a test what a worker would do, within the test's own transaction."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job


def waiting_jobs() -> list[Job]:
    rows = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "pk")
    return [row.procrastinate_job for row in rows]


def work_off(*, attempts: int = 0) -> int:
    """Do every job that waits and what follows from it; how many there were."""
    done = 0
    while jobs := waiting_jobs():
        for job in jobs:
            begin(job.evolve(attempts=attempts))
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])
            done += 1
    return done


def begin(job: Job) -> None:
    """Call the task of a job as a worker does."""
    task = app.tasks[job.task_name]
    context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)
    task(*([context] if task.pass_context else []), **job.task_kwargs)
