"""What workers do: each task names what it is about by id, and calls a plain function."""

from uuid import UUID

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext

from appeals.background import TRY_AGAIN, forget_ended, is_given_up, take_up_stalled
from appeals.clinics import rechecking, reminding
from appeals.clinics.printing import making, whole

EVERY = min(settings.WORKER_SILENT_SECONDS, 30)
FIRST = 10
"""Before all else: a long queue keeps nobody waiting for what a lost worker had begun."""


# Without a lock: one that is itself left behind would keep out every later one.
@app.periodic(cron=f"* * * * * */{EVERY}")
@app.task(priority=FIRST)
async def take_up_what_is_left(timestamp: int) -> None:
    await take_up_stalled(settings.WORKER_SILENT_SECONDS)


@app.periodic(cron="17 3 * * *")
@app.task
async def forget_old_jobs(timestamp: int) -> None:
    await forget_ended()


@app.task(pass_context=True, retry=TRY_AGAIN)
def print_letter(context: JobContext, *, batch: str, letter: str) -> None:
    # It opens files, which the processes that serve pages never do.
    from appeals.clinics.printing import items  # noqa: PLC0415

    items.print_item(UUID(batch), UUID(letter), is_given_up=is_given_up(context))


@app.task(pass_context=True, retry=TRY_AGAIN)
def bind_batch(context: JobContext, *, batch: str) -> None:
    whole.bind_batch(UUID(batch), is_given_up=is_given_up(context))


@app.periodic(cron="7 * * * *")
@app.task
def sweep_batches(timestamp: int) -> None:
    making.sweep_batches(now=timezone.now())


@app.task(retry=TRY_AGAIN)
def recheck_open_cases(*, policy: str) -> None:
    rechecking.recheck_policy(int(policy), on=timezone.localdate())


# Past midnight where the site is at home, in summer and in winter.
@app.periodic(cron="20 6 * * *")
@app.task(retry=TRY_AGAIN)
def recheck_what_takes_effect(timestamp: int) -> None:
    rechecking.recheck_due(timezone.localdate())


# When the working day is about to begin where the site is at home; and once more each hour, for
# who has had none, since what fell due ten minutes ago or more is not made up for.
@app.periodic(cron="30 11-22 * * *")
@app.task
def queue_reminders(timestamp: int) -> None:
    reminding.defer_reminders(timezone.localdate())


@app.task(retry=TRY_AGAIN)
def remind(*, membership: str) -> None:
    reminding.remind(int(membership), on=timezone.localdate())
