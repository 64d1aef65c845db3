"""The site as it runs for others, on this computer alone: database, web server and worker."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, quote, urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import psycopg

from coverage_site.embedded_database import PROJECT
from coverage_site.local_keys import fresh_entry
from coverage_site.together import end, started
from tests.load.processes import Taken, taken_by, with_children

HERE = "127.0.0.1"
OWN_HOSTS = {"", "localhost", HERE, "::1"}
START_SECONDS = 60
END_SECONDS = 10
AS_BEHIND_PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.1"}
"""A plain request is led to https; the proxy that this stands for has taken that off."""


class LoadError(Exception):
    """The run can't begin or go on; the message says why."""


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is up, with what signs its sample staff in."""

    address: str
    staff: Path
    database: str
    programs: tuple[int, ...]

    def taken(self) -> Taken:
        """What the web server and the worker have taken."""
        return taken_by(one for program in self.programs for one in with_children(program))

    def taken_by_database(self) -> Taken:
        """What the database has, in the connections that are open now."""
        ask = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        with psycopg.connect(self.database) as connection:
            return taken_by(pid for (pid,) in connection.execute(ask).fetchall())


@contextmanager
def running_site(server: str, *, cases: int) -> Iterator[Site]:
    """Make a database of its own, fill it, serve it; nothing of it is left afterwards."""
    with (
        database_beside(server) as database,
        tempfile.TemporaryDirectory(prefix="load-") as folder,
        ExitStack() as held,
    ):
        environment = environment_of(database, Path(folder))
        staff = Path(folder) / "staff.json"
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "load_policies")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        run(environment, "-m", "tests.load.sample", str(cases), str(staff))
        address = f"{HERE}:{free_port()}"
        commands = (
            ("-m", "gunicorn", "--bind", address, *GUNICORN),
            ("manage.py", "procrastinate", "worker"),
        )
        programs = [
            held.enter_context(started((sys.executable, *command), environment=environment))
            for command in commands
        ]
        held.callback(end, programs, END_SECONDS)
        wait_for(f"http://{address}/", programs[0])
        yield Site(f"http://{address}", staff, database, tuple(one.pid for one in programs))


GUNICORN = ("-c", "python:coverage_site.web_server", "coverage_site.wsgi")


def environment_of(database: str, folder: Path) -> dict[str, str]:
    """The settings of a site that others use."""
    kept = {name: value for name, value in os.environ.items() if name != "DEBUG"}
    return kept | {
        "ALLOWED_HOSTS": HERE,
        "BEHIND_PROXY": "1",
        "CLINIC_KEYS": fresh_entry("load"),
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "coverage_site.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SIGNING_KEYS": fresh_entry("load"),
        "STATIC_ROOT": str(folder / "static"),
    }


@contextmanager
def database_beside(server: str) -> Iterator[str]:
    """A new database on a server of this computer, dropped at the end."""
    parts = urlsplit(server)
    hosts = {parts.hostname or "", *parse_qs(parts.query).get("host", [])}
    if not all(one in OWN_HOSTS or one.startswith("/") for one in hosts):
        raise LoadError("DATABASE_URL names another computer. A load run stays on this one.")
    name = f"load_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(environment: Mapping[str, str], *command: str) -> None:
    run(environment, "manage.py", *command)


def run(environment: Mapping[str, str], *command: str) -> None:
    """Run a program to its end, and show what it said where it failed."""
    done = subprocess.run(
        (sys.executable, *command),
        cwd=PROJECT,
        env=dict(environment),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise LoadError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def free_port() -> int:
    with socket.create_server((HERE, 0)) as found:
        port: int = found.getsockname()[1]
        return port


def wait_for(address: str, program: subprocess.Popen[bytes]) -> None:
    """Until the site answers; it has a minute for that."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and program.poll() is None:
        try:
            with urlopen(Request(address, headers=AS_BEHIND_PROXY), timeout=5):
                return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    raise LoadError("the web server does not answer")
