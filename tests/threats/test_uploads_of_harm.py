"""Files that mean harm, at every address that takes files, under names that mean harm too."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from appeals.models import CaseDocument, Role
from policies.models import Policy, SourceCopy
from policies.roles import Role as DeskRole
from tests.appeals.clinics.building import make_case, make_clinic, make_member
from tests.appeals.denied_pages import SELF_FUNDED
from tests.coverage_site.signing_in import make_person
from tests.policies.desk_records import add_insurer, add_policy

pytestmark = pytest.mark.django_db
NAME = "../../\"';<script>typed</script>\r\nX-Harm: 1.pdf"
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 10) for n in range(9))
    + b'<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&a8;&x;</svg>'
)


def word_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("word/document.xml", ENTITIES)
        zipped.writestr("../../harm.py", bytes(1_000_000))
    return file.getvalue()


def tree_in_itself() -> bytes:
    """A PDF whose pages are among their own children."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2000000000/Parent 2 0 R>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


FILES: dict[str, bytes] = {
    "a Word file of entities": word_file(),
    "a drawing of entities": ENTITIES,
    "a page tree in itself": tree_in_itself(),
    "a page with a PDF in it": b"<script>typed</script>%PDF-1.7\n" + tree_in_itself(),
    "a program": b"#!/bin/sh\ntouch harm\n",
}


def at_a_denial(client: Client, raw: bytes) -> HttpResponse:
    sent = SELF_FUNDED | {"at": "letter", "go": "read", "file": SimpleUploadedFile(NAME, raw)}
    return client.post("/denied/", sent)  # type: ignore[return-value]


def at_a_case(client: Client, raw: bytes) -> HttpResponse:
    clinic = make_clinic()
    client.force_login(make_member(clinic, Role.BILLER))
    address = reverse("clinics:documents_add", args=[clinic.pk, make_case(clinic).case.pk])
    sent = {"files": SimpleUploadedFile(NAME, raw), "whole": "1"}
    return client.post(address, sent)  # type: ignore[return-value]


def at_the_copies(client: Client, raw: bytes) -> HttpResponse:
    policy = add_policy(add_insurer("acme"))
    client.force_login(make_person(role=DeskRole.EDITOR))
    address = reverse("admin:policies_policy_copies", args=[policy.pk])
    sent = {"file": SimpleUploadedFile(NAME, raw), "taken_on": "2026-11-01"}
    return client.post(address, sent)  # type: ignore[return-value]


def at_the_import(client: Client, raw: bytes) -> HttpResponse:
    client.force_login(make_person(role=DeskRole.EDITOR))
    sent = {"file": SimpleUploadedFile("harm.zip", raw)}
    return client.post(reverse("admin:policies_policy_import"), sent)  # type: ignore[return-value]


@pytest.mark.parametrize("raw", FILES.values(), ids=FILES)
@pytest.mark.parametrize("send", [at_a_denial, at_a_case, at_the_copies, at_the_import])
def test_no_upload_takes_a_file_that_means_harm(
    client: Client, send: Callable[[Client, bytes], HttpResponse], raw: bytes
) -> None:
    answer = send(client, raw)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<script>typed" not in page
    assert "root:" not in page
    assert "X-Harm" not in answer.headers
    assert not CaseDocument.objects.exists()
    assert not SourceCopy.objects.exists()
    assert Policy.objects.count() == (1 if send is at_the_copies else 0)


DEEP = {
    "lists": b"[" * 100_000,
    "objects": b'{"version": 1, "plan": ' + b'{"a":' * 50_000,
    "closed lists": b'{"version": 1, "icd10_codes": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "one name twice": b'{"version": 1, "version": [], "answers": {"age": 1, "age": {}}}',
}


@pytest.mark.parametrize("raw", DEEP.values(), ids=DEEP)
@pytest.mark.parametrize("address", ["/check/", "/letters/"])
def test_saved_answers_that_nest_without_end_are_refused(
    client: Client, address: str, raw: bytes
) -> None:
    answer = client.post(address, {"go": "load", "saved": SimpleUploadedFile("a.json", raw)})
    assert answer.status_code == 422
