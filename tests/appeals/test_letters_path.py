"""The way to a letter: what is asked, what is carried along, and what comes out at the end."""

import html
import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from pypdf import PdfReader

from appeals.forms.letters.choosing import VOICES
from appeals.forms.letters.facts import MOST
from appeals.law.arguments import EnclosureId
from appeals.letters.edits import MOST_CHARACTERS
from appeals.letters.facts import FactType
from appeals.letters.kinds import LetterKind, kind_plans
from appeals.presenting.letters.papers import PROVES
from appeals.presenting.letters.parts import NAMES
from appeals.screens.letters.memory import Step
from appeals.screens.letters.pages import PAGES, SIGNERS, asked_for, pages_for
from appeals.screens.memory import Step as DeniedStep
from policies.screens.memory import Step as CheckStep
from tests.appeals import denied_pages
from tests.appeals.denied_pages import WHOLE
from tests.appeals.letter_files import LETTER, letter_content, pdf
from tests.appeals.letters_pages import (
    APPEAL,
    CHECKED,
    DENIED,
    LETTERS,
    NAME,
    fields_of,
    letter,
    made,
    post,
    walk,
)
from tests.policies.html import heading_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

PRIOR = {"write-kind": "prior_authorization", "told-clinician_name": "Alex Sample, MD"}
WHOLE_APPEAL = DENIED | APPEAL | NAME
PAPERS = (
    "letter.pdf",
    "letter.docx",
    "large-print.pdf",
    "reading-copy.pdf",
    "sheet.pdf",
    "packet.pdf",
)


def text_in(response: Any) -> str:
    """The words of a PDF."""
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


# From one screen to the next


def test_from_a_denial_to_a_finished_letter(client: Client) -> None:
    first = post(client, DENIED | {"at": "result", "go": "write"})
    assert heading_of(first) == "Which document do you need?"
    last, found = walk(client, first, APPEAL | NAME | {"write-papers": ["denial_notice"]})
    assert found == [
        "Who signs it?",
        "About you",
        "The treating clinician",
        "Where it goes",
        "What the notice says",
        "What is asked for",
        "How it is for the patient",
        "What happened, and what papers say",
        "The papers that go with it",
        "Your letter",
        "Your letter is a draft",
    ]
    said = text_in(made(client, "letter.pdf", fields_of(last)))
    assert "Sample Patient" in said
    # The check's answers came along with the denial: the rule is answered point by point.
    assert "MADRS 30" in said
    assert "March 14, 2026" in said


def test_from_an_answer_without_a_denial_to_a_finished_letter(client: Client) -> None:
    first = post(client, CHECKED | {"at": "answer", "go": "write"})
    assert "There is no denial yet" in text_of(first)
    last, found = walk(client, first, PRIOR)
    # Only a clinician can sign it, so nobody is asked who does.
    assert found[0] == "About you"
    assert "MADRS 30" in text_in(made(client, "letter.pdf", fields_of(last)))


def test_with_nothing_told_what_it_is_about_is_asked_first(client: Client) -> None:
    first = post(client, {"at": "start", "go": "write"})
    told = PRIOR | {"write-treatment": "esketamine_nasal", "write-condition": "mdd"}
    last, found = walk(client, first, told)
    assert found[0] == "What it is about"
    assert "esketamine" in text_in(made(client, "letter.pdf", fields_of(last)))


# Nothing tells whether the right holds that these rest on.
OPEN = [one.id for one in kind_plans().values() if not one.fits.rights]


@pytest.mark.parametrize("kind", OPEN)
def test_every_document_can_be_made_from_its_signers_name_alone(
    client: Client, kind: LetterKind
) -> None:
    for voice in kind_plans()[kind].voices:
        told = {
            "write-kind": kind,
            "write-voice": voice,
            f"told-{SIGNERS[voice]}": "Sample Signer",
        }
        response = letter(client, told)
        assert heading_of(response) == "Your letter", (kind, voice)
        assert made(client, "letter.pdf", told).content.startswith(b"%PDF")


def test_the_way_back_leads_through_the_same_screens(client: Client) -> None:
    response = letter(client, WHOLE_APPEAL)
    found = []
    for _ in range(15):
        response = post(client, fields_of(response) | {"go": "back"})
        found.append(heading_of(response))
        if fields_of(response)["at"] == "document":
            break
    assert found[0] == "The papers that go with it"
    assert found[-3:] == ["About you", "Who signs it?", "Which document do you need?"]
    assert fields_of(response)["told-patient_name"] == "Sample Patient"
    assert fields_of(response)["notice-notice_on"] == "2026-03-14"


def test_the_browsers_history_finds_each_screen_again(client: Client) -> None:
    for place, title in (
        ("at=document", "Which document do you need?"),
        ("at=voice", "Who signs it?"),
        ("at=facts&showing=plan", "Where it goes"),
        ("at=papers", "The papers that go with it"),
        ("at=edit", "Your letter"),
        ("at=finish", "Your letter is a draft"),
    ):
        response = post(client, WHOLE_APPEAL | {"go": "stay", "place": place})
        assert heading_of(response) == title


def test_no_screen_has_the_name_of_one_of_the_check_or_of_a_denial() -> None:
    assert not {*Step} & ({*CheckStep} | {*DeniedStep})


def test_one_goes_back_to_what_to_do_and_loses_nothing_of_the_letter(client: Client) -> None:
    edited = WHOLE_APPEAL | {
        "edit-text.request": "Other words.",
        "edit-of": "internal_appeal.patient",
    }
    there = client.post(denied_pages.DENIED, edited | {"at": "document", "go": "result"})
    assert "September 10, 2026" in heading_of(there)
    fields = denied_fields(there)
    assert fields["edit-text.request"] == "Other words."
    again = post(client, fields | {"go": "write"})
    assert fields_of(again)["told-patient_name"] == "Sample Patient"


def denied_fields(response: Any) -> dict[str, Any]:
    hidden = r'<input type="hidden" name="([^"]+)" value="([^"]*)">'
    pairs = re.findall(hidden, response.content.decode())
    return {name: html.unescape(value) for name, value in pairs}


# What can be chosen


@pytest.mark.parametrize("kind", ["", "nonsense", "keep_services"])
def test_what_does_not_fit_a_denial_is_asked_again(client: Client, kind: str) -> None:
    response = post(client, DENIED | {"at": "document", "go": "next", "write-kind": kind})
    assert response.status_code == 422
    assert "Choose a document" in text_of(response)


def test_the_first_choice_says_why_it_is_first(client: Client) -> None:
    denied = text_of(post(client, DENIED | {"go": "write"}))
    assert "First, for it answers this reason: not medically necessary." in denied
    asked = text_of(post(client, CHECKED | {"go": "write"}))
    assert "First, for the plan is asked before treatment." in asked


def test_who_asked_in_the_check_is_marked_as_who_signs(client: Client) -> None:
    data = DENIED | {"plan-asker": "parent_or_guardian", "write-kind": "internal_appeal"}
    response = post(client, data | {"at": "document", "go": "next"})
    assert fields_of(response)["write-voice"] == "parent"


@pytest.mark.parametrize("voice", ["", "nobody"])
def test_who_signs_has_to_be_chosen(client: Client, voice: str) -> None:
    data = DENIED | {"write-kind": "internal_appeal", "write-voice": voice}
    response = post(client, data | {"at": "voice", "go": "next"})
    assert response.status_code == 422
    assert heading_of(response) == "Who signs it?"


def test_without_a_check_the_first_screen_says_what_that_means(client: Client) -> None:
    without = text_of(post(client, WHOLE | {"go": "write"}))
    assert "can't answer the rule point by point" in without
    assert "can't answer the rule" not in text_of(post(client, DENIED | {"go": "write"}))


def test_saved_answers_join_a_denial(client: Client) -> None:
    saved = client.post("/check/my-answers.json", CHECKED)
    assert saved.headers["Content-Type"] == "application/json", "the check saves elsewhere"
    response = loaded(client, saved.content, WHOLE | {"at": "document"})
    assert heading_of(response) == "Which document do you need?"
    fields = fields_of(response)
    assert fields["plan-insurer"] == "bcbs-ma"
    assert fields["notice-notice_on"] == "2026-03-14"
    assert "MADRS 30" in text_of(letter(client, fields | APPEAL | NAME))


@pytest.mark.parametrize("at", ["start", "document"])
@pytest.mark.parametrize("raw", [b"", b"{}", b"[1, 2]", b"\xff\xfe", json.dumps({"version": 9})])
def test_a_file_of_no_answers_takes_nothing_away(client: Client, at: str, raw: Any) -> None:
    response = loaded(client, raw if isinstance(raw, bytes) else raw.encode(), WHOLE | {"at": at})
    assert response.status_code == 422
    assert "This file could not be read" in text_of(response)
    if at == "document":
        assert fields_of(response)["notice-notice_on"] == "2026-03-14"


def loaded(client: Client, raw: bytes, data: dict[str, Any]) -> Any:
    file = SimpleUploadedFile("my-answers.json", raw, content_type="application/json")
    return post(client, data | {"go": "load", "saved": file})


# The facts


@pytest.mark.parametrize("kind", LetterKind)
def test_every_fact_of_a_letter_has_one_screen(kind: LetterKind) -> None:
    for voice in kind_plans()[kind].voices:
        pages = pages_for(kind_plans()[kind], voice, known=frozenset())
        names = [name for page in pages for name in page.names]
        assert sorted(names) == sorted(asked_for(kind_plans()[kind], voice))
        assert pages[0].names[0] == SIGNERS[voice]
        assert all({*page.folded} <= {*page.names} for page in pages)
        assert all(page.id in PAGES for page in pages)


def test_the_denial_fills_the_facts_and_what_was_emptied_stays_empty(client: Client) -> None:
    data = WHOLE_APPEAL | {"notice-fax": "555-0104", "notice-reference_numbers": "SAMPLE-1"}
    page = post(client, data | {"go": "stay", "place": "at=facts&showing=plan"})
    fields = fields_of(page)
    assert fields["told-plan_fax"] == "555-0104"
    emptied = post(client, fields | {"told-plan_fax": "", "go": "next"})
    assert fields_of(emptied)["told-reference_number"] == "SAMPLE-1"
    assert fields_of(emptied)["told-plan_fax"] == ""
    again = post(client, fields_of(emptied) | {"go": "back"})
    assert fields_of(again)["told-plan_fax"] == ""


def test_a_complaint_names_the_agency_where_it_is_known(client: Client) -> None:
    data = WHOLE_APPEAL | {"write-kind": "complaint", "go": "stay"}
    page = post(client, data | {"place": "at=facts&showing=plan"})
    assert "(EBSA)" in fields_of(page)["told-regulator_name"]
    review = data | {"write-kind": "external_review"}
    other = post(client, review | {"place": "at=facts&showing=plan"})
    assert fields_of(other)["told-regulator_name"] == ""


def test_a_fact_that_was_only_looked_at_follows_the_denial(client: Client) -> None:
    data = WHOLE_APPEAL | {"notice-fax": "555-0104"}
    page = post(client, data | {"go": "stay", "place": "at=facts&showing=plan"})
    later = fields_of(post(client, fields_of(page) | {"go": "next"}))
    assert "told-plan_fax" not in later
    changed = letter(client, later | {"notice-fax": "555-0199"})
    assert "555-0199" in text_of(changed)
    assert "555-0104" not in text_of(changed)


def test_the_date_that_days_are_counted_from_is_not_asked_a_second_time(client: Client) -> None:
    page = post(client, WHOLE_APPEAL | {"go": "stay", "place": "at=facts&showing=denial"})
    assert "The date printed on the notice March 14, 2026" in text_of(page)
    assert "told-notice_on" not in fields_of(page)
    forged = letter(client, WHOLE_APPEAL | {"told-notice_on": "2026-01-01"})
    assert "January 1, 2026" not in text_of(forged)


def test_what_the_notice_says_is_shown_beside_the_fact_to_be_confirmed(client: Client) -> None:
    lines = ("Member ID: SAMPLE-0042", *LETTER)
    read = denied_pages.send(client, pdf(letter_content(lines)))
    carried = denied_fields(read)
    data = {**carried, **WHOLE_APPEAL, "notice-is_date_checked": "on"}
    page = post(client, data | {"go": "stay", "place": "at=facts&showing=patient"})
    assert "The letter as we read it" in text_of(page)
    assert fields_of(page)["told-member_id"] == "SAMPLE-0042"
    assert "Check it against your letter" in text_of(page)


def test_only_the_name_of_who_signs_is_wanted(client: Client) -> None:
    data = DENIED | APPEAL | {"at": "facts", "showing": "patient", "told-member_id": "SAMPLE-0042"}
    response = post(client, data | {"go": "next"})
    assert response.status_code == 422
    assert "the one thing that a letter can't do without" in text_of(response)
    assert fields_of(response)["told-member_id"] == "SAMPLE-0042"
    # From any later place, too.
    assert heading_of(letter(client, DENIED | APPEAL)) == "About you"
    assert made(client, "letter.pdf", DENIED | APPEAL).status_code == 422


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("patient_born_on", "soon", "Enter a date like 3/14/2026"),
        ("patient_born_on", "2999-01-01", "Enter a day up to today"),
        ("patient_born_on", "0198-01-01", "Is the year right?"),
        ("member_id", "x" * (MOST[FactType.TEXT] + 1), "That is 201 characters. Shorten it to 200"),
        ("patient_address", "x" * (MOST[FactType.LINES] + 1), "Shorten it to 2000"),
    ],
)
def test_a_wrong_fact_is_told_and_stays_as_it_was_typed(
    client: Client, name: str, text: str, said: str
) -> None:
    data = WHOLE_APPEAL | {f"told-{name}": text}
    response = post(client, data | {"at": "facts", "showing": "patient", "go": "next"})
    assert response.status_code == 422
    assert said in text_of(response)
    assert fields_of(response)[f"told-{name}"] == text
    assert fields_of(response)["told-patient_name"] == "Sample Patient"


def test_what_is_typed_is_never_markup(client: Client) -> None:
    data = WHOLE_APPEAL | {"told-function": "<b>bold</b><script>alert(1)</script>\x00\x0b"}
    body = letter(client, data).content.decode()
    assert "&lt;b&gt;bold" in body
    assert "<script>alert" not in body
    assert "<b>bold</b>" in text_in(made(client, "letter.pdf", data))
    assert made(client, "letter.docx", data).status_code == 200


@pytest.mark.parametrize("go", ["next", "letter"])
def test_an_empty_fact_is_a_gap_that_leads_to_its_field(client: Client, go: str) -> None:
    data = WHOLE_APPEAL | {"at": "facts", "showing": "events", "go": go}
    response = post(client, data)
    if go == "next":
        response = post(client, fields_of(response) | {"go": "next"})
    assert heading_of(response) == "Your letter"
    assert 'value="fill.reference_number"' in response.content.decode()
    field = post(client, fields_of(response) | {"go": "fill.reference_number"})
    assert heading_of(field) == "What the notice says"
    told = fields_of(field) | {"told-reference_number": "SAMPLE-77", "go": "next"}
    back = post(client, told)
    assert heading_of(back) == "Your letter"
    assert 'value="fill.reference_number"' not in back.content.decode()


def test_a_paper_that_is_not_on_hand_leads_to_the_papers(client: Client) -> None:
    response = letter(client, WHOLE_APPEAL)
    papers = post(client, fields_of(response) | {"go": "fill-papers"})
    assert heading_of(papers) == "The papers that go with it"
    every = [*EnclosureId]
    whole = post(client, fields_of(papers) | {"write-papers": every, "go": "next"})
    assert heading_of(whole) == "Your letter"
    assert 'value="fill-papers"' not in whole.content.decode()


def test_every_paper_says_what_it_shows_and_every_part_has_a_name() -> None:
    assert {*PROVES} == {*EnclosureId}
    headless = {
        block.id for plan in kind_plans().values() for block in plan.blocks if not block.heading
    }
    assert headless == {*NAMES}
    assert {*VOICES} == {*SIGNERS}


# The letter part by part


def edit(client: Client, response: Any, go: str, **told: str) -> Any:
    return post(client, fields_of(response) | told | {"go": f"part.{go}"})


def test_own_words_are_marked_and_can_be_undone(client: Client) -> None:
    response = edit(client, letter(client, WHOLE_APPEAL), "open.request")
    fields = fields_of(response)
    assert fields["edit-text.request"].startswith("I appeal your decision")
    kept = edit(client, response, "keep.request", **{"edit-text.request": "Please think again."})
    assert "Your own words, not checked by us" in text_of(kept)
    assert fields_of(kept)["edit-text.request"] == "Please think again."
    assert "Please think again." in text_in(made(client, "letter.pdf", fields_of(kept)))
    undone = edit(client, kept, "undo.request")
    assert "Your own words" not in text_of(undone)
    assert "edit-text.request" not in fields_of(undone)


def test_a_part_that_was_only_opened_is_not_the_writers_own(client: Client) -> None:
    response = letter(client, WHOLE_APPEAL)
    for block in ("trials", "criteria", "closing", "reference", "demands"):
        opened = edit(client, response, f"open.{block}")
        text = fields_of(opened)[f"edit-text.{block}"].replace("\n", "\r\n")
        kept = edit(client, opened, f"keep.{block}", **{f"edit-text.{block}": text})
        assert "Your own words, not checked" not in text_of(kept), block


def test_a_part_is_left_out_put_back_and_moved(client: Client) -> None:
    response = edit(client, letter(client, WHOLE_APPEAL), "out.demands")
    assert "Left out of the letter" in text_of(response)
    assert "Further requests" not in text_in(made(client, "letter.pdf", fields_of(response)))
    response = edit(client, response, "in.demands")
    assert "Further requests" in text_in(made(client, "letter.pdf", fields_of(response)))
    before = parts_in(response)
    assert before.index("trials") == before.index("criteria") + 1
    after = parts_in(edit(client, response, "up.trials"))
    assert after.index("trials") == after.index("criteria") - 1


def parts_in(response: Any) -> list[str]:
    return re.findall(r'id="part-([^"]+)"', response.content.decode())


def test_words_of_ones_own_are_added_and_deleted(client: Client) -> None:
    response = edit(client, letter(client, WHOLE_APPEAL), "add")
    kept = edit(client, response, "keep.own.1", **{"edit-text.own.1": "A line of my own."})
    assert "A line of my own." in text_in(made(client, "letter.pdf", fields_of(kept)))
    gone = edit(client, kept, "undo.own.1")
    assert "A line of my own." not in text_of(gone)


def test_a_gap_filled_by_hand_is_no_gap_any_more(client: Client) -> None:
    data = WHOLE_APPEAL | {"edit-of": "internal_appeal.patient"}
    before = letter(client, data)
    assert "fill.clinician_phone" in before.content.decode()
    text = "Patient: Sample Patient"
    after = letter(client, data | {"edit-text.reference": text})
    assert "fill.clinician_phone" not in after.content.decode()


def test_a_text_that_is_too_long_is_told_and_nothing_is_lost(client: Client) -> None:
    long = "x" * (MOST_CHARACTERS + 1)
    data = WHOLE_APPEAL | {"edit-of": "internal_appeal.patient", "edit-text.request": long}
    response = letter(client, data)
    assert response.status_code == 422
    assert "That is 8001 characters. Shorten it to 8000." in text_of(response)
    assert fields_of(response)["edit-text.request"] == long
    assert made(client, "letter.pdf", data).status_code == 422


def test_words_for_one_document_never_stand_in_another_and_wait_for_it(client: Client) -> None:
    data = WHOLE_APPEAL | {
        "edit-of": "internal_appeal.patient",
        "edit-text.request": "Words of an appeal.",
    }
    other = data | {"write-kind": "external_review"}
    assert "Words of an appeal." not in text_in(made(client, "letter.pdf", other))
    chosen = post(client, other | {"at": "document", "go": "next"})
    again = fields_of(chosen) | {"write-kind": "internal_appeal"}
    assert "Words of an appeal." in text_in(made(client, "letter.pdf", again))
    # The same words are not put into another person's mouth.
    signed = data | {"write-voice": "clinician", "told-clinician_name": "Alex Sample, MD"}
    assert "Words of an appeal." not in text_in(made(client, "letter.pdf", signed))


def test_a_part_is_shown_anew_while_it_is_written(client: Client) -> None:
    data = WHOLE_APPEAL | {"at": "edit", "showing": "request", "edit-of": "internal_appeal.patient"}
    response = made(client, "part/", data | {"edit-text.request": "As I type."})
    assert text_of(response) == "As I type."
    assert made(client, "part/", DENIED | {"showing": "request"}).status_code == 204


def test_what_each_part_rests_on_stands_beside_it(client: Client) -> None:
    said = text_of(letter(client, WHOLE_APPEAL | {"told-member_id": "SAMPLE-0042"}))
    assert "What this rests on" in said
    assert "087" in said
    assert "29 CFR 2560.503-1" in said


def test_what_points_the_other_way_stands_beside_the_letter(client: Client) -> None:
    said = text_of(letter(client, WHOLE_APPEAL))
    assert "What the plan may cite against it" in said
    assert "KARMA-Dep" in said


# What is taken away


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_made_is_not_cached_and_its_name_tells_nothing(
    client: Client, paper: str
) -> None:
    response = made(client, paper, WHOLE_APPEAL)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{paper}"'
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get(f"{LETTERS}{paper}").status_code == 405
    assert made(client, paper, DENIED | APPEAL).status_code == 422


@pytest.mark.parametrize("paper", ["", *PAPERS])
def test_no_paper_is_made_for_another_site(paper: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{LETTERS}{paper}", WHOLE_APPEAL).status_code == 403


def test_the_word_file_says_what_the_letter_says(client: Client) -> None:
    word = Document(io.BytesIO(made(client, "letter.docx", WHOLE_APPEAL).content))
    said = " ".join(one.text for one in word.paragraphs)
    assert "I appeal your decision of March 14, 2026" in said


def test_the_letter_names_no_last_day_and_the_sheet_does(client: Client) -> None:
    assert "September 10, 2026" not in text_in(made(client, "letter.pdf", WHOLE_APPEAL))
    data = WHOLE_APPEAL | {
        "edit-of": "internal_appeal.patient",
        "edit-text.request": "Please think again.",
        "write-papers": ["denial_notice"],
    }
    sheet = text_in(made(client, "sheet.pdf", data))
    assert "September 10, 2026" in sheet
    assert "180 days" in sheet
    assert "Claim or authorization number" in sheet
    assert "Enclosure 1: The denial notice" in sheet
    assert "we have not checked them: The request" in sheet
    assert "988" not in sheet


def test_without_a_denial_the_sheet_says_that_no_day_was_counted(client: Client) -> None:
    sheet = text_in(made(client, "sheet.pdf", CHECKED | PRIOR))
    assert "We counted no last day" in sheet


def test_on_a_spanish_page_the_letter_is_english_and_the_copy_spanish(client: Client) -> None:
    page = client.post("/es/letters/", WHOLE_APPEAL | {"at": "papers", "go": "next"})
    assert "I appeal your decision" in text_of(page)
    sent = client.post("/es/letters/letter.pdf", WHOLE_APPEAL)
    assert "I appeal your decision" in text_in(sent)
    data = WHOLE_APPEAL | {"edit-of": "internal_appeal.patient", "edit-text.request": "As I said."}
    copy = text_in(client.post("/es/letters/reading-copy.pdf", data))
    assert "As I said." in copy
    assert "I appeal your decision" not in copy


SUICIDAL = WHOLE_APPEAL | {"notice-condition": "mdd_suicidal"}


@pytest.mark.parametrize("place", ["document", "voice", "facts&showing=story", "papers", "edit"])
def test_where_suicide_is_named_there_is_help_and_a_way_out(client: Client, place: str) -> None:
    response = post(client, SUICIDAL | {"go": "stay", "place": f"at={place}"})
    assert "Leave this page quickly" in text_of(response)
    assert "Leave this page quickly" not in text_of(
        post(client, WHOLE_APPEAL | {"go": "stay", "place": f"at={place}"})
    )


def test_the_sheet_names_988_where_suicide_is_named(client: Client) -> None:
    assert "call or text 988" in text_in(made(client, "sheet.pdf", SUICIDAL))


# The packet


def packet(client: Client, *files: tuple[str, bytes], **more: str) -> Any:
    data: dict[str, Any] = WHOLE_APPEAL | {"write-papers": ["denial_notice", "chart_notes"]} | more
    for place, (name, raw) in enumerate(files):
        field = "file-denial_notice" if place == 0 else "file-chart_notes"
        data.setdefault(field, []).append(SimpleUploadedFile(name, raw))
    return made(client, "packet.pdf", data)


def test_a_packet_holds_the_persons_own_papers_and_not_their_names(client: Client) -> None:
    response = packet(client, ("markedname.pdf", pdf(letter_content(("A marked notice",)))))
    assert response.status_code == 200
    assert "A marked notice" in text_in(response)
    assert b"markedname" not in response.content


def test_a_file_that_cannot_go_in_is_named_and_the_rest_can_go_without_it(client: Client) -> None:
    files = (("notice.pdf", pdf(letter_content(("A marked notice",)))), ("notes.pdf", b"%PDF-1.7"))
    refused = packet(client, *files)
    assert refused.status_code == 422
    assert heading_of(refused) == "Your letter is a draft"
    said = text_of(refused)
    assert "The chart notes, notes.pdf:" in said
    assert "The denial notice, notice.pdf:" not in said
    assert "choose them again" in said
    assert fields_of(refused)["told-patient_name"] == "Sample Patient"
    without = packet(client, *files, leave_out="on")
    assert without.status_code == 200
    assert "A marked notice" in text_in(without)


def test_more_files_than_a_packet_takes_are_told_as_too_much(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appeals.views.packet.MOST_PACKET_BYTES", 3_000)
    good = pdf(letter_content(("A marked notice",)))
    response = packet(client, ("notice.pdf", good), ("notes.pdf", b"%PDF" + b"x" * 9_000))
    assert response.status_code == 422
    assert "notes.pdf: With this file the packet would be larger" in text_of(response)
