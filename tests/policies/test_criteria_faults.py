"""Every fault of a criteria tree, with its place and the fix."""

from typing import Any

import pytest

from policies.criteria.reading import CriteriaError, read_criteria
from tests.policies.criteria_data import ADULT, COUNT, LONG_QUOTE, ORIGINS


def faults_of(data: Any) -> list[str]:
    with pytest.raises(CriteriaError) as caught:
        read_criteria(data, origins=ORIGINS)
    return [str(fault) for fault in caught.value.faults]


def test_an_unknown_fact_is_named_with_those_that_exist() -> None:
    (fault,) = faults_of({"label": "All", "all_of": [ADULT, ADULT | {"fact": "wieght"}]})
    assert fault.startswith(
        "criteria.all_of[1].fact: there is no fact called 'wieght'. Use one of: age, conditions, "
    )


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(
            "age",
            "criteria: expected a criterion: an object with a label and one of fact, count, scale, "
            "icd10, judgement, unread, all_of, any_of, at_least, none_of, first_list",
            id="a word",
        ),
        pytest.param(
            {"label": "All", "all_of": []},
            "criteria.all_of: an empty list would pass for a yes; list at least one criterion",
            id="an empty list",
        ),
        pytest.param(
            {"label": "None", "none_of": None},
            "criteria.none_of: an empty list would pass for a yes; list at least one criterion",
            id="no list",
        ),
        pytest.param(
            ADULT | {"unread": True},
            "criteria: a criterion has exactly one of fact, count, scale, icd10, judgement, "
            "unread, all_of, any_of, at_least, none_of, first_list; found fact, unread",
            id="two kinds",
        ),
        pytest.param(
            {"label": "Nothing"},
            "criteria: a criterion has exactly one of fact, count, scale, icd10, judgement, "
            "unread, all_of, any_of, at_least, none_of, first_list; found none",
            id="no kind",
        ),
        pytest.param(
            {"label": "None", "none_of": [{"label": "All", "all_of": [ADULT]}]},
            "criteria.none_of: holds a group; list what must not apply one by one",
            id="a group under none_of",
        ),
        pytest.param(
            {"label": "Three", "at_least": 3, "of": [ADULT, ADULT]},
            "criteria.at_least: asks for 3 of a list of 2",
            id="more than there are",
        ),
        pytest.param(
            {"label": "None", "at_least": 0, "of": [ADULT]},
            "criteria.at_least: 0 is not a whole number of 1 or more",
            id="at least none",
        ),
        pytest.param(
            {"label": "True", "at_least": True, "of": [ADULT]},
            "criteria.at_least: True is not a whole number of 1 or more",
            id="at least true",
        ),
        pytest.param(
            ADULT | {"source": {"from": "form", "quote": LONG_QUOTE}},
            "criteria.source.quote: longer than 25 words; quote less",
            id="a quote of 26 words",
        ),
        pytest.param(
            ADULT | {"source": {"from": "letter"}},
            "criteria.source.from: there is no source 'letter'. Sources: clinic, form",
            id="a source that is not listed",
        ),
        pytest.param(
            ADULT | {"source": "form"},
            "criteria.source: expected an object with named fields",
            id="a source that is a word",
        ),
        pytest.param(
            {"label": "Adult", "fact": "age", "is": 18},
            "criteria.is: does not fit age, a number; use min, max, above, below",
            id="a test that does not fit a number",
        ),
        pytest.param(
            {"label": "Pregnant", "fact": "pregnancy", "min": 1},
            "criteria.min: does not fit pregnancy, a boolean; use is",
            id="a test that does not fit a yes or no",
        ),
        pytest.param(
            {"label": "TRD", "fact": "conditions", "is": "ptsd"},
            "criteria.is: does not fit conditions, a set; use includes",
            id="a test that does not fit a set",
        ),
        pytest.param(
            {"label": "Adult", "fact": "age"},
            "criteria: says nothing to test; use min, max, above, below",
            id="no test",
        ),
        pytest.param(
            {"label": "Adult", "fact": "age", "min": 180},
            "criteria.min: 180 is out of range: age goes from 0 to 120 years",
            id="an age outside its range",
        ),
        pytest.param(
            {"label": "Pregnant", "fact": "pregnancy", "is": "no"},
            "criteria.is: 'no' is not true or false",
            id="no as a word",
        ),
        pytest.param(
            {"label": "By", "fact": "episode_severity", "one_of": ["bad"]},
            "criteria.one_of: there is no choice 'bad'. Use one of: mild, moderate, severe",
            id="a choice that is none",
        ),
        pytest.param(
            {"label": "By", "fact": "episode_severity", "one_of": []},
            "criteria.one_of: expected a list of choices",
            id="one of nothing",
        ),
        pytest.param(
            {"label": "PHQ-9", "scale": "phq9", "min": 28},
            "criteria.min: 28 is outside PHQ-9, 0 to 27",
            id="a limit outside the scale",
        ),
        pytest.param(
            {"label": "Both", "scale": ["madrs", "phq9"], "min": 28},
            "criteria.min: 28 is outside PHQ-9, 0 to 27",
            id="a limit outside one of the scales",
        ),
        pytest.param(
            {"label": "PHQ-9", "scale": "phq9", "min": 12.5},
            "criteria.min: 12.5 is not a whole number of 0 or more",
            id="half a point",
        ),
        pytest.param(
            {"label": "PHQ", "scale": "phq"},
            "criteria.scale: there is no scale 'phq'. Use one of: phq9, madrs, hamd17, qids_sr16, "
            "qids_c16, bdi2, pcl5, nrs",
            id="a scale that is none",
        ),
        pytest.param(
            {"label": "Any", "scale": []},
            "criteria.scale: an empty list can never be met; name at least one",
            id="no scale",
        ),
        pytest.param(
            COUNT | {"count": "visits"},
            "criteria.count: 'visits' can't be counted; use treatments_tried",
            id="counting something else",
        ),
        pytest.param(
            COUNT | {"where": []},
            "criteria.where: an empty list counts nothing; say what makes a trial count",
            id="no definition",
        ),
        pytest.param(
            COUNT | {"where": {}},
            "criteria.where: says nothing to count by; name a kind, a drug or a drug_class",
            id="an empty definition",
        ),
        pytest.param(
            COUNT | {"where": {"kind": []}},
            "criteria.where.kind: an empty list would let every trial count; name at least one",
            id="an empty list of kinds",
        ),
        pytest.param(
            COUNT | {"where": [{"kind": "ect"}, {"kind": "ect", "adequate_dose": False}]},
            "criteria.where[1].adequate_dose: False has no meaning here; write true, or leave it "
            "out",
            id="a trial that wants no adequate dose",
        ),
        pytest.param(
            COUNT | {"where": {"kind": "ect", "min_weeks": -1}},
            "criteria.where.min_weeks: -1 is out of range: length goes from 0 to 2600 weeks",
            id="weeks below none",
        ),
        pytest.param(
            COUNT | {"min": 0},
            "criteria.min: 0 is not a whole number of 1 or more",
            id="at least 0",
        ),
        pytest.param(
            {"label": "Judge", "judgement": "judge"},
            "criteria.judgement: only one of clinic, plan can answer",
            id="a judge nobody knows",
        ),
        pytest.param(
            {"label": "Rest", "unread": False},
            "criteria.unread: write true, or leave the criterion out",
            id="read after all",
        ),
        pytest.param(
            {"fact": "age", "min": 18},
            "criteria.label: missing: give a phrase a patient can read",
            id="no label",
        ),
        pytest.param(
            ADULT | {"id": "Age 18"},
            "criteria.id: 'Age 18' is not an id: small letters, digits and _",
            id="an id with a space",
        ),
        pytest.param(
            {"label": "All", "all_of": [ADULT | {"id": "age"}, ADULT | {"id": "age"}]},
            "criteria.all_of[1].id: the id 'age' stands twice; give each criterion its own",
            id="one id twice",
        ),
        pytest.param(
            ADULT | {"weight": 1},
            "criteria.weight: there is no such field. Use: id, label, fact, is, one_of, includes, "
            "min, max, above, below, source, note",
            id="a field nobody knows",
        ),
    ],
)
def test_the_fault_says_where_what_and_what_to_do(data: Any, fault: str) -> None:
    assert faults_of(data) == [fault]


def test_every_fault_of_a_tree_is_named_at_once() -> None:
    places = [
        fault.split(":")[0]
        for fault in faults_of(
            {
                "label": "All",
                "all_of": [
                    ADULT | {"fact": "wieght"},
                    {"label": "Any", "any_of": [{"label": "PHQ-9", "scale": "phq9", "min": 99}]},
                    {"label": "Rest", "unread": "yes"},
                ],
            }
        )
    ]
    assert places == [
        "criteria.all_of[0].fact",
        "criteria.all_of[1].any_of[0].min",
        "criteria.all_of[2].unread",
    ]
