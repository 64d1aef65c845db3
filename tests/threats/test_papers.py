"""Tables and mails: no cell is run, and no header is added."""

import csv
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from appeals.clinics.sheets import lines_of
from appeals.models import Role
from policies.dataset import to_csv
from tests.appeals.clinics.building import make_clinic, make_member

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff20SUM(1)",
    " \uff1d1+1",
    "=cmd|' /C calc'!A0",
)
HARMLESS = ('"=1+1', "'=1+1", "a=1", '","=1+1', "x\n=1")


def of_clinics(texts: list[str]) -> str:
    return "".join(lines_of(["text"], ([one] for one in texts)))


def of_the_site(texts: list[str]) -> str:
    return to_csv({"text": one} for one in texts)


@pytest.mark.parametrize("table", [of_clinics, of_the_site])
def test_no_cell_of_a_table_is_a_formula(table: Callable[[list[str]], str]) -> None:
    written = table([*FORMULAS, *HARMLESS])
    cells = [one["text"] for one in csv.DictReader(written.splitlines(keepends=True))]
    assert cells == [*(f"'{one}" for one in FORMULAS), *HARMLESS]


@pytest.mark.django_db
def test_a_name_with_line_breaks_begins_no_header_of_a_mail(
    client: Client, settings: Settings
) -> None:
    settings.EMAIL_HOST = "127.0.0.1"
    clinic = make_clinic("Sample\r\nBcc: other@example.org\nClinic")
    client.force_login(make_member(clinic, Role.ADMIN, "admin\nBcc: other@example.org"))
    address = reverse("clinics:invite", args=[clinic.pk])
    for email in ("a@example.org\nBcc: b@example.org", "a@example.org,b@example.org", "<a@b.c>"):
        assert client.post(address, {"email": email, "role": "biller"}).status_code == 422
    assert not mail.outbox
    client.post(address, {"email": "invited@example.org", "role": "biller"})
    (sent,) = mail.outbox
    assert sent.recipients() == ["invited@example.org"]
    assert "Bcc" not in sent.message()
