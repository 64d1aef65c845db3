"""The database, and the settings the tests run under."""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, cast

import django
import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from hypothesis.database import DirectoryBasedExampleDatabase
from pytest_django.plugin import DjangoDbBlocker

from coverage_site import embedded_database
from tests.background import empty_the_queue
from tests.real_catalogue import load_real_policies, load_some_policies

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.backends.postgresql.base import DatabaseWrapper

held = ExitStack()

hypothesis.settings.register_profile(
    "project",
    deadline=None,  # a busy machine is no fault of the code
    print_blob=True,
    database=DirectoryBasedExampleDatabase("var/hypothesis"),
)
hypothesis.settings.register_profile(
    "fuzz",
    parent=hypothesis.settings.get_profile("project"),
    max_examples=100_000,
    suppress_health_check=list(hypothesis.HealthCheck),
    database=None,  # what is found becomes a test of its own
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Start the embedded server unless one is named; parallel workers inherit its address."""
    keep_bytecode()
    look_for_garbage_seldom()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage_site.settings")
    os.environ["DEBUG"] = "1"
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = held.enter_context(embedded_database.running())
    django.setup()
    # A hash that is slow for whoever guesses is slow for every person that a test makes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Tests ask for more in a minute than people do; those about the limit set their own.
    settings.MOST_FROM_ONE_ADDRESS = {}
    # No file changes while tests run: browsers may keep them, as they do in production.
    settings.WHITENOISE_AUTOREFRESH = False
    settings.WHITENOISE_MAX_AGE = 3600
    look_at_static_files_once()


def keep_bytecode() -> None:
    """Where Python is told to keep none, each process that a test starts compiles all anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def look_for_garbage_seldom() -> None:
    """A million objects live to the end: each look among all of them takes over half a second."""
    gc.set_threshold(20_000, 50, 10)


def pytest_collection_finish() -> None:
    """What collecting has made is no garbage later either, and is left out of every search."""
    gc.collect()
    gc.freeze()


def look_at_static_files_once() -> None:
    """Each client of a test loads its middleware, which would look at 200 files every time."""
    # Only here, since it wants Django set up.
    from whitenoise.middleware import WhiteNoiseMiddleware  # noqa: PLC0415

    look = WhiteNoiseMiddleware.add_files_from_finders
    seen: dict[str, object] = {}

    def add_files(middleware: Any) -> None:
        if not seen:
            look(middleware)
            seen.update(middleware.files)
        middleware.files.update(seen)

    WhiteNoiseMiddleware.add_files_from_finders = add_files


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Walks first: a file of long tests that begins last would leave all cores but one idle."""
    items.sort(key=lambda item: item.path.parent.name != "pages")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    held.close()


def end_other_sessions() -> None:
    """Close every connection to the test's database but ours, so that it can be dropped.

    A browser that leaves while an answer is being written leaves a thread of the live server at
    work, with a connection of its own.
    """
    ours = cast("DatabaseWrapper", connection)
    name = ours.settings_dict["NAME"]
    # What is ended here is never somebody's real work.
    assert name.startswith("test_")
    ours.close()
    ours.close_pool()
    maintenance = ours.get_connection_params() | {"dbname": "postgres", "cursor_factory": None}
    with psycopg.connect(**maintenance) as outside:
        outside.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database of pytest-django, which nobody holds on to when it is dropped."""
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    """What a test puts into the queue is gone after it."""
    yield
    empty_the_queue()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page in Spanish leaves its language behind in the thread; the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def shown_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever `force_login` signs in has shown a second factor, as the door of the desk wants."""
    from coverage_site.sign_in.second_factor import SET_UP  # noqa: PLC0415, wants Django set up

    sign_in = Client.force_login

    def with_second_factor(client: Client, user: "User", backend: str | None = None) -> None:
        sign_in(client, user, backend)
        session = client.session
        session[SET_UP] = user.pk
        session.save()

    monkeypatch.setattr(Client, "force_login", with_second_factor)


@pytest.fixture(scope="module")
def some_policies(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A few documents of the catalogue, for what needs none of the others."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_some_policies()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def real_policies(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The real catalogue in the database, loaded once for a module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_real_policies()
        yield
        transaction.set_rollback(True)
