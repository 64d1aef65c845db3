"""Servers and processes that tests may stop, start and kill."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.own_server import OwnServer, own_server, served_by

PROJECT = Path(__file__).resolve().parents[2]
MIGRATE = (sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "1")


@pytest.fixture(scope="module")
def own(django_db_blocker: DjangoDbBlocker) -> Iterator[OwnServer]:
    """A PostgreSQL that a module may stop; its tests leave it running."""
    with django_db_blocker.unblock(), own_server() as server:
        migrate_twice(server)
        with served_by(server):
            yield server


def migrate_twice(server: OwnServer) -> None:
    """As two machines do that begin with a new release at the same moment."""
    told = {**os.environ, "DATABASE_URL": server.url()}
    both = [
        subprocess.Popen(MIGRATE, cwd=PROJECT, env=told, stdout=subprocess.PIPE) for _ in range(2)
    ]
    said = [one.communicate()[0].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sum("No migrations to apply" in one for one in said) == 1
