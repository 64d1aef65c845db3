"""The way to a letter: what is asked, what is carried along, and what comes out at the end."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from appeals.letters.kinds import LetterKind, kind_plans
from appeals.screens.letters.memory import Step
from appeals.screens.letters.pages import SIGNERS
from appeals.screens.memory import Step as DeniedStep
from policies.screens.memory import Step as CheckStep
from tests.appeals import denied_pages
from tests.appeals.denied_pages import WHOLE
from tests.appeals.letters_pages import (
    APPEAL,
    CHECKED,
    DENIED,
    NAME,
    PRIOR,
    WHOLE_APPEAL,
    fields_of,
    hidden_fields,
    letter,
    made,
    post,
    text_in,
    walk,
)
from tests.policies.html import heading_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


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
    fields = hidden_fields(there)
    assert fields["edit-text.request"] == "Other words."
    again = post(client, fields | {"go": "write"})
    assert fields_of(again)["told-patient_name"] == "Sample Patient"


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
    assert "First: with it the plan is asked to say yes before the treatment." in asked


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
