"""What the workspace shows is kept by no browser, and a form that came too late is not lost."""

import base64
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from appeals.clinics.casework import open_case
from appeals.models import Case, Role
from tests.appeals.clinics.building import make_case, make_clinic, make_member
from tests.appeals.clinics.clinic_addresses import ADDRESSES, OF_NO_CLINIC, Made
from tests.appeals.clinics.test_addresses import asked, signed_in
from tests.appeals.letters_pages import fields_of
from tests.coverage_site.signing_in import CODE, PASSWORD, SIGN_IN, set_up_app, shown_by_app
from tests.coverage_site.test_sign_in_sessions import fields_on

pytestmark = pytest.mark.django_db
MARK = "Markedmedicine"


@pytest.mark.parametrize("who", ["a member", "a member of another clinic", "nobody"])
def test_no_browser_keeps_any_answer_of_any_address(who: str) -> None:
    made = Made()
    clients: dict[str, Callable[[], Client]] = {
        "a member": lambda: signed_in(make_member(made.clinic, Role.ADMIN)),
        "a member of another clinic": lambda: signed_in(make_member(make_clinic("Another"))),
        "nobody": Client,
    }
    client = clients[who]()
    addresses = [one.of(made) for one in ADDRESSES]
    for address in [*addresses, *(reverse(f"clinics:{name}") for name in OF_NO_CLINIC)]:
        for method in ("GET", "POST"):
            answer = asked(client, method, address)
            assert "no-store" in answer.headers.get("Cache-Control", ""), (method, address)


def kept() -> Iterator[str]:
    """All that sessions and the cache hold, as text."""
    for session in Session.objects.all():
        yield str(session.get_decoded())
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM sign_in_tries")
        for key, value in cursor.fetchall():
            yield key + base64.b64decode(value).decode("latin-1")


def test_a_half_filled_case_goes_through_signing_in_and_is_saved(client: Client) -> None:
    cache.clear()
    clinic = make_clinic()
    person = make_member(clinic, Role.BILLER, "anna")
    person.set_password(PASSWORD)
    person.save()
    secret = set_up_app(person)
    made = make_case(clinic)
    address = reverse("clinics:case", args=[clinic.pk, made.case.pk])
    client.force_login(person)
    typed = fields_of(client.get(address), "case-form") | {
        "tried-1-drug": MARK,
        "tried-1-kind": "antidepressant",
        "go": "save",
    }
    Session.objects.all().delete()  # the time is over
    pages = [client.post(address, typed)]
    assert pages[0].status_code == 403
    assert "Nothing is lost" in pages[0].content.decode()
    password = {"login": "anna", "password": PASSWORD}
    pages.append(client.post(SIGN_IN, fields_on(pages[0].content.decode(), SIGN_IN) | password))
    code = {"code": shown_by_app(secret)}
    pages.append(client.post(CODE, fields_on(pages[1].content.decode(), CODE) | code))
    assert "What you wrote is still here" in pages[2].content.decode()
    for page in pages:
        assert MARK in page.content.decode()
        assert "no-store" in page.headers["Cache-Control"]
    assert not [text for text in kept() if MARK in text]
    sent = fields_on(pages[2].content.decode(), address)
    assert client.post(address, sent).status_code == 302
    saved = open_case(Case.objects.select_related("patient__clinic").get())
    assert [one.drug for one in saved.content.situation.treatments_tried or ()] == [MARK]
    assert not [text for text in kept() if MARK in text]


def test_a_case_that_wants_the_second_step_first_is_given_back_and_kept_by_no_browser(
    client: Client,
) -> None:
    clinic = make_clinic()
    person = make_member(clinic, Role.BILLER, "anna")
    person.set_password(PASSWORD)
    person.save()
    client.post(SIGN_IN, {"login": "anna", "password": PASSWORD})
    address = reverse("clinics:case", args=[clinic.pk, make_case(clinic).case.pk])
    page = client.post(address, {"tried-1-drug": MARK})
    assert (page.status_code, MARK in page.content.decode()) == (403, True)
    assert "no-store" in page.headers["Cache-Control"]


def test_a_case_whose_token_went_stale_is_given_back_and_kept_by_no_browser() -> None:
    clinic = make_clinic()
    address = reverse("clinics:case", args=[clinic.pk, make_case(clinic).case.pk])
    browser = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    for place, sent in (
        (address, {"tried-1-drug": MARK}),
        (SIGN_IN, {"carried": f'["{address}", [["tried-1-drug", "{MARK}"]], false]'}),
    ):
        page = browser.post(place, sent)
        assert (page.status_code, MARK in page.content.decode()) == (403, True)
        assert "no-store" in page.headers["Cache-Control"]
