"""The clinics' door: signed in with a second factor, a member, and with the right to do it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from appeals.clinics.rights import MEANING, RIGHTS
from appeals.models import Membership, Role
from tests.appeals.clinics.building import make_clinic, make_member
from tests.coverage_site.signing_in import PASSWORD, type_password

pytestmark = pytest.mark.django_db


def test_whoever_is_not_signed_in_is_led_to_signing_in_and_back(client: Client) -> None:
    address = reverse("clinics:clinic", args=[make_clinic().pk])
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == f"/account/sign-in/?next={address.replace('/', '%2F')}"


def test_what_htmx_asks_after_signing_out_is_answered_on_the_page(client: Client) -> None:
    address = reverse("clinics:clinic", args=[make_clinic().pk])
    answer = client.post(address, headers={"HX-Request": "true"})
    assert answer.headers["HX-Retarget"] == "#clinic-notice"
    assert "You were signed out" in answer.content.decode()


def test_a_password_alone_opens_no_clinic(client: Client) -> None:
    clinic = make_clinic()
    person = make_member(clinic)
    person.set_password(PASSWORD)
    person.save()
    type_password(client, person.username)
    response = client.get(reverse("clinics:clinic", args=[clinic.pk]))
    assert response.status_code == 302
    assert "/account/" in response["Location"]


def test_another_clinic_is_not_found_and_so_is_one_that_was_left(client: Client) -> None:
    mine, other = make_clinic(), make_clinic("Another Sample Clinic")
    person = make_member(mine)
    client.force_login(person)
    assert client.get(reverse("clinics:clinic", args=[mine.pk])).status_code == 200
    assert client.get(reverse("clinics:clinic", args=[other.pk])).status_code == 404
    Membership.objects.update(is_active=False)
    assert client.get(reverse("clinics:clinic", args=[mine.pk])).status_code == 404


def test_of_several_clinics_one_is_chosen_and_of_none_it_is_said_how_to_come_by_one(
    client: Client,
) -> None:
    person = User.objects.create_user("new")
    client.force_login(person)
    assert "You belong to no clinic" in client.get(reverse("clinics:list")).content.decode()
    for name in ("One", "Two"):
        Membership.objects.create(clinic=make_clinic(name), user=person, role=Role.BILLER)
    page = client.get(reverse("clinics:list")).content.decode()
    assert "One</a>" in page
    assert "Two</a>" in page


def test_every_role_has_its_rights_and_a_meaning() -> None:
    assert set(RIGHTS) == set(MEANING) == set(Role)
