"""A situation in and out of JSON."""

import datetime as dt
from typing import Any

import pytest

from policies.facts import facts_from
from policies.matcher import evaluate
from policies.situation import (
    Asker,
    Funding,
    LineOfBusiness,
    Plan,
    ScaleScore,
    Situation,
    Treatment,
    TreatmentTried,
)
from policies.truth import Truth
from tests.factories import ON, all_of, fact, make_facts

WHOLE: dict[str, Any] = {
    "version": 1,
    "asker": "clinic",
    "plan": {
        "line_of_business": "commercial",
        "funding": "self_funded",
        "insurer": "bcbs-ma",
        "insurer_name": "Blue Cross",
        "administrator_name": "A Vendor",
        "residence_state": "NH",
        "issue_state": "MA",
    },
    "treatment": "esketamine_nasal",
    "icd10_codes": ["F33.2"],
    "answers": {"age": 44, "conditions": ["treatment_resistant_depression"], "pregnancy": False},
    "treatments_tried": [
        {"kind": "antidepressant", "drug": "Zoloft", "weeks": 8.5, "ended_on": "2026-05-03"}
    ],
    "treatments_complete": False,
    "scores": [{"scale": "phq9", "score": 19, "taken_on": "2026-11-02", "origin": "chart"}],
}


def read(**changes: Any) -> Situation:
    return Situation.from_json({"version": 1} | changes)


def test_a_whole_situation_is_read_field_by_field() -> None:
    situation = Situation.from_json(WHOLE)
    assert situation == Situation(
        treatment=Treatment.ESKETAMINE_NASAL,
        plan=Plan(
            line_of_business=LineOfBusiness.COMMERCIAL,
            funding=Funding.SELF_FUNDED,
            insurer="bcbs-ma",
            insurer_name="Blue Cross",
            administrator_name="A Vendor",
            residence_state="NH",
            issue_state="MA",
        ),
        asker=Asker.CLINIC,
        icd10_codes=("F33.2",),
        answers={
            "age": 44,
            "conditions": frozenset({"treatment_resistant_depression"}),
            "pregnancy": False,
        },
        treatments_tried=(
            TreatmentTried(
                kind="antidepressant", drug="Zoloft", weeks=8.5, ended_on=dt.date(2026, 5, 3)
            ),
        ),
        treatments_complete=False,
        scores=(ScaleScore("phq9", 19, "chart", dt.date(2026, 11, 2)),),
    )


def test_a_whole_situation_is_written_as_it_was_read() -> None:
    written = Situation.from_json(WHOLE).to_json()
    assert written == WHOLE | {"answers": dict(sorted(WHOLE["answers"].items()))}


def test_an_empty_situation_answers_nothing() -> None:
    situation = read()
    assert situation == Situation()
    assert situation.treatments_tried is None
    assert situation.answers == {}


def test_null_is_no_answer() -> None:
    assert read(answers={"age": None, "pregnancy": None}, plan=None, scores=None) == Situation()


def test_an_empty_list_of_treatments_is_an_answer_and_no_list_is_none() -> None:
    assert read(treatments_tried=[]).treatments_tried == ()
    assert read(treatments_tried=None).treatments_tried is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({}, Truth.UNKNOWN, id="I don't know"),
        pytest.param({"pregnancy": None}, Truth.UNKNOWN, id="null"),
        pytest.param({"pregnancy": False}, Truth.MET, id="no"),
        pytest.param({"pregnancy": True}, Truth.NOT_MET, id="yes"),
    ],
)
def test_i_dont_know_is_not_no(answers: dict[str, Any], expected: Truth) -> None:
    facts = facts_from(read(answers=answers), on=ON)
    not_pregnant = fact("pregnancy", equals=False)
    assert evaluate(all_of(not_pregnant), facts).truth is expected


def test_no_thoughts_of_suicide_is_an_answer_of_its_own() -> None:
    none = fact("suicidal_ideation", equals="none")
    assert evaluate(none, make_facts()).truth is Truth.UNKNOWN
    assert evaluate(none, make_facts(answers={"suicidal_ideation": "none"})).truth is Truth.MET


def test_two_hundred_rows_are_taken() -> None:
    assert len(read(treatments_tried=[{}] * 200).treatments_tried or ()) == 200


def test_spaces_in_a_name_do_not_matter() -> None:
    assert read(plan={"insurer_name": "  Blue   Cross "}).plan.insurer_name == "Blue Cross"


def test_a_whole_number_written_with_a_point_is_one() -> None:
    situation = read(scores=[{"scale": "phq9", "score": 19.0, "origin": "chart"}])
    assert situation.scores[0].score == 19
    assert isinstance(situation.scores[0].score, int)
