"""What a record says of now is stated while it is recent, and a person confirms it after that."""

from typing import Any

import pytest

from policies import vocabulary
from policies.facts import facts_from
from policies.fhir import Caution, Found, Kind, Record
from policies.fhir.listing import found_as_text
from policies.fhir.present import holds_for
from policies.fhir.review import apply, stated
from policies.situation import Situation
from tests.policies.fhir.bundles import (
    ICD10CM,
    SNOMED,
    condition,
    find,
    keys,
    observation,
    read_all,
)

YEARS_AGO: dict[str, Any] = {"recordedDate": "2012-01-01"}
UNDATED: dict[str, Any] = {"recordedDate": None}


def new(finds: tuple[Found, ...]) -> set[str]:
    return {one.key for one in finds} - {"answer:age:46"}


def is_stated(record: Record) -> set[str]:
    return new(stated(record))


def to_confirm(record: Record) -> set[str]:
    return keys(record) - {"answer:age:46"} - is_stated(record)


@pytest.mark.parametrize("dated", [YEARS_AGO, UNDATED], ids=["of 2012", "undated"])
@pytest.mark.parametrize(
    ("system", "code", "lasts", "waits"),
    [
        pytest.param(ICD10CM, "R45.851", set(), {"code:R45.851:R45.851"}, id="suicidal ideation"),
        pytest.param(
            ICD10CM,
            "F33.41",
            {"condition:mdd:mdd", "answer:episode_course:recurrent"},
            {"code:F33.41:F33.41"},
            id="a remission",
        ),
        pytest.param(
            ICD10CM,
            "F33.3",
            {
                "condition:mdd:mdd",
                "answer:episode_course:recurrent",
                "answer:psychosis_history:True",
            },
            {"code:F33.3:F33.3", "answer:episode_severity:severe"},
            id="a psychosis in the episode",
        ),
        pytest.param(
            ICD10CM,
            "F32.2",
            {"condition:mdd:mdd"},
            {"code:F32.2:F32.2", "answer:episode_severity:severe"},
            id="a severe single episode, which may not be the only one by now",
        ),
        pytest.param(
            ICD10CM,
            "F31.12",
            {"answer:bipolar_history:True"},
            {"code:F31.12:F31.12"},
            id="mania",
        ),
        pytest.param(
            ICD10CM,
            "F31.30",
            {"answer:bipolar_history:True"},
            {"code:F31.30:F31.30"},
            id="a depressed episode of bipolar disorder",
        ),
        pytest.param(
            ICD10CM,
            "F10.20",
            {"code:F10.20:F10.20"},
            {"answer:substance_use_disorder:active"},
            id="substance use",
        ),
        pytest.param(
            ICD10CM,
            "F10.21",
            {"code:F10.21:F10.21"},
            {"answer:substance_use_disorder:in_remission"},
            id="substance use in remission",
        ),
        pytest.param(ICD10CM, "F33.9", {"code:F33.9:F33.9"}, set(), id="major depression"),
        pytest.param(ICD10CM, "F31.81", {"code:F31.81:F31.81"}, set(), id="bipolar II disorder"),
        pytest.param(ICD10CM, "F20.9", {"code:F20.9:F20.9"}, set(), id="schizophrenia"),
        pytest.param(ICD10CM, "G90.511", {"code:G90.511:G90.511"}, set(), id="CRPS"),
        pytest.param(
            SNOMED,
            "60099002",
            {"condition:mdd:mdd", "answer:psychosis_history:True"},
            {"answer:episode_severity:severe", "answer:psychotic_features:True"},
            id="a severe psychotic episode by SNOMED CT",
        ),
    ],
)
def test_what_lasts_is_stated_and_what_is_said_of_now_waits_for_a_person(
    dated: dict[str, Any], system: str, code: str, lasts: set[str], waits: set[str]
) -> None:
    record = read_all(condition(system, code, **dated))
    assert (is_stated(record), to_confirm(record)) == (lasts, waits)


def test_suicidal_ideation_of_once_makes_no_acute_one_and_is_listed_to_confirm() -> None:
    record = read_all(
        condition(ICD10CM, "F33.41", **YEARS_AGO), condition(ICD10CM, "R45.851", **YEARS_AGO)
    )
    told = apply(Situation(), stated(record))
    assert told.icd10_codes == ()
    assert told.conditions == {"mdd"}
    assert "  ? R45.851" in found_as_text(record, told)


def test_recent_suicidal_ideation_is_stated_whatever_an_older_entry_says() -> None:
    record = read_all(condition(ICD10CM, "R45.851", **YEARS_AGO), condition(ICD10CM, "R45.851"))
    assert is_stated(record) == {"code:R45.851:R45.851"}


@pytest.mark.parametrize(
    ("day", "sureness"),
    [("2025-11-25", "stated"), ("2025-11-24", "to_confirm"), ("2025-11", "stated")],
)
def test_the_bound_is_a_year_to_the_day_for_a_code(day: str, sureness: str) -> None:
    record = read_all(condition(ICD10CM, "R45.851", recordedDate=day))
    assert find(record, Kind.CODE, "R45.851").sureness.value == sureness


@pytest.mark.parametrize(
    ("day", "sureness"),
    [("2025-11-25", "stated"), ("2025-11-24", "to_confirm"), ("2019-01-01", "to_confirm")],
)
def test_the_bound_is_a_year_to_the_day_for_a_score(day: str, sureness: str) -> None:
    record = read_all(observation("44261-6", valueInteger=21, effectiveDateTime=day))
    found = find(record, Kind.SCORE, "phq9")
    assert found.sureness.value == sureness
    assert (Caution.OLD in found.cautions) is (sureness == "to_confirm")
    assert bool(apply(Situation(), stated(record)).scores) is (sureness == "stated")


PREGNANT = "answer:pregnancy:True"


@pytest.mark.parametrize(
    ("system", "code", "found"),
    [
        pytest.param(ICD10CM, "O09.90", {PREGNANT}, id="supervision of high risk"),
        pytest.param(ICD10CM, "O0990", {PREGNANT}, id="a code without its point"),
        pytest.param(ICD10CM, "Z34.90", {PREGNANT}, id="supervision"),
        pytest.param(ICD10CM, "Z3A.20", {PREGNANT}, id="weeks of gestation"),
        pytest.param(ICD10CM, "O24.410", {PREGNANT}, id="gestational diabetes"),
        pytest.param(ICD10CM, "O26.612", {PREGNANT}, id="a liver disorder in pregnancy"),
        pytest.param(SNOMED, "77386006", {PREGNANT}, id="pregnancy by SNOMED CT"),
        pytest.param(ICD10CM, "O24.430", set(), id="diabetes in the puerperium"),
        pytest.param(ICD10CM, "O26.63", set(), id="a liver disorder in the puerperium"),
        pytest.param(ICD10CM, "O03.9", set(), id="a loss"),
        pytest.param(ICD10CM, "O36.4XX0", set(), id="an intrauterine death"),
        pytest.param(ICD10CM, "O80", set(), id="a delivery"),
        pytest.param(ICD10CM, "O90.6", set(), id="after a birth"),
        pytest.param(ICD10CM, "Z87.51", set(), id="a history"),
        pytest.param(ICD10CM, "Z39.2", set(), id="a visit after a birth"),
    ],
)
def test_the_codes_that_mean_pregnant_now_are_read(system: str, code: str, found: set[str]) -> None:
    record = read_all(condition(system, code))
    assert {one for one in keys(record) if one.startswith("answer:pregnancy")} == found
    assert bool(found) is (is_stated(record) >= {PREGNANT})


@pytest.mark.parametrize("code", ["O09.90", "Z33.1"])
@pytest.mark.parametrize(
    ("day", "sureness"), [("2026-02-25", "stated"), ("2026-02-24", "to_confirm")]
)
def test_a_pregnancy_of_over_nine_months_ago_is_to_be_confirmed(
    code: str, day: str, sureness: str
) -> None:
    record = read_all(condition(ICD10CM, code, recordedDate=day))
    (found,) = [one for one in record.found if one.name != "age"]
    assert found.sureness.value == sureness
    assert (Caution.MAY_BE_OVER in found.cautions) is (sureness == "to_confirm")


@pytest.mark.parametrize(
    ("system", "code", "fact"),
    [
        pytest.param(ICD10CM, "I71.40", "aneurysmal_vascular_disease", id="of the aorta"),
        pytest.param(ICD10CM, "I67.1", "aneurysmal_vascular_disease", id="of the brain"),
        pytest.param(ICD10CM, "I72.4", "aneurysmal_vascular_disease", id="of a limb"),
        pytest.param(ICD10CM, "Q28.2", "aneurysmal_vascular_disease", id="malformation"),
        pytest.param(SNOMED, "233985008", "aneurysmal_vascular_disease", id="by SNOMED CT"),
        pytest.param(ICD10CM, "I61.9", "intracerebral_hemorrhage", id="hemorrhage"),
        pytest.param(ICD10CM, "I69.10", "intracerebral_hemorrhage", id="sequelae"),
        pytest.param(ICD10CM, "I16.0", "uncontrolled_hypertension", id="urgency"),
        pytest.param(ICD10CM, "F23", "psychosis_history", id="brief psychosis"),
        pytest.param(ICD10CM, "F53.1", "psychosis_history", id="puerperal psychosis"),
        pytest.param(ICD10CM, "F30.10", "bipolar_history", id="a manic episode"),
        pytest.param(ICD10CM, "F03.90", "dementia", id="dementia"),
        pytest.param(ICD10CM, "G30.9", "dementia", id="Alzheimer's disease"),
        pytest.param(ICD10CM, "F05", "recent_delirium", id="delirium"),
        pytest.param(SNOMED, "66590003", "substance_use_disorder", id="alcohol by SNOMED CT"),
    ],
)
def test_the_usual_codes_of_what_rules_a_treatment_out_are_read(
    system: str, code: str, fact: str
) -> None:
    told = apply(Situation(), stated(record := read_all(condition(system, code))))
    assert facts_from(told, on=record.on).values.get(fact) in (True, "active")


@pytest.mark.parametrize("code", ["I10", "I71.00", "I60.9", "Q28.3", "I62.00"])
def test_a_code_that_says_less_rules_nothing_out(code: str) -> None:
    told = apply(Situation(), stated(record := read_all(condition(ICD10CM, code))))
    assert set(facts_from(told, on=record.on).values) == {"age"}


def test_a_hemorrhage_of_once_stays_one() -> None:
    over = {"clinicalStatus": {"coding": [{"code": "resolved"}]}}
    record = read_all(condition(ICD10CM, "I61.9", **over, **YEARS_AGO))
    assert is_stated(record) == {"answer:intracerebral_hemorrhage:True"}


def test_every_answer_on_the_episode_has_a_bound_or_lasts_on_purpose() -> None:
    lasting = {"episode_months", "structured_interview", "diagnosed_by", "episode_course"}
    of_the_episode = {one.name for one in vocabulary.facts().values() if one.group == "episode"}
    assert {one for one in of_the_episode if holds_for(Kind.ANSWER, one, True) is None} == lasting
