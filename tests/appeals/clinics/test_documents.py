"""Documents of a case: sent, refused one by one, classed, put in order, and wanted."""

import datetime as dt
import re
import uuid
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.casework import OpenCase, happened_in
from appeals.clinics.content import CaseContent
from appeals.clinics.documents.counting import count_missing, missing_in, set_aside
from appeals.clinics.documents.keeping import (
    StaleDocumentError,
    add_document,
    change_document,
    file_of,
    open_document,
    open_documents,
    order_documents,
    remove_document,
    state_of,
)
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.documents.uploading import BROKE_OFF, BROKE_OFF_BETWEEN, CUT, WORDS
from appeals.clinics.documents.wanted import Wanted, wanted_in
from appeals.law.arguments import EnclosureId
from appeals.letters.kinds import LetterKind
from appeals.models import AccessEntry, CaseDocument, CaseEvent, Clinic
from appeals.packet.parts import Cleaned, PacketRefusal
from appeals.views.clinics import document_files, documents
from policies.models import Policy
from policies.published import published_catalogue
from tests.appeals.clinics.building import (
    join_before,
    make_case,
    make_clinic,
    make_pdf,
    make_signed_letter,
    reopened,
)
from tests.appeals.clinics.ruling import PLAN, SEVERE_ADULTS, begin_rule
from tests.appeals.letters_pages import fields_of
from tests.appeals.packet_files import changed, with_script
from tests.factories import make_situation
from tests.policies.html import text_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
AGE, SEVERE = (one.label for one in SEVERE_ADULTS.members)
MAY_3 = dt.date(2026, 5, 3)
SCALES = EnclosureId.RATING_SCALES
PAGES = Cleaned(make_pdf("A scale"), 1)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def policy() -> Policy:
    return begin_rule(SEVERE_ADULTS)


@pytest.fixture
def opened(clinic: Clinic, policy: Policy) -> OpenCase:
    situation = make_situation(answers={"age": 44, "episode_severity": "severe"}, **PLAN)
    return make_case(clinic, content=CaseContent(situation), insurer=policy.insurer)


def address(opened: OpenCase, name: str = "documents", *more: object) -> str:
    return reverse(f"clinics:{name}", args=[opened.case.clinic_id, opened.case.pk, *more])


def upload(name: str, raw: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def send(desk: Client, opened: OpenCase, *files: SimpleUploadedFile) -> "Response":
    return desk.post(address(opened, "documents_add"), {"files": files, "whole": "1"})


def kept(opened: OpenCase, by: User, name: str = "PHQ-9", **fields: Any) -> CaseDocument:
    return add_document(opened, DocumentRecord(name, **fields), PAGES, on=MAY_3, by=by)


def names(opened: OpenCase) -> list[str]:
    return [one.record.name for one in open_documents(opened)]


def missing(opened: OpenCase) -> list[str]:
    wanted = wanted_in(opened, catalogue=published_catalogue(), on=timezone.localdate())
    return [one.id for one in missing_in(opened, wanted, open_documents(opened))]


def fields(document: CaseDocument, **told: Any) -> dict[str, Any]:
    """What the page sends of a document."""
    one = {"name": "PHQ-9", "on": "", "paper": "", "state": state_of(document)} | told
    return {f"{document.pk}-{name}": value for name, value in one.items()}


# Sending


def test_several_files_are_kept_sealed_and_as_pages(desk: Client, opened: OpenCase) -> None:
    sent = send(desk, opened, upload("phq9.pdf", make_pdf("Score")), upload("b.pdf", make_pdf("B")))
    assert sent.status_code == 302
    assert names(opened) == ["phq9", "b"]
    first = opened.case.documents.first()
    assert first is not None
    assert first.pages == 1
    assert file_of(opened, first).startswith(b"%PDF-")
    assert b"%PDF" not in bytes(first.sealed_file)
    assert b"phq9" not in bytes(first.sealed)
    assert opened.case.events.filter(kind=CaseEvent.Kind.DOCUMENT).count() == 2


def test_each_file_that_is_refused_is_named_and_the_others_are_kept(
    desk: Client, opened: OpenCase
) -> None:
    answer = send(
        desk,
        opened,
        upload("notes.txt", b"plain text"),
        upload("good.pdf", make_pdf("Good")),
        upload("form.pdf", changed(with_script)),
    )
    assert answer.status_code == 422
    text = text_of(answer)
    assert f"notes.txt: {WORDS[PacketRefusal.WRONG_TYPE]}" in text
    assert "form.pdf: The file holds a program" in text
    assert "Not every file was added" in text
    assert names(opened) == ["good"]


def test_what_is_too_much_for_one_request_is_named(
    desk: Client, opened: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = make_pdf("S")
    monkeypatch.setattr("appeals.views.packet.MOST_PACKET_BYTES", len(small) + 10)
    answer = send(desk, opened, upload("small.pdf", small), upload("more.pdf", make_pdf("M")))
    assert f"more.pdf: {CUT}" in text_of(answer)
    assert names(opened) == ["small"]


def test_without_a_file_the_page_asks_for_one(desk: Client, opened: OpenCase) -> None:
    answer = send(desk, opened)
    assert answer.status_code == 422
    assert "Choose one file or more first." in text_of(answer)


def test_a_document_is_read_as_a_file_to_save_and_that_is_logged(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    document = kept(opened, biller)
    answer = desk.get(address(opened, "document_file", document.pk))
    assert answer.content == PAGES.pdf
    assert answer["Content-Disposition"] == 'attachment; filename="document-1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    entry = AccessEntry.objects.filter(what=AccessEntry.What.READ_FILE).get()
    assert (entry.case_id, entry.by) == (opened.case.pk, biller)


def test_another_file_takes_the_place_and_what_it_proves_stays(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    document = kept(opened, biller, proves=(AGE,))
    page = address(opened, "document", document.pk)
    told = {"files": upload("new.pdf", make_pdf("New", pages=2)), "whole": "1"}
    assert desk.post(page, told | {"state": state_of(document)}).status_code == 302
    now = open_document(opened, opened.case.documents.get())
    assert (now.document.pages, now.record.proves) == (2, (AGE,))
    answer = desk.post(page, told | {"state": "other", "files": upload("x.pdf", make_pdf("X"))})
    assert answer.status_code == 409


def test_a_removed_document_is_gone_and_its_removal_stays(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    document = kept(opened, biller, on=MAY_3)
    assert desk.post(address(opened, "document_remove", document.pk)).status_code == 302
    assert not opened.case.documents.exists()
    event = opened.case.events.last()
    assert event is not None
    assert happened_in(opened, event).text == "Removed: PHQ-9, May 3, 2026"


# Classing


def test_a_document_proves_criteria_of_the_rule_and_is_an_enclosure(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    document = kept(opened, biller)
    page = text_of(desk.get(address(opened)))
    assert f"Criterion 1: {AGE}" in page
    told = fields(document, on="5/3/2026", paper=SCALES, proves=[SEVERE])
    assert desk.post(address(opened, "documents_save"), told).status_code == 302
    record = open_documents(opened)[0].record
    assert record == DocumentRecord("PHQ-9", MAY_3, SCALES, (SEVERE,))


@pytest.mark.parametrize(
    ("told", "error"),
    [
        pytest.param({"name": ""}, "This field is required.", id="no name"),
        pytest.param({"on": "5/3/2199"}, "Is the year right?", id="a day that lies ahead"),
        pytest.param({"paper": "poem"}, "Select a valid choice", id="no enclosure of ours"),
        pytest.param({"proves": ["no such"]}, "Select a valid choice", id="no criterion of theirs"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    desk: Client, biller: User, opened: OpenCase, told: dict[str, Any], error: str
) -> None:
    document, other = kept(opened, biller), kept(opened, biller, "Chart")
    both = fields(document, **told) | fields(other, name="Chart of Dr. Sample")
    answer = desk.post(address(opened, "documents_save"), both)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert error in text_of(answer)
    assert "Chart of Dr. Sample" in body
    assert names(opened) == ["PHQ-9", "Chart"]


def test_two_who_class_one_document_see_what_the_other_wrote(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    document = kept(opened, biller)
    shown = fields(document, name="Mine")
    change_document(
        opened,
        document,
        DocumentRecord("Theirs", proves=(AGE,)),
        based_on=state_of(document),
        on=MAY_3,
        by=biller,
    )
    answer = desk.post(address(opened, "documents_save"), shown)
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Theirs; no enclosure; criteria: 1" in text_of(answer)
    assert 'value="Mine"' in body
    assert names(opened) == ["Theirs"]
    state = re.search(rf'name="{document.pk}-state" value="(\w+)"', body)
    assert state is not None
    desk.post(address(opened, "documents_save"), shown | {f"{document.pk}-state": state[1]})
    assert names(opened) == ["Mine"]


def test_a_stale_write_is_refused(biller: User, opened: OpenCase) -> None:
    document = kept(opened, biller)
    with pytest.raises(StaleDocumentError):
        change_document(
            opened, document, DocumentRecord("x"), based_on="before", on=MAY_3, by=biller
        )


# Order


def test_the_order_is_that_of_the_buttons_and_of_dragging(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    one, two, three = (kept(opened, biller, name) for name in ("1", "2", "3"))
    save = address(opened, "documents_save")
    desk.post(save, {"go": f"up.{three.pk}"})
    assert names(opened) == ["1", "3", "2"]
    desk.post(save, {"go": f"down.{one.pk}"})
    assert names(opened) == ["3", "1", "2"]
    desk.post(save, {"go": "order", "order": f"{two.pk},{three.pk},none,{uuid.uuid4()}"})
    assert names(opened) == ["2", "3", "1"]
    assert desk.post(save, {"go": "up.nothing"}).status_code == 302


def test_pressing_a_button_keeps_what_was_typed(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    one, two = kept(opened, biller, "1"), kept(opened, biller, "2")
    told = fields(one, name="First") | fields(two, name="2")
    desk.post(address(opened, "documents_save"), told | {"go": f"down.{one.pk}"})
    assert names(opened) == ["2", "First"]


# What is wanted


def test_what_the_rule_wants_and_no_document_proves_is_missing(
    biller: User, opened: OpenCase
) -> None:
    assert {AGE, SEVERE, SCALES} <= {*missing(opened)}
    before = len(missing(opened))
    kept(opened, biller, proves=(SEVERE,), paper=SCALES)
    assert not {SEVERE, SCALES} & {*missing(opened)}
    assert count_missing(opened, catalogue=published_catalogue(), on=MAY_3) == before - 2
    assert reopened(opened).case.missing == before - 2


def test_what_is_not_met_asks_for_no_proof(clinic: Clinic, policy: Policy) -> None:
    situation = make_situation(answers={"age": 12, "episode_severity": "severe"}, **PLAN)
    young = make_case(clinic, content=CaseContent(situation), insurer=policy.insurer)
    assert AGE not in missing(young)
    assert SEVERE in missing(young)


def test_a_signed_letter_is_the_paper_that_it_is(opened: OpenCase) -> None:
    wanted = Wanted("", (), (EnclosureId.LETTER_OF_MEDICAL_NECESSITY,))
    assert len(missing_in(opened, wanted, ())) == 1
    make_signed_letter(opened, kind=LetterKind.MEDICAL_NECESSITY)
    assert missing_in(opened, wanted, ()) == ()


def test_what_is_not_needed_here_is_set_aside_and_taken_back(
    desk: Client, opened: OpenCase
) -> None:
    save = address(opened, "documents_save")
    before = len(missing(opened))
    desk.post(save, {"go": f"aside.{SCALES}"})
    now = reopened(opened)
    assert SCALES not in missing(now)
    assert now.case.missing == before - 1
    desk.post(save, {"go": f"back.{SCALES}"})
    assert SCALES in missing(reopened(opened))


def test_the_form_of_a_case_keeps_what_was_set_aside(
    desk: Client, biller: User, opened: OpenCase
) -> None:
    set_aside(opened, SCALES, is_aside=True, by=biller)
    page = reverse("clinics:case", args=[opened.case.clinic_id, opened.case.pk])
    sent = fields_of(desk.get(page), "case-form") | {"go": "save"}
    assert desk.post(page, sent).status_code == 302
    assert reopened(opened).content.set_aside == (SCALES,)


def test_removing_counts_anew(desk: Client, biller: User, opened: OpenCase) -> None:
    document = kept(opened, biller, paper=SCALES)
    count_missing(opened, catalogue=published_catalogue(), on=MAY_3)
    before = reopened(opened).case.missing
    desk.post(address(opened, "document_remove", document.pk))
    assert reopened(opened).case.missing == before + 1


def test_the_page_asks_the_database_the_same_however_many_documents(
    desk: Client, biller: User, opened: OpenCase, django_assert_num_queries: Any
) -> None:
    kept(opened, biller)
    desk.get(address(opened))
    with CaptureQueriesContext(connection) as few:
        desk.get(address(opened))
    for place in range(5):
        kept(opened, biller, str(place))
    with django_assert_num_queries(len(few)):
        desk.get(address(opened))


def test_order_names_only_what_belongs_to_the_case(biller: User, opened: OpenCase) -> None:
    kept(opened, biller, "1")
    other = make_case(opened.case.clinic, opened.patient)
    theirs = kept(other, biller, "theirs")
    order_documents(opened, [theirs.pk], by=biller)
    assert names(opened) == ["1"]
    with pytest.raises(CaseDocument.DoesNotExist):
        remove_document(opened, theirs, on=MAY_3, by=biller)


def test_a_saved_case_counts_what_it_lacks_and_a_closed_one_lacks_nothing(
    desk: Client, opened: OpenCase
) -> None:
    page = reverse("clinics:case", args=[opened.case.clinic_id, opened.case.pk])
    desk.post(page, fields_of(desk.get(page), "case-form") | {"go": "save"})
    now = reopened(opened)
    assert now.case.missing == len(missing(now)) > 0
    happened = address(now, "case_happened", "withdrawn")
    desk.post(happened, fields_of(desk.get(happened), "happened") | {"go": "record"})
    assert reopened(opened).case.missing == 0


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        pytest.param(b"%%EOF", f"half.pdf: {BROKE_OFF}", id="within a file"),
        pytest.param(b'name="whole"', BROKE_OFF_BETWEEN, id="behind a file"),
    ],
)
def test_an_upload_that_broke_off_keeps_what_came_whole(
    desk: Client, opened: OpenCase, at: bytes, fault: str
) -> None:
    files = [upload("whole.pdf", make_pdf("W")), upload("half.pdf", make_pdf("H"))]
    body = encode_multipart(BOUNDARY, {"files": files, "whole": "1"})
    add = address(opened, "documents_add")
    cut = body[: body.rindex(at)]
    answer: Any = desk.generic("POST", add, cut, content_type=MULTIPART_CONTENT)
    assert answer.status_code == 422
    assert fault in text_of(answer)
    assert names(opened)[0] == "whole"


@pytest.mark.parametrize(
    ("view", "write", "name"),
    [
        (document_files, "add_document", "documents_add"),
        (documents, "change_document", "documents_save"),
        (document_files, "replace_file", "document"),
        (document_files, "remove_document", "document_remove"),
    ],
)
def test_what_was_sent_while_the_patient_was_joined_comes_back_on_the_page_as_it_is(
    *,
    desk: Client,
    biller: User,
    opened: OpenCase,
    monkeypatch: pytest.MonkeyPatch,
    view: ModuleType,
    write: str,
    name: str,
) -> None:
    document = kept(opened, biller)
    place = address(opened, name, *([] if name.startswith("documents") else [document.pk]))
    join_before(monkeypatch, view, write, opened)
    told = fields(document, name="PHQ-9 of May") | {"state": state_of(document), "whole": "1"}
    answer = desk.post(place, told | {"files": upload("new.pdf", make_pdf("New"))})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Someone else changed this case meanwhile" in text
    wanted = {"documents_add": "new.pdf: It was not added", "documents_save": "PHQ-9 of May"}
    assert wanted.get(name, "PHQ-9") in text
    shown = fields_of(answer, "documents") if name == "documents_save" else {}
    again = desk.post(place, shown | {"files": upload("new.pdf", make_pdf("New")), "whole": "1"})
    assert again.status_code in (302, 409)
    if name == "documents_save":
        assert names(reopened(opened)) == ["PHQ-9 of May"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["documents_add", "document"])
def test_no_connection_is_held_while_a_file_is_looked_through(
    desk: Client, biller: User, opened: OpenCase, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    document = kept(opened, biller)
    held = []

    def clean(*_: object, **__: object) -> Cleaned:
        held.append((connection.in_atomic_block, connection.connection is not None))
        return PAGES

    monkeypatch.setattr("appeals.packet.confined_work.clean", clean)
    place = address(opened, name, *([] if name == "documents_add" else [document.pk]))
    told = {"files": upload("a.pdf", b"%PDF"), "whole": "1", "state": state_of(document)}
    assert desk.post(place, told).status_code == 302
    assert held == [(False, False)]
