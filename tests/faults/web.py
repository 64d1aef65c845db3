"""The site as it is served for real: gunicorn's processes, with the settings of production."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from tests.waiting import wait_for

PROJECT = Path(__file__).resolve().parents[2]
LONGEST = 60  # seconds until a condition holds, on the busiest machine
HERE = "127.0.0.1"
SOMEBODY = "192.0.2.1"
SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyz-._~" * 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status is 0 where nothing did."""

    status: int
    text: str = ""
    headers: Mapping[str, str] | None = None


LOST = Answer(0)


@dataclass(frozen=True, slots=True)
class Web:
    """A gunicorn at work."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def ask(
        self,
        path: str,
        fields: Mapping[str, str] | None = None,
        *,
        address: str = SOMEBODY,
        cookie: str = "",
    ) -> Answer:
        """As a proxy passes on what a visitor sends; a form where there are fields."""
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": address, "Cookie": cookie}
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"https://{HERE}:{self.port}"
            body = urlencode(fields)
        connection = HTTPConnection(HERE, self.port, timeout=LONGEST)
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            reply = connection.getresponse()
            return Answer(reply.status, reply.read().decode(errors="replace"), dict(reply.headers))
        except (OSError, HTTPException):
            return LOST
        finally:
            connection.close()

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HERE, self.port)) == 0

    def processes(self) -> set[int]:
        """The numbers of the processes that answer."""
        found = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)],  # noqa: S607 -- its folder differs
            check=False,
            capture_output=True,
            text=True,
        )
        return {int(one) for one in found.stdout.split()}

    def kill_processes(self) -> None:
        """As the machine does when memory ends; gunicorn begins others."""
        for number in self.processes():
            os.kill(number, signal.SIGKILL)


def environment(database: str, folder: Path, **more: str) -> dict[str, str]:
    """The settings of production, on this computer."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "DATABASE_URL": database,
        "SECRET_KEY": SECRET_KEY,
        "CLINIC_KEYS": settings.CLINIC_KEYS,
        "SIGNING_KEYS": settings.SIGNING_KEYS,
        "ALLOWED_HOSTS": HERE,
        "BEHIND_PROXY": "1",
        "STATIC_ROOT": str(folder),
        **more,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def name_static_files(folder: Path) -> None:
    """What `collectstatic` leaves to be read, without copying and packing a single file."""
    names = {path: path for finder in get_finders() for path, _ in finder.list([])}
    manifest = {"paths": names, "version": "1.1", "hash": ""}
    (folder / "staticfiles.json").write_text(json.dumps(manifest))


@contextmanager
def served(database: str, folder: Path, **more: str) -> Iterator[Web]:
    """The site on a port of its own, as soon as it listens; killed at the end."""
    name_static_files(folder)
    port, log = free_port(), folder / "web.log"
    told = environment(database, folder, BIND=f"{HERE}:{port}", **more)
    command = ("-m", "gunicorn", "-c", "python:coverage_site.web_server", "coverage_site.wsgi")
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, *command], cwd=PROJECT, env=told, stdout=output, stderr=output
        ) as process,
    ):
        web = Web(process, port, log)
        try:
            wait_for(lambda: web.listens() or process.poll() is not None)
            assert process.poll() is None, log.read_text()
            yield web
        finally:
            process.terminate()
            try:
                process.wait(LONGEST)
            finally:
                process.kill()
