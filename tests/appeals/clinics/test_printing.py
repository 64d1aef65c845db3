"""Many letters at once: each made once, in the order of the mail, and nothing of them stays."""

import datetime as dt
import logging
import uuid
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from appeals.background import defer
from appeals.clinics.content import CaseContent
from appeals.clinics.deleting import delete_patient
from appeals.clinics.documents.keeping import add_document
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.letters.records import EnclosedRecord
from appeals.clinics.printing import whole
from appeals.clinics.printing.items import (
    ALTERED,
    GIVEN_UP,
    REMOVED,
    SUPERSEDED,
    UNREADABLE,
    print_item,
)
from appeals.clinics.printing.making import (
    batch_key,
    begin_batch,
    drop_batches,
    kept_batches,
    sweep_batches,
)
from appeals.clinics.records import PatientRecord
from appeals.letters.kinds import LetterKind
from appeals.models import AccessEntry, Batch, BatchItem, Clinic, Letter
from appeals.packet.parts import Cleaned
from appeals.sealing import fresh_key, seal, unseal
from tests.appeals.clinics.building import (
    alter_letter,
    make_case,
    make_clinic,
    make_member,
    make_patient,
    make_pdf,
    make_signed_letter,
)
from tests.appeals.working import begin, waiting_jobs, work_off
from tests.factories import ON

pytestmark = pytest.mark.django_db
State = Batch.State


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic) -> User:
    return make_member(clinic)


def letter_to(clinic: Clinic, plan: str, way: str = "fax", *, pages: int = 1) -> Letter:
    told = {"plan_name": plan, "plan_address": f"{plan}\nPO Box 1", "delivery": way}
    patient = make_patient(clinic, PatientRecord(family_name="Sample", given_name=plan))
    opened = make_case(clinic, patient, content=CaseContent(told=told))
    text = f"Letter of case {opened.case.number}"
    return make_signed_letter(opened, pdf=make_pdf(text, pages=pages))


def begun(
    clinic: Clinic, by: User, letters: Sequence[Letter], form: Batch.Form = Batch.Form.PDF
) -> Batch:
    return begin_batch(clinic, [one.pk for one in letters], form=form, by=by)


def file_of(batch: Batch) -> bytes:
    batch.refresh_from_db()
    assert batch.sealed_file is not None
    return unseal(batch_key(batch), batch.sealed_file, place=batch.place)


def texts(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_letters_are_printed_in_the_order_of_the_mail_with_a_separator_before_each(
    clinic: Clinic, biller: User
) -> None:
    plans = [("Zeta", "fax"), ("Acme", "portal"), ("Beta", "fax"), ("Acme", "certified_mail")]
    letters = [letter_to(clinic, plan, way, pages=2) for plan, way in plans]
    batch = begun(clinic, biller, letters)
    work_off()
    pages = texts(file_of(batch))
    wanted = [4, 3, 1, 2]  # the cases: by mail, by fax to Beta and Zeta, then on the website
    assert len(pages) == 3 * len(wanted)
    for index, case in enumerate(wanted):
        sheet, first, second = pages[3 * index : 3 * index + 3]
        assert f"Letter {index + 1} of 4" in sheet
        assert "do not send" in sheet
        assert f"Letter of case {case}, page 1" in first
        assert f"Letter of case {case}, page 2" in second
    assert "Acme\nPO Box 1" in pages[0]
    assert "By certified mail" in pages[0]
    assert batch.state == State.DONE
    assert not batch.items.filter(sealed__isnull=False).exists()


def test_a_separator_names_no_patient(clinic: Clinic, biller: User) -> None:
    patient = make_patient(clinic)
    batch = begun(clinic, biller, [make_signed_letter(make_case(clinic, patient))])
    work_off()
    sheet = texts(file_of(batch))[0]
    assert "Case\n1" in sheet or "Case 1" in sheet
    for word in ("Jane", "Sample", "123"):
        assert word not in sheet


def test_a_zip_holds_the_exact_bytes_that_were_signed(clinic: Clinic, biller: User) -> None:
    signed = make_pdf("Exactly this")
    letter = make_signed_letter(make_case(clinic), pdf=signed)
    batch = begun(clinic, biller, [letter, letter_to(clinic, "Acme")], Batch.Form.ZIP)
    work_off()
    with ZipFile(BytesIO(file_of(batch))) as zipped:
        assert zipped.namelist() == [
            "001-case-2-internal_appeal.pdf",
            "002-case-1-internal_appeal.pdf",
        ]
        assert zipped.read("002-case-1-internal_appeal.pdf") == signed


def enclosing(clinic: Clinic, by: User, *documents: str) -> Letter:
    """A letter that encloses these documents, each of a page."""
    opened = make_case(clinic)
    kept = [
        add_document(opened, DocumentRecord(name), Cleaned(make_pdf(name), 1), on=ON, by=by)
        for name in documents
    ]
    enclosures = tuple(
        EnclosedRecord(number, "chart_notes", f"paper {number}", (str(one.pk),))
        for number, one in enumerate(kept, start=1)
    )
    return make_signed_letter(opened, enclosures=enclosures)


def with_enclosures(clinic: Clinic, by: User, *letters: Letter, form: str = "pdf") -> Batch:
    chosen = [one.pk for one in letters]
    batch = begin_batch(clinic, chosen, form=form, has_enclosures=True, by=by)
    work_off()
    return batch


def test_the_enclosures_of_a_letter_are_printed_behind_it_in_their_order(
    clinic: Clinic, biller: User
) -> None:
    first, second = enclosing(clinic, biller, "Scale", "Notes"), letter_to(clinic, "Acme")
    pages = texts(file_of(with_enclosures(clinic, biller, first, second)))
    wanted = [
        *("Letter 1 of 2", "Cover sheet", "Letter of case 2"),
        *("Letter 2 of 2", "Cover sheet", "Letter of case 1"),
        *("Enclosure 1", "Scale, page 1", "Enclosure 2", "Notes, page 1"),
    ]
    assert len(pages) == len(wanted)
    for words, page in zip(wanted, pages, strict=True):
        assert words.casefold() in page.casefold()
    assert "2, behind the letter" in " ".join(pages[3].split())
    assert "Appeal to the plan" in pages[3]


def test_a_printing_of_letters_alone_says_on_the_sheet_what_is_to_be_added(
    clinic: Clinic, biller: User
) -> None:
    batch = begun(clinic, biller, [enclosing(clinic, biller, "Scale", "Notes")])
    work_off()
    sheet, _letter = texts(file_of(batch))
    assert "2, not printed here: add them" in " ".join(sheet.split())


def test_a_letter_whose_enclosures_can_not_be_printed_is_named_and_why(
    clinic: Clinic, biller: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking, large = enclosing(clinic, biller, "Scale"), enclosing(clinic, biller, "Notes" * 50)
    good = letter_to(clinic, "Acme")
    lacking.case.documents.all().delete()
    monkeypatch.setattr("appeals.packet.build.MOST_PACKET_BYTES", 100)
    batch = with_enclosures(clinic, biller, lacking, large, good, form="zip")
    faults = {one.letter_id: one.fault for one in batch.items.all()}
    assert faults.pop(good.pk) == ""
    assert faults.pop(lacking.pk) == REMOVED
    assert faults.pop(large.pk).startswith("Enclosure 1: With this file the packet would be larger")


def test_a_letter_for_which_the_file_has_no_room_is_named_and_the_others_are_in_it(
    clinic: Clinic, biller: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = letter_to(clinic, "Acme"), letter_to(clinic, "Beta", pages=300)
    monkeypatch.setattr(whole, "MOST_PACKET_BYTES", 60_000)
    batch = begun(clinic, biller, [small, large], Batch.Form.ZIP)
    work_off()
    with ZipFile(BytesIO(file_of(batch))) as zipped:
        assert len(zipped.namelist()) == 1
    assert batch.items.get(letter=large).fault == whole.NO_ROOM


def test_a_letter_is_made_once_however_often_its_job_comes(clinic: Clinic, biller: User) -> None:
    batch = begun(clinic, biller, [letter_to(clinic, "Acme"), letter_to(clinic, "Beta")])
    first, second = waiting_jobs()
    for job in (first, first, second, second):
        begin(job)
    bindings = [job for job in waiting_jobs() if job.task_name.endswith("bind_batch")]
    assert len(bindings) == 2
    begin(bindings[0])
    made = file_of(batch)
    for job in (bindings[1], second):
        begin(job)
    assert file_of(batch) == made
    assert len(texts(made)) == 4
    assert AccessEntry.objects.filter(what="read_file", by=biller).count() == 2


def test_a_letter_that_fails_is_named_and_the_others_are_printed(
    clinic: Clinic, biller: User
) -> None:
    broken, spoiled, superseded, good = (letter_to(clinic, plan) for plan in "ABCD")
    alter_letter(broken, sealed_pdf=b"\x01broken")
    opened = make_case(clinic)
    alter_letter(spoiled, sealed_pdf=seal(fresh_key(), b"%PDF-", place=f"pdf:{spoiled.place}"))
    batch = begun(clinic, biller, [broken, spoiled, superseded, good])
    newer = make_signed_letter(opened)
    Letter.objects.filter(pk=superseded.pk).update(superseded_by=newer)
    work_off()
    assert len(texts(file_of(batch))) == 2
    faults = {one.letter_id: one.fault for one in batch.items.all()}
    assert faults == {
        broken.pk: UNREADABLE,
        spoiled.pk: UNREADABLE,
        superseded.pk: SUPERSEDED,
        good.pk: "",
    }


def test_a_letter_that_does_not_match_its_signature_is_not_printed(
    clinic: Clinic, biller: User
) -> None:
    altered = letter_to(clinic, "A")
    alter_letter(altered, signed_at=timezone.now())
    batch = begun(clinic, biller, [altered, letter_to(clinic, "B")])
    work_off()
    assert len(texts(file_of(batch))) == 2
    assert [one.fault for one in batch.items.order_by("fault")] == ["", ALTERED]


def test_a_file_that_is_no_pdf_fails_alone(clinic: Clinic, biller: User) -> None:
    letters = [make_signed_letter(make_case(clinic), pdf=b"no PDF")]
    batch = begun(clinic, biller, letters)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.fault) == (State.FAILED, whole.NONE_MADE)
    assert batch.items.get().fault == UNREADABLE


def test_what_was_tried_too_often_is_given_up_and_ends_the_waiting(
    clinic: Clinic, biller: User
) -> None:
    batch = begun(clinic, biller, [letter_to(clinic, "Acme")])
    work_off(attempts=3)
    batch.refresh_from_db()
    assert batch.items.get().fault == GIVEN_UP
    assert (batch.state, batch.fault) == (State.FAILED, whole.NOT_BOUND)


def test_letters_that_are_too_large_together_are_refused(
    clinic: Clinic, biller: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "MOST_PACKET_BYTES", 1000)
    batch = begun(clinic, biller, [letter_to(clinic, "Acme")])
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.fault) == (State.FAILED, whole.TOO_LARGE)


def test_a_job_for_what_was_deleted_ends_quietly_and_logs_ids_alone(
    clinic: Clinic, biller: User, caplog: pytest.LogCaptureFixture
) -> None:
    letter = letter_to(clinic, "Acme")
    batch = begun(clinic, biller, [letter])
    (job,) = waiting_jobs()
    for named in (letter.case_id, letter.case.patient_id):
        defer("print_letter", {"batch": str(named)})
    delete_patient(letter.case.patient, by=biller)
    assert not ProcrastinateJob.objects.exists()
    with caplog.at_level(logging.INFO):
        begin(job)
        whole.bind_batch(batch.pk, is_given_up=False)
    assert caplog.messages == [
        f"A letter to print is gone or done: batch {batch.pk}, letter {letter.pk}.",
        f"A printing to bind is gone or done: batch {batch.pk}.",
    ]


def test_with_one_patient_the_file_that_holds_their_letter_goes(
    clinic: Clinic, biller: User
) -> None:
    gone, stays = letter_to(clinic, "Acme"), letter_to(clinic, "Beta")
    begun(clinic, biller, [gone, stays])
    other = begun(clinic, biller, [stays])
    work_off()
    delete_patient(gone.case.patient, by=biller)
    assert list(Batch.objects.all()) == [other]


def test_a_printing_is_gone_after_a_day(clinic: Clinic, biller: User) -> None:
    old, new = (begun(clinic, biller, [letter_to(clinic, plan)]) for plan in ("Acme", "Beta"))
    now = timezone.now()
    Batch.objects.filter(pk=old.pk).update(made_at=now - dt.timedelta(hours=25))
    assert list(kept_batches(clinic, now=now)) == [new]
    assert sweep_batches(now=now) == 1
    assert list(Batch.objects.all()) == [new]
    assert [job.task_kwargs["batch"] for job in waiting_jobs()] == [str(new.pk)]


def test_a_printing_that_is_called_off_leaves_nothing(clinic: Clinic, biller: User) -> None:
    begun(clinic, biller, [letter_to(clinic, plan) for plan in ("Acme", "Beta")])
    begin(waiting_jobs()[0])
    assert drop_batches(clinic.batches.all()) == 1
    assert work_off() == 0
    assert not BatchItem.objects.exists()


def test_only_signed_letters_of_the_clinic_that_are_not_superseded_are_printed(
    clinic: Clinic, biller: User
) -> None:
    strange = letter_to(make_clinic("Another Sample Clinic"), "Acme")
    opened = make_case(clinic)
    draft = Letter(case=opened.case, kind=LetterKind.INTERNAL_APPEAL, sealed=b"")
    draft.save()
    old, newer = make_signed_letter(opened), make_signed_letter(opened)
    Letter.objects.filter(pk=old.pk).update(superseded_by=newer)
    with pytest.raises(ValidationError, match="Choose one letter"):
        begun(clinic, biller, [strange, draft, old])
    batch = begun(clinic, biller, [strange, draft, old, newer])
    assert [one.letter_id for one in batch.items.all()] == [newer.pk]


def test_nothing_in_a_job_or_its_events_is_more_than_an_id(clinic: Clinic, biller: User) -> None:
    begun(clinic, biller, [letter_to(clinic, "Acme")])
    (job,) = waiting_jobs()
    assert set(job.task_kwargs) == {"batch", "letter"}
    for value in job.task_kwargs.values():
        assert str(uuid.UUID(str(value))) == value


def test_a_letter_of_nowhere_is_no_letter(clinic: Clinic, biller: User) -> None:
    print_item(uuid.uuid4(), uuid.uuid4(), is_given_up=False)
    assert not BatchItem.objects.exists()
