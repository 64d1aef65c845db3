"""Records made by others give what their makers say of them, and nothing more."""

import dataclasses
import json
from pathlib import Path

import pytest

from policies.fhir import Kind, Notice, Record, read_record
from policies.situation import ScaleScore, TreatmentTried
from tests.policies.fhir.bundles import ON, SAMPLES, find, keys, reasons

NAMES = sorted(path.name for path in SAMPLES.glob("*.json"))


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    return {name: read_record((SAMPLES / name).read_bytes(), on=ON) for name in NAMES}


def sample(records: dict[str, Record], start: str) -> Record:
    (name,) = [one for one in records if start in one]
    return records[name]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        pytest.param(
            "CMS128",
            {
                "answer:age:19",
                "condition:mdd:mdd",
                "answer:episode_course:recurrent",
                "answer:episode_severity:severe",
                "answer:psychotic_features:True",
                "answer:psychosis_history:True",
                "treatment:desipramine",
            },
            id="severe recurrent depression with psychotic features, and desipramine",
        ),
        pytest.param(
            "CMS159-tests-01083d96",
            {"answer:age:13", "code:F32.9:F32.9", "score:phq9:2025-02-25:10"},
            id="a minor, one possible score and one impossible",
        ),
        pytest.param(
            "CMS159-tests-f9bc58d1",
            {
                "answer:age:38",
                "condition:mdd:mdd",
                "answer:episode_course:recurrent",
                "score:phq9:2013-02-05:11",
                "score:phq9:2014-01-06:4",
            },
            id="old scores and a response",
        ),
        pytest.param(
            "CarlFrederickson",
            {
                "answer:age:77",
                "code:F33.1:F33.1",
                "condition:mdd:mdd",
                "answer:episode_course:recurrent",
                "code:F60.5:F60.5",
                "code:F11.11:F11.11",
                "answer:episode_severity:moderate",
                "answer:substance_use_disorder:in_remission",
                "score:phq9:2023-08-12:15",
                "treatment:fluoxetine",
            },
            id="PHQ-9 by SNOMED CT, and opioid use disorder in remission",
        ),
        pytest.param(
            "Milan_Beatty",
            {
                "answer:age:53",
                "condition:mdd:mdd",
                "plan:residence_state:MA",
                "treatment:fluoxetine",
                "treatment:acetaminophen",
            },
            id="a whole record with one antidepressant ordered twice",
        ),
        pytest.param(
            "Sherman_McGlynn",
            {
                "condition:mdd:mdd",
                "answer:substance_use_disorder:active",
                "treatment:fluoxetine",
                "treatment:naproxen",
                "treatment:ibuprofen",
            },
            id="depression and opioid abuse of someone who died",
        ),
        pytest.param(
            "Gilbert_Wunsch",
            {"condition:migraine:migraine", "treatment:sertraline", "treatment:naproxen"},
            id="sertraline without a diagnosis of depression makes none",
        ),
        pytest.param("Observation-PHQ9", {"score:phq9:2022-11-29:12"}, id="a total that is a text"),
        pytest.param("QuestionnaireResponse", {"score:phq9:2022-11-29:12"}, id="a total as items"),
        pytest.param("coverage", {"plan:insurer_name:Acme Health Plan"}, id="a payer not held"),
    ],
)
def test_a_sample_gives_exactly_what_it_holds(
    records: dict[str, Record], name: str, wanted: set[str]
) -> None:
    assert keys(sample(records, name)) == wanted


def test_an_impossible_score_is_refused_and_listed(records: dict[str, Record]) -> None:
    (refused,) = [
        one for one in sample(records, "01083d96").left_out if one.reason.value == "out_of_range"
    ]
    assert (refused.value, refused.origin.on) == ("300", ON.replace(month=2, day=19))


@pytest.mark.parametrize(
    ("name", "notices"),
    [
        ("01083d96", (Notice.MINOR,)),
        ("Sherman", (Notice.DECEASED,)),
        ("Gilbert", (Notice.DECEASED,)),
        ("Milan", ()),
        ("Observation-PHQ9", (Notice.NO_PATIENT,)),
    ],
)
def test_the_dead_and_the_young_are_noticed(
    records: dict[str, Record], name: str, notices: tuple[Notice, ...]
) -> None:
    assert sample(records, name).notices == notices


def test_two_orders_of_one_drug_are_one_trial_without_an_outcome(
    records: dict[str, Record],
) -> None:
    found = find(sample(records, "Milan"), Kind.TREATMENT, "fluoxetine")
    assert len(found.origins) == 2
    assert found.value == TreatmentTried(kind="antidepressant", drug="fluoxetine")


def test_two_supplies_with_a_gap_are_one_trial_of_the_longer_of_them(
    records: dict[str, Record],
) -> None:
    found = find(sample(records, "CMS128"), Kind.TREATMENT, "desipramine")
    assert isinstance(found.value, TreatmentTried)
    assert found.value.weeks == 1.4
    assert found.unsure == {"weeks"}
    assert {one.value for one in found.cautions} >= {"gaps", "more_may_exist"}


def test_nested_bundles_are_named_and_not_read(records: dict[str, Record]) -> None:
    assert reasons(sample(records, "CMS128")) == {("Bundle", "nested")}
    assert sample(records, "CMS128").not_read == {
        "MeasureReport": 1,
        "ServiceRequest": 1,
        "Encounter": 1,
    }


def test_codes_of_nothing_we_know_are_listed_as_often_as_they_stand(
    records: dict[str, Record],
) -> None:
    listed = {one.coding.code: one.times for one in sample(records, "Milan").not_understood}
    assert listed["15777000"] == 1
    assert listed["8302-2"] == 6
    assert {"1376001", "59621000", "315560"} <= {
        one.coding.code for one in sample(records, "Carl").not_understood
    }


def test_a_score_of_the_chart_is_of_the_chart(records: dict[str, Record]) -> None:
    found = find(sample(records, "Carl"), Kind.SCORE, "phq9")
    assert found.value == ScaleScore("phq9", 15, "chart", ON.replace(2023, 8, 12))


@pytest.mark.parametrize("name", NAMES)
def test_no_sample_says_what_came_of_a_treatment_or_when_the_episode_began(
    records: dict[str, Record], name: str
) -> None:
    rows = [one.value for one in records[name].found if isinstance(one.value, TreatmentTried)]
    told = [dataclasses.asdict(row) for row in rows]
    assert all(row["outcome"] is None and row["this_episode"] is None for row in told)


@pytest.mark.parametrize("name", NAMES)
def test_every_code_of_what_is_read_stands_somewhere(records: dict[str, Record], name: str) -> None:
    record = records[name]
    origins = [
        *(origin for one in record.found for origin in one.origins),
        *(one.origin for one in record.left_out),
    ]
    listed = {coding.code for one in origins for coding in one.codings}
    listed |= {one.coding.code for one in record.not_understood}
    assert codes_in(SAMPLES / name) <= listed


def codes_in(path: Path) -> set[str]:
    """The codes of diagnoses, medicines, observations and procedures of the file itself."""
    document = json.loads(path.read_text("utf-8"))
    resources = [one["resource"] for one in document.get("entry", [{"resource": document}])]
    concepts = [
        resource.get(name, {})
        for resource in resources
        if resource["resourceType"]
        in ("Condition", "Observation", "Procedure", "MedicationRequest", "MedicationDispense")
        for name in ("code", "medicationCodeableConcept")
    ]
    return {coding["code"] for one in concepts for coding in one.get("coding", [])}
