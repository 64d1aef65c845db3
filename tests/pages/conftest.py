"""A browser, the site with the real catalogue, and what every page must keep."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in this thread, and the live server's thread is another one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "Chromium is missing: install it, or name it by CHROMIUM=path"
    # As root Chromium starts only without its sandbox.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of the site, with the real catalogue loaded."""
    call_command("load_policies", verbosity=0)
    return str(live_server.url)


def watched(context: BrowserContext, complaints: list[str]) -> Page:
    """A page whose complaints are kept: broken scripts and what the security policy refused."""

    def listen(message: ConsoleMessage) -> None:
        # A refused form answers 422, which Chromium reports as an error of loading.
        if message.type == "error" and "422" not in message.text:
            complaints.append(message.text)

    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    return page


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A phone's page; the browser keeps nothing and complains of nothing."""
    is_scripted = request.param == "with JavaScript"
    context = browser.new_context(
        base_url=site,
        viewport={"width": 320, "height": 700},
        java_script_enabled=is_scripted,
        reduced_motion="reduce",
    )
    complaints: list[str] = []
    page = watched(context, complaints)
    yield page
    assert complaints == []
    assert {cookie["name"] for cookie in context.cookies()} <= {"csrftoken"}
    assert all(not origin["localStorage"] for origin in context.storage_state()["origins"])
    context.close()


@pytest.fixture
def scripted_page(browser: Browser, site: str) -> Iterator[Page]:
    """A desktop's page with JavaScript."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800})
    complaints: list[str] = []
    page = watched(context, complaints)
    yield page
    assert complaints == []
    context.close()
