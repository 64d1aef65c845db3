"""Nobody reaches another clinic, or more than their role may: proven over every address."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from appeals.clinics.rights import RIGHTS
from appeals.models import Role
from tests.appeals.clinics.building import make_clinic, make_member
from tests.appeals.clinics.clinic_addresses import (
    ADDRESSES,
    OF_NO_CLINIC,
    SAMPLES,
    WORDS,
    Made,
)
from tests.coverage_site.signing_in import PASSWORD, type_password

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST")
SHOWN = {200, 204, 302, 400, 405, 409, 422}


@pytest.fixture
def made() -> Made:
    """My clinic."""
    return Made()


@contextmanager
def taken_back() -> Iterator[None]:
    """What a request writes is undone, so that the next finds everything as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def asked(client: Client, method: str, address: str) -> HttpResponse:
    with taken_back():
        return client.generic(method, address)  # type: ignore[return-value]


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_each_address_can_be_tried() -> None:
    unknown = {
        f"{one}: {parameter}"
        for one in ADDRESSES
        for parameter in one.parameters
        if parameter not in SAMPLES and parameter not in WORDS
    }
    assert not unknown, "add a line to SAMPLES or WORDS in clinic_addresses.py"


def test_each_address_names_its_clinic_and_asks_for_a_right() -> None:
    assert {one.name for one in ADDRESSES if "clinic_id" not in one.parameters} == set()
    without = {one.name for one in ADDRESSES if one.right is None}
    assert not without, "put @clinic_page(Right.…) above the view, before everything else"
    assert len({one.name for one in ADDRESSES}) == len(ADDRESSES)


def test_signed_out_each_address_leads_to_signing_in(client: Client, made: Made) -> None:
    for one in ADDRESSES:
        address = one.of(made)
        led = client.get(address)
        assert led.headers.get("Location", "").startswith("/account/sign-in/?next="), one
        sent = client.post(address)
        assert sent.status_code == 403, one
        assert "<h1>Sign in</h1>" in sent.content.decode(), one


def test_with_a_password_alone_no_address_is_open(client: Client, made: Made) -> None:
    person = make_member(made.clinic, Role.ADMIN)
    person.set_password(PASSWORD)
    person.save()
    type_password(client, person.username)
    for one in ADDRESSES:
        assert client.get(one.of(made)).headers.get("Location", "").startswith("/account/"), one
        assert client.post(one.of(made)).status_code == 403, one


def test_an_admin_of_another_clinic_finds_nothing_here(made: Made) -> None:
    client = signed_in(make_member(make_clinic("Another Sample Clinic"), Role.ADMIN))
    for one in ADDRESSES:
        for method in METHODS:
            assert asked(client, method, one.of(made)).status_code == 404, (method, one)


def test_what_belongs_to_another_clinic_is_not_found_under_ones_own(made: Made) -> None:
    theirs = Made(make_clinic("Another Sample Clinic"))
    for one in ADDRESSES:
        # The role that may do it, for the refusal must not be the role's.
        role = next(role for role in Role if one.right in RIGHTS[role])
        client = signed_in(make_member(made.clinic, role))
        for thing in one.things:
            address = one.of(made, **{thing: theirs.value(thing)})
            answers = {method: asked(client, method, address).status_code for method in METHODS}
            # An address may know one method alone, but where it answers it finds nothing.
            assert set(answers.values()) <= {404, 405}, (one, thing, answers)
            assert 404 in answers.values(), (one, thing, answers)


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_what_its_rights_say(made: Made, role: Role) -> None:
    client = signed_in(make_member(made.clinic, role))
    make_member(made.clinic, Role.ADMIN)  # so that no role is the last admin
    for one in ADDRESSES:
        for method in METHODS:
            status = asked(client, method, one.of(made)).status_code
            if one.right in RIGHTS[role]:
                assert status in SHOWN, (method, one, status)
            else:
                assert status == 403, (method, one, status)


def test_who_has_left_finds_nothing(made: Made) -> None:
    person = make_member(made.clinic, Role.ADMIN)
    made.clinic.memberships.filter(user=person).update(is_active=False)
    client = signed_in(person)
    for one in ADDRESSES:
        assert asked(client, "GET", one.of(made)).status_code == 404, one


def test_addresses_of_no_clinic_ask_who_it_is(client: Client) -> None:
    for name in OF_NO_CLINIC:
        led = client.get(reverse(f"clinics:{name}"))
        assert led.headers["Location"].startswith("/account/sign-in/?next=")


def test_nothing_of_a_clinic_stands_in_the_django_admin() -> None:
    models = apps.get_app_config("appeals").get_models()
    assert not [model for model in models if admin.site.is_registered(model)]


def test_no_address_has_a_spanish_twin(client: Client, made: Made) -> None:
    assert client.get(f"/es{ADDRESSES[0].of(made)}").status_code == 404
