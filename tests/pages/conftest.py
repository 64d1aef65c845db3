"""A browser, the site with the real catalogue, and what every page must keep."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import modify_settings
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.background import empty_the_queue
from tests.conftest import end_other_sessions
from tests.pages.walking import Walk, watched
from tests.real_catalogue import load_real_policies

if TYPE_CHECKING:
    from tests.pages.at_clinic import Enter

HERE = Path(__file__).parent
# Playwright keeps an event loop in this thread, and the live server's thread is another one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def chromium() -> str:
    """The path of the browser: the one that draws no window of its own is by a third quicker."""
    names = os.environ.get("CHROMIUM"), "chromium-headless-shell", "chromium"
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    assert path, "Chromium is missing: install it, or name it by CHROMIUM=path"
    return path


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all walks; after them Playwright's event loop leaves the thread to other tests."""
    # While that loop runs, Django keeps another connection for this thread than before and after.
    connection.close()
    # Playwright presses what stood still for two frames; nobody watches sixty a second.
    arguments = ["--disable-frame-rate-limit"]
    if os.geteuid() == 0:
        # As root Chromium starts only without its sandbox.
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()
        connection.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A walk needs the database of the tests, though it asks for none itself."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of the site, with the real catalogue loaded once for a module.

    A walk writes nothing, so that the next one finds what this one found.
    """
    # What is loaded here is taken out again: never from a database that is no test's.
    assert connection.settings_dict["NAME"].startswith("test_")
    with django_db_blocker.unblock(), modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        load_real_policies()
        server = LiveServer("localhost")
        yield str(server.url)
        server.stop()
        cache.clear()
        call_command("flush", interactive=False, verbosity=0)
        empty_the_queue()
        end_other_sessions()


@pytest.fixture
def writing_site(transactional_db: None) -> Iterator[str]:
    """The site without the catalogue, of one walk alone: here a walk writes."""
    with modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        server = LiveServer("localhost")
        yield str(server.url)
        server.stop()
        cache.clear()  # the tries that it counted are no part of what is flushed
        end_other_sessions()


class Calendar:
    """The day on which the site takes it to be."""

    def __init__(self) -> None:
        self.day = dt.date(2026, 11, 26)

    def today(self, *args: object) -> dt.date:
        return self.day


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    found = Calendar()
    monkeypatch.setattr(timezone, "localdate", found.today)
    return found


WAYS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 320, "height": 700}},
    "phone without JavaScript": {
        "viewport": {"width": 320, "height": 700},
        "java_script_enabled": False,
    },
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "Spanish phone without JavaScript": {
        "viewport": {"width": 320, "height": 700},
        "java_script_enabled": False,
        "locale": "es-US",
    },
    # Half of a 1280 px window: what a browser's zoom of 200 % leaves.
    "Spanish, zoomed to 200 %": {"viewport": {"width": 640, "height": 400}, "locale": "es-US"},
}


def walks(browser: Browser, site: str, way: str) -> Iterator[Walk]:
    """A person with one kind of browser, who leaves nothing in it and meets no complaint."""
    context = browser.new_context(base_url=site, reduced_motion="reduce", **WAYS[way])
    complaints: list[str] = []
    page = watched(context, complaints)
    yield Walk(page, "es" if "Spanish" in way else "en")
    assert complaints == []
    assert {cookie["name"] for cookie in context.cookies()} <= {"csrftoken"}
    assert all(not origin["localStorage"] for origin in context.storage_state()["origins"])
    context.close()


@pytest.fixture(params=WAYS)
def walk(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Walk]:
    """One person with each kind of browser."""
    yield from walks(browser, site, request.param)


@pytest.fixture
def desktop(browser: Browser, site: str) -> Iterator[Walk]:
    """A person at a desk, with scripts."""
    yield from walks(browser, site, "desktop, dark")


@pytest.fixture
def enter(browser: Browser, writing_site: str) -> Iterator["Enter"]:
    """Lets people of clinics in, each with a browser of their own."""
    from tests.pages.at_clinic import letting_in  # noqa: PLC0415, wants Django set up

    with letting_in(browser, writing_site) as let_in:
        yield let_in
