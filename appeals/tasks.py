"""What workers do: each task names what it is about by id, and calls a plain function."""

from django.conf import settings
from procrastinate.contrib.django import app

from appeals.background import forget_ended, take_up_stalled

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
