"""Signing in at the desk in a browser: passkeys, the app, and what every page must keep."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from policies.roles import Role
from tests.coverage_site.signing_in import PASSWORD, make_person, shown_by_app
from tests.pages import walking
from tests.pages.walking import Walk, watched

if TYPE_CHECKING:
    pass

DESK: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 320, "height": 700}},
    "phone without JavaScript": {
        "viewport": {"width": 320, "height": 700},
        "java_script_enabled": False,
        "locale": "es-US",  # the desk speaks English to everybody
    },
    "desktop, dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
}


@pytest.fixture
def site(writing_site: str) -> str:
    """The site without the catalogue, on which nobody has tried to sign in yet."""
    cache.clear()
    return writing_site


@pytest.fixture
def publisher(site: str) -> User:
    return make_person("berta", Role.PUBLISHER)


@pytest.fixture(params=["phone without JavaScript", "desktop, dark"])
def walk(
    request: pytest.FixtureRequest, browser: Browser, site: str, publisher: User
) -> Iterator[Walk]:
    """A publisher with each kind of browser."""
    context = browser.new_context(base_url=site, reduced_motion="reduce", **DESK[request.param])
    complaints: list[str] = []
    yield Walk(watched(context, complaints))
    # Chromium reports a form that met a closed door, which answers 403, as an error of loading.
    assert [one for one in complaints if "403" not in one] == []
    context.close()


def look(walk: Walk) -> None:
    """Hold a page of signing in to what every page must keep; its address may say where to next."""
    page = walk.page
    assert page.locator("html").get_attribute("lang") == "en"
    walking.look(page)


def type_password(walk: Walk, password: str = PASSWORD) -> None:
    walk.type("Username or email address", "berta")
    walk.page.get_by_label("Password", exact=True).fill(password)
    walk.page.get_by_role("button", name="Sign in", exact=True).click()


def set_up_app(walk: Walk) -> str:
    """Set up the app on the page for it; return its secret."""
    walk.is_at("Set up an app")
    look(walk)
    secret = walk.page.locator("code.key").inner_text()
    walk.type("The code in the app", "000000")
    walk.go_on("Set up the app", "Set up an app")
    look(walk)
    assert walk.page.locator("code.key").inner_text() == secret
    walk.type("The code in the app", shown_by_app(secret))
    walk.go_on("Set up the app", "Your recovery codes")
    return secret


def test_a_publisher_sets_up_the_app_and_signs_in_with_it(walk: Walk) -> None:
    page = walk.page
    page.goto("/admin/")
    walk.is_at("Sign in")
    look(walk)
    type_password(walk, "wrong")
    walk.is_at("Sign in")
    look(walk)
    type_password(walk)
    walk.is_at("How you sign in")
    look(walk)
    page.get_by_role("link", name="Set up an app").click()
    secret = set_up_app(walk)
    look(walk)
    page.get_by_role("link", name="Go to the desk").click()
    expect(page.locator("#site-name")).to_be_visible()
    for address in ("/account/", "/account/password/", "/account/app/remove/"):
        page.goto(address)
        look(walk)
    for address in ("/account/recovery-codes/new/", "/account/passkeys/", "/account/sign-out/"):
        page.goto(address)
        look(walk)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    type_password(walk)
    walk.is_at("The second step")
    look(walk)
    # A code counts once; a walk of less than thirty seconds is shown the same one again.
    cache.clear()
    walk.type("Code", shown_by_app(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#site-name")).to_be_visible()


def test_what_was_being_written_is_still_there_after_signing_in_again(walk: Walk) -> None:
    page = walk.page
    page.goto("/admin/")
    type_password(walk)
    page.get_by_role("link", name="Set up an app").click()
    secret = set_up_app(walk)
    page.goto("/admin/policies/insurer/add/")
    page.get_by_label("Name:").fill("Half & <written>")
    page.context.clear_cookies(name="sessionid")
    page.locator("input[name=_save]").click()
    walk.is_at("Sign in")
    expect(page.get_by_text("Nothing is lost")).to_be_visible()
    look(walk)
    type_password(walk)
    walk.is_at("The second step")
    walk.type("Code", shown_by_app(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    walk.is_at("What you wrote is still here")
    look(walk)
    expect(page.locator("dl.carried")).to_contain_text("Half & <written>")
    page.get_by_role("button", name="Send what I wrote").click()
    # The form was sent, and says what it still lacks.
    expect(page.get_by_label("Name:")).to_have_value("Half & <written>")
    expect(page.locator(".errornote")).to_be_visible()


def with_passkeys(page: Page) -> None:
    """Put a key into the browser that confirms whatever it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("is_alone", [True, False], ids=["alone", "after the password"])
@pytest.mark.parametrize("walk", ["phone"], indirect=True)
def test_a_passkey_is_made_signs_in_and_is_renamed(walk: Walk, is_alone: bool) -> None:
    page = walk.page
    with_passkeys(page)
    page.goto("/admin/")
    type_password(walk)
    page.get_by_role("link", name="Add a passkey").click()
    walk.is_at("Add a passkey")
    look(walk)
    walk.type("A name for it", "the laptop")
    page.get_by_label("Sign in with it alone, without a password").set_checked(is_alone)
    walk.go_on("Make the passkey", "Your recovery codes")
    page.goto("/account/passkeys/")
    expect(page.get_by_role("heading", name="the laptop")).to_be_visible()
    look(walk)
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    walk.is_at("Sign in")
    if is_alone:
        page.get_by_role("button", name="Sign in with a passkey").click()
    else:
        type_password(walk)
        walk.is_at("The second step")
        page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("#site-name")).to_be_visible()
    page.goto("/account/passkeys/")
    page.get_by_role("link", name="Rename the laptop").click()
    walk.is_at("Rename a passkey")
    look(walk)
    walk.type("Its name", "the phone")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("link", name="Remove the phone").click()
    walk.is_at("Remove the phone?")
    look(walk)
    walk.go_on("Remove the passkey", "How you sign in")
    expect(page.get_by_text("Set up another one first")).to_be_visible()
    look(walk)


@pytest.mark.parametrize("walk", ["desktop, dark"], indirect=True)
def test_a_browser_without_the_passkey_says_so_in_words(walk: Walk) -> None:
    page = walk.page
    with_passkeys(page)
    page.goto("/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work")).to_be_visible()
    look(walk)
