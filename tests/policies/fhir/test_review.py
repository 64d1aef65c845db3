"""An import adds to what a person answered, and never turns any of it."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings

from policies.check import check
from policies.fhir import Found, Kind, Record, Sureness, read_record
from policies.fhir.review import apply, corrected, proposal, stated
from policies.situation import ScaleScore, Situation, TreatmentTried
from tests.policies.fhir.bundles import (
    ICD10CM,
    MINE,
    ON,
    RXNORM,
    SAMPLES,
    SNOMED,
    concept,
    condition,
    find,
    observation,
    order,
    read_all,
    supply,
)
from tests.policies.strategies import situations
from tests.real_catalogue import real_catalogue

RECORDS = [read_record(path.read_bytes(), on=ON) for path in sorted(SAMPLES.glob("*.json"))]


def told(**data: Any) -> Situation:
    return Situation.from_json({"version": 1, **data})


def holds(kept: Situation, before: Situation) -> bool:
    """Whether every answer of a situation still stands in another one."""
    rows = kept.treatments_tried or ()
    return (
        all(kept.answers[name] == value for name, value in before.answers.items())
        and set(before.icd10_codes) <= set(kept.icd10_codes)
        and set(before.scores) <= set(kept.scores)
        and all(stands(row, rows[at]) for at, row in enumerate(before.treatments_tried or ()))
        and (before.treatments_tried != () or rows == ())
        and (
            before.treatments_complete is not True
            or len(rows) == len(before.treatments_tried or ())
        )
        and all(
            getattr(before.plan, one.name) in (None, getattr(kept.plan, one.name))
            for one in fields(before.plan)
        )
        and (kept.treatment, kept.asker) == (before.treatment, before.asker)
    )


def stands(row: TreatmentTried, other: TreatmentTried) -> bool:
    return all(getattr(row, one.name) in (None, getattr(other, one.name)) for one in fields(row))


@settings(max_examples=40)
@given(situation=situations)
def test_an_import_never_turns_an_answer_that_a_person_gave(situation: Situation) -> None:
    for record in RECORDS:
        grown = apply(situation, record.found)
        assert holds(grown, situation)
        assert Situation.from_json(grown.to_json()) == grown


@pytest.mark.parametrize(
    ("person", "resource", "conflicts"),
    [
        pytest.param(
            {"answers": {"age": 44}}, condition(SNOMED, "370143000"), False, id="another question"
        ),
        pytest.param(
            {"answers": {"psychotic_features": False}},
            condition(SNOMED, "15193003"),
            True,
            id="the opposite answer",
        ),
        pytest.param(
            {"answers": {"psychotic_features": False}},
            condition(ICD10CM, "F33.3"),
            True,
            id="a code that says the opposite",
        ),
        pytest.param(
            {"answers": {"conditions": ["ptsd"]}},
            condition(SNOMED, "370143000"),
            True,
            id="one more condition",
        ),
        pytest.param(
            {"answers": {"conditions": ["ptsd"]}},
            condition(ICD10CM, "F33.2"),
            True,
            id="a code of one more condition",
        ),
        pytest.param(
            {"icd10_codes": ["F43.10"]},
            condition(ICD10CM, "F33.2"),
            True,
            id="codes of other conditions",
        ),
        pytest.param(
            {"answers": {"conditions": ["mdd"]}},
            condition(ICD10CM, "F33.2"),
            False,
            id="a code of the same condition",
        ),
        pytest.param({"treatments_tried": []}, order("36437"), True, id="none was tried"),
        pytest.param(
            {"treatments_tried": [{"kind": "ect"}], "treatments_complete": True},
            order("36437"),
            True,
            id="these are all",
        ),
        pytest.param(
            {"treatments_tried": [{"kind": "ect"}]}, order("36437"), False, id="one more treatment"
        ),
        pytest.param(
            {"treatments_tried": [{"drug": "Zoloft", "weeks": 8}]},
            supply("36437", "2026-01-01", 28),
            True,
            id="other weeks",
        ),
        pytest.param(
            {"treatments_tried": [{"drug": "Zoloft"}]},
            supply("36437", "2026-01-01", 28),
            False,
            id="weeks that were open",
        ),
        pytest.param(
            {"scores": [{"scale": "phq9", "score": 20, "origin": "chart"}]},
            observation("44261-6", valueInteger=4),
            True,
            id="another score of the scale",
        ),
        pytest.param(
            {"scores": [{"scale": "madrs", "score": 30, "origin": "chart"}]},
            observation("44261-6", valueInteger=4),
            False,
            id="a score of another scale",
        ),
    ],
)
def test_a_find_that_would_change_an_answer_is_shown_beside_it(
    person: dict[str, Any], resource: dict[str, Any], conflicts: bool
) -> None:
    situation, record = told(**person), read_all(resource)
    found = tuple(one for one in record.found if one.name != "age")
    beside = [one for one in proposal(record, situation) if one.found in found]
    assert any(one.conflicts for one in beside) is conflicts
    assert holds(apply(situation, found), situation)
    if conflicts:
        assert any(one.held is not None or one.found.kind is Kind.CODE for one in beside) or (
            situation.treatments_tried is not None
        )


@pytest.mark.parametrize(
    ("person", "resource"),
    [
        pytest.param(
            {"answers": {"conditions": ["ptsd"]}}, condition(SNOMED, "370143000"), id="a condition"
        ),
        pytest.param(
            {"answers": {"conditions": ["ptsd"]}}, condition(ICD10CM, "F33.2"), id="a code"
        ),
        pytest.param({"treatments_tried": []}, order("36437"), id="a treatment"),
        pytest.param(
            {"scores": [{"scale": "phq9", "score": 20, "origin": "chart"}]},
            observation("44261-6", valueInteger=4),
            id="a score",
        ),
        pytest.param(
            {"answers": {"episode_severity": "mild"}},
            condition(SNOMED, "450714000"),
            id="an answer",
        ),
    ],
)
def test_what_the_person_chose_to_take_from_the_record_is_taken(
    person: dict[str, Any], resource: dict[str, Any]
) -> None:
    situation, record = told(**person), read_all(resource)
    chosen = {one.key for one in record.found}
    grown = apply(situation, record.found, chosen=chosen)
    assert not any(one.conflicts for one in proposal(record, grown))
    assert grown != situation


def test_a_kept_name_of_a_drug_is_the_persons_own() -> None:
    situation = told(treatments_tried=[{"drug": "Zoloft", "outcome": "no_response"}])
    grown = apply(situation, read_all(supply("36437", "2026-01-01", 56)).found)
    assert grown.treatments_tried == (
        TreatmentTried(kind="antidepressant", drug="Zoloft", weeks=8, outcome="no_response"),
    )


def test_only_what_the_record_states_itself_goes_without_a_review() -> None:
    record = read_all(
        supply("36437", "2026-01-01", 56),
        condition(SNOMED, "450714000", recordedDate="2019-01-01"),
        observation("44261-6", valueInteger=21),
    )
    grown = apply(Situation(), stated(record))
    assert grown.treatments_tried == (TreatmentTried(kind="antidepressant", drug="sertraline"),)
    assert grown.conditions == {"mdd"}
    assert "episode_severity" not in grown.answers
    assert grown.scores[0].score == 21


def test_a_treatment_says_what_is_still_to_ask_of_it() -> None:
    (row,) = [one for one in proposal(read_all(order("36437"))) if one.to_ask]
    assert [field.name for field in row.to_ask] == [
        "outcome",
        "weeks",
        "adequate_dose",
        "this_episode",
    ]


def failed(found: Found, weeks: float) -> Found:
    """A trial as the person accepts it in review: what came of it is their word."""
    row = {"weeks": weeks, "outcome": "no_response", "adequate_dose": True, "this_episode": True}
    return corrected(found, row)


def reviewed(record: Record) -> list[Found]:
    return [
        failed(one, 8) if one.kind is Kind.TREATMENT else replace(one, sureness=Sureness.STATED)
        for one in record.found
    ]


FIRST = (
    condition(SNOMED, "36474008"),
    supply("1099316", "2026-01-01", 56),
    order("312938", "sertraline 100 MG Oral Tablet"),
    observation("44261-6", valueInteger=21),
)
SECOND = (
    condition(ICD10CM, "F33.2"),
    order("000", "Lexapro 10 mg"),
    {
        "resourceType": "MedicationStatement",
        "status": "stopped",
        "subject": MINE,
        "medicationCodeableConcept": concept(RXNORM, "313585"),
        "effectivePeriod": {"start": "2026-03-01", "end": "2026-04-25"},
    },
    observation("720433000", SNOMED, valueQuantity={"value": 21}),
)


@pytest.mark.parametrize(
    ("resources", "typed", "drugs"),
    [
        pytest.param(
            FIRST,
            {
                "answers": {
                    "age": 46,
                    "conditions": ["mdd"],
                    "episode_course": "recurrent",
                    "episode_severity": "severe",
                    "psychotic_features": False,
                }
            },
            ("desipramine", "sertraline"),
            id="SNOMED CT, a supply and an order",
        ),
        pytest.param(
            SECOND,
            {"icd10_codes": ["F33.2"], "answers": {"age": 46, "episode_severity": "severe"}},
            ("escitalopram", "venlafaxine"),
            id="ICD-10-CM, a brand's name and a statement",
        ),
    ],
)
@pytest.mark.parametrize("insurer", ["tufts-health-plan", "bcbs-ma", "premera", "highmark"])
def test_a_reviewed_record_reaches_the_verdict_of_the_same_facts_typed_in(
    resources: tuple[dict[str, Any], ...],
    typed: dict[str, Any],
    drugs: tuple[str, ...],
    insurer: str,
) -> None:
    plan = {"line_of_business": "commercial", "funding": "insured", "insurer": insurer}
    start = {"plan": plan, "treatment": "esketamine_nasal"}
    rows = [
        {
            "kind": "antidepressant",
            "drug": drug,
            "weeks": 8,
            "outcome": "no_response",
            "adequate_dose": True,
            "this_episode": True,
        }
        for drug in drugs
    ]
    score = {"scale": "phq9", "score": 21, "origin": "chart", "taken_on": "2026-11-01"}
    by_hand = told(**start, **typed, treatments_tried=rows, scores=[score])
    imported = apply(told(**start), reviewed(read_all(*resources)))
    mine, its = (check(one, catalogue=real_catalogue(), on=ON) for one in (by_hand, imported))
    assert mine.documents
    assert (mine.verdict, mine.ground) == (its.verdict, its.ground)
    assert [one.answer.verdict for one in mine.documents] == [
        one.answer.verdict for one in its.documents
    ]


def test_the_score_of_the_chart_counts_as_one() -> None:
    found = find(read_all(observation("44261-6", valueInteger=21)), Kind.SCORE, "phq9")
    assert apply(Situation(), [found]).scores == (
        ScaleScore("phq9", 21, "chart", ON.replace(day=1)),
    )
