"""The site as it runs for others, on this computer alone: database, web server and worker."""

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
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

import psycopg

from coverage_site.local_keys import fresh_entry
from coverage_site.together import Program, end, started
from tests.load.processes import Taken, taken_by, with_children

HERE = "127.0.0.1"
OWN_HOSTS = {"", "localhost", HERE, "::1"}
START_SECONDS = 60
END_SECONDS = 10
LAST_WORDS = 3000
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
    log: Path
    programs: tuple[int, ...]

    def taken(self) -> Taken:
        """What the web server and the worker have taken."""
        return taken_by(one for program in self.programs for one in with_children(program))

    def end_of_log(self) -> str:
        """The last lines that web server and worker wrote."""
        return self.log.read_text(encoding="utf-8")[-LAST_WORDS:]

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
        address = f"{HERE}:{free_port()}"
        environment = environment_of(database, Path(folder)) | {"BIND": address}
        staff = Path(folder) / "staff.json"
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "load_policies")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        run(environment, "-m", "tests.load.sample", str(cases), str(staff))
        commands = (
            ("-m", "gunicorn", "-c", "python:coverage_site.web_server", "coverage_site.wsgi"),
            ("manage.py", "procrastinate", "worker"),
        )
        log = held.enter_context((Path(folder) / "log").open("w+", encoding="utf-8"))
        programs = [
            held.enter_context(started((sys.executable, *one), environment=environment, log=log))
            for one in commands
        ]
        held.callback(end, programs, END_SECONDS)
        site = Site(
            f"http://{address}", staff, database, Path(log.name), tuple(one.pid for one in programs)
        )
        wait_for(site, programs[0])
        yield site


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


def wait_for(site: Site, program: Program) -> None:
    """Until the site answers; it has a minute for that."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and program.poll() is None:
        connection = HTTPConnection(urlsplit(site.address).netloc, timeout=5)
        try:
            connection.request("GET", "/", headers=AS_BEHIND_PROXY)
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise LoadError(f"The web server does not answer.\n{site.end_of_log()}")
