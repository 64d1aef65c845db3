"""A check in Spanish holds no English, from its first screen to both files to print."""

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.appeals.reading import letters, text_of
from tests.policies.html import FULL, PLAN, fields_of
from tests.policies.spanish_reading import (
    ADDRESS,
    address,
    english_in,
    english_of,
    names,
    quotes,
    short_names,
)

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]


PLANS = {
    "Massachusetts, IV ketamine": PLAN | FULL,
    "Massachusetts, nothing told": PLAN,
    "CareFirst, esketamine": PLAN
    | FULL
    | {
        "plan-insurer": "carefirst",
        "plan-residence_state": "MD",
        "plan-issue_state": "MD",
        "plan-treatment": "esketamine_nasal",
        "answers-episode_severity": "severe",
        "answers-suicidal_ideation": "without_intent",
    },
    "Alabama": PLAN
    | {"plan-insurer": "bcbs-al", "plan-residence_state": "AL", "plan-issue_state": "AL"},
    "TRICARE West": PLAN
    | {
        "plan-line_of_business": "tricare",
        "plan-insurer": "tricare-west",
        "plan-residence_state": "CA",
    },
    "no document": PLAN | {"plan-insurer": "unknown"},
    "a name that is not held": PLAN | {"plan-insurer": "not-listed", "plan-insurer_name": "Acme"},
    "Medicare": PLAN | {"plan-line_of_business": "original_medicare", "plan-residence_state": "FL"},
    "Medicare, with two documents that ask the same": PLAN
    | FULL
    | {
        "plan-line_of_business": "original_medicare",
        "plan-residence_state": "FL",
        "plan-treatment": "esketamine_nasal",
        "scores-madrs-score": "10",
    },
    "Medicaid with a list, and what would change the answer": PLAN
    | {
        "plan-line_of_business": "medicaid",
        "plan-residence_state": "OH",
        "plan-treatment": "esketamine_nasal",
        "answers-age": "41",
        "tried-0-kind": "antidepressant",
        "tried-0-drug": "Zoloft",
    },
    "Medicaid that refuses, with a rule beside it": PLAN
    | {"plan-line_of_business": "medicaid", "plan-residence_state": "SD"},
    "Medicare Advantage, for a parent": PLAN
    | {"plan-line_of_business": "medicare_advantage", "plan-asker": "parent_or_guardian"},
    "VA, for a clinic": PLAN | FULL | {"plan-line_of_business": "va", "plan-asker": "clinic"},
    "Medicaid, for a carer": PLAN
    | {"plan-line_of_business": "medicaid", "plan-residence_state": "WI", "plan-asker": "carer"},
    "workers' compensation": PLAN | {"plan-line_of_business": "workers_compensation"},
}
of_a_plan = pytest.mark.parametrize("fields", PLANS.values(), ids=PLANS.keys())


def post(client: Client, fields: dict[str, Any], name: str = "policies:check") -> "Response":
    return client.post(address(name), fields)


@of_a_plan
def test_an_answer_is_in_spanish(client: Client, fields: dict[str, Any]) -> None:
    response = post(client, fields | {"go": "answer"})
    assert response.status_code == 200
    assert english_of(response) == []


@of_a_plan
def test_the_answers_to_check_are_in_spanish(client: Client, fields: dict[str, Any]) -> None:
    assert english_of(post(client, fields | {"go": "review"})) == []


@of_a_plan
@pytest.mark.parametrize("name", ["appeals:doctor_page", "appeals:log_sheet"])
def test_a_file_to_print_is_in_spanish(client: Client, fields: dict[str, Any], name: str) -> None:
    carried = fields_of(post(client, fields | {"go": "answer"}))
    response = post(client, carried, name)
    assert response.status_code == 200
    # A line of the page ends within an address.
    text = re.sub(r"(?<=[-/]) ", "", text_of(response.content))
    words = letters(text)
    assert [one for one, _spanish in short_names() if letters(one) in words] == []
    for quote in quotes():
        text = text.replace(quote, "")
    text = names().sub(" ", ADDRESS.sub(" ", text))
    assert english_in(re.split(r"(?<=[.?:;])\s", text)) == []


def test_the_screens_of_the_plan_are_in_spanish(client: Client) -> None:
    first = client.get(address("policies:check"))
    assert english_of(first) == []
    for place in ("who", "insurer", "place", "treatment"):
        assert english_of(post(client, PLAN | {"go": f"change.{place}"})) == []


@pytest.mark.parametrize("treatment", ["iv_ketamine", "esketamine_nasal"])
@pytest.mark.parametrize(
    ("insurer", "state"), [("bcbs-ma", "MA"), ("carefirst", "MD"), ("medical-mutual", "OH")]
)
def test_the_questions_are_in_spanish(
    client: Client, insurer: str, state: str, treatment: str
) -> None:
    place = {"plan-residence_state": state, "plan-issue_state": state}
    screen = post(client, PLAN | place | {"plan-insurer": insurer, "plan-treatment": treatment})
    for _ in range(12):
        assert english_of(screen) == []
        screen = post(client, fields_of(screen) | {"go": "next"})


def test_what_is_wrong_is_said_in_spanish(client: Client) -> None:
    empty = post(client, {"at": "who", "go": "next"})
    wrong = post(
        client,
        PLAN
        | FULL
        | {
            "plan-icd10_codes": "F33, XYZ",
            "answers-age": "900",
            "scores-madrs-score": "300",
            "tried-0-kind": "ect",  # a medicine stands beside it
            "tried-1-outcome": "contraindicated",
            "tried-2-adequate_dose": "no",
            "tried-2-maximum_dose": "yes",
            "tried-3-improvement_percent": "60",
            "tried-4-kind": "ketamine",
            "go": "answer",
        },
    )
    for response in (empty, wrong):
        assert response.status_code == 422
        assert english_of(response) == []
