"""The pages of a case's letters: begun, written, signed, superseded, printed, and blocks."""

import datetime as dt
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from appeals.clinics.casework import OpenCase
from appeals.clinics.documents.keeping import add_document
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.letters.drafting import change_letter, record_of
from appeals.clinics.letters.signing import is_genuine, signed_bytes
from appeals.law.arguments import EnclosureId
from appeals.letters.content import Table
from appeals.letters.edits import Edits
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import AccessEntry, CaseDocument, Clinic, Clinician, Letter, Role, TextBlock
from appeals.packet.parts import Cleaned
from appeals.views.clinics import letter_writing, letters, signing
from tests.appeals.clinics.building import (
    alter_letter,
    join_before,
    make_member,
    make_pdf,
    make_signed_letter,
    reopened,
)
from tests.appeals.clinics.lettering import (
    KIND,
    begun,
    give_form,
    make_letter_clinic,
    signed,
    user_of,
    written,
)
from tests.appeals.clinics.ruling import SEVERE_ADULTS, begin_rule
from tests.appeals.letters_pages import fields_of
from tests.policies.html import text_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
READ = {"read": "on", "name": "Dr. Alex Sample"}


@pytest.fixture
def surgery(alex: Clinician) -> Client:
    """The clinician's own browser."""
    client = Client()
    client.force_login(user_of(alex))
    return client


def address(opened: OpenCase, name: str = "letters", *more: object) -> str:
    return reverse(f"clinics:{name}", args=[opened.case.clinic_id, opened.case.pk, *more])


def page_of(opened: OpenCase, letter: Letter) -> str:
    return address(opened, "letter", letter.pk)


def sent(client: Client, opened: OpenCase, letter: Letter, **told: Any) -> "Response":
    """The page as it is shown, with some of it changed."""
    shown = fields_of(client.get(page_of(opened, letter) + told.pop("at", "")), "letter")
    return client.post(page_of(opened, letter), shown | told)


def texts(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def make_block(clinic: Clinic, text: str = "We are happy to talk.", **fields: Any) -> TextBlock:
    review_on = timezone.localdate() + dt.timedelta(days=30)
    by = User.objects.create_user(f"writer-{User.objects.count()}")
    told = {"title": "Offer to talk", "review_on": review_on, "edited_by": by} | fields
    return TextBlock.objects.create(clinic=clinic, text=text, **told)


# Beginning


def test_a_letter_is_begun_from_the_case_for_its_clinician(
    desk: Client, opened: OpenCase, alex: Clinician
) -> None:
    page = desk.get(address(opened))
    assert "Letter of medical necessity" in text_of(page)
    told = {"write-kind": KIND, "clinician": alex.pk, "voice": ""}
    answer = desk.post(address(opened), told)
    letter = opened.case.letters.get()
    assert answer.headers["Location"] == page_of(opened, letter)
    assert letter.clinician == alex
    assert record_of(opened, letter).voice is Voice.CLINICIAN
    body = text_of(desk.get(page_of(opened, letter)))
    for known in ("Jane Sample", "Dr. Alex Sample, MD", "PO Box 1", "NPI 1234567893"):
        assert known in body


def test_who_can_t_sign_a_kind_is_refused(desk: Client, opened: OpenCase) -> None:
    told = {"write-kind": LetterKind.MEDICAL_NECESSITY, "voice": "patient"}
    answer = desk.post(address(opened), told)
    assert answer.status_code == 422
    assert "can be signed by the treating clinician" in text_of(answer)
    assert not opened.case.letters.exists()


def test_without_a_kind_nothing_is_begun(desk: Client, opened: OpenCase) -> None:
    answer = desk.post(address(opened), {})
    assert answer.status_code == 422
    assert "Choose a document." in text_of(answer)


# Writing


def test_facts_told_for_a_letter_are_kept_by_the_case(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    told = {"told-plan_address": "PO Box 2\r\nBoston", "told-notice_on": "10/2/2026"}
    assert sent(desk, opened, draft, **told).status_code == 302
    kept = reopened(opened).content.told
    assert kept["plan_address"] == "PO Box 2\nBoston"
    assert kept["notice_on"] == "2026-10-02"
    assert "October 2, 2026" in text_of(desk.get(page_of(opened, draft)))


def test_a_wrong_fact_is_said_and_nothing_is_lost(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    told = {"told-notice_on": "2199-01-01", "told-plan_fax": "617-555-0199"}
    answer = sent(desk, opened, draft, **told)
    assert answer.status_code == 422
    assert 'value="617-555-0199"' in answer.content.decode()
    assert reopened(opened).content.told["notice_on"] == "2026-10-01"


def test_words_of_a_part_are_kept_sealed(desk: Client, opened: OpenCase, draft: Letter) -> None:
    part = "documents_asked"
    answer = sent(
        desk,
        opened,
        draft,
        at=f"?open={part}",
        **{f"edit-text.{part}": "Send us all of it, on zebra paper.", "go": f"part.keep.{part}"},
    )
    assert answer.headers["Location"].endswith(f"#part-{part}")
    now = Letter.objects.get(pk=draft.pk)
    assert record_of(opened, now).texts == {part: "Send us all of it, on zebra paper."}
    assert b"zebra" not in bytes(now.sealed)
    assert "on zebra paper" in text_of(desk.get(page_of(opened, draft)))


@pytest.mark.parametrize(
    ("go", "edits"),
    [
        pytest.param("part.out.by_when", Edits(left_out=("by_when",)), id="left out"),
        pytest.param("part.add", Edits(added=("own.1",)), id="added"),
    ],
)
def test_a_part_is_left_out_or_added(
    desk: Client, opened: OpenCase, draft: Letter, go: str, edits: Edits
) -> None:
    sent(desk, opened, draft, go=go)
    assert record_of(opened, Letter.objects.get(pk=draft.pk)).edits == edits


def test_a_part_is_moved(desk: Client, opened: OpenCase, draft: Letter) -> None:
    sent(desk, opened, draft, go="part.up.by_when")
    order = record_of(opened, Letter.objects.get(pk=draft.pk)).order
    assert order.index("by_when") < order.index("documents_asked")


def test_opening_a_part_writes_nothing(desk: Client, opened: OpenCase, draft: Letter) -> None:
    sent(desk, opened, draft, go="part.open.by_when")
    assert Letter.objects.get(pk=draft.pk).counter == draft.counter


def test_a_part_that_is_too_long_is_to_be_shortened(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    part = "documents_asked"
    answer = sent(desk, opened, draft, at=f"?open={part}", **{f"edit-text.{part}": "x" * 7_000})
    assert answer.status_code == 422
    assert "Shorten it to 6000" in text_of(answer)


def test_a_part_is_shown_as_it_will_be_printed_while_it_is_typed(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    told = {"edit-text.by_when": "By Monday.", "open": "by_when"}
    answer = desk.post(address(opened, "letter_part", draft.pk), told)
    assert "By Monday." in text_of(answer)
    assert Letter.objects.get(pk=draft.pk).counter == draft.counter


def test_two_who_write_one_letter_see_both_texts(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician, biller: User
) -> None:
    part = "documents_asked"
    shown = fields_of(desk.get(f"{page_of(opened, draft)}?open={part}"), "letter")
    record = record_of(opened, draft).with_edits(Edits(texts={part: "Their words."}))
    change_letter(
        opened,
        draft,
        record,
        {},
        clinician=alex,
        based_on=draft.counter,
        on=timezone.localdate(),
        by=biller,
    )
    mine = shown | {f"edit-text.{part}": "My words.", "told-plan_fax": "617-555-0199"}
    answer = desk.post(page_of(opened, draft), mine)
    assert answer.status_code == 409
    text = text_of(answer)
    assert "My words." in text
    assert "Their words." in text
    assert "plan_fax" not in reopened(opened).content.told
    again = fields_of(answer, "letter")
    assert again["told-plan_fax"] == "617-555-0199"
    assert desk.post(page_of(opened, draft), again).status_code == 302
    now = Letter.objects.get(pk=draft.pk)
    assert record_of(opened, now).texts == {part: "My words."}
    assert reopened(opened).content.told["plan_fax"] == "617-555-0199"


def test_a_fact_that_two_changed_shows_both(desk: Client, opened: OpenCase, draft: Letter) -> None:
    shown = fields_of(desk.get(page_of(opened, draft)), "letter")
    sent(desk, opened, draft, **{"told-plan_address": "Theirs"})
    mine = shown | {"told-plan_address": "Mine", "based_on": str(draft.counter + 1)}
    answer = desk.post(page_of(opened, draft), mine)
    assert answer.status_code == 409
    assert "Theirs" in text_of(answer)
    assert fields_of(answer, "letter")["told-plan_address"] == "Mine"
    assert reopened(opened).content.told["plan_address"] == "Theirs"


def test_what_is_missing_leads_to_where_it_is_filled_in(
    desk: Client, opened: OpenCase, alex: Clinician, biller: User
) -> None:
    letter = begun(opened, alex, by=biller, kind=LetterKind.MEDICAL_NECESSITY)
    body = desk.get(page_of(opened, letter)).content.decode()
    assert 'href="#id_told-dose"' in body
    assert 'id="id_told-dose"' in body
    assert "(add the document)" in body
    assert 'href="#part-trials"' in body


def test_a_paper_that_is_a_letter_is_written_here_and_enclosed_once_it_is_signed(
    desk: Client, opened: OpenCase, alex: Clinician, biller: User
) -> None:
    letter = begun(opened, alex, by=biller, kind=LetterKind.PRIOR_AUTHORIZATION)
    way = f"{address(opened)}?kind=medical_necessity"
    shown = desk.get(page_of(opened, letter)).content.decode()
    assert f'href="{way}#begin">write it now</a>' in shown
    chosen = desk.get(way).content.decode().split('value="medical_necessity"')[1].split(">")[0]
    assert "checked" in chosen
    necessity = make_signed_letter(opened, kind=LetterKind.MEDICAL_NECESSITY)
    now = written(opened, letter)
    assert [one.letter for one in now.enclosed] == [str(necessity.pk)]
    assert "write it now" not in desk.get(page_of(opened, letter)).content.decode()


def test_a_letter_cites_the_documents_that_were_ticked_for_a_criterion(
    opened: OpenCase, alex: Clinician, biller: User
) -> None:
    begin_rule(SEVERE_ADULTS)
    age, severe = (one.label for one in SEVERE_ADULTS.members)
    notes, scales = EnclosureId.CHART_NOTES, EnclosureId.RATING_SCALES
    for name, paper, proves in (
        ("Intake", notes, ()),
        ("Visit", notes, (age,)),
        ("PHQ-9", scales, (severe, age)),
    ):
        record = DocumentRecord(name, paper=paper, proves=proves)
        add_document(opened, record, Cleaned(make_pdf(name), 1), on=timezone.localdate(), by=biller)
    letter = begun(opened, alex, by=biller, kind=LetterKind.PRIOR_AUTHORIZATION)
    content = written(opened, letter).content
    number = {one.id: one.number for one in content.enclosures}
    block = next(one for one in content.blocks if one.id == "criteria")
    table = next(one for one in block.elements if isinstance(one, Table))
    assert [[one.text for one in row[2]] for row in table.rows] == [
        [f"Enclosure {number[notes]}: Visit", f"Enclosure {number[scales]}"],
        [f"Enclosure {number[scales]}"],
    ]


def test_a_draft_is_thrown_away(desk: Client, opened: OpenCase, draft: Letter) -> None:
    desk.post(address(opened, "letter_discard", draft.pk))
    assert not opened.case.letters.exists()


@pytest.mark.parametrize(
    ("view", "write", "name"),
    [
        (letters, "begin_letter", "letters"),
        (letters, "begin_letter", "letter_again"),
        (letters, "throw_away", "letter_discard"),
        (signing, "sign_letter", "letter_sign"),
    ],
)
def test_who_wrote_while_the_patient_was_joined_sees_the_page_as_it_is(
    *,
    desk: Client,
    surgery: Client,
    opened: OpenCase,
    draft: Letter,
    monkeypatch: pytest.MonkeyPatch,
    view: ModuleType,
    write: str,
    name: str,
) -> None:
    of = [] if name == "letters" else [draft.pk]
    person = surgery if name == "letter_sign" else desk
    told: dict[str, Any] = {"write-kind": KIND, "clinician": draft.clinician_id, "voice": ""}
    if name == "letter_again":
        of = [make_signed_letter(opened).pk]
    if name == "letter_sign":
        pages = person.get(address(opened, name, *of)).context["form"]["pages"].value()
        told = READ | {"pages": pages}
    join_before(monkeypatch, view, write, opened)
    answer = person.post(address(opened, name, *of), told)
    assert answer.status_code == 409
    assert "Someone else changed this case meanwhile" in text_of(answer)
    assert "does not match" not in text_of(answer)
    assert person.get(address(opened, name, *of)).status_code in (200, 405)


def test_words_written_while_the_patient_was_joined_are_kept(
    desk: Client, opened: OpenCase, draft: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = fields_of(desk.get(page_of(opened, draft)), "letter")
    join_before(monkeypatch, letter_writing, "change_letter", opened)
    answer = desk.post(page_of(opened, draft), shown | {"told-plan_address": "PO Box 9"})
    assert answer.status_code == 302
    assert fields_of(desk.get(page_of(opened, draft)), "letter")["told-plan_address"] == "PO Box 9"


# Signing


def test_a_clinician_reads_the_pages_and_signs_them(
    surgery: Client, opened: OpenCase, draft: Letter
) -> None:
    sign = address(opened, "letter_sign", draft.pk)
    page = surgery.get(sign)
    assert "I have read this letter and it is true as far as I know." in text_of(page)
    picture = surgery.get(address(opened, "letter_page", draft.pk, 1))
    assert picture.content.startswith(b"\x89PNG")
    assert surgery.get(address(opened, "letter_page", draft.pk, 99)).status_code == 404
    pdf = surgery.get(f"{address(opened, 'letter_pdf', draft.pk)}?pages=signed").content
    digest = page.context["form"]["pages"].value()
    assert surgery.post(sign, READ | {"pages": digest}).status_code == 302
    now = Letter.objects.get(pk=draft.pk)
    assert is_genuine(opened, now)
    assert signed_bytes(opened, now) == pdf
    assert "Its pages match the signature." in text_of(surgery.get(page_of(opened, draft)))


@pytest.mark.parametrize(
    ("told", "error"),
    [
        pytest.param({"name": "Dr. Alex Sample"}, "Tick the box", id="not read"),
        pytest.param({"read": "on"}, "Type your name", id="no name"),
        pytest.param({"read": "on", "name": "Dr. Other"}, "as it stands in the letter", id="other"),
    ],
)
def test_without_the_box_and_the_name_nothing_is_signed(
    surgery: Client, opened: OpenCase, draft: Letter, told: dict[str, str], error: str
) -> None:
    sign = address(opened, "letter_sign", draft.pk)
    digest = surgery.get(sign).context["form"]["pages"].value()
    answer = surgery.post(sign, told | {"pages": digest})
    assert answer.status_code == 422
    assert error in text_of(answer)
    assert Letter.objects.get(pk=draft.pk).signed_at is None


def test_what_changed_since_it_was_read_is_shown_again(
    surgery: Client, desk: Client, opened: OpenCase, draft: Letter
) -> None:
    sign = address(opened, "letter_sign", draft.pk)
    digest = surgery.get(sign).context["form"]["pages"].value()
    sent(desk, opened, draft, go="part.out.by_when")
    answer = surgery.post(sign, READ | {"pages": digest})
    assert answer.status_code == 409
    assert "changed since you read it" in text_of(answer)
    assert Letter.objects.get(pk=draft.pk).signed_at is None
    again = answer.context["form"]["pages"].value()
    assert surgery.post(sign, READ | {"pages": again}).status_code == 302


def test_a_role_without_the_right_can_t_sign(desk: Client, opened: OpenCase, draft: Letter) -> None:
    assert desk.get(address(opened, "letter_sign", draft.pk)).status_code == 403
    assert desk.post(address(opened, "letter_sign", draft.pk), READ).status_code == 403


def test_a_member_who_is_no_clinician_of_the_clinic_is_told_so(
    clinic: Clinic, opened: OpenCase, draft: Letter, client: Client
) -> None:
    client.force_login(make_member(clinic, Role.CLINICIAN))
    page = client.get(address(opened, "letter_sign", draft.pk))
    assert "You sign in as no clinician of this clinic." in text_of(page)


def test_a_signed_letter_is_superseded_by_a_new_one(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician
) -> None:
    letter = signed(opened, draft, alex)
    assert desk.post(page_of(opened, letter), {"go": "save"}).status_code == 409
    first = desk.post(address(opened, "letter_again", letter.pk))
    again = desk.post(address(opened, "letter_again", letter.pk))
    assert first.headers["Location"] == again.headers["Location"]
    newer = opened.case.letters.get(signed_at=None)
    signed(opened, newer, alex)
    assert "Superseded by a newer letter" in text_of(desk.get(page_of(opened, letter)))
    assert "Superseded" in text_of(desk.get(address(opened)))


def test_an_altered_letter_says_so_and_is_not_printed(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician
) -> None:
    letter = signed(opened, draft, alex)
    alter_letter(letter, signed_at=timezone.now())
    assert "does not match its signature" in text_of(desk.get(page_of(opened, letter)))
    assert "Does not match its signature" in text_of(desk.get(address(opened)))
    for paper in ("letter_pdf", "letter_packet"):
        answer = desk.get(address(opened, paper, letter.pk))
        assert answer.headers["Location"] == page_of(opened, letter)
    assert desk.get(address(opened, "letter_page", letter.pk, 1)).status_code == 404
    alter_letter(letter, sealed=b"broken")
    assert "does not match its signature" in text_of(desk.get(page_of(opened, letter)))


# What is taken away


def test_a_signed_letter_is_taken_away_to_the_byte_and_logged(
    desk: Client, biller: User, opened: OpenCase, draft: Letter, alex: Clinician
) -> None:
    letter = signed(opened, draft, alex)
    answer = desk.get(address(opened, "letter_pdf", letter.pk))
    assert answer.content == signed_bytes(opened, letter)
    assert AccessEntry.objects.filter(what=AccessEntry.What.PRINTED, by=biller).exists()
    word = desk.get(address(opened, "letter_word", letter.pk), follow=True)
    assert "it never changes" in text_of(word)


def test_a_draft_says_so_on_paper_and_in_word(
    desk: Client, opened: OpenCase, draft: Letter
) -> None:
    pdf = desk.get(address(opened, "letter_pdf", draft.pk)).content
    assert all("DRAFT" in one for one in texts(pdf))
    assert desk.get(address(opened, "letter_word", draft.pk)).content.startswith(b"PK")


def test_a_packet_holds_the_signed_pages_and_each_document_behind_its_tab(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician, biller: User
) -> None:
    give_form(opened, biller, name="A second sheet")
    letter = signed(opened, draft, alex)
    give_form(opened, biller, name="Added later")
    answer = desk.get(address(opened, "letter_packet", letter.pk))
    assert answer["Content-Type"] == "application/pdf"
    pages = texts(answer.content)
    assert "Cover sheet" in pages[0] or "Fax cover sheet" in pages[0]
    assert any("signed electronically by Dr. Alex Sample" in one for one in pages)
    assert sum("The signed form" in one for one in pages) == 2
    under_tab: Any = PdfReader(BytesIO(answer.content)).outline[3]
    titles = [str(one.title) for one in under_tab]
    assert titles == ["Form", "A second sheet"]
    assert not any("DRAFT" in one for one in pages)


def test_a_packet_without_what_the_letter_encloses_is_not_made(
    desk: Client, opened: OpenCase, draft: Letter, alex: Clinician, form: CaseDocument
) -> None:
    letter = signed(opened, draft, alex)
    desk.post(address(opened, "document_remove", form.pk))
    answer = desk.get(address(opened, "letter_packet", letter.pk), follow=True)
    assert "documents that the letter encloses were removed" in text_of(answer)


def test_after_signing_the_way_leads_to_recording_that_it_was_sent(
    desk: Client, opened: OpenCase, alex: Clinician, biller: User, form: CaseDocument
) -> None:
    letter = make_signed_letter(opened, kind=LetterKind.PRIOR_AUTHORIZATION)
    body = desk.get(page_of(opened, letter)).content.decode()
    assert address(opened, "case_happened", "submitted") in body


# Blocks


def test_a_block_goes_into_the_letter_as_words_of_its_own(
    desk: Client, clinic: Clinic, opened: OpenCase, draft: Letter
) -> None:
    block = make_block(clinic)
    answer = sent(desk, opened, draft, go=f"block.{block.pk}")
    assert "open=own.1" in answer.headers["Location"]
    record = record_of(opened, Letter.objects.get(pk=draft.pk))
    assert record.texts == {"own.1": "We are happy to talk."}
    assert "We are happy to talk." in text_of(desk.get(page_of(opened, draft)))


def test_a_block_goes_behind_the_words_of_the_open_part(
    desk: Client, clinic: Clinic, opened: OpenCase, draft: Letter
) -> None:
    block = make_block(clinic)
    sent(desk, opened, draft, at="?open=by_when", go=f"block.{block.pk}")
    text = record_of(opened, Letter.objects.get(pk=draft.pk)).texts["by_when"]
    assert text.endswith("\n\nWe are happy to talk.")
    assert len(text) > 40


def test_an_overdue_block_asks_to_be_read(
    desk: Client, clinic: Clinic, opened: OpenCase, draft: Letter
) -> None:
    block = make_block(clinic, review_on=dt.date(2026, 5, 3))
    assert "read it first" in text_of(desk.get(page_of(opened, draft)))
    answer = sent(desk, opened, draft, go=f"block.{block.pk}")
    page = desk.get(answer.headers["Location"])
    assert "was to be read anew by May 3, 2026" in text_of(page)
    assert "read it now" in text_of(desk.get(reverse("clinics:blocks", args=[clinic.pk])))


def test_another_clinics_block_is_not_put_in(desk: Client, opened: OpenCase, draft: Letter) -> None:
    other = make_block(make_letter_clinic())
    sent(desk, opened, draft, go=f"block.{other.pk}")
    assert record_of(opened, Letter.objects.get(pk=draft.pk)).texts == {}


def test_a_block_is_added_read_anew_and_deleted(desk: Client, clinic: Clinic) -> None:
    page = reverse("clinics:blocks", args=[clinic.pk])
    told = {"title": "Hours", "text": "We are open.", "review_on": "2027-06-01"}
    assert desk.post(page, told).status_code == 302
    twice = desk.post(page, told)
    assert twice.status_code == 422
    assert "has a block of this title" in text_of(twice)
    block = clinic.blocks.get()
    one = reverse("clinics:block", args=[clinic.pk, block.pk])
    stamp = block.edited_at.isoformat()
    assert desk.post(one, told | {"text": "Mine.", "based_on": stamp}).status_code == 302
    stale = desk.post(one, told | {"text": "Too late.", "based_on": stamp})
    assert stale.status_code == 409
    assert "Mine." in text_of(stale)
    assert "Too late." in text_of(stale)
    past = desk.post(one, told | {"review_on": "2020-01-01", "based_on": stamp})
    assert "within 3 years" in text_of(past)
    desk.post(reverse("clinics:block_delete", args=[clinic.pk, block.pk]))
    assert not clinic.blocks.exists()


def test_a_letter_has_its_words_under_the_clinic_s_head(opened: OpenCase, draft: Letter) -> None:
    first = written(opened, draft).content.blocks[0]
    assert first.id == "sender"
    assert "Sample Clinic" in str(first.elements)
