"""Sign-off: only by its clinician, only what was read, and no byte of it changes unnoticed."""

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import ProgrammingError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from appeals.clinics.casework import OpenCase, happened_in
from appeals.clinics.documents.keeping import remove_document
from appeals.clinics.joining import join_patients
from appeals.clinics.keys import signing_ring
from appeals.clinics.letters.drafting import (
    SignedLetterError,
    change_letter,
    record_of,
    seal_record,
    throw_away,
)
from appeals.clinics.letters.records import GoingRecord
from appeals.clinics.letters.signing import (
    StalePagesError,
    UnsignableError,
    is_genuine,
    pages_to_sign,
    sign_letter,
    signed_bytes,
    why_not,
)
from appeals.clinics.rotating import rotate_keys
from appeals.letters.content import sentences
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import CaseDocument, CaseEvent, Clinic, Clinician, Letter
from appeals.sealing import fresh_key, read_ring, seal
from tests.appeals.clinics.building import (
    alter_letter,
    make_case,
    make_member,
    make_patient,
    reopened,
)
from tests.appeals.clinics.lettering import (
    begun,
    give_form,
    make_clinician,
    signed,
    user_of,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(opened: OpenCase, alex: Clinician) -> CaseDocument:
    return give_form(opened, user_of(alex))


@pytest.fixture
def draft(opened: OpenCase, alex: Clinician, form: CaseDocument) -> Letter:
    return begun(opened, alex, by=user_of(alex))


@pytest.fixture
def letter(opened: OpenCase, draft: Letter, alex: Clinician) -> Letter:
    return signed(opened, draft, alex)


def text_of_pdf(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_the_pages_that_were_read_are_those_that_are_signed(
    opened: OpenCase, draft: Letter, alex: Clinician
) -> None:
    writing = written(opened, draft)
    pages = pages_to_sign(writing, alex)
    letter = sign_letter(
        writing, alex, name="Dr. Alex Sample", digest=pages.digest, by=user_of(alex)
    )
    assert signed_bytes(opened, letter) == pages.pdf
    assert is_genuine(opened, letter)
    record = record_of(opened, letter)
    assert record.signed is not None
    assert record.signed.name == "Dr. Alex Sample"
    assert "PO Box 1" in record.signed.words
    event = opened.case.events.filter(kind=CaseEvent.Kind.LETTER).last()
    assert event is not None
    assert happened_in(opened, event).text.startswith("Signed by Dr. Alex Sample: ")


def test_the_pages_have_the_letterhead_and_say_who_signed_when(
    opened: OpenCase, letter: Letter
) -> None:
    text = text_of_pdf(signed_bytes(opened, letter))
    for one in ("Sample Clinic", "Phone 617-555-0100", "Fax 617-555-0101", "By appointment"):
        assert one in text
    day = timezone.localdate()
    by = f"Reviewed and signed electronically by Dr. Alex Sample, MD on {day:%B} {day.day}"
    assert by in " ".join(text.split())
    assert "DRAFT" not in text


def test_until_it_is_signed_each_page_says_that_it_is_a_draft(
    opened: OpenCase, draft: Letter
) -> None:
    assert written(opened, draft).to_print.is_draft
    assert not written(opened, draft).content.is_draft


def flipped(raw: bytes, place: int) -> bytes:
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(where=st.floats(min_value=0, max_value=1, exclude_max=True), bit=st.integers(0, 7))
def test_each_byte_of_the_pages_is_held(
    opened: OpenCase, letter: Letter, where: float, bit: int
) -> None:
    # Whoever holds the patient's key could seal other pages; they lack the key that signs.
    pdf = bytearray(signed_bytes(opened, letter))
    pdf[int(where * len(pdf))] ^= 1 << bit
    altered = Letter.objects.get(pk=letter.pk)
    altered.sealed_pdf = seal(opened.patient.key, bytes(pdf), place=f"pdf:{letter.place}")
    assert is_genuine(opened, letter)
    assert not is_genuine(opened, altered)


def other_user(letter: Letter) -> None:
    letter.signed_by = User.objects.create_user("another")


def other_clinician(letter: Letter) -> None:
    letter.clinician = make_clinician(letter.case.clinic, "Dr. Other")


def no_clinician(letter: Letter) -> None:
    letter.clinician = None


def other_moment(letter: Letter) -> None:
    if letter.signed_at is not None:
        letter.signed_at += dt.timedelta(microseconds=1)


def other_kind(letter: Letter) -> None:
    letter.kind = LetterKind.INTERNAL_APPEAL


def other_signature(letter: Letter) -> None:
    letter.signature = flipped(bytes(letter.signature or b""), 0)


def no_signature(letter: Letter) -> None:
    letter.signature = b""


def unknown_key(letter: Letter) -> None:
    letter.signing_key = "another"


def broken_pages(letter: Letter) -> None:
    letter.sealed_pdf = flipped(bytes(letter.sealed_pdf or b""), 40)


def broken_words(letter: Letter) -> None:
    letter.sealed = flipped(bytes(letter.sealed), 40)


@pytest.mark.parametrize(
    "change",
    [
        other_user,
        other_clinician,
        no_clinician,
        other_moment,
        other_kind,
        other_signature,
        no_signature,
        unknown_key,
        broken_pages,
        broken_words,
    ],
)
def test_whatever_is_altered_is_noticed(
    opened: OpenCase, letter: Letter, change: Callable[[Letter], None]
) -> None:
    change(letter)
    assert not is_genuine(opened, letter)


@pytest.mark.parametrize("name", ["name", "title", "running", "words", "enclosures", "going"])
def test_what_is_sealed_beside_the_pages_is_held_as_well(
    opened: OpenCase, letter: Letter, name: str
) -> None:
    record = record_of(opened, letter)
    if record.signed is None:
        pytest.fail("it is not signed")
    other: Any = {"enclosures": (), "going": GoingRecord("Other")}.get(name, "other")
    changed = replace(record, signed=replace(record.signed, **{name: other}))
    seal_record(opened, letter, changed)
    assert not is_genuine(opened, letter)


def test_the_pages_of_one_letter_do_not_pass_for_another(
    opened: OpenCase, letter: Letter, alex: Clinician
) -> None:
    other = signed(opened, begun(opened, alex, by=user_of(alex)), alex)
    for name in ("sealed", "sealed_pdf", "signature", "signed_at"):
        setattr(other, name, getattr(letter, name))
    assert not is_genuine(opened, other)


def test_the_database_lets_nobody_change_a_signed_letter(opened: OpenCase, letter: Letter) -> None:
    for fields in (
        {"sealed_pdf": b"other"},
        {"sealed": b"other"},
        {"signed_at": timezone.now()},
        {"signature": b"other"},
        {"kind": LetterKind.INTERNAL_APPEAL},
        {"signed_at": None, "signed_by": None, "signature": None},
    ):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**fields)
    alter_letter(letter, sealed_pdf=b"other")
    assert not is_genuine(opened, letter)


def test_a_signature_outlives_new_keys(
    opened: OpenCase, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = signing_ring()
    newer = base64.b64encode(fresh_key()).decode()
    older = " ".join(f"{one}:{base64.b64encode(key).decode()}" for one, key in old.keys.items())
    ring = read_ring(f"newer:{newer} {older}")
    monkeypatch.setattr("appeals.clinics.letters.signing.signing_ring", lambda: ring)
    list(rotate_keys())
    now = Letter.objects.get(pk=letter.pk)
    assert is_genuine(reopened(opened), now)
    gone = read_ring(f"newer:{newer}")
    monkeypatch.setattr("appeals.clinics.letters.signing.signing_ring", lambda: gone)
    assert not is_genuine(opened, now)


# Who may sign, and what


def test_only_the_clinician_whose_letter_it_is_signs_it(
    clinic: Clinic, opened: OpenCase, draft: Letter, alex: Clinician
) -> None:
    writing = written(opened, draft)
    assert why_not(writing, alex) == ""
    assert "only they can sign" in why_not(writing, make_clinician(clinic, "Dr. Other"))
    assert "as no clinician" in why_not(writing, None)
    with pytest.raises(UnsignableError):
        pages_to_sign(writing, make_clinician(clinic, "Dr. Third"))


def test_without_a_clinician_nobody_signs(opened: OpenCase, alex: Clinician) -> None:
    draft = begun(opened, None, by=user_of(alex))
    assert "Choose the clinician" in why_not(written(opened, draft), alex)


def test_a_letter_with_gaps_is_not_signed(
    opened: OpenCase, alex: Clinician, form: CaseDocument
) -> None:
    draft = begun(opened, alex, kind=LetterKind.MEDICAL_NECESSITY, by=user_of(alex))
    reason = why_not(written(opened, draft), alex)
    assert reason.startswith("Something is missing in it: dose")
    with pytest.raises(UnsignableError):
        pages_to_sign(written(opened, draft), alex)


def test_what_a_patient_signs_is_signed_on_paper(
    opened: OpenCase, alex: Clinician, form: CaseDocument
) -> None:
    letter = begun(opened, alex, voice=Voice.PATIENT, by=user_of(alex))
    assert "signed on paper" in why_not(written(opened, letter), alex)
    content = written(opened, letter).to_print
    assert not any("signed electronically" in one.text for one in sentences(content))


def test_pages_that_changed_since_they_were_read_are_not_signed(
    opened: OpenCase, draft: Letter, alex: Clinician, form: CaseDocument
) -> None:
    read = pages_to_sign(written(opened, draft), alex)
    give_form(opened, user_of(alex), name="A second sheet")
    with pytest.raises(StalePagesError):
        sign_letter(
            written(opened, draft), alex, name=alex.name, digest=read.digest, by=user_of(alex)
        )
    assert Letter.objects.get(pk=draft.pk).signed_at is None


def test_pages_of_yesterday_are_made_anew(opened: OpenCase, draft: Letter, alex: Clinician) -> None:
    today = timezone.localdate()
    before = pages_to_sign(written(opened, draft, on=today - dt.timedelta(days=1)), alex)
    assert pages_to_sign(written(opened, draft), alex).digest != before.digest


def test_pages_are_made_once(opened: OpenCase, draft: Letter, alex: Clinician) -> None:
    first = pages_to_sign(written(opened, draft), alex)
    assert pages_to_sign(written(opened, draft), alex).pdf == first.pdf


# Afterwards


def test_a_signed_letter_never_changes(opened: OpenCase, letter: Letter, alex: Clinician) -> None:
    record, by, on = record_of(opened, letter), user_of(alex), timezone.localdate()
    with pytest.raises(SignedLetterError):
        change_letter(
            opened, letter, record, {}, clinician=alex, based_on=letter.counter, on=on, by=by
        )
    with pytest.raises(SignedLetterError):
        throw_away(opened, letter, on=on, by=by)
    with pytest.raises(SignedLetterError):
        sign_letter(written(opened, letter), alex, name=alex.name, digest="", by=by)
    assert is_genuine(opened, Letter.objects.get(pk=letter.pk))


def test_another_letter_takes_its_place_once_that_is_signed(
    opened: OpenCase, letter: Letter, alex: Clinician
) -> None:
    newer = begun(opened, alex, by=user_of(alex), after=letter)
    assert Letter.objects.get(pk=letter.pk).superseded_by is None
    signed(opened, newer, alex)
    before = Letter.objects.get(pk=letter.pk)
    assert before.superseded_by == newer
    assert is_genuine(opened, before)


def test_what_was_enclosed_stays_what_it_was(
    opened: OpenCase, letter: Letter, form: CaseDocument, alex: Clinician
) -> None:
    remove_document(opened, form, on=timezone.localdate(), by=user_of(alex))
    now = Letter.objects.get(pk=letter.pk)
    record = record_of(opened, now)
    assert record.signed is not None
    assert [one.documents for one in record.signed.enclosures] == [(str(form.pk),)]
    assert is_genuine(opened, now)


def test_no_word_of_a_letter_stands_in_plain_text(opened: OpenCase, letter: Letter) -> None:
    row = Letter.objects.filter(pk=letter.pk).values().get()
    dump = b"".join(
        bytes(one) if isinstance(one, memoryview | bytes) else str(one).encode()
        for one in row.values()
    )
    for word in (b"Jane", b"Sample", b"Acme", b"A-100", b"%PDF", b"request"):
        assert word not in dump.replace(b"documents_request", b"")


def test_another_case_knows_nothing_of_it(clinic: Clinic, opened: OpenCase, letter: Letter) -> None:
    other = make_case(clinic, opened.patient)
    with pytest.raises(Letter.DoesNotExist):
        throw_away(other, letter, on=timezone.localdate(), by=make_member(clinic))


def test_a_signature_outlives_the_joining_of_two_rows_of_one_patient(
    clinic: Clinic, opened: OpenCase, letter: Letter
) -> None:
    kept = make_patient(clinic)
    before = signed_bytes(opened, letter)
    join_patients(kept, opened.patient, kept.record, by=make_member(clinic))
    now, held = Letter.objects.get(pk=letter.pk), reopened(opened)
    assert held.patient.patient == kept.patient
    assert signed_bytes(held, now) == before
    assert is_genuine(held, now)
