"""Each answer of the site carries the headers that close it, whoever asks and however it ends."""

import os
import runpy
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from coverage_site.headers import CLOSED
from tests.coverage_site.test_settings import PRODUCTION
from tests.every_address import STEM, Places, Who, make_places
from tests.real_catalogue import load_some_policies

OF_SERVERS = (
    "CONTENT_SECURITY_POLICY",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SECURE_HSTS_SECONDS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
)
"""Settings that are otherwise while DEBUG is on."""

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "upgrade-insecure-requests",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in CLOSED),
}
TELLING = {"Server", "X-Powered-By", "X-Runtime", "Via"}
KEPT_NOWHERE = (
    *("/admin/", "/account/", "/clinics/", "/check/", "/denied/", "/letters/"),
    "/cds-services",
)


@pytest.fixture(scope="module")
def as_on_a_server() -> Iterator[None]:
    """The settings of a server, read as a server reads them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**PRODUCTION, "DEBUG": ""}.items():
            patch.setitem(os.environ, name, value)
        read = runpy.run_path(str(settings.BASE_DIR / "coverage_site" / "settings.py"))
    with override_settings(**{name: read[name] for name in OF_SERVERS}):
        yield


@pytest.fixture(scope="module")
def places(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, as_on_a_server: None
) -> Iterator[Places]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_some_policies(STEM)
        yield make_places()
        transaction.set_rollback(True)


def faults(response: Any) -> list[str]:
    """What the headers of an answer lack, or tell too much."""
    found = [
        f"{name}: {response.headers.get(name)}"
        for name, value in EXPECTED.items()
        if response.headers.get(name) != value
    ]
    policy = set(response.headers.get("Content-Security-Policy", "").split("; "))
    if policy != POLICY:
        found.append(f"Content-Security-Policy: {policy ^ POLICY}")
    found += [name for name in TELLING if name in response.headers]
    for cookie in response.cookies.values():
        is_closed = cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        # One that is taken back holds nothing.
        if cookie.value and not is_closed:
            found.append(f"the cookie {cookie.key}")
    return found


def is_kept_nowhere(response: Any) -> bool:
    kept = set(response.headers.get("Cache-Control", "").split(", "))
    return {"no-store", "private"} <= kept


def close(response: Any) -> None:
    """Read what comes piece by piece to its end, which closes where it comes from."""
    if response.streaming:
        assert response.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("who", Who)
def test_each_address_answers_with_headers_that_close_it(places: Places, who: Who) -> None:
    client = places.client(who)
    found: dict[str, list[str]] = {}
    stored = []
    for address in places.of(who):
        with transaction.atomic():
            response = client.get(address, secure=True)
            close(response)
            transaction.set_rollback(True)
        if missing := faults(response):
            found[address] = missing
        if address.removeprefix("/es").startswith(KEPT_NOWHERE) and not is_kept_nowhere(response):
            stored.append(address)
    assert found == {}
    assert stored == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "options"),
    [
        pytest.param("/no/such/page/", 404, {}, id="a page that is not there"),
        pytest.param("/policies", 301, {}, id="an address without its last stroke"),
        pytest.param("/static/css/base.css", 200, {}, id="a file"),
        pytest.param("/static/no-such.css", 404, {}, id="a file that is not there"),
        pytest.param("/check/", 400, {"headers": {"host": "elsewhere.org"}}, id="another's name"),
        pytest.param("/clinics/", 302, {}, id="led to signing in"),
        pytest.param("/robots.txt", 200, {}, id="for programs"),
    ],
)
def test_what_goes_wrong_or_elsewhere_has_them_too(
    places: Places, client: Client, address: str, status: int, options: dict[str, Any]
) -> None:
    response = client.get(address, secure=True, **options)
    assert response.status_code == status
    assert faults(response) == []
    close(response)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/check/", "/account/sign-in/", "/clinics/", "/admin/"])
def test_a_form_without_its_token_has_them_too(places: Places, address: str) -> None:
    response = Client(enforce_csrf_checks=True).post(address, secure=True)
    assert response.status_code == 403
    assert faults(response) == []


@pytest.mark.django_db
def test_plain_http_is_led_to_https_with_all_but_the_promise_of_it(
    places: Places, client: Client
) -> None:
    response = client.get("/check/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/check/")
    # A browser heeds that one over https alone.
    assert faults(response) == ["Strict-Transport-Security: None"]


@pytest.mark.django_db
def test_a_missing_header_and_an_open_cookie_are_seen(places: Places) -> None:
    response = HttpResponse()
    response.set_cookie("sample", "1")
    assert len(faults(response)) == len(EXPECTED) + len(["the policy", "the cookie"])
    assert not is_kept_nowhere(response)


def test_cookies_that_sign_in_are_for_this_site_and_no_script() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert {settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE} == {"Lax"}
