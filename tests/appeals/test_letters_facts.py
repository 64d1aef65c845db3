"""The facts of a letter: what is known already, what is wrong, and what is missing."""

import pytest
from django.test import Client

from appeals.forms.letters.choosing import VOICES
from appeals.forms.letters.facts import MOST
from appeals.law.arguments import EnclosureId
from appeals.letters.facts import FactType
from appeals.letters.kinds import LetterKind, kind_plans
from appeals.presenting.letters.papers import PROVES
from appeals.presenting.letters.parts import NAMES
from appeals.screens.letters.pages import PAGES, SIGNERS, asked_for, pages_for
from tests.appeals import denied_pages
from tests.appeals.letter_cases import make_letter
from tests.appeals.letter_files import LETTER, letter_content, pdf
from tests.appeals.letters_pages import (
    APPEAL,
    DENIED,
    WHOLE_APPEAL,
    fields_of,
    hidden_fields,
    letter,
    made,
    post,
    text_in,
)
from tests.policies.html import heading_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


@pytest.mark.parametrize("kind", LetterKind)
def test_every_fact_of_a_letter_has_one_screen(kind: LetterKind) -> None:
    for voice in kind_plans()[kind].voices:
        case = make_letter(kind, voice)
        pages = pages_for(case, known=frozenset())
        names = [name for page in pages for name in page.names]
        assert sorted(names) == sorted(asked_for(case))
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
    carried = hidden_fields(read)
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
        ("patient_address", "x\n" * 61, "That is 61 lines. Shorten it to 60."),
        ("patient_phone", "555-01", "Enter the whole number"),
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
    data = WHOLE_APPEAL | {"at": "facts", "showing": "story", "go": go}
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
