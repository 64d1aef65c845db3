"""A signed letter altered in the database is refused by it, or noticed wherever it is used."""

import uuid
from collections.abc import Callable

import pgtrigger
import pytest
from django.contrib.auth.models import User
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from appeals.clinics.casework import OpenCase
from appeals.clinics.documents.keeping import open_document, replace_file
from appeals.clinics.letters.packets import gone, is_printable
from appeals.clinics.letters.records import EnclosedRecord
from appeals.clinics.letters.signing import (
    StalePagesError,
    UnsignableError,
    is_genuine,
    pages_to_sign,
    sign_letter,
)
from appeals.clinics.printing.items import ALTERED, REMOVED
from appeals.clinics.printing.making import begin_batch
from appeals.models import Batch, CaseDocument, Clinic, Clinician, Letter
from appeals.packet.parts import Cleaned
from appeals.sealing import seal
from tests.appeals.clinics.building import make_case, make_pdf, make_signed_letter, reopened
from tests.appeals.clinics.lettering import (
    begun,
    give_form,
    make_clinician,
    make_letter_case,
    make_letter_clinic,
    signed,
    user_of,
    written,
)
from tests.appeals.working import work_off
from tests.factories import ON

pytestmark = pytest.mark.django_db

# Column -> another value in SQL, from one letter and another; each is in the signature.
OTHERWISE = {
    "id": "gen_random_uuid()",
    "case_id": "(SELECT id FROM appeals_case WHERE id <> case_id LIMIT 1)",
    "kind": "'external_review'",
    "sealed": "decode(repeat('00', 60), 'hex')",
    "sealed_pdf": "decode(repeat('00', 60), 'hex')",
    "signed_at": "signed_at + interval '1 microsecond'",
    "signed_by_id": "(SELECT id FROM auth_user WHERE id <> signed_by_id LIMIT 1)",
    "clinician_id": "(SELECT id FROM appeals_clinician WHERE id <> clinician_id LIMIT 1)",
    "signing_key": "'another'",
    "signature": "decode(repeat('00', 32), 'hex')",
}
# What is no part of a letter, with why.
NOT_OF_THE_LETTER = {
    "counter": "counts the writes of a draft",
    "made_by_id": "who began the draft",
    "made_at": "when the draft was begun",
    "printed_at": "is set at each printing",
    "superseded_by_id": "is set later; without it an older letter goes out as it was signed",
}


@pytest.fixture
def clinic() -> Clinic:
    return make_letter_clinic()


@pytest.fixture
def alex(clinic: Clinic) -> Clinician:
    make_clinician(clinic, "Dr. Other")
    return make_clinician(clinic)


@pytest.fixture
def opened(clinic: Clinic, alex: Clinician) -> OpenCase:
    return make_letter_case(clinic, alex)


@pytest.fixture
def form(opened: OpenCase, alex: Clinician) -> CaseDocument:
    return give_form(opened, user_of(alex))


@pytest.fixture
def draft(opened: OpenCase, alex: Clinician, form: CaseDocument) -> Letter:
    return begun(opened, alex, by=user_of(alex))


@pytest.fixture
def letter(opened: OpenCase, draft: Letter, alex: Clinician) -> Letter:
    return signed(opened, draft, alex)


@pytest.fixture
def browser(client: Client, alex: Clinician) -> Client:
    client.force_login(user_of(alex))
    return client


def by_sql(text: str, *values: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def address(opened: OpenCase, name: str, *more: object) -> str:
    case = opened.case
    return reverse(f"clinics:{name}", args=[case.clinic_id, case.pk, *more])


def printed(clinic: Clinic, letter: Letter, by: User) -> str:
    """Why a printing leaves the letter out."""
    batch = begin_batch(clinic, [letter.pk], form=Batch.Form.PDF, has_enclosures=True, by=by)
    work_off()
    return batch.items.get().fault


def test_each_column_of_a_letter_is_in_its_signature_or_no_part_of_it() -> None:
    columns = {one.column for one in Letter._meta.concrete_fields}  # noqa: SLF001 -- Django's own way
    assert columns == OTHERWISE.keys() | NOT_OF_THE_LETTER.keys()


def test_the_database_refuses_to_alter_what_is_signed(letter: Letter) -> None:
    make_case(letter.case.clinic)
    for column in OTHERWISE.keys() - {"id"}:
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            by_sql(f"UPDATE appeals_letter SET {column} = {OTHERWISE[column]}")  # noqa: S608


def test_whatever_is_altered_with_the_triggers_aside_is_noticed(
    clinic: Clinic, opened: OpenCase, letter: Letter
) -> None:
    make_case(clinic, opened.patient)
    for column, value in OTHERWISE.items():
        with transaction.atomic():
            with pgtrigger.ignore():
                by_sql(f"UPDATE appeals_letter SET {column} = {value}")  # noqa: S608
            now = Letter.objects.get()
            held = reopened(opened) if now.case_id == opened.case.pk else opened
            assert not is_genuine(held, now), column
            assert not is_printable(now, held), column
            transaction.set_rollback(True)
    assert is_genuine(reopened(opened), Letter.objects.get())


def test_an_altered_letter_is_on_no_page_in_no_packet_and_in_no_printing(
    browser: Client, clinic: Clinic, opened: OpenCase, letter: Letter, alex: Clinician
) -> None:
    with pgtrigger.ignore():
        by_sql("UPDATE appeals_letter SET signature = decode(repeat('00', 32), 'hex')")
    for name in ("letter_pdf", "letter_packet"):
        led = browser.get(address(opened, name, letter.pk))
        assert led.headers["Location"] == address(opened, "letter", letter.pk)
    page = browser.get(address(opened, "letter", letter.pk)).content.decode()
    assert "does not match its signature" in page
    assert printed(clinic, letter, user_of(alex)) == ALTERED


def test_a_signature_by_whoever_has_the_patients_key_alone_is_none(
    opened: OpenCase, letter: Letter
) -> None:
    now = Letter.objects.get()
    now.sealed_pdf = seal(opened.patient.key, make_pdf("Other"), place=f"pdf:{now.place}")
    assert not is_genuine(opened, now)


# What it encloses


def replaced(opened: OpenCase, form: CaseDocument, by: User) -> None:
    state = open_document(opened, form).state
    other = Cleaned(make_pdf("Another paper"), 1)
    replace_file(opened, form, other, based_on=state, on=ON, by=by)


def broken(opened: OpenCase, form: CaseDocument, by: User) -> None:
    by_sql("UPDATE appeals_casedocument SET sealed_file = decode(repeat('00', 60), 'hex')")


def exchanged(opened: OpenCase, form: CaseDocument, by: User) -> None:
    other = give_form(opened, by, name="Another")
    by_sql(
        "UPDATE appeals_casedocument SET sealed_file ="
        " (SELECT sealed_file FROM appeals_casedocument WHERE id = %s)",
        other.pk,
    )


def removed(opened: OpenCase, form: CaseDocument, by: User) -> None:
    by_sql("DELETE FROM appeals_casedocument")


@pytest.mark.parametrize("alter", [replaced, broken, exchanged, removed])
def test_no_other_paper_goes_out_behind_a_signed_letter(
    browser: Client,
    opened: OpenCase,
    form: CaseDocument,
    letter: Letter,
    alter: Callable[[OpenCase, CaseDocument, User], None],
) -> None:
    by = letter.signed_by
    assert by is not None
    alter(opened, form, by)
    led = browser.get(address(opened, "letter_packet", letter.pk), follow=True)
    assert "documents that the letter encloses were removed or changed" in led.content.decode()
    assert printed(opened.case.clinic, letter, by) == REMOVED


def test_an_enclosed_letter_that_was_altered_is_not_left_out_in_silence(
    opened: OpenCase, clinic: Clinic
) -> None:
    inner = make_signed_letter(opened)
    enclosed = (EnclosedRecord(1, "letter", "Letter", letter=str(inner.pk)),)
    assert gone(opened, enclosed) == ()
    with pgtrigger.ignore():
        by_sql("UPDATE appeals_letter SET signing_key = 'another'")
    assert gone(opened, enclosed) == ("Letter",)


def test_a_letter_from_before_hashes_were_kept_is_still_what_was_signed(opened: OpenCase) -> None:
    old = make_signed_letter(opened, enclosures=(EnclosedRecord(1, "form", "Form", ("gone",)),))
    assert is_genuine(opened, old)
    assert "digests" not in str(opened.patient.unseal(old.sealed, place=old.place))


def test_pages_are_read_anew_where_a_paper_was_replaced_meanwhile(
    opened: OpenCase, draft: Letter, form: CaseDocument, alex: Clinician
) -> None:
    by = user_of(alex)
    read = pages_to_sign(written(opened, draft), alex)
    replaced(opened, form, by)
    with pytest.raises(StalePagesError):
        sign_letter(written(opened, draft), alex, name=alex.name, digest=read.digest, by=by)
    broken(opened, form, by)
    with pytest.raises(UnsignableError, match="can't be opened"):
        pages_to_sign(written(opened, draft), alex)
