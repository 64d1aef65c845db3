"""What to do next: for every verdict something, and never a promise or a push."""

from typing import Any

import pytest

from policies.check import check
from policies.situation import LineOfBusiness, Treatment
from policies.verdict import Verdict
from policies.wording.calls import call_script
from policies.wording.next_steps import OTHER_TREATMENT, STEPS, next_steps
from tests.factories import ON, make_situation, real_catalogue

COMMERCIAL = {"line_of_business": LineOfBusiness.COMMERCIAL}


def test_every_verdict_has_its_steps() -> None:
    assert STEPS.keys() == set(Verdict)
    assert all(STEPS.values())


@pytest.mark.parametrize(
    ("plan", "treatment", "conditions", "wanted"),
    [
        pytest.param(
            {**COMMERCIAL, "insurer": "bcbs-ma", "issue_state": "MA"},
            Treatment.IV_KETAMINE,
            ["treatment_resistant_depression"],
            "Part of the list is missing here.",
            id="a list that was cut off",
        ),
        pytest.param(
            {**COMMERCIAL, "insurer": "bcbs-al", "issue_state": "AL"},
            Treatment.IV_KETAMINE,
            ["treatment_resistant_depression"],
            "esketamine (Spravato)",
            id="refused for depression",
        ),
        pytest.param(
            {"line_of_business": LineOfBusiness.MEDICARE_ADVANTAGE, "insurer": "bcbs-ma"},
            Treatment.IV_KETAMINE,
            ["chronic_pain"],
            "keep the notice",
            id="refused beside a rule of the program",
        ),
        pytest.param(
            {"line_of_business": LineOfBusiness.ORIGINAL_MEDICARE, "residence_state": "FL"},
            Treatment.IV_KETAMINE,
            ["treatment_resistant_depression"],
            "The Medicare contractor for the region (MAC) decides.",
            id="Original Medicare, which has no plan to ask",
        ),
        pytest.param(
            {**COMMERCIAL, "insurer_name": "Nobody"},
            Treatment.IV_KETAMINE,
            ["chronic_pain"],
            "ask HR",
            id="nothing held",
        ),
    ],
)
def test_the_steps_fit_the_answer(
    plan: dict[str, Any], treatment: Treatment, conditions: list[str], wanted: str
) -> None:
    asked = make_situation(treatment=treatment, conditions=conditions, **plan)
    steps = " ".join(next_steps(check(asked, catalogue=real_catalogue(), on=ON)))
    assert wanted in steps


def test_another_treatment_is_not_offered_for_pain() -> None:
    plan: dict[str, Any] = {**COMMERCIAL, "insurer": "bcbs-al", "issue_state": "AL"}
    asked = make_situation(conditions=["chronic_pain"], **plan)
    answer = check(asked, catalogue=real_catalogue(), on=ON)
    assert answer.verdict is Verdict.NOT_COVERED
    assert OTHER_TREATMENT not in next_steps(answer)


def test_the_phone_script_names_the_document_that_was_read() -> None:
    plan: dict[str, Any] = {**COMMERCIAL, "insurer": "bcbs-al", "issue_state": "AL"}
    asked = make_situation(conditions=["chronic_pain"], **plan)
    answer = check(asked, catalogue=real_catalogue(), on=ON)
    script = call_script(answer, "IV ketamine infusion for chronic pain")
    assert script.questions[0].startswith("I have seen “MP-446”. Is it in force for this plan?")
