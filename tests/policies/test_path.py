"""The way through a check: what is asked next, what is skipped, and how one gets back."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.policies.html import CHECK, FULL, PLAN, WHO, fields_of, heading_of, post, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

WISCONSIN = PLAN | {
    "plan-line_of_business": "medicaid",
    "plan-insurer": "",
    "plan-residence_state": "WI",
}


# The plan


@pytest.mark.parametrize(
    ("line", "headings"),
    [
        pytest.param("commercial", ["The insurer", "Where you live", "The treatment"], id="job"),
        pytest.param("unknown", ["The insurer", "Where you live", "The treatment"], id="unknown"),
        pytest.param("medicare_advantage", ["The insurer", "Where you live", "The treatment"]),
        pytest.param("medicaid", ["Where you live", "The treatment"], id="the state pays"),
        pytest.param("original_medicare", ["Where you live", "The treatment"], id="Medicare pays"),
        pytest.param("va", ["The treatment"], id="the VA pays everywhere"),
    ],
)
def test_only_what_a_kind_of_insurance_leaves_open_is_asked(
    client: Client, line: str, headings: list[str]
) -> None:
    given = {"plan-insurer": "unknown", "plan-condition": "chronic_pain"}
    screen = post(client, WHO | {"plan-line_of_business": line})
    found = [heading_of(screen)]
    while len(found) < len(headings):
        screen = post(client, fields_of(screen) | given)
        found.append(heading_of(screen))
    assert found == headings


@pytest.mark.parametrize(
    ("line", "asks_funding", "asks_issue_state"),
    [
        pytest.param("commercial", True, True, id="a job"),
        pytest.param("federal_employees", False, True, id="a federal job"),
        pytest.param("medicare_advantage", False, False, id="Medicare Advantage"),
        pytest.param("tricare", False, False, id="TRICARE"),
    ],
)
def test_who_pays_and_where_it_was_issued_are_asked_where_they_decide(
    client: Client, line: str, asks_funding: bool, asks_issue_state: bool
) -> None:
    plan = PLAN | {"plan-line_of_business": line}
    insurer = post(client, plan | {"go": "change.insurer"})
    place = post(client, plan | {"go": "change.place"})
    assert ("who pays the claims?" in text_of(insurer)) is asks_funding
    assert ("In which state was the plan issued?" in text_of(place)) is asks_issue_state


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("workers_compensation", "workers' compensation board or commission says"),
        ("chip", "The state's CHIP office says how to object."),
    ],
)
def test_what_is_not_handled_is_said_at_once(client: Client, line: str, where: str) -> None:
    answer = post(client, WHO | {"plan-line_of_business": line})
    assert heading_of(answer) == "We hold no document from your plan."
    assert "follows rules of its own, which we do not handle" in text_of(answer)
    assert where in text_of(answer)


def test_a_company_that_is_not_held_is_said_at_once(client: Client) -> None:
    sent = WHO | {
        "at": "insurer",
        "plan-line_of_business": "commercial",
        "plan-insurer_name": "Nobody <b>Health</b>",
    }
    place = post(client, sent)
    assert heading_of(place) == "Where you live"
    assert "We hold no document under the name “Nobody <b>Health</b>”" in text_of(place)


def test_a_company_that_is_held_under_nearly_that_name_is_named_at_once(client: Client) -> None:
    sent = WHO | {"at": "insurer", "plan-line_of_business": "commercial"}
    near = post(client, sent | {"plan-insurer_name": "BCBS of Massachusets"})
    assert "Did you mean Blue Cross Blue Shield of Massachusetts, " in text_of(near)
    spaced = post(client, sent | {"plan-insurer_name": "Care First"})
    assert "Did you mean CareFirst BlueCross BlueShield? Then go back" in text_of(spaced)


def test_a_medicaid_program_is_found_by_its_state(client: Client) -> None:
    assert heading_of(post(client, WISCONSIN)) == "The person who needs treatment"


def test_a_kind_of_insurance_that_is_changed_asks_for_what_it_lacks(client: Client) -> None:
    chip = {"at": "who", "returns": "1", "plan-line_of_business": "chip"}
    changed = post(client, chip | {"plan-line_of_business": "commercial"})
    assert heading_of(changed) == "The insurer"
    assert changed.status_code == 200


# The questions


def test_a_fact_that_settles_everything_ends_the_questions(client: Client) -> None:
    first = post(client, PLAN)
    assert "At most 7 questions left" in text_of(first)
    # Going on with a course has a rule of its own, so that alone is still asked.
    phase = post(client, fields_of(first) | {"answers-age": "15"})
    assert "At most 1 question left" in text_of(phase)
    review = post(client, fields_of(phase) | {"answers-request_phase": "first"})
    assert heading_of(review) == "Check your answers"
    assert "15 years" in text_of(review)


def test_what_one_is_not_sure_of_is_not_asked_again_and_becomes_a_to_do(client: Client) -> None:
    screen = post(client, PLAN)
    while heading_of(screen) != "Check your answers":
        screen = post(client, fields_of(screen))
    assert text_of(screen).count("Not sure: to find out") == 7
    answer = post(client, fields_of(screen) | {"go": "answer"})
    assert "What is still to find out" in text_of(answer)


def test_one_may_stop_at_any_time_and_go_on_from_the_answer(client: Client) -> None:
    first = post(client, PLAN)
    answer = post(client, fields_of(first) | {"answers-age": "41", "go": "answer"})
    assert answer.status_code == 200
    assert "1 of at least 9" in text_of(answer)
    further = post(client, fields_of(answer) | {"go": "next"})
    assert heading_of(further) == "The condition now"


def test_going_back_walks_the_screens_that_were_asked_and_forward_again(client: Client) -> None:
    second = post(client, fields_of(post(client, PLAN)) | {"answers-age": "41"})
    assert heading_of(second) == "The condition now"
    first = post(client, fields_of(second) | {"answers-structured_interview": "yes", "go": "back"})
    assert fields_of(first)["answers-age"] == "41"
    again = post(client, fields_of(first))
    assert fields_of(again)["answers-structured_interview"] == "yes"


def test_a_change_asks_only_what_it_opens(client: Client) -> None:
    review = post(client, PLAN | FULL | {"go": "review"})
    change = post(client, fields_of(review) | {"go": "change.age"})
    assert heading_of(change) == "The person who needs treatment"
    assert heading_of(post(client, fields_of(change))) == "Check your answers"

    spray = PLAN | FULL | {"plan-treatment": "esketamine_nasal", "go": "change.insurer"}
    insurer = post(client, spray)
    tufts = post(client, fields_of(insurer) | {"plan-insurer": "tufts-health-plan"})
    # Tufts wants to know what Massachusetts did not ask.
    assert heading_of(tufts) == "The condition now"
    assert fields_of(tufts)["answers-age"] == "41"


def test_a_wrong_answer_given_earlier_is_shown_on_its_own_screen(client: Client) -> None:
    wrong = PLAN | FULL | {"scores-madrs-score": "300", "asked": "madrs,hamd17"}
    response = post(client, wrong | {"go": "answer"})
    assert response.status_code == 422
    assert heading_of(response) == "Scores on rating scales"


def test_the_checklist_fills_while_a_screen_is_answered(client: Client) -> None:
    screen = fields_of(post(client, PLAN))
    part = client.post("/check/so-far/", screen | {"answers-age": "41"})
    assert "1 of at least 9 criteria met" in text_of(part)
    assert b"<html" not in part.content
    assert client.post("/check/so-far/", screen | {"answers-age": "forty"}).status_code == 204
    assert client.get("/check/so-far/").status_code == 405


# The PHQ-9

ITEMS = {f"phq9-{number}": "2" for number in range(1, 10)}


def phq9_of(client: Client) -> dict[str, Any]:
    virginia = PLAN | {"plan-line_of_business": "va", "plan-treatment": "esketamine_nasal"}
    return fields_of(post(client, virginia | {"showing": "phq9", "at": "questions", "go": "phq9"}))


def test_a_phq9_filled_in_here_is_self_completed(client: Client) -> None:
    scores = post(client, phq9_of(client) | ITEMS)
    fields = fields_of(scores)
    assert (fields["scores-phq9-score"], fields["scores-phq9-origin"]) == ("18", "self_completed")
    review = post(client, fields | {"go": "review"})
    assert "PHQ-9 18 on" in text_of(review)
    assert "self-completed, not in your record" in text_of(review)


def test_the_ninth_item_stands_beside_the_help_line_and_brings_it_along(client: Client) -> None:
    page = client.post(CHECK, phq9_of(client) | {"go": "back"})
    assert "tel:988" not in page.content.decode().partition('id="check"')[2].partition("<footer")[0]
    scores = post(client, phq9_of(client) | ITEMS | {"phq9-9": "1"})
    assert "tel:988" in scores.content.decode().partition('id="check"')[2].partition("<footer")[0]
    assert "Leave this page quickly" in text_of(scores)


def test_a_phq9_with_an_open_item_gives_no_score(client: Client) -> None:
    response = post(client, phq9_of(client) | ITEMS | {"phq9-4": ""})
    assert response.status_code == 422
    assert "Choose an answer, or go back without a score." in text_of(response)
    assert ITEMS["phq9-1"] == fields_of(response)["phq9-1"]


def test_the_phq9_keeps_its_published_words_in_each_language(client: Client) -> None:
    english = client.post("/check/", phq9_of(client) | {"go": "next", "at": "phq9"})
    assert "Little interest or pleasure in doing things" in text_of(english)
    spanish = client.post("/es/check/", phq9_of(client) | {"go": "next", "at": "phq9"})
    assert "Poco interés o placer en hacer cosas" in text_of(spanish)


# Answers kept as a file


def saved(client: Client, fields: dict[str, Any]) -> bytes:
    response = client.post("/check/my-answers.json", fields)
    assert response["Content-Disposition"] == 'attachment; filename="my-answers.json"'
    return response.content


def load(client: Client, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile(name, content, "application/json")
    return client.post(CHECK, {"go": "load", "saved": file})


def test_saved_answers_come_back_as_they_were(client: Client) -> None:
    kept = saved(client, PLAN | FULL | {"plan-icd10_codes": "F33.2"})
    told = json.loads(kept)
    assert told["version"] == 1
    review = load(client, "mine.json", kept)
    assert heading_of(review) == "Check your answers"
    again = saved(client, fields_of(review))
    assert json.loads(again) == told


def test_several_conditions_of_a_file_are_kept(client: Client) -> None:
    told = {"version": 1, "answers": {"conditions": ["crps", "mdd"]}, "plan": {}}
    review = load(client, "mine.json", json.dumps(told).encode())
    kept = json.loads(saved(client, fields_of(review)))
    assert kept["answers"]["conditions"] == ["crps", "mdd"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "holds no saved answers", id="no file"),
        pytest.param(b"\xff\xd8\xff", "holds no saved answers", id="a picture"),
        pytest.param(b"[" * 100_000, "holds no saved answers", id="nested without end"),
        pytest.param(b"x" * 300_000, "too large", id="too large"),
        pytest.param(b'{"version": 2}', "version: this program reads version 1", id="a later one"),
        pytest.param(b'{"version": 1, "answers": {"age": 900}}', "0 to 120", id="a wrong age"),
    ],
)
def test_a_file_that_holds_no_answers_is_told(client: Client, content: bytes, message: str) -> None:
    response = load(client, "mine.json", content)
    assert response.status_code == 422
    assert "This file could not be read" in text_of(response)
    assert message in text_of(response)


def test_answers_that_are_wrong_are_not_saved_but_shown(client: Client) -> None:
    response = client.post("/check/my-answers.json", PLAN | {"answers-age": "forty"})
    assert response.status_code == 422
    assert "number in figures" in text_of(response)


def test_one_wrong_answer_leaves_the_others_in_the_checklist(client: Client) -> None:
    screen = fields_of(post(client, PLAN)) | {"answers-age": "41"}
    wrong = post(
        client, screen | {"at": "questions", "showing": "madrs", "scores-madrs-score": "x"}
    )
    assert wrong.status_code == 422
    assert "1 of at least 9" in text_of(wrong)


def test_what_is_still_to_find_out_can_be_answered_from_the_answer(client: Client) -> None:
    answer = post(client, fields_of(post(client, PLAN)) | {"answers-age": "15", "go": "answer"})
    assert 'value="change.treatments_tried"' in answer.content.decode()
    tried = post(client, fields_of(answer) | {"go": "change.treatments_tried"})
    assert heading_of(tried) == "Treatments tried"


def test_a_medicine_that_is_not_known_is_said_to_be_before_the_answer(client: Client) -> None:
    tried = {"tried-0-kind": "antidepressant", "tried-0-drug": "sertralin", "tried-complete": "no"}
    review = post(client, PLAN | tried | {"go": "review", "asked": "treatments_tried"})
    assert "Sertralin (a medicine we do not know, check the spelling)" in text_of(review)


@pytest.mark.parametrize("typed", ["8 weeks", "8", " 8 semanas"])
def test_a_number_may_be_followed_by_its_unit(client: Client, typed: str) -> None:
    tried = {"tried-0-kind": "antidepressant", "tried-0-drug": "Zoloft", "tried-0-weeks": typed}
    review = post(client, PLAN | tried | {"go": "review", "asked": "treatments_tried"})
    assert "Sertraline, 8 weeks" in text_of(review)


def test_what_only_going_on_asks_waits_until_it_is_known_that_one_goes_on(client: Client) -> None:
    spray = {"plan-insurer": "carefirst", "plan-treatment": "esketamine_nasal"}
    screen = post(client, PLAN | spray | {"plan-residence_state": "MD", "plan-issue_state": "MD"})
    seen = []
    while heading_of(screen) != "Check your answers":
        seen += re.findall(r'name="(answers-[a-z_]+)"', screen.content.decode())
        told = {"answers-request_phase": "first"} if "answers-request_phase" in seen else {}
        screen = post(client, fields_of(screen) | told)
    assert "answers-request_phase" in seen
    assert "answers-documented_improvement" not in seen


def test_a_company_called_by_a_short_name_is_found(client: Client) -> None:
    sent = WHO | {"at": "insurer", "plan-line_of_business": "commercial"}
    place = post(client, sent | {"plan-insurer_name": "bcbs massachusetts"})
    assert "Did you mean Blue Cross Blue Shield of Massachusetts?" in text_of(place)
    listed = client.get("/policies/", {"q": "bcbs massachusetts"})
    assert "Intravenous Ketamine for Mental Health Conditions" in text_of(listed)
