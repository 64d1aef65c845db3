"""The sample clinic: plainly made up, whole, and never written over without being asked."""

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import override_settings
from pypdf import PdfReader

from appeals.clinics.casework import happened_in, open_case, verdict_in
from appeals.clinics.documents.keeping import open_documents
from appeals.clinics.letters.drafting import record_of
from appeals.clinics.letters.signing import is_genuine, signed_bytes
from appeals.clinics.moves import CLOSED, MOVES
from appeals.clinics.samples.people import STAFF
from appeals.clinics.samples.plans import LINES
from appeals.clinics.samples.writing import write_sample_clinic
from appeals.models import AccessEntry, Case, Clinic, Letter, Role
from appeals.models.cases import CaseEvent, Stage
from appeals.presenting.clinics.documents import present_documents
from policies.days import age_on
from policies.history import record_event
from policies.models import Insurer, PolicyEvent
from policies.published import published_catalogue
from tests.appeals.clinics.building import make_case, make_clinic
from tests.appeals.clinics.ruling import begin_rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("insurers")]
TODAY = dt.date(2026, 11, 26)
DECIDED = {kind for moves in MOVES.values() for kind in moves}


def load(*arguments: str) -> str:
    output = StringIO()
    call_command("load_sample_clinic", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def insurers() -> None:
    """A small catalogue: a rule, and some insurers of each kind that covers people."""
    begin_rule()
    for kind in LINES:
        for number in range(10):
            slug = f"{kind.replace('_', '-')}-{number}"
            insurer = Insurer.objects.create(slug=slug, name=slug, kind=kind, states=["OH"])
            record_event(PolicyEvent.Kind.LOADED, insurer, by=None)


@pytest.fixture
def debug() -> Iterator[None]:
    with override_settings(DEBUG=True):
        yield


@pytest.mark.usefixtures("debug")
def test_it_has_a_person_of_each_role_who_can_sign_in() -> None:
    told = load("--cases", "3")
    password = re.search(r"Password of each: (\S+)", told)
    assert password
    clinic = Clinic.objects.get()
    assert clinic.is_sample
    assert {one.role for one in clinic.memberships.all()} == set(Role)
    for name in STAFF.values():
        assert name.startswith("sample-")
        assert authenticate(username=name, password=password[1]) is not None
    assert re.fullmatch(r"\d{6}\n", load("--code"))


@pytest.mark.usefixtures("debug")
def test_a_second_run_refuses_and_replaces_when_asked() -> None:
    load("--cases", "2")
    mine = make_case(make_clinic("Sample Clinic of my own")).case
    with pytest.raises(CommandError, match="--replace"):
        load("--cases", "2")
    load("--cases", "4", "--replace")
    assert Clinic.objects.get(name="Sample Clinic").cases.count() == 4
    assert Case.objects.filter(pk=mine.pk).exists()


@override_settings(DEBUG=False)
def test_where_others_work_it_wants_to_be_asked_for() -> None:
    with pytest.raises(CommandError, match="--yes"):
        load()
    load("--cases", "1", "--yes")


@pytest.mark.usefixtures("debug")
@pytest.mark.parametrize("count", ["0", "-1", "1000000"])
def test_an_impossible_number_of_cases_is_refused(count: str) -> None:
    with pytest.raises(CommandError, match="--cases is a number"):
        load("--cases", count)


def test_its_cases_are_of_many_payers_in_every_stage_around_today() -> None:
    clinic = write_sample_clinic(200, today=TODAY).clinic
    cases = list(clinic.cases.all())
    assert len({one.insurer_id for one in cases if one.insurer_id}) > 30
    assert {one.stage for one in cases} == {one.value for one in Stage}
    days = [one.due_on for one in cases if one.due_on]
    assert min(days) < TODAY < max(days)
    assert any(TODAY <= one <= TODAY + dt.timedelta(days=7) for one in days)
    ended = [one for one in cases if one.stage in CLOSED]
    assert all((one.closed_at is None) == (one.due_step == "continue") for one in ended)
    assert all(one.closed_at is None for one in cases if one not in ended)
    assert any(one.due_step == "continue" for one in ended)


def test_each_case_opens_is_plainly_a_sample_and_tells_a_possible_story() -> None:
    clinic = write_sample_clinic(30, today=TODAY).clinic
    for case in clinic.cases.select_related("patient__clinic"):
        opened = open_case(case)
        assert "Sample" in opened.patient.record.name
        assert opened.patient.record.member_id.startswith("SAMPLE-")
        born = opened.patient.record.birth_on
        assert born is not None
        assert opened.content.situation.answers["age"] == age_on(born, TODAY)
        stage, events = Stage.PREPARING, list(case.events.all())
        assert events[0].kind == CaseEvent.Kind.OPENED
        for event in events:
            happened_in(opened, event)
            if event.kind in DECIDED:
                stage = MOVES[stage][event.kind]
        assert stage == case.stage
        days = [one.on for one in events]
        assert days == sorted(days)
        assert days[-1] <= TODAY
        verdict_in(opened, case.verdicts.get())
        assert AccessEntry.objects.filter(case_id=case.pk).exists()


def test_the_list_counts_what_the_documents_of_each_case_say() -> None:
    clinic = write_sample_clinic(60, today=TODAY).clinic
    cases = list(clinic.cases.select_related("patient__clinic").filter(closed_at=None))
    for case in cases:
        view = present_documents(open_case(case), catalogue=published_catalogue(), on=TODAY)
        assert case.missing == (len(view.missing) if view.is_counted else 0)
    assert len({one.missing for one in cases}) > 2


def test_a_few_cases_have_papers_and_a_signed_letter_that_say_what_they_are() -> None:
    clinic = write_sample_clinic(60, today=TODAY).clinic
    letters = Letter.objects.filter(case__clinic=clinic).select_related("case__patient__clinic")
    assert len(letters) == 6
    for letter in letters:
        opened = open_case(letter.case)
        assert is_genuine(opened, letter)
        signed = record_of(opened, letter).signed
        assert signed is not None
        assert "Made up for the sample clinic" in signed.words
        page = PdfReader(BytesIO(signed_bytes(opened, letter))).pages[0].extract_text()
        assert "Made up for the sample clinic" in " ".join(page.split())
        documents = open_documents(opened)
        assert len(documents) == len(signed.enclosures) == 2
        assert all(one.record.name.startswith("Sample ") for one in documents)
