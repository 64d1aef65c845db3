"""The database, and the settings the tests run under."""

import os
from contextlib import ExitStack

import django
import hypothesis
import pytest
from hypothesis.database import DirectoryBasedExampleDatabase

from coverage_site import embedded_database

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
