"""The exact words for what is wrong with a situation."""

from typing import Any

import pytest

from policies.situation import Situation, SituationError


def faults_of(data: Any) -> list[str]:
    with pytest.raises(SituationError) as caught:
        Situation.from_json(data)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"version": 2},
            'version: this program reads version 1; write "version": 1',
            id="a version of the future",
        ),
        pytest.param(
            {"version": True},
            'version: this program reads version 1; write "version": 1',
            id="a version that is true",
        ),
        pytest.param(
            {"version": None},
            'version: this program reads version 1; write "version": 1',
            id="no version",
        ),
        pytest.param(
            {"scores": [{"scale": "phq9", "score": 300, "origin": "chart"}]},
            "scores[0].score: 300 is out of range: PHQ-9 goes from 0 to 27",
            id="a PHQ-9 of 300",
        ),
        pytest.param(
            {"scores": [{"scale": "phq9", "score": 28, "origin": "chart"}]},
            "scores[0].score: 28 is out of range: PHQ-9 goes from 0 to 27",
            id="a PHQ-9 of 28",
        ),
        pytest.param(
            {"scores": [{"scale": "phq9", "score": 12.5, "origin": "chart"}]},
            "scores[0].score: 12.5 is not a whole number",
            id="half a point",
        ),
        pytest.param(
            {"scores": [{"scale": "qids_c16", "score": -1, "origin": "chart"}]},
            "scores[0].score: -1 is out of range: score goes from 0 to 500",
            id="below nothing on a scale of unknown range",
        ),
        pytest.param(
            {"scores": [{"scale": "phq9", "origin": "chart"}]},
            "scores[0].score: missing: give the score",
            id="a score without a score",
        ),
        pytest.param(
            {"scores": [{"scale": "phq9", "score": 9}]},
            "scores[0].origin: missing: give the origin, one of: chart, self_completed",
            id="a score that says not where it stands",
        ),
        pytest.param(
            {"icd10_codes": ["F33"]},
            "icd10_codes[0]: F33 is a heading of ICD-10-CM; name a code below it, like F33.2",
            id="a heading of ICD-10-CM",
        ),
        pytest.param(
            {"icd10_codes": ["depression"]},
            "icd10_codes[0]: 'depression' is not an ICD-10-CM code like F33.2",
            id="no code at all",
        ),
        pytest.param(
            {"icd10_codes": [332]},
            "icd10_codes[0]: 332 is not an ICD-10-CM code like F33.2",
            id="a code that is a number",
        ),
        pytest.param(
            {"plan": {"issue_state": "Massachusetts"}},
            "plan.issue_state: 'Massachusetts' is not a state's two letters, for example MA",
            id="a state's whole name",
        ),
        pytest.param(
            {"plan": {"residence_state": "ma"}},
            "plan.residence_state: 'ma' is not a state's two letters, for example MA",
            id="a state in small letters",
        ),
        pytest.param(
            {"plan": {"funding": "unknown"}},
            "plan.funding: 'unknown' is not one of: insured, self_funded",
            id="a funding that is no choice",
        ),
        pytest.param(
            {"treatment": "ketamine"},
            "treatment: 'ketamine' is not one of: iv_ketamine, esketamine_nasal, "
            "intranasal_compounded_ketamine, im_sc_ketamine, oral_ketamine",
            id="a treatment that says not which",
        ),
        pytest.param(
            {"answers": {"age": float("nan")}},
            "answers.age: nan is out of range: age goes from 0 to 120 years",
            id="not a number",
        ),
        pytest.param(
            {"answers": {"age": float("inf")}},
            "answers.age: inf is out of range: age goes from 0 to 120 years",
            id="infinity",
        ),
        pytest.param(
            {"answers": {"age": True}}, "answers.age: True is not a number", id="true as a number"
        ),
        pytest.param(
            {"answers": {"age": "44"}}, "answers.age: '44' is not a number", id="text as a number"
        ),
        pytest.param(
            {"answers": {"pregnancy": 0}},
            "answers.pregnancy: 0 is not true or false",
            id="a number as no",
        ),
        pytest.param(
            {"answers": {"pregnancy": "no"}},
            "answers.pregnancy: 'no' is not true or false",
            id="text as no",
        ),
        pytest.param(
            {"answers": {"conditions": "ptsd"}},
            "answers.conditions: 'ptsd' is not a list",
            id="one condition that is no list",
        ),
        pytest.param(
            {"answers": {"suicidal_ideation": "yes"}},
            "answers.suicidal_ideation: 'yes' is not one of: none, without_intent, with_intent",
            id="a choice that is none",
        ),
        pytest.param(
            {"treatments_tried": {}}, "treatments_tried: expected a list", id="rows that are none"
        ),
        pytest.param(
            {"treatments_tried": [{}] * 201},
            "treatments_tried: more than 200 rows; leave out those that do not matter here",
            id="201 treatments",
        ),
        pytest.param(
            {"scores": [{}] * 201},
            "scores: more than 200 rows; leave out those that do not matter here",
            id="201 scores",
        ),
        pytest.param(
            {"treatments_complete": "yes"},
            "treatments_complete: 'yes' is not true, false or null",
            id="a finished list in words",
        ),
        pytest.param(
            {"treatments_tried": [{"drug": "x" * 201}]},
            f"treatments_tried[0].drug: 'xxx{'x' * 53}... is not a text of 1 to 200 characters",
            id="a drug's name too long",
        ),
        pytest.param(
            {"plan": {"insurer_name": "x" * 201}},
            "plan.insurer_name: expected a text of 1 to 200 characters",
            id="an insurer's name too long",
        ),
        pytest.param(
            {"plan": {"insurer_name": " "}},
            "plan.insurer_name: expected a text of 1 to 200 characters",
            id="an insurer's name of nothing",
        ),
        pytest.param(
            {"treatments_tried": [{"ended_on": "May 3"}]},
            "treatments_tried[0].ended_on: 'May 3' is not a date like 2026-05-03",
            id="a date in words",
        ),
        pytest.param(
            {"treatments_tried": ["sertraline"]},
            "treatments_tried[0]: expected an object with named fields",
            id="a row that is a name",
        ),
        pytest.param(
            {"treatments_tried": [{"outcome": "contraindicated", "weeks": 6}]},
            "treatments_tried[0]: a treatment never taken for a medical reason has no weeks; "
            "correct one of them",
            id="never taken for six weeks",
        ),
        pytest.param(
            {"treatments_tried": [{"adequate_dose": False, "maximum_dose": True}]},
            "treatments_tried[0]: a dose below adequate can't be the maximum dose; "
            "correct one of them",
            id="too little and the most there is",
        ),
        pytest.param(
            {"treatments_tried": [{"kind": "ect", "drug": "Zoloft"}]},
            "treatments_tried[0]: sertraline is a medicine, and the kind ect (Electroconvulsive "
            "therapy (ECT)) is none; correct one of them, or give each a row of its own",
            id="a medicine that is no medicine",
        ),
    ],
)
def test_the_fault_says_where_what_and_what_to_do(changes: dict[str, Any], fault: str) -> None:
    assert faults_of({"version": 1} | changes) == [fault]


def test_an_unknown_field_is_named_with_the_known_ones() -> None:
    (fault,) = faults_of({"version": 1, "answers": {"wieght": 80}})
    assert fault.startswith("answers.wieght: there is no such field. Use: age, conditions, ")
    assert faults_of({"version": 1, "plan": {"name": "x"}}) == [
        (
            "plan.name: there is no such field. Use: line_of_business, funding, insurer, "
            "insurer_name, administrator_name, residence_state, issue_state"
        )
    ]


def test_every_fault_is_named_at_once() -> None:
    assert faults_of(
        {
            "version": 1,
            "answers": {"age": 300},
            "icd10_codes": ["F33.2", "F33"],
            "scores": [{"scale": "madrs", "score": 61, "origin": "chart"}],
        }
    ) == [
        "icd10_codes[1]: F33 is a heading of ICD-10-CM; name a code below it, like F33.2",
        "answers.age: 300 is out of range: age goes from 0 to 120 years",
        "scores[0].score: 61 is out of range: MADRS goes from 0 to 60",
    ]


@pytest.mark.parametrize("data", [None, [], "situation", 7])
def test_what_is_no_object_is_refused(data: Any) -> None:
    assert faults_of(data) == ["expected an object with named fields"]


@pytest.mark.parametrize(
    ("told", "place", "means"),
    [
        pytest.param(
            {"icd10_codes": ["F31.81"], "answers": {"bipolar_history": False}},
            "answers.bipolar_history",
            "F31.81 means true",
            id="a code",
        ),
        pytest.param(
            {"answers": {"conditions": ["bipolar_depression"], "bipolar_history": False}},
            "answers.bipolar_history",
            "bipolar_depression means true",
            id="a diagnosis",
        ),
        pytest.param(
            {"answers": {"psychotic_features": True, "psychosis_history": False}},
            "answers.psychosis_history",
            "psychotic_features means true",
            id="psychosis now and never before",
        ),
    ],
)
def test_answers_that_contradict_each_other_are_refused(
    told: dict[str, Any], place: str, means: str
) -> None:
    with pytest.raises(SituationError) as caught:
        Situation.from_json({"version": 1, **told})
    assert [fault.place for fault in caught.value.faults] == [place]
    assert means in caught.value.faults[0].message
