"""A PostgreSQL of the tests' own, which they stop and start while the site is at work."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

import psycopg
from django.db import connection

from coverage_site import embedded_database
from coverage_site.embedded_database import DATABASE, postgres

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

PLACE = Path("/var/tmp") if os.geteuid() == 0 else Path(tempfile.gettempdir())  # noqa: S108 -- the folder below is made anew


class OwnServer:
    """A server in a folder that goes with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def url(self, name: str = DATABASE) -> str:
        return f"postgresql://postgres@/{name}?{urlencode({'host': self.data})}"

    def start(self) -> None:
        embedded_database.start(self.folder)

    def stop(self, mode: str = "immediate") -> None:
        """Immediately, as in a crash: nobody is waited for, and nothing is said to clients."""
        leave()
        postgres(self.folder, "pg_ctl", "stop", "-w", "-m", mode, "-D", self.data)


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A server that runs, until the end at the latest."""
    folder = Path(tempfile.mkdtemp(prefix="coverage-faults-", dir=PLACE))
    folder.chmod(0o755)
    shared = embedded_database.home() / "program"
    if shared.exists():  # the programs were copied to where their account can reach them
        (folder / "program").symlink_to(shared)
    server = OwnServer(folder)
    try:
        server.start()
        keep_what_is_committed(server)
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        shutil.rmtree(folder)


def keep_what_is_committed(server: OwnServer) -> None:
    """Wait for the disk at each commit, as a real server does and the embedded one does not."""
    with psycopg.connect(server.url(), autocommit=True) as asked:
        asked.execute(f"ALTER DATABASE {DATABASE} SET synchronous_commit = on")


@contextmanager
def served_by(server: OwnServer) -> Iterator[None]:
    """Let Django's own connection, and its pool, lead to this server."""
    told = connection.settings_dict
    before = dict(told)
    leave()
    told.update(NAME=DATABASE, OPTIONS={**told["OPTIONS"], "host": str(server.data)})
    try:
        yield
    finally:
        leave()
        told.update(before)


def leave() -> None:
    """Forget the connections to a server; the next query makes others."""
    ours = cast("DatabaseWrapper", connection)
    ours.close()
    ours.close_pool()
