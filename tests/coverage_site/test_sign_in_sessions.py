"""A sign-in ends; what was being written then does not."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coverage_site.sign_in.carrying import Carried, read_carried
from policies.models import Insurer
from policies.roles import Role
from tests.coverage_site.signing_in import (
    CODE,
    PASSWORD,
    SIGN_IN,
    make_person,
    may_enter,
    set_up_app,
    shown_by_app,
    type_password,
)

pytestmark = pytest.mark.django_db
HALF_WRITTEN = {
    "slug": "new",
    "name": "New & <b>old</b>\nHealth",
    "kind": "commercial",
    "states": ["MA", "NY"],
    "_save": "Save",
}


def fields_on(page: str, action: str) -> dict[str, list[str]]:
    """What a browser would send from the form that goes to an address."""
    form = next(one for one in page.split("<form") if f'action="{action}"' in one)
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form.partition("</form>")[0]):
        marks = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if "name" in marks:
            found.setdefault(marks["name"], []).append(html.unescape(marks.get("value", "")))
    return found


def test_a_session_ends_two_hours_after_the_last_sign_of_life(client: Client) -> None:
    make_person()
    type_password(client)
    assert may_enter(client)
    left = Session.objects.get().expire_date - timezone.now()
    assert timedelta(minutes=115) < left <= timedelta(hours=2)
    Session.objects.update(expire_date=timezone.now())
    assert not may_enter(client)


def test_a_session_ends_twelve_hours_after_signing_in_whatever_happens(client: Client) -> None:
    make_person()
    type_password(client)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 12 * 60 * 60 + 1
    session.save()
    assert not may_enter(client)
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_the_cookie_goes_with_the_browser(client: Client) -> None:
    make_person()
    cookie = type_password(client).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_new_password_signs_out_everywhere_else(client: Client) -> None:
    make_person()
    elsewhere = Client()
    for browser in (client, elsewhere):
        type_password(browser)
    words = "another sentence of words"
    fields = {"oldpassword": PASSWORD, "password1": words, "password2": words}
    assert client.post("/account/password/", fields).status_code == 302
    assert may_enter(client)
    assert not may_enter(elsewhere)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER])
def test_what_was_being_written_goes_through_signing_in_and_is_saved(
    client: Client, role: Role
) -> None:
    secret = set_up_app(make_person(role=role))
    address = reverse("admin:policies_insurer_add")
    answer = client.post(address, HALF_WRITTEN)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Nothing is lost" in page
    typed = {"login": "anna", "password": "wrong"}
    page = client.post(SIGN_IN, fields_on(page, SIGN_IN) | typed).content.decode()
    page = client.post(
        SIGN_IN, fields_on(page, SIGN_IN) | typed | {"password": PASSWORD}
    ).content.decode()
    assert "The second step" in page
    page = client.post(CODE, fields_on(page, CODE) | {"code": "000000"}).content.decode()
    answer = client.post(CODE, fields_on(page, CODE) | {"code": shown_by_app(secret)})
    page = answer.content.decode()
    assert "What you wrote is still here" in page
    assert not Insurer.objects.exists()
    fields = fields_on(page, address)
    assert fields["states"] == ["MA", "NY"]
    assert client.post(address, fields).status_code == 302
    assert Insurer.objects.get().states == ["MA", "NY"]
    assert not Session.objects.filter(session_data__contains="New").exists()


def test_a_form_whose_token_went_stale_comes_back_to_the_page_it_was_sent_from() -> None:
    make_person()
    browser = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    page = browser.get(SIGN_IN).content.decode()
    typed = {"login": "anna", "password": PASSWORD}
    assert browser.post(SIGN_IN, fields_on(page, SIGN_IN) | typed).status_code == 302
    address = reverse("admin:policies_insurer_add")
    answer = browser.post(address, HALF_WRITTEN | {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert browser.post(address, fields_on(answer.content.decode(), address)).status_code == 302
    assert Insurer.objects.get().slug == "new"


@pytest.mark.parametrize("origin", ["https://example.org", "null", ""])
def test_a_form_from_elsewhere_is_carried_nowhere(origin: str) -> None:
    browser = Client(enforce_csrf_checks=True, headers={"origin": origin} if origin else {})
    page = browser.post(reverse("admin:policies_insurer_add"), HALF_WRITTEN).content.decode()
    assert "This form has expired" in page
    assert "New" not in page


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '["/check/", [], false]',
        '["//example.org/admin/", [], false]',
        '["/admin/", 3, false]',
        '["/admin/", [["a"]], false]',
        "[" * 100_000,
    ],
)
def test_what_is_no_carried_form_is_none(text: str) -> None:
    assert read_carried(text) is None


def test_a_carried_form_is_read_as_it_was() -> None:
    carried = Carried("/admin/policies/", (("text", 'a "b" <c>\r\n'), ("text", "")), True)
    assert read_carried(carried.text()) == carried


def test_a_part_sent_by_htmx_is_told_on_the_page_that_holds_the_text(client: Client) -> None:
    answer = client.post(
        reverse("admin:policies_insurer_add"), HALF_WRITTEN, headers={"hx-request": "true"}
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Retarget"] == "#desk-notice"
    assert "You were signed out" in answer.content.decode()
