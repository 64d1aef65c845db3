"""Servers and processes that tests may stop, start and kill."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.own_server import OwnServer, own_server, served_by


@pytest.fixture(scope="module")
def own(django_db_blocker: DjangoDbBlocker) -> Iterator[OwnServer]:
    """A PostgreSQL that a module may stop; its tests leave it running."""
    with django_db_blocker.unblock(), own_server() as server, served_by(server):
        yield server
