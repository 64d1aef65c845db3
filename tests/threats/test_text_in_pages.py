"""Text that somebody typed stays text, on each page and in each paper."""

import io
import zipfile
from typing import Any

import pgtrigger
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Value
from django.db.models.functions import Cast, Concat
from django.test import Client
from django.urls import reverse

from appeals import pdf
from appeals.clinics.casework import add_event
from appeals.clinics.content import CaseContent, Happened
from appeals.clinics.holding import hold_patient
from appeals.clinics.letters.text_blocks import add_block
from appeals.clinics.patients import add_patient
from appeals.clinics.printing.making import begin_batch
from appeals.clinics.records import PatientRecord
from appeals.clinics.saved_views import keep_view
from appeals.letters.facts import FactType, letter_facts
from appeals.models import CaseEvent, Clinic, Clinician, Role
from policies.roles import Role as DeskRole
from tests.appeals.clinics.building import make_case, make_member, make_signed_letter
from tests.appeals.clinics.clinic_addresses import ADDRESSES, OF_NO_CLINIC, Made
from tests.appeals.clinics.lettering import begun, give_form
from tests.appeals.clinics.test_addresses import signed_in
from tests.appeals.letters_pages import WHOLE_APPEAL, text_in
from tests.coverage_site.signing_in import make_person
from tests.factories import ON, make_situation
from tests.policies.desk_addresses import rows
from tests.policies.desk_places import address_of
from tests.policies.desk_records import add_insurer, add_policy
from tests.policies.html import FULL, PLAN
from tests.policies.test_roles import objects as objects_of_the_desk

pytestmark = pytest.mark.django_db
objects = objects_of_the_desk
TYPED = "\"'><script>typed</script><img src=x onerror=typed>{{7*7}}{%now%}&amp;"
WORDS = {FactType.TEXT, FactType.LINES}
SHORT = "\"'><script>typed</script>"
TOLD = [name for name, fact in letter_facts().items() if fact.type in WORDS]


def assert_text(page: str, place: object) -> bool:
    """Whether a page shows what was typed; it never stands there as a tag."""
    assert "<script>typed" not in page, place
    assert "<img src=x" not in page, place
    return "&lt;script&gt;typed" in page


# Clinics


@pytest.fixture
def made() -> Made:
    """A clinic of which every text was typed by somebody who means harm."""
    clinic = Clinic.objects.create(
        name=TYPED, address=TYPED, phone=SHORT, fax=SHORT, letterhead=TYPED, is_sample=True
    )
    made = Made(clinic)
    by = make_member(clinic, Role.ADMIN, SHORT)
    clinician = Clinician.objects.create(
        clinic=clinic, name=TYPED, credentials=TYPED, specialty=TYPED, phone=SHORT
    )
    record = PatientRecord(
        family_name=TYPED,
        given_name=TYPED,
        member_id=TYPED,
        group=TYPED,
        phone=TYPED,
        address=TYPED,
        note=TYPED,
    )
    made.__dict__["patient"] = patient = add_patient(clinic, record, by=by)
    content = CaseContent(situation=make_situation(), told=dict.fromkeys(TOLD, TYPED))
    made.__dict__["case"] = case = make_case(
        clinic, patient, content=content, payer_name=TYPED, clinician=clinician
    )
    add_event(case, CaseEvent.Kind.NOTE, on=ON, by=by, happened=Happened(text=TYPED))
    document = give_form(case, by, name=TYPED)
    block = add_block(
        clinic, {"title": SHORT, "text": TYPED, "review_on": ON.replace(year=2027)}, by=by
    )
    letter = begun(case, clinician, by=by)
    hold_patient(patient, reason=TYPED, by=by)
    made.values |= {
        "document_id": document.pk,
        "block_id": block.pk,
        "letter_id": letter.pk,
        "batch_id": begin_batch(clinic, [make_signed_letter(case).pk], form="pdf", by=by).pk,
        "clinician_id": clinician.pk,
    }
    return made


def test_no_text_of_a_clinic_runs_on_a_page(made: Made) -> None:
    member = make_member(made.clinic, Role.ADMIN, f"{SHORT}2")
    keep_view(member.memberships.get(), SHORT, {"state": "OH"})
    client = signed_in(member)
    told = 0
    for one in ADDRESSES:
        answer = client.get(one.of(made))
        if answer.headers["Content-Type"].startswith("text/html"):
            told += assert_text(answer.content.decode(), one)
    for name in OF_NO_CLINIC:
        assert_text(client.get(reverse(f"clinics:{name}"), follow=True).content.decode(), name)
    assert told >= 25


# The desk


def set_every_text(model: type[models.Model]) -> None:
    """Put what was typed into each column of text, as whoever writes to the database could."""
    words = Concat(Value(SHORT), Cast("pk", models.CharField()))
    taken = {}
    for field in model._meta.concrete_fields:  # noqa: SLF001 -- Django's own way to its fields
        is_text = type(field) in {models.CharField, models.TextField} and not field.choices
        if is_text and (field.max_length or 99) >= 40:
            taken[field.name] = words
    if taken:
        with pgtrigger.ignore():
            model._default_manager.update(**taken)  # noqa: SLF001


@pytest.mark.usefixtures("some_policies")
def test_no_text_at_the_desk_runs_on_a_page(client: Client, objects: dict[str, int]) -> None:
    for model in apps.get_app_config("policies").get_models():
        set_every_text(model)
    User.objects.update(first_name=SHORT, last_name=SHORT)
    client.force_login(make_person("chief", DeskRole.ADMINISTRATOR))
    told = 0
    for method, name in rows():
        if method == "GET" and name != "admin:logout":
            answer = client.get(address_of(name, objects))
            if answer.headers["Content-Type"].startswith("text/html") and not answer.streaming:
                told += assert_text(answer.content.decode(), name)
    assert told >= 25


# The site


@pytest.fixture
def catalogue_typed() -> None:
    """A catalogue whose insurer and policy have such names."""
    add_policy(add_insurer("typed", name=TYPED), title=TYPED)


@pytest.mark.usefixtures("catalogue_typed")
def test_no_text_of_the_catalogue_runs_on_a_page(client: Client) -> None:
    told = 0
    for address in (
        "/policies/",
        "/policies/typed/ketamine/",
        "/insurers/typed/",
        "/map/",
        "/check/",
        "/es/policies/typed/ketamine/",
    ):
        told += assert_text(client.get(address).content.decode(), address)
    assert told >= 4
    listed = client.get("/data/policies.csv")
    assert listed.headers["Content-Disposition"] == 'attachment; filename="policies.csv"'


ASKED = PLAN | FULL | WHOLE_APPEAL | {f"told-{name}": "" for name in TOLD}
FREE = [
    name
    for name in ASKED
    if name.startswith("told-") or name.endswith(("-drug", "-insurer_name", "-other"))
]
ODD = {
    "tags": TYPED,
    "a null": "a\0b",
    "lists without end": "[" * 5_000,
    "a large number": "9" * 5_000,
    "a format": "%s %(a)s {0.__class__}",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("address", ["/check/", "/check/so-far/", "/denied/", "/letters/"])
def test_no_answer_runs_on_a_page_or_breaks_it(client: Client, address: str, odd: str) -> None:
    every = dict.fromkeys(ASKED, odd)
    told = ASKED | dict.fromkeys(FREE, odd) | {"plan-insurer": "", "plan-insurer_name": odd}
    for sent in (
        every,
        told,
        told | {"at": "papers", "go": "next"},
        every | dict.fromkeys(("at", "go", "showing", "returns", "saved", "carried"), odd),
    ):
        answer = client.post(address, sent)
        assert answer.status_code in {200, 204, 302, 422}, sent
        assert_text(answer.content.decode(), address)


# Papers


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that a page to print has asked for."""
    asked: list[str] = []
    fetch = pdf._OwnAssets.fetch  # noqa: SLF001

    def noting(self: Any, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(pdf._OwnAssets, "fetch", noting)  # noqa: SLF001
    return asked


FETCHES = (
    "<img src='http://192.0.2.1/a'><link rel=attachment href='file:///etc/passwd'>"
    "<style>@import url(file:///etc/passwd); * {background: url(http://192.0.2.1/b)}</style>"
    "<svg><image href='data:image/svg+xml,<svg/>'/></svg><object data='file:///etc/passwd'>"
)
PAPERS = [
    "/letters/letter.pdf",
    "/letters/sheet.pdf",
    "/check/doctor-page.pdf",
    "/check/log-sheet.pdf",
]


@pytest.mark.parametrize("address", PAPERS)
def test_no_paper_fetches_what_was_typed(client: Client, fetched: list[str], address: str) -> None:
    told = ASKED | dict.fromkeys(FREE, FETCHES[:190])
    told |= {"plan-insurer": "", "plan-insurer_name": FETCHES[:90], "at": "papers"}
    answer = client.post(address, told)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert fetched
    static = pdf.STATIC.as_uri()
    assert all(one.startswith(static) for one in fetched), fetched
    assert b"/EmbeddedFile" not in answer.content
    assert "root:" not in text_in(answer)


def test_no_paper_to_change_holds_what_was_typed_as_more_than_text(client: Client) -> None:
    # Places for a phone number want one.
    told = ASKED | dict.fromkeys(FREE, f"{TYPED} 617-555-0100")
    answer = client.post("/letters/letter.docx", told | {"at": "papers"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as word:
        parts = {name: word.read(name).decode() for name in word.namelist() if "xml" in name}
    assert any("&lt;script&gt;typed" in text for text in parts.values())
    for name, text in parts.items():
        assert "<script>typed" not in text, name
        assert "TargetMode" not in text, name


def lines_of_calendar(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_no_line_of_a_calendar_is_begun_by_what_was_typed(client: Client) -> None:
    typed = "Plan\r\nATTACH:http://192.0.2.1/\nBEGIN:VALARM\rEND:VCALENDAR;X=1:y"
    told = ASKED | dict.fromkeys(FREE, typed) | {"plan-insurer": "", "plan-insurer_name": typed}
    answer = client.post("/denied/dates.ics", told)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    words = {line.partition(":")[0].partition(";")[0] for line in lines_of_calendar(answer.content)}
    assert "ATTACH" not in words
    assert answer.content.count(b"END:VCALENDAR") == 1
