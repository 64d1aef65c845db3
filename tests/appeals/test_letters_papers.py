"""What is taken away: the letter, the sheet and the packet, and what no file tells."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from tests.appeals.letter_files import letter_content, pdf
from tests.appeals.letters_pages import (
    APPEAL,
    CHECKED,
    DENIED,
    LETTERS,
    PRIOR,
    WHOLE_APPEAL,
    fields_of,
    made,
    post,
    text_in,
)
from tests.policies.html import heading_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

PAPERS = (
    "letter.pdf",
    "letter.docx",
    "large-print.pdf",
    "reading-copy.pdf",
    "sheet.pdf",
    "packet.pdf",
)


# What is taken away


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_made_is_not_cached_and_its_name_tells_nothing(
    client: Client, paper: str
) -> None:
    response = made(client, paper, WHOLE_APPEAL)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="{paper}"'
    assert "no-store" in response.headers["Cache-Control"]
    assert made(client, paper, DENIED | APPEAL).status_code == 422


@pytest.mark.parametrize("paper", PAPERS)
def test_text_out_of_a_pdf_makes_a_paper_in_a_fact_and_in_own_words(
    client: Client, paper: str
) -> None:
    typed = "treat\ufffement\uffff\x00\x0b\x85"
    data = WHOLE_APPEAL | {
        "told-patient_name": f"Sample Patient {typed}",
        "told-function": typed,
        "edit-of": "internal_appeal.patient",
        "edit-text.request": typed,
    }
    assert made(client, paper, data).status_code == 200


@pytest.mark.parametrize("paper", ["part/", *PAPERS])
def test_an_address_without_a_letter_leads_to_where_one_is_begun(
    client: Client, paper: str
) -> None:
    assert client.get(f"{LETTERS}{paper}").headers["Location"] == LETTERS
    assert client.get(f"/es{LETTERS}{paper}").headers["Location"] == f"/es{LETTERS}"


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
