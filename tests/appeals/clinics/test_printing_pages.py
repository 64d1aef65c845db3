"""The pages of printing: choose, watch, leave, come back and take the file; all of it logged."""

import datetime as dt
import re
import uuid
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from appeals.clinics.casework import add_event, open_case
from appeals.clinics.letters.records import EnclosedRecord
from appeals.clinics.printing.making import begin_batch
from appeals.models import AccessEntry, Batch, Case, CaseEvent, Clinic, Letter
from tests.appeals.clinics.building import (
    alter_letter,
    make_case,
    make_clinic,
    make_member,
    make_patient,
    make_signed_letter,
)
from tests.appeals.working import begin, waiting_jobs, work_off
from tests.policies.html import text_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def biller(clinic: Clinic) -> User:
    return make_member(clinic)


@pytest.fixture
def desk(client: Client, biller: User) -> Client:
    client.force_login(biller)
    return client


@pytest.fixture
def letters(clinic: Clinic) -> list[Letter]:
    patient = make_patient(clinic)
    return [make_signed_letter(make_case(clinic, patient)) for _ in range(3)]


def page(name: str, clinic: Clinic, *more: object) -> str:
    return reverse(f"clinics:{name}", args=[clinic.pk, *more])


def a_worker_lives() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


def logged(what: str) -> int:
    return AccessEntry.objects.filter(what=what).count()


def test_letters_are_chosen_printed_watched_and_taken(
    desk: Client, clinic: Clinic, letters: list[Letter]
) -> None:
    a_worker_lives()
    chosen = [str(one.pk) for one in letters[:2]]
    sent = desk.post(page("print", clinic), {"letter": chosen, "form": "pdf", "what": "letters"})
    batch = Batch.objects.get()
    assert sent["Location"] == page("batch", clinic, batch.pk)
    begin(waiting_jobs()[0])
    shown = desk.get(sent["Location"]).content.decode()
    assert "1 of 2 made" in shown
    assert "You may leave this page" in shown
    work_off()
    part = desk.get(sent["Location"], headers=HTMX).content.decode()
    assert part.strip().startswith("<section")
    assert "2 of 2 are in the file" in part
    assert "every 2s" not in part
    assert "Jane" not in shown + part
    file = desk.post(page("batch_file", clinic, batch.pk))
    assert file["Content-Type"] == "application/pdf"
    assert "attachment" in file["Content-Disposition"]
    assert "no-store" in file["Cache-Control"]
    assert len(PdfReader(BytesIO(file.content)).pages) == 4
    assert logged("printed") == 2
    assert "Printings of the last day" in desk.get(page("print", clinic)).content.decode()


def test_the_list_names_patients_and_logs_each_look(
    desk: Client, clinic: Clinic, letters: list[Letter]
) -> None:
    shown = desk.get(page("print", clinic)).content.decode()
    assert shown.count("<td>Sample, Jane</td>") == 3
    assert logged("listed") == 3
    assert "checked" in desk.get(page("print", clinic) + "?all=1").content.decode()


def test_cases_chosen_elsewhere_come_with_their_newest_letter_ticked(
    desk: Client, clinic: Clinic, letters: list[Letter]
) -> None:
    sent = {"case": [str(letters[0].case_id), str(uuid.uuid4()), "no id"]}
    shown = desk.post(page("print_cases", clinic), sent).content.decode()
    assert str(letters[0].pk) in shown
    assert str(letters[1].pk) not in shown
    assert shown.count("checked>") == 3  # the letter, and what is proposed of it in which form


def test_nothing_chosen_is_told_and_what_was_chosen_stays(
    desk: Client, clinic: Clinic, letters: list[Letter]
) -> None:
    empty = desk.post(page("print", clinic), {"form": "zip"})
    assert empty.status_code == 422
    assert "Choose one letter or more" in empty.content.decode()
    chosen = {"letter": [str(letters[0].pk)], "form": "fax"}
    wrong = desk.post(page("print", clinic), chosen)
    assert wrong.status_code == 422
    ticked = wrong.content.decode().split(f'value="{letters[0].pk}"')[1].split(">")[0]
    assert "checked" in ticked
    assert not Batch.objects.exists()


def test_a_letter_that_was_superseded_meanwhile_is_left_out_and_this_is_told(
    desk: Client, clinic: Clinic, letters: list[Letter]
) -> None:
    Letter.objects.filter(pk=letters[0].pk).update(superseded_by=letters[2])
    chosen = [str(one.pk) for one in letters]
    shown = desk.post(page("print", clinic), {"letter": chosen, "form": "pdf"}, follow=True)
    assert "superseded or deleted meanwhile: 1." in shown.content.decode()
    assert Batch.objects.get().items.count() == 2


def test_it_is_told_when_nobody_is_at_work_and_nothing_is_asked_again_by_itself(
    desk: Client, clinic: Clinic, biller: User, letters: list[Letter]
) -> None:
    batch = begin_batch(clinic, [letters[0].pk], form="pdf", by=biller)
    shown = desk.get(page("batch", clinic, batch.pk)).content.decode()
    assert "No worker is at work just now" in shown
    assert "every 2s" not in shown


def test_a_letter_that_failed_is_named_by_its_case(
    desk: Client, clinic: Clinic, biller: User, letters: list[Letter]
) -> None:
    alter_letter(letters[1], sealed_pdf=b"broken")
    batch = begin_batch(clinic, [one.pk for one in letters], form="zip", by=biller)
    work_off()
    shown = desk.get(page("batch", clinic, batch.pk)).content.decode()
    assert "2 of 3 are in the file" in shown
    assert "Not printed: 1" in shown
    assert "Case 2</a>, Appeal to the plan: The signed file" in shown
    desk.post(page("batch_file", clinic, batch.pk))
    assert logged("printed") == 2


def test_the_list_tells_what_is_enclosed_and_what_was_printed_or_sent(
    desk: Client, clinic: Clinic, biller: User, letters: list[Letter]
) -> None:
    sent, printed, _waiting = letters
    Case.objects.update(due_on=dt.date(2027, 3, 4))
    opened = open_case(Case.objects.select_related("patient__clinic").get(pk=sent.case_id))
    add_event(opened, CaseEvent.Kind.APPEALED, on=dt.date(2026, 5, 6), by=biller)
    batch = begin_batch(clinic, [printed.pk], form="pdf", by=biller)
    work_off()
    desk.post(page("batch_file", clinic, batch.pk))
    enclosed = EnclosedRecord(1, "rating_scales", "the rating scales")
    make_signed_letter(make_case(clinic, opened.patient), enclosures=(enclosed,))
    shown = text_of(desk.get(page("print", clinic)))
    rows = re.findall(r"(\d+) Sample, Jane Appeal to the plan (.*?)(?= \d+ Sample| What is)", shown)
    assert [number for number, _rest in rows] == ["3", "2", "4", "1"]  # what was sent comes last
    told = dict(rows)
    assert told["1"].startswith("None ")
    assert "Sent May 6, 2026" in told["1"]
    assert "Mar 4, 2027" not in told["1"]
    assert "Mar 4, 2027" in told["2"]
    assert told["3"].endswith("Not yet")
    assert not told["2"].endswith("Not yet")
    assert told["4"].startswith("1 ")


def test_a_printing_is_stopped_and_deleted(
    desk: Client, clinic: Clinic, biller: User, letters: list[Letter]
) -> None:
    batch = begin_batch(clinic, [letters[0].pk], form="pdf", by=biller)
    early = desk.post(page("batch_file", clinic, batch.pk))
    assert early["Location"] == page("batch", clinic, batch.pk)
    shown = desk.post(page("batch_drop", clinic, batch.pk), follow=True).content.decode()
    assert "The printing is deleted" in shown
    assert not Batch.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_printing_of_another_clinic_or_of_yesterday_is_not_found(
    desk: Client, clinic: Clinic, biller: User, letters: list[Letter]
) -> None:
    old = begin_batch(clinic, [letters[0].pk], form="pdf", by=biller)
    Batch.objects.update(made_at=timezone.now() - dt.timedelta(hours=25))
    other = make_clinic("Another Sample Clinic")
    strange = begin_batch(
        other, [make_signed_letter(make_case(other)).pk], form="pdf", by=make_member(other)
    )
    work_off()
    for batch in (old, strange):
        assert desk.get(page("batch", clinic, batch.pk)).status_code == 404
        for name in ("batch_file", "batch_drop"):
            assert desk.post(page(name, clinic, batch.pk)).status_code == 404
    assert Batch.objects.count() == 2
    assert Case.objects.filter(clinic=other).exists()


def test_the_pages_ask_the_database_as_often_for_many_letters_as_for_few(
    desk: Client,
    clinic: Clinic,
    biller: User,
    letters: list[Letter],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    batch = begin_batch(clinic, [one.pk for one in letters], form="pdf", by=biller)
    desk.get(page("print", clinic))  # the session says that its person is there
    with django_assert_num_queries(10):  # one more: which of them were sent
        desk.get(page("print", clinic))
    with django_assert_num_queries(9):
        desk.get(page("batch", clinic, batch.pk))
