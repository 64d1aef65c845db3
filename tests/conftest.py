"""The database, and the settings the tests run under."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import django
import hypothesis
import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis.database import DirectoryBasedExampleDatabase
from pytest_django.plugin import DjangoDbBlocker

from coverage_site import embedded_database
from tests.real_catalogue import load_real_policies

if TYPE_CHECKING:
    from django.contrib.auth.models import User

held = ExitStack()

hypothesis.settings.register_profile(
    "project",
    deadline=None,  # a busy machine is no fault of the code
    print_blob=True,
    database=DirectoryBasedExampleDatabase("var/hypothesis"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Start the embedded server unless one is named; parallel workers inherit its address."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage_site.settings")
    os.environ["DEBUG"] = "1"
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = held.enter_context(embedded_database.running())
    django.setup()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    held.close()


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
def real_policies(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The real catalogue in the database, loaded once for a module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_real_policies()
        yield
        transaction.set_rollback(True)
