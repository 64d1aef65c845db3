"""The check without a script: from end to end, back and forth, and every wrong turn."""

import html
import logging
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from policies.catalogue import Catalogue
from policies.published import published_catalogue
from tests.policies.html import CHECK, FULL, HTMX, PLAN, fields_of, heading_of, post, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


@pytest.fixture
def published() -> Catalogue:
    """The catalogue as it is published, already read once."""
    return published_catalogue()


# The way, step by step


def test_the_first_step_asks_about_the_plan(client: Client) -> None:
    response = client.get(CHECK)
    assert response.status_code == 200
    assert heading_of(response) == "About you and the plan"
    assert fields_of(response) == {"at": "who", "plan-asker": "patient"}
    assert "no-store" in response["Cache-Control"]


def test_massachusetts_from_the_first_step_to_the_answer(client: Client) -> None:
    screen = client.get(CHECK)
    for fields in (
        {"plan-line_of_business": "commercial"},
        {"plan-insurer": "bcbs-ma", "plan-funding": "insured"},
        {"plan-residence_state": "MA", "plan-issue_state": "MA"},
        {"plan-condition": "treatment_resistant_depression"},
    ):
        screen = post(client, fields_of(screen) | fields)
    words = text_of(screen)
    assert "How old is the person who needs treatment?" in words
    assert "0 of at least 9 criteria met" in words

    headings = []
    while heading_of(screen) != "Check your answers":
        headings.append(heading_of(screen))
        shown = fields_of(screen)
        screen = post(client, shown | {name: FULL[name] for name in FULL if _asks(screen, name)})
    assert headings == [
        "The person who needs treatment",
        "The condition now",
        "The treatment asked for",
        "Treatments tried",
        "Scores on rating scales",
    ]
    assert "MADRS 30 on October 1, 2026" in text_of(screen)

    answer = post(client, fields_of(screen) | {"go": "answer"})
    assert answer.status_code == 200
    assert heading_of(answer).startswith("Going by a second-hand account, you could qualify")
    words = text_of(answer)
    assert "7 of at least 9 criteria met" in words
    assert "Counts (4): sertraline, escitalopram, venlafaxine, bupropion." in words
    assert "The document's own words, as someone else reproduces them." in words
    assert "FDA approved ketamine for anesthesia only" in words
    assert "Blue Cross Blue Shield of Massachusetts, 291" in words


def _asks(response: Any, name: str) -> bool:
    """Whether a field is on the screen, or belongs to a further row of one that is."""
    kind = name.partition("-")[0]
    body = response.content.decode().partition("<form")[2].partition("</form>")[0]
    return f'name="{name}"' in body or (kind == "tried" and 'name="tried-0-kind"' in body)


def test_alabama_is_answered_at_once(client: Client) -> None:
    answer = post(client, PLAN | {"plan-insurer": "bcbs-al", "plan-issue_state": "AL"})
    assert heading_of(answer).endswith("your plan's written rule does not cover this.")
    assert "We asked nothing more" in text_of(answer)
    assert "MP-446 (last reviewed November 2024)" in text_of(answer)
    assert 'class="answer answer--not-met"' in answer.content.decode()


def test_an_insurer_that_is_not_held(client: Client) -> None:
    changes = {"plan-insurer": "not-listed", "plan-insurer_name": "Nobody Health"}
    answer = post(client, PLAN | changes)
    assert heading_of(answer) == "We hold no document from your plan."
    words = text_of(answer)
    assert "We do not answer from another insurer's policy." in words
    assert "What to say on the phone" in words
    assert "Nobody Health" in words


def test_tricare_refuses_the_infusion_and_has_a_way_for_the_spray(client: Client) -> None:
    plan = PLAN | {"plan-line_of_business": "tricare", "plan-insurer": "tricare-west"}
    assert "Excluded: not covered" in text_of(post(client, plan))

    spray = plan | {"plan-treatment": "esketamine_nasal"}
    assert heading_of(post(client, spray)) == "The person who needs treatment"
    answer = post(client, spray | {"answers-age": "41", "go": "answer"})
    assert "you appear to meet every criterion" in heading_of(answer)
    words = text_of(answer)
    assert "was not shown to prevent suicide" in words
    assert "G2082, G2083" in words


def test_a_rule_of_the_program_is_named_beside_a_refusal(client: Client) -> None:
    plan = {"plan-line_of_business": "medicare_advantage", "plan-condition": "chronic_pain"}
    answer = post(client, PLAN | plan)
    assert heading_of(answer).endswith("your plan's written rule does not cover this.")
    words = text_of(answer)
    assert "A rule of the program stands beside it and leaves such cases" in words
    assert "A rule of the program, which stands beside your plan's own documents" in words


def test_a_minor_does_not_meet_the_list_and_is_told_no_way_around_it(client: Client) -> None:
    answer = post(client, PLAN | FULL | {"answers-age": "15", "go": "answer"})
    assert "you do not appear to meet your plan's written criteria" in heading_of(answer)
    assert "You told us: 15 years." in text_of(answer)


def test_an_employer_that_may_pay_itself_is_named_beside_a_favorable_answer(
    client: Client,
) -> None:
    answer = post(client, PLAN | FULL | {"plan-funding": "unknown", "go": "answer"})
    assert "Is our health plan self-funded" in text_of(answer)


def test_a_company_that_no_document_links_to_the_plan_is_named_as_such(client: Client) -> None:
    answer = post(client, PLAN | FULL | {"plan-administrator_name": "Carelon", "go": "answer"})
    assert "You told us that Carelon decides for your plan." in text_of(answer)


def test_a_code_is_said_back_in_words(client: Client) -> None:
    answer = post(client, PLAN | {"plan-insurer": "unknown", "plan-icd10_codes": "f33.2"})
    words = text_of(answer)
    assert "F33.2, Major depressive disorder, recurrent severe" in words
    assert "FY2026, not checked for FY2027" in words


def test_thoughts_of_suicide_come_with_the_help_line(client: Client) -> None:
    plan = {"plan-line_of_business": "medicaid", "plan-insurer": "wisconsin-medicaid"}
    there = PLAN | plan | {"plan-residence_state": "WI"}
    questions = post(client, there | {"go": "change.suicidal_ideation"})
    body = questions.content.decode()
    asked = body.index("Are there thoughts of suicide at present?")
    assert "tel:988" in body[asked : body.index("</form>")]
    assert "Leave this page quickly" in text_of(questions)
    told = post(client, PLAN | plan | {"plan-condition": "mdd_suicidal", "go": "answer"})
    assert told.content.count(b"tel:988") == 2


# Back and forth


def test_another_card_loses_nothing(client: Client) -> None:
    typed = {"answers-age": "forty", "tried-0-drug": "Zoloft", "scores-madrs-score": "300"}
    rows = post(client, PLAN | typed | {"go": "change.treatments_tried"})
    more = post(client, fields_of(rows) | {"go": "more"})
    assert typed.items() <= fields_of(more).items()
    assert "tried-1-drug" in fields_of(more)
    again = post(client, fields_of(more) | {"go": "more"})
    assert "tried-2-drug" in fields_of(again)


def test_back_keeps_every_answer_to_the_first_screen(client: Client) -> None:
    screen = post(client, PLAN | FULL | {"go": "answer"})
    headings = []
    while heading_of(screen) != "About you and the plan":
        screen = post(client, fields_of(screen) | {"go": "back"})
        headings.append(heading_of(screen))
        assert (PLAN | FULL).items() <= fields_of(screen).items()
    assert headings == [
        "Check your answers",
        "The treatment",
        "Where you live",
        "The insurer",
        "About you and the plan",
    ]


def test_answers_survive_a_plan_that_asks_for_none(client: Client) -> None:
    elsewhere = PLAN | FULL | {"plan-insurer": "bcbs-al", "plan-issue_state": "AL"}
    alabama = post(client, elsewhere)
    insurer = post(client, fields_of(alabama) | {"go": "change.insurer"})
    review = post(client, fields_of(insurer) | {"plan-insurer": "bcbs-ma"})
    assert FULL.items() <= fields_of(review).items()


# Wrong turns


def test_an_empty_form_says_what_is_missing(client: Client) -> None:
    response = post(client, {})
    assert response.status_code == 422
    assert "There is something to put right" in text_of(response)
    assert "Choose how you get this health insurance" in text_of(response)
    next_one = post(client, fields_of(response) | {"plan-line_of_business": "commercial"})
    response = post(client, fields_of(next_one))
    assert 'href="#id_plan-insurer"' in response.content.decode()


def test_a_score_out_of_range_comes_back_as_it_was_typed(client: Client) -> None:
    wrong = {"scores-madrs-score": "300", "scores-madrs-origin": "chart", "tried-0-drug": "Zoloft"}
    response = post(client, PLAN | wrong | {"go": "answer"})
    assert response.status_code == 422
    assert "300 is out of range: MADRS goes from 0 to 60." in text_of(response)
    assert wrong.items() <= fields_of(response).items()


def test_a_treatment_that_ends_on_a_day_to_come_is_told(client: Client) -> None:
    carefirst = {
        "plan-insurer": "carefirst",
        "plan-issue_state": "MD",
        "plan-treatment": "esketamine_nasal",
    }
    wrong = {"tried-0-drug": "Zoloft", "tried-0-ended_on": "2099-01-01"}
    response = post(client, PLAN | carefirst | wrong | {"go": "answer"})
    assert response.status_code == 422
    assert "This day has not come yet. Enter the day it ended." in text_of(response)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"plan-insurer": "bcbs-zz"}, "Choose one of the answers", id="insurer"),
        pytest.param({"plan-treatment": "<script>"}, "Choose one of the answers", id="treatment"),
        pytest.param({"plan-condition": "sadness"}, "Choose one of the answers", id="condition"),
        pytest.param({"plan-icd10_codes": "'; --"}, "is not an ICD-10-CM code", id="code"),
        pytest.param({"answers-age": "-5"}, "0 to 120 years", id="age"),
        pytest.param({"answers-request_phase": "later"}, "Choose one of the answers", id="phase"),
        pytest.param({"tried-0-weeks": "9" * 30}, "at most 20 characters", id="weeks"),
        pytest.param({"scores-madrs-taken_on": "soon"}, "Enter a date", id="date"),
        pytest.param(
            {f"tried-{row}-drug": "lithium" for row in range(201)},
            "More than 40 treatments",
            id="rows",
        ),
    ],
)
def test_what_was_tampered_with_is_told_and_never_breaks(
    client: Client, changes: dict[str, str], message: str
) -> None:
    response = post(client, PLAN | changes | {"go": "answer"})
    assert response.status_code == 422
    assert message in text_of(response)
    assert "<script>" not in response.content.decode().partition('id="check"')[2]


@pytest.mark.parametrize(
    "go",
    [
        *("", "nowhere", "back", "more", "stay", "phq9", "review", "answer"),
        *("change.", "change.age", "change.zzz", "change.conditions"),
    ],
)
def test_no_button_breaks_on_fields_it_does_not_know(client: Client, go: str) -> None:
    odd = {
        "tried--drug": "x",
        "tried-0999-drug": "x",
        "scores-nothing-score": "1",
        "answers-": "1",
        "at": "elsewhere",
        "showing": "nothing,age,age",
        "asked": ["", "nothing"],
    }
    for place in ("", "at=answer", "at=questions&showing=nothing", "at=phq9&returns=1"):
        sent = PLAN | odd | {"go": go, "place": place}
        assert post(client, sent).status_code == 200
        assert post(client, sent | {"at": "questions", "showing": "zzz"}).status_code == 200


# With htmx


def test_htmx_gets_the_part_and_a_browser_the_page(client: Client) -> None:
    whole, part = post(client, PLAN), post(client, PLAN, headers=HTMX)
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert part.content.count(b'id="check"') == 1
    assert b"<title>The person who needs treatment" in html.unescape(part.content.decode()).encode()
    assert fields_of(part) == fields_of(whole)
    assert "HX-Request" in part["Vary"]
    assert b'hx-history="false"' in part.content


# What is kept: nothing


def test_answers_stay_in_no_address_session_cookie_or_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    marked = {
        "plan-administrator_name": "Marked Administrator",
        "tried-0-drug": "markedmedicine",
        "scores-madrs-score": "59",
    }
    for go in ("next", "more", "answer", "review", "back", "change.treatments_tried"):
        for headers in ({}, HTMX):
            response = post(client, PLAN | marked | {"go": go}, headers=headers)
            assert not response.headers.keys() & {"Location", "HX-Push-Url", "HX-Redirect"}
    assert client.cookies.keys() == {"csrftoken"}
    assert not Session.objects.exists()
    assert "arked" not in caplog.text
    assert "madrs" not in caplog.text
    body = response.content.decode()
    assert not re.search(r'(?:href|action|hx-\w+)="[^"]*arked', body)


# Queries


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("data", [None, PLAN, PLAN | FULL | {"go": "answer"}])
def test_a_check_asks_the_database_whether_anything_is_new(
    client: Client,
    data: dict[str, str] | None,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        response = client.get(CHECK) if data is None else post(client, data)
    assert response.status_code == 200
