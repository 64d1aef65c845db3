"""The page of a patient: changed, held, taken out, joined with another, and deleted for good."""

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import BinaryField, ForeignKey
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.casework import StaleCaseError, keep_verdict, note_case, open_case
from appeals.clinics.content import VerdictRecord
from appeals.clinics.documents.keeping import state_of
from appeals.clinics.joining import SEALED
from appeals.clinics.letters.drafting import begin_letter
from appeals.clinics.patients import OpenPatient, open_patient
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import (
    AccessEntry,
    Case,
    CaseDocument,
    Clinic,
    Letter,
    Patient,
    Role,
)
from appeals.sealing import unseal
from tests.appeals.clinics.building import (
    JANE,
    make_case,
    make_clinic,
    make_member,
    make_patient,
    make_pdf,
    make_signed_letter,
)
from tests.appeals.clinics.papers import make_document
from tests.appeals.letters_pages import fields_of
from tests.factories import ON
from tests.policies.html import text_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
What = AccessEntry.What


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def admin(clinic: Clinic, client: Client) -> User:
    person = make_member(clinic, Role.ADMIN, "admin")
    client.force_login(person)
    return person


@pytest.fixture
def jane(clinic: Clinic) -> OpenPatient:
    return make_patient(clinic)


def address(of: OpenPatient, name: str = "patient", *more: object) -> str:
    return reverse(f"clinics:{name}", args=[of.patient.clinic_id, of.patient.pk, *more])


def again(of: OpenPatient) -> OpenPatient:
    return open_patient(Patient.objects.select_related("clinic").get(pk=of.patient.pk))


def whats(of: OpenPatient) -> list[str]:
    entries = AccessEntry.objects.filter(patient_id=of.patient.pk, by__isnull=False)
    return list(entries.order_by("pk").values_list("what", flat=True))


# Who it is


def test_the_page_shows_the_patient_their_cases_and_who_looked(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    made = make_case(clinic, jane)
    page = client.get(address(jane))
    assert "Sample, Jane" in page.content.decode()
    assert reverse("clinics:case", args=[clinic.pk, made.case.pk]) in page.content.decode()
    assert "admin Opened" in text_of(page)
    assert whats(jane) == ["opened"]
    title = re.search("<title>(.*?)</title>", page.content.decode(), re.DOTALL)
    assert title is not None
    assert "Sample," not in title[1], "a title stands in the browser's history"


def test_without_the_right_there_is_neither_log_nor_deletion(
    client: Client, jane: OpenPatient, clinic: Clinic
) -> None:
    client.force_login(make_member(clinic, Role.FRONT_DESK))
    page = text_of(client.get(address(jane)))
    for words in ("Who saw or changed", "Legal hold", "Delete this record", "Save the whole"):
        assert words not in page
    client.force_login(make_member(clinic, Role.BILLER))
    assert "Save the whole record" in text_of(client.get(address(jane)))


def saved(client: Client, jane: OpenPatient, **fields: str) -> "Response":
    sent = {"patient-family_name": "Sample", "patient-given_name": "Jane", "based_on": "0"}
    return client.post(address(jane), sent | fields)


def test_a_change_is_written_and_over_anothers_change_it_is_asked(
    client: Client, admin: User, jane: OpenPatient
) -> None:
    assert saved(client, jane, **{"patient-phone": "555-0100"}).status_code == 302
    refused = saved(client, jane, **{"patient-phone": "555-0199"})
    assert refused.status_code == 422
    assert "They wrote: 555-0100" in text_of(refused)
    assert 'value="555-0199"' in refused.content.decode()
    assert again(jane).record.phone == "555-0100"


def test_a_possible_double_is_named_on_the_page(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    assert "may be the same person" not in text_of(client.get(address(jane)))
    other = make_patient(clinic, replace(JANE, given_name="J."))
    page = client.get(address(jane)).content.decode()
    assert "may be the same person" in page
    assert address(jane, "patient_join", other.patient.pk) in page


# Legal hold


def test_a_hold_keeps_its_reason_sealed_and_stops_deletion(
    client: Client, admin: User, jane: OpenPatient
) -> None:
    assert client.post(address(jane, "patient_hold"), {}).status_code == 422
    sent = {"hold-reason": "Asked for by counsel on May 3"}
    assert client.post(address(jane, "patient_hold"), sent).status_code == 302
    row = Patient.objects.get()
    assert row.sealed_hold is not None
    assert b"counsel" not in bytes(row.sealed_hold)
    assert "Asked for by counsel on May 3" in text_of(client.get(address(jane)))
    assert "until it is released" in text_of(client.get(address(jane, "patient_delete")))
    refused = client.post(address(jane, "patient_delete"), confirmation(client, jane, "DELETE"))
    assert refused.status_code == 409
    assert "A legal hold stops deletion" in text_of(refused)
    client.post(address(jane, "patient_hold"), {"to": "release"})
    released = Patient.objects.get()
    assert [released.held_at, released.held_by, released.sealed_hold] == [None, None, None]
    assert whats(jane).count("held") == 2


def test_under_a_hold_no_document_or_draft_goes_either(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    made = make_case(clinic, jane)
    document = make_document(made, words={"name": "PHQ-9"})
    draft = begin_letter(made, LetterKind.MEDICAL_NECESSITY, Voice.CLINICIAN, None, on=ON, by=admin)
    client.post(address(jane, "patient_hold"), {"hold-reason": "Counsel"})
    case = [clinic.pk, made.case.pk]
    sent = {"files": SimpleUploadedFile("new.pdf", make_pdf("New")), "whole": "1"}
    sent |= {"state": state_of(document)}
    replaced = client.post(reverse("clinics:document", args=[*case, document.pk]), sent)
    removed = client.post(
        reverse("clinics:document_remove", args=[*case, document.pk]), follow=True
    )
    discarded = client.post(reverse("clinics:letter_discard", args=[*case, draft.pk]), follow=True)
    assert replaced.status_code == 409
    for page in (replaced, removed, discarded):
        assert "A legal hold stops deletion" in text_of(page)
    assert CaseDocument.objects.get().sealed_file == document.sealed_file
    assert Letter.objects.get() == draft


# Deletion


def confirmation(client: Client, jane: OpenPatient, typed: str) -> dict[str, str]:
    page = client.get(address(jane, "patient_delete")).content.decode()
    mark = re.search(r'name="shown" value="([^"]*)"', page)
    return {"confirm-typed": typed, "shown": mark[1] if mark else ""}


def test_what_would_be_destroyed_is_told_and_destroyed_once_its_number_is_typed(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    made = make_case(clinic, jane)
    make_document(made)
    make_signed_letter(made)
    page = text_of(client.get(address(jane, "patient_delete")))
    for words in ("1 case (number 1)", "1 document", "1 letter, 1 signed", "0 printings"):
        assert words in page
    wrong = client.post(address(jane, "patient_delete"), confirmation(client, jane, "2"))
    assert wrong.status_code == 422
    assert "That is not it. Type 1" in text_of(wrong)
    done = client.post(address(jane, "patient_delete"), confirmation(client, jane, " 1 "))
    assert done["Location"] == reverse("clinics:clinic", args=[clinic.pk])
    assert not Patient.objects.exists()
    assert not Letter.objects.exists()
    assert whats(jane)[-1] == "deleted"
    assert client.get(address(jane)).status_code == 404


def test_what_came_to_a_record_since_it_was_shown_is_not_deleted_unseen(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    made = make_case(clinic, jane)
    sent = confirmation(client, jane, "1")
    note_case(made, "The plan called", on=ON, by=admin)
    refused = client.post(address(jane, "patient_delete"), sent)
    assert refused.status_code == 409
    assert "nothing was deleted" in text_of(refused)
    assert Patient.objects.exists()


# The record as a file


def record_file(client: Client, jane: OpenPatient) -> tuple["Response", ZipFile]:
    response = client.post(address(jane, "patient_record"))
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response, ZipFile(BytesIO(content))


def test_the_whole_record_goes_into_one_file_whose_name_names_nobody(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    made = make_case(clinic, jane)
    note_case(made, "The plan called", on=ON, by=admin)
    keep_verdict(made, VerdictRecord(verdict="appears_to_meet", met=3), version=None, on=ON)
    document = make_document(made, words={"title": "PHQ-9 of May 3"}, file=make_pdf("Chart"))
    signed = make_pdf("Exactly this")
    letter = make_signed_letter(made, pdf=signed)
    response, zipped = record_file(client, jane)
    name = response.headers["Content-Disposition"]
    assert re.search(r'filename="record-\d{4}-\d\d-\d\d-[0-9a-f]{8}\.zip"', name)
    assert set(zipped.namelist()) == {
        "README.txt",
        "record.json",
        "case-1/document-1.pdf",
        "case-1/letter-1.pdf",
    }
    record = json.loads(zipped.read("record.json"))
    assert record["patient"]["family_name"] == "Sample"
    [case] = record["cases"]
    assert case["content"]["situation"]["treatment"] == "iv_ketamine"
    assert [one["kind"] for one in case["events"]] == ["opened", "note"]
    assert case["events"][1]["content"]["text"] == "The plan called"
    assert case["verdicts"][0]["content"]["met"] == 3
    assert case["documents"][0]["content"] == {"title": "PHQ-9 of May 3"}
    assert case["documents"][0]["file"] == "case-1/document-1.pdf"
    assert case["letters"][0]["id"] == str(letter.pk)
    sealed = bytes(document.sealed_file)
    assert zipped.read("case-1/document-1.pdf") == unseal(
        jane.key, sealed, place=f"file:{document.place}"
    )
    assert zipped.read("case-1/letter-1.pdf") == signed
    assert "Sample Clinic" in zipped.read("README.txt").decode()
    assert whats(jane)[-1] == "exported"


def test_a_file_that_can_not_be_opened_is_told_in_the_record_and_keeps_back_nothing_else(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    made = make_case(clinic, jane)
    broken = make_document(made)
    CaseDocument.objects.filter(pk=broken.pk).update(sealed_file=b"x")
    make_signed_letter(made)
    _, zipped = record_file(client, jane)
    [case] = json.loads(zipped.read("record.json"))["cases"]
    assert "could not be opened" in case["documents"][0]["fault"]
    assert case["letters"][0]["file"] in zipped.namelist()


# Two rows of one person


def joined(client: Client, kept: OpenPatient, other: OpenPatient, **fields: Any) -> "Response":
    place = address(kept, "patient_join", other.patient.pk)
    sent = fields_of(client.get(place), "id_patient-family_name")
    return client.post(place, sent | fields)


def test_two_rows_of_one_person_become_one_with_all_that_lay_under_either(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    other = make_patient(clinic, replace(JANE, given_name="J.", phone="555-0100", address=""))
    made = make_case(clinic, other)
    note_case(made, "The plan called", on=ON, by=admin)
    keep_verdict(made, VerdictRecord(verdict="appears_to_meet", met=3), version=None, on=ON)
    make_document(made, words={"title": "PHQ-9 of May 3"})
    make_signed_letter(made, pdf=make_pdf("Exactly this"))
    before = record_of(client, other)
    page = text_of(client.get(address(jane, "patient_join", other.patient.pk)))
    assert "Given name Jane J." in page
    assert joined(client, jane, other).status_code == 302
    assert [one.pk for one in Patient.objects.all()] == [jane.patient.pk]
    assert again(jane).record == replace(JANE, phone="555-0100")
    after = record_of(client, jane)
    for part in ("documents", "letters", "verdicts", "content"):
        assert after[part] == before[part], part
    assert after["events"][:2] == before["events"]
    assert "Joined" in after["events"][2]["content"]["text"]
    assert whats(other)[-1] == "joined"
    assert "Joined with another patient" in text_of(client.get(address(jane)))


def record_of(client: Client, jane: OpenPatient) -> dict[str, Any]:
    """The only case of a patient, with the bytes of its files."""
    _, zipped = record_file(client, jane)
    [case] = json.loads(zipped.read("record.json"))["cases"]
    for one in (*case["documents"], *case["letters"]):
        one["bytes"] = zipped.read(one["file"])
    return dict(case)


def test_whoever_opened_a_case_before_it_was_joined_writes_nothing_under_the_key_that_is_gone(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic
) -> None:
    other = make_patient(clinic, replace(JANE, given_name="J."))
    opened_before = make_case(clinic, other)
    assert joined(client, jane, other).status_code == 302
    with pytest.raises(StaleCaseError):
        note_case(opened_before, "Too late", on=ON, by=admin)
    now = open_case(Case.objects.select_related("patient__clinic").get())
    note_case(now, "In time", on=ON, by=admin)


@pytest.mark.parametrize("which", ["kept", "other"])
def test_rows_that_somebody_changed_or_holds_are_not_joined(
    client: Client, admin: User, jane: OpenPatient, clinic: Clinic, which: str
) -> None:
    other = make_patient(clinic, replace(JANE, given_name="J."))
    changed = {"kept": jane, "other": other}[which]
    place = address(jane, "patient_join", other.patient.pk)
    sent = fields_of(client.get(place), "id_patient-family_name")
    Patient.objects.filter(pk=changed.patient.pk).update(counter=7)
    refused = client.post(place, sent)
    assert refused.status_code == 409
    assert "Someone else changed this patient meanwhile" in text_of(refused)
    Patient.objects.filter(pk=changed.patient.pk).update(held_at=timezone.now())
    assert "A legal hold stops" in text_of(joined(client, jane, other))
    assert Patient.objects.count() == 2


def test_whatever_is_sealed_of_a_case_is_sealed_anew_when_rows_are_joined() -> None:
    sealed = {}
    for model in apps.get_app_config("appeals").get_models():
        fields = model._meta.get_fields()  # noqa: SLF001
        if any(isinstance(one, ForeignKey) and one.related_model is Case for one in fields):
            sealed[model] = {one.name for one in fields if isinstance(one, BinaryField)}
    sealed[Letter].discard("signature")
    assert {model: set(columns) for model, columns in SEALED.items()} == sealed
