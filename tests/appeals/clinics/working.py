"""Real workers beside a test."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

PROJECT = Path(__file__).resolve().parents[3]
SILENT = 2  # seconds


def address() -> str:
    """The test's own database."""
    told = connection.get_connection_params()
    query = urlencode({"host": told["host"]})
    return f"postgresql://{quote(told['user'])}@/{told['dbname']}?{query}"


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "DATABASE_URL": address(),
        "CLINIC_KEYS": settings.CLINIC_KEYS,
        "WORKER_SILENT_SECONDS": str(SILENT),
    }
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [
                *(sys.executable, "manage.py", "procrastinate", "--skip-checks"),
                *("worker", "--delete-jobs", "never"),
            ],
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            yield process
        finally:
            process.kill()
