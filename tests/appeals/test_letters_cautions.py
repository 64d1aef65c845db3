"""What stands beside a letter before it goes: its last day, its signer, its language, its parts."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from appeals.denial import Notice
from appeals.letters import compose
from appeals.letters.edits import Edits
from appeals.letters.kinds import LetterKind, Voice
from appeals.presenting.letters.cautions import (
    ADULT,
    CHILD,
    FALLS_SHORT,
    MINOR_EVIDENCE,
    SECOND_HAND,
    WRITE_ENGLISH,
    WROTE_IN_ANOTHER,
    age_of,
    cautions_on_signing,
)
from appeals.presenting.letters.hurry import hurry
from appeals.presenting.letters.parts import present_parts
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import make_answer, make_letter
from tests.appeals.letters_pages import (
    APPEAL,
    CHECKED,
    DENIED,
    NAME,
    PRIOR,
    WHOLE_APPEAL,
    fields_of,
    letter,
    made,
    post,
    text_in,
)
from tests.policies.html import heading_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

NOTICE_ON = dt.date(2026, 3, 14)
LAST = dt.date(2026, 9, 10)


# The last day


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (8, ""),
        (7, "Only 7 days are left."),
        (1, "Only 1 day is left."),
        (0, "Today is the last day."),
        (-3, "The last day was"),
    ],
)
def test_where_little_time_is_left_the_mail_is_not_trusted(days: int, said: str) -> None:
    on = LAST - dt.timedelta(days)
    denied = make_case(notice=Notice(notice_on=NOTICE_ON), on=on)
    text = hurry(make_letter(denied=denied, on=on))
    assert said in text
    assert ("fax it or hand it in today" in text) is bool(said)
    assert hurry(make_letter("peer_to_peer", "clinician", denied=denied, on=on)) == ""


def test_a_letter_that_keeps_care_goes_by_its_own_day() -> None:
    notice = Notice(notice_on=dt.date(2026, 11, 20), action_on=dt.date(2026, 12, 4))
    denied = make_case("medicaid_plan", notice=notice)
    assert "left" in hurry(make_letter("keep_services", denied=denied))
    assert hurry(make_letter("internal_appeal", denied=denied)) == ""


def test_the_short_time_stands_where_one_says_how_it_is_sent_and_at_the_end(client: Client) -> None:
    late = WHOLE_APPEAL | {"notice-notice_on": "2026-05-30"}
    for place in ("at=facts&showing=plan", "at=finish"):
        assert "Mail may come too late" in text_of(
            post(client, late | {"go": "stay", "place": place})
        )
        early = WHOLE_APPEAL | {"notice-notice_on": "2026-11-01", "go": "stay", "place": place}
        assert "Mail may come too late" not in text_of(post(client, early))
    assert "Mail may come too late" in text_in(made(client, "sheet.pdf", late))


# Who signs


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (dt.date(2008, 11, 25), dt.date(2026, 11, 25), 18),
        (dt.date(2008, 11, 26), dt.date(2026, 11, 25), 17),
        (dt.date(2008, 2, 29), dt.date(2026, 2, 28), 17),
    ],
)
def test_an_age_is_counted_in_whole_years(born_on: dt.date, on: dt.date, age: int) -> None:
    assert age_of(born_on, None, on=on) == age


def test_without_a_date_of_birth_the_age_is_that_of_the_check() -> None:
    situation = make_answer().situation
    assert age_of(None, situation, on=LAST) == 44
    assert age_of(None, None, on=LAST) is None


@pytest.mark.parametrize(
    ("voice", "age", "kind", "found"),
    [
        (Voice.PARENT, 18, "internal_appeal", [ADULT]),
        (Voice.PARENT, 17, "internal_appeal", []),
        (Voice.PATIENT, 44, "internal_appeal", []),
        (Voice.PARENT, None, "internal_appeal", []),
        (Voice.PARENT, 12, "representative", [CHILD]),
        (Voice.PARENT, 30, "representative", [ADULT]),
    ],
)
def test_who_signs_has_to_fit_the_age(
    voice: Voice, age: int | None, kind: str, found: list[str]
) -> None:
    assert [*cautions_on_signing(voice, age, LetterKind(kind))] == found


@pytest.mark.parametrize("place", ["voice", "edit", "finish"])
def test_an_adults_parent_is_told_before_signing(client: Client, place: str) -> None:
    parent = DENIED | {"write-kind": "internal_appeal", "write-voice": "parent"}
    told = parent | NAME | {"told-writer_name": "Sample Writer", "go": "stay"}
    assert ADULT in text_of(post(client, told | {"place": f"at={place}"}))
    child = told | {"told-patient_born_on": "2012-01-01", "place": f"at={place}"}
    assert ADULT not in text_of(post(client, child))


# Its parts


def cautions_on(case: Any, block: str, *, age: int | None = 44) -> tuple[str, ...]:
    parts = present_parts(compose(case), Edits(), case, age=age)
    return next(one.cautions for one in parts if one.id == block)


def test_studies_are_checked_for_a_patient_under_18() -> None:
    case = make_letter(answer=make_answer())
    assert cautions_on(case, "evidence", age=17) == (MINOR_EVIDENCE,)
    assert cautions_on(case, "evidence", age=18) == ()
    assert cautions_on(case, "request", age=17) == ()


def test_a_part_that_says_not_met_or_rests_on_others_accounts_says_so() -> None:
    found = set()
    for insurer in ("aetna", "bcbs-ma", "cigna", "unitedhealthcare", "centene", "molina"):
        answers = {"age": 12, "conditions": ["treatment_resistant_depression"]}
        plan = {"line_of_business": "commercial", "funding": "self_funded", "insurer": insurer}
        case = make_letter(answer=make_answer(plan=plan, answers=answers))
        found |= {*cautions_on(case, "criteria")}
    assert FALLS_SHORT in found
    assert found <= {FALLS_SHORT, SECOND_HAND}


# Its language


def test_on_a_spanish_page_one_is_told_that_the_letter_is_english(client: Client) -> None:
    told = WHOLE_APPEAL | {"told-function": "Trabajo poco.", "go": "stay"}
    for place in ("at=facts&showing=story", "at=finish"):
        english = text_of(post(client, told | {"place": place}))
        assert WRITE_ENGLISH not in english
        assert WROTE_IN_ANOTHER not in english
    with override("es"):
        notes = gettext(WRITE_ENGLISH), gettext(WROTE_IN_ANOTHER)
    page = client.post("/es/letters/", told | {"place": "at=facts&showing=story"})
    assert notes[0] in text_of(page)
    end = client.post("/es/letters/", told | {"place": "at=finish"})
    assert notes[1] in text_of(end)


# From the last screen


def test_another_document_is_written_from_the_same_facts(client: Client) -> None:
    last = post(client, WHOLE_APPEAL | {"go": "stay", "place": "at=finish"})
    assert "Write another document for the same case" in text_of(last)
    again = post(client, fields_of(last) | {"go": "write"})
    assert heading_of(again) == "Which document do you need?"
    assert fields_of(again)["told-patient_name"] == "Sample Patient"


def test_answers_of_the_check_can_be_saved_at_the_end(client: Client) -> None:
    end = {"go": "stay", "place": "at=finish"}
    assert "Save my answers" in text_of(post(client, WHOLE_APPEAL | end))
    bare = {"write-kind": "internal_appeal", "write-voice": "patient"} | NAME
    assert "Save my answers" not in text_of(post(client, bare | end))


def test_the_packet_says_what_it_does_not_hold(client: Client) -> None:
    page = text_of(post(client, WHOLE_APPEAL | {"go": "stay", "place": "at=finish"}))
    assert "the packet holds it unsigned" in page
    assert "nobody marked them, so they are not in the packet: " in page


# What is missing


def test_a_gap_of_the_rule_is_listed_whole_and_opens_its_part(client: Client) -> None:
    bare = {name: value for name, value in CHECKED.items() if not name.startswith("scores-")}
    page = letter(client, DENIED | bare | APPEAL | NAME)
    body = page.content.decode()
    listed = re.findall(r'value="part.open.criteria">(.*?)</button>', body, re.DOTALL)
    assert any("To confirm: Infusions are given in a registered clinic" in one for one in listed)
    assert not any("confirm: point" in one for one in listed)


def test_where_no_treatment_was_told_the_open_part_says_what_to_write(client: Client) -> None:
    page = letter(client, DENIED_ALONE | APPEAL | NAME)
    opened = post(client, fields_of(page) | {"go": "part.open.trials"})
    assert "Missing in this part" in text_of(opened)
    assert "Write one treatment on each line" in text_of(opened)
    assert "Add my answers" in text_of(opened)


DENIED_ALONE = {name: value for name, value in DENIED.items() if name not in CHECKED}


def test_the_line_for_the_reviewer_stands_on_the_page_as_on_paper(client: Client) -> None:
    line = "Prepared from records supplied. Reviewed by:"
    assert line in text_of(letter(client, CHECKED | PRIOR))
    assert line not in text_of(letter(client, WHOLE_APPEAL))
