"""Forged, twisted and led-astray requests, over every address that the site has."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from pytest_django import Settings

from appeals.models import Role
from coverage_site.privacy import LogFormatter
from policies.roles import Role as DeskRole
from tests.appeals.clinics.building import make_clinic, make_member
from tests.appeals.clinics.clinic_addresses import ADDRESSES, Made
from tests.appeals.clinics.test_addresses import taken_back
from tests.coverage_site.signing_in import (
    CODE,
    make_person,
    set_up_app,
    shown_by_app,
    type_password,
)
from tests.threats.walking import ONE_OF_EACH, PLACES

pytestmark = pytest.mark.django_db
EVIL = "evil.example.net"
# What Django lets through without its token, for the view looks for it once it has said how it
# takes what is uploaded.
LOOKED_FOR_LATER = {"clinics:documents_add", "clinics:document", "appeals:letter_packet"}
# Addresses for programs read no cookie, as their own tests show, so nobody's sign-in can be abused.
NO_COOKIE = ("api:", "hooks:")
WRITTEN_BY_A_LOOK = {
    "appeals_accessentry": "who looked at which record",
    "django_session": "that somebody is still at work",
    "sign_in_tries": "tries of links that are none",
    "account_emailaddress": "the person's own address, as allauth keeps it too",
}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


def test_every_place_is_found_at_its_address() -> None:
    assert len(PLACES) > 200
    for place in PLACES:
        resolve(place.address)


# Requests from other sites


def test_the_views_that_look_for_the_token_themselves_are_known() -> None:
    exempt = {place.name for place in PLACES if getattr(place.view, "csrf_exempt", False)}
    assert {one for one in exempt if not one.startswith(NO_COOKIE)} == LOOKED_FOR_LATER


def test_no_address_takes_a_form_without_its_token() -> None:
    person = make_person(role=DeskRole.ADMINISTRATOR)
    made = Made()
    made.clinic.memberships.create(user=person, role=Role.ADMIN)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    own = [one.of(made) for one in ADDRESSES if f"clinics:{one.name}" in LOOKED_FOR_LATER]
    assert len(own) == 2
    with CaptureQueriesContext(connection) as queries:
        others = [one.address for one in PLACES if not one.name.startswith(NO_COOKIE)]
        for address in others + own:
            for method in UNSAFE if address in own else ("POST",):
                answer = browser.generic(method, address, "a=1", "application/json")
                leads = answer.headers.get("Location") == "/letters/"  # a packet is only posted
                assert answer.status_code in {403, 404, 405} or leads, (method, address)
    # What the door writes is a session's sign of life.
    written = [one["sql"] for one in queries if not one["sql"].startswith(("SELECT", "UPDATE"))]
    assert not [one for one in written if "SAVEPOINT" not in one]
    assert not [one["sql"] for one in queries if one["sql"].startswith('UPDATE "appeals')]


def test_no_get_changes_more_than_the_log_of_who_looked() -> None:
    person = make_person(role=DeskRole.ADMINISTRATOR)
    made = Made()
    made.clinic.memberships.create(user=person, role=Role.ADMIN)
    browser = Client()
    browser.force_login(person)
    addresses = [one.of(made) for one in ADDRESSES]
    changed: dict[str, set[str]] = {}
    for address in [*(place.address for place in ONE_OF_EACH), *addresses]:
        if "/sign-out/" in address or "/logout/" in address:
            continue
        with taken_back(), CaptureQueriesContext(connection) as queries:
            if browser.get(address).status_code == 405:
                browser.options(address)
                browser.head(address)
        for one in queries:
            word, _, rest = one["sql"].partition('"')
            if word.startswith(("INSERT", "UPDATE", "DELETE")):
                changed.setdefault(rest.partition('"')[0], set()).add(address)
    # A letter that is taken away counts as printed, as the list of the day's mail wants it.
    printed = changed.pop("appeals_letter", set())
    assert {one.rpartition("/")[2] for one in printed} <= {"letter.pdf", "packet.pdf"}
    assert changed.keys() <= WRITTEN_BY_A_LOOK.keys()


# Other names of the site


def test_no_address_answers_under_another_sites_name(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for place in ONE_OF_EACH:
        answer = Client(headers={"host": EVIL}).get(place.address)
        assert (answer.status_code, answer.headers.get("Location")) == (400, None), place


def test_no_link_is_made_from_what_a_proxy_is_said_to_have_heard(client: Client) -> None:
    clinic = make_clinic()
    client.force_login(make_member(clinic, Role.ADMIN))
    names = ("x-forwarded-host", "x-host", "x-forwarded-server", "x-original-host")
    said = dict.fromkeys(names, EVIL) | {"forwarded": f"host={EVIL}"}
    for name in ("open:sitemap", "open:robots", "home", "policies:list"):
        assert EVIL not in client.get(reverse(name), headers=said).content.decode()
    sent = {"email": "invited@example.org", "role": "biller"}
    invited = client.post(reverse("clinics:invite", args=[clinic.pk]), sent, headers=said)
    assert "http://testserver/account/invited/" in invited.content.decode()
    feed = reverse("clinics:calendar", args=[clinic.pk])
    made = client.post(feed, {"do": "make"}, headers=said).content.decode()
    assert "http://testserver/clinics/calendar/" in made


# Led away


ASTRAY = (
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"/\\{EVIL}/",
    f"\\\\{EVIL}/",
    f"https:{EVIL}",
    f"http:///{EVIL}/",
    f"https://testserver@{EVIL}/",
    f"https://testserver.{EVIL}/",
    f"\t//{EVIL}/",
    "javascript:alert(1)",
)


def leads_away(location: str) -> bool:
    """Whether a browser that is sent there leaves the site, or runs something."""
    place = location.strip().replace("\\", "/")
    is_ours = place.startswith("/") and not place.startswith("//")
    return bool(place) and not is_ours and not place.startswith("http://testserver/")


def test_no_address_leads_to_another_site(client: Client) -> None:
    person = make_person(role=DeskRole.ADMINISTRATOR)
    of_each = [place.address for place in ONE_OF_EACH if "sign-out" not in place.address]
    of_signing_in = [
        place.address
        for place in PLACES
        if place.address.startswith("/account/") and "sign-out" not in place.address
    ]
    said = {"referer": f"https://{EVIL}/", "hx-current-url": f"https://{EVIL}/"}
    client.force_login(person)
    for browser, addresses in ((Client(), of_each), (client, of_each + of_signing_in)):
        for number, address in enumerate(addresses):
            elsewhere = ASTRAY[number % len(ASTRAY)]
            asked = {"next": ["/admin/", elsewhere], "url": elsewhere, "to": elsewhere}
            answer = browser.get(address, asked, headers=said)
            assert not leads_away(answer.headers.get("Location", "")), address


@pytest.mark.parametrize("elsewhere", ASTRAY)
def test_no_page_of_signing_in_leads_to_another_site(client: Client, elsewhere: str) -> None:
    secret = set_up_app(make_person(role=DeskRole.PUBLISHER))
    asked = type_password(client, next=elsewhere)
    assert not leads_away(asked.headers["Location"])
    led = client.post(f"{CODE}?next=%2Fadmin%2F", {"code": shown_by_app(secret), "next": elsewhere})
    assert not leads_away(led.headers["Location"])
    for address in ("/account/confirm/code/", "/account/password/"):
        shown = client.post(address, {"next": elsewhere, "code": "000000"})
        assert not leads_away(shown.headers.get("Location", ""))


@pytest.mark.parametrize(
    "path",
    [f"//{EVIL}/check", f"/\\{EVIL}/check", f"//{EVIL}/%2e%2e", f"/%2F{EVIL}/", f"///{EVIL}/admin"],
)
def test_a_path_that_reads_as_a_host_leads_nowhere(client: Client, path: str) -> None:
    answer = client.get("/", PATH_INFO=path)
    assert not leads_away(answer.headers.get("Location", ""))
    assert f'action="//{EVIL}' not in answer.content.decode()
    assert f'href="//{EVIL}' not in answer.content.decode()


# Paths


@pytest.mark.parametrize(
    "path",
    ["../manage.py", "%2e%2e/manage.py", "css/../../manage.py", "..%5cmanage.py", "/etc/passwd"],
)
def test_no_file_besides_the_static_ones_is_served(client: Client, path: str) -> None:
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 404


def test_a_line_break_in_a_path_begins_no_line_of_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for path in ("/none%0AINFO forged", "/none%0D%0AINFO forged", "/none\u2028forged/"):
            client.get(path)
            Client(headers={"host": "a\nINFO forged"}).get(path)
    assert caplog.records
    for record in caplog.records:
        line = LogFormatter("%(levelname)s %(message)s").format(record)
        assert "\nINFO forged" not in line
        assert "\r" not in line


def test_no_answer_is_read_as_what_it_is_not(client: Client) -> None:
    for place in ONE_OF_EACH:
        answer = client.get(place.address)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", place
        assert answer.headers["X-Frame-Options"] == "DENY", place
