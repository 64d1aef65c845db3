"""What no button of the page sends, what a plan no longer asks, and odd files of answers."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.policies.html import CHECK, PLAN, WHO, fields_of, heading_of, post, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

ALABAMA = PLAN | {
    "plan-insurer": "bcbs-al",
    "plan-residence_state": "AL",
    "plan-issue_state": "AL",
}


def test_an_answer_that_the_plan_does_not_ask_can_still_be_seen(client: Client) -> None:
    told = {"answers-age": "41", "at": "questions", "showing": "age", "returns": "1"}
    stays = post(client, ALABAMA | told | {"go": "stay"})
    assert heading_of(stays) == "The person who needs treatment"
    assert fields_of(stays)["answers-age"] == "41"
    gone = post(client, ALABAMA | {"at": "questions", "showing": "age", "go": "stay"})
    assert gone.status_code == 200
    assert fields_of(gone)["plan-insurer"] == "bcbs-al"


@pytest.mark.parametrize("go", ["answer", "review"])
def test_an_answer_to_half_a_plan_asks_for_the_rest(client: Client, go: str) -> None:
    half = WHO | {"plan-line_of_business": "commercial", "at": "who", "go": go}
    response = post(client, half)
    assert response.status_code == 422
    assert heading_of(response) == "The insurer"


@pytest.mark.parametrize("line", ["medicaid", "chip"])
def test_what_a_kind_of_insurance_does_not_ask_is_never_wrong(client: Client, line: str) -> None:
    odd = {"plan-line_of_business": line, "plan-funding": "zz", "plan-insurer": ""}
    assert post(client, PLAN | odd | {"at": "treatment"}).status_code == 200


def test_a_name_that_was_typed_counts_beside_i_dont_know(client: Client) -> None:
    typed = PLAN | {"plan-insurer": "unknown", "plan-insurer_name": "Acme Health"}
    assert "Acme Health" in text_of(post(client, typed | {"go": "review"}))
    unknown = typed | {"plan-insurer_name": "I don't know"}
    assert "not in this list" not in text_of(post(client, unknown | {"go": "review"}))


def test_a_charted_score_is_not_written_over_by_the_questionnaire(client: Client) -> None:
    charted = {
        "scores-phq9-score": "20",
        "scores-phq9-origin": "chart",
        "scores-phq9-taken_on": "2026-11-01",
    }
    none = {f"phq9-{number}": "0" for number in range(1, 10)}
    scores = post(client, PLAN | charted | none | {"at": "phq9", "showing": "phq9"})
    assert fields_of(scores)["scores-phq9-score"] == "20"
    assert "Fill in the PHQ-9 here" not in text_of(scores)


def test_a_file_that_cannot_be_read_takes_nothing_of_what_was_answered(client: Client) -> None:
    file = SimpleUploadedFile("answers.json", b"no answers", content_type="application/json")
    response = client.post(CHECK, PLAN | {"go": "load", "saved": file})
    assert response.status_code == 422
    assert heading_of(response) == "About you and the plan"
    assert fields_of(response)["plan-insurer"] == PLAN["plan-insurer"]


SCORE = {"scale": "madrs", "score": 20, "origin": "chart"}
TWO_SCORES = json.dumps({"version": 1, "scores": [SCORE, SCORE | {"score": 5}]}).encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"version": 1, "answers": {"age": 1' + b"0" * 5000 + b"}}", "holds no saved answers"),
        (b'{"version": 1, "plan": {"insurer_name": "\\ud800"}}', "holds no saved answers"),
        (
            b'{"version": 1, "treatments_tried": ['
            + b'{"kind": "other"},' * 44
            + b'{"kind": "other"}]}',
            "More than 40 treatments",
        ),
        (TWO_SCORES, "two scores on one scale"),
    ],
    ids=["a huge number", "half a character", "too many treatments", "two scores"],
)
def test_an_odd_file_is_refused_with_its_reason(client: Client, data: bytes, said: str) -> None:
    file = SimpleUploadedFile("answers.json", data, content_type="application/json")
    response = client.post(CHECK, {"go": "load", "saved": file})
    assert response.status_code == 422
    assert said in text_of(response)


def test_a_file_without_a_condition_leads_to_the_screen_that_asks_for_it(client: Client) -> None:
    data = b'{"version": 1, "plan": {"line_of_business": "va"}, "answers": {"conditions": []}}'
    file = SimpleUploadedFile("answers.json", data, content_type="application/json")
    response = client.post(CHECK, {"go": "load", "saved": file})
    assert response.status_code == 200
    assert heading_of(response) == "Check your answers"


def test_of_an_answer_sent_twice_the_last_is_shown_again(client: Client) -> None:
    twice = {"answers-age": ["41", "42"], "at": "questions", "showing": "age", "go": "stay"}
    assert fields_of(post(client, PLAN | twice))["answers-age"] == "42"


def test_a_clinic_is_asked_of_the_patient(client: Client) -> None:
    clinic = {"at": "who", "plan-asker": "clinic", "plan-line_of_business": "commercial"}
    insurer = post(client, clinic)
    assert "Which company or program insures the patient?" in text_of(insurer)
    place = post(client, clinic | {"at": "insurer", "plan-insurer": "bcbs-ma"})
    assert heading_of(place) == "Where the patient lives"
    assert "Which state does the patient live in?" in text_of(place)


def test_a_name_that_many_have_asks_to_choose_among_them(client: Client) -> None:
    sent = WHO | {"at": "insurer", "plan-line_of_business": "commercial"}
    place = post(client, sent | {"plan-insurer_name": "BCBS"})
    assert "Several companies that we hold go by that name." in text_of(place)


def test_of_thoughts_of_suicide_the_answer_to_them_is_told_back(client: Client) -> None:
    asked = PLAN | {
        "plan-insurer": "united-healthcare",
        "plan-treatment": "esketamine_nasal",
        "plan-residence_state": "FL",
        "plan-issue_state": "FL",
        "answers-suicidal_ideation": "without_intent",
    }
    answer = text_of(post(client, asked | {"at": "review", "go": "answer"}))
    line = answer.partition("Acute suicidal ideation or behavior now")[2][:120]
    assert "You told us: yes, thoughts without an intent to act." in line
    assert "has a list of its own for people with thoughts of suicide" not in answer
