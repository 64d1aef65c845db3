"""What rules a treatment out: the codes of pregnancy, vessels, brain and mind that are read."""

from typing import Any

import pytest

from policies import terms
from policies.facts import facts_from
from policies.fhir import Caution
from policies.fhir.codes import facts_of_icd10
from policies.fhir.review import apply, stated
from policies.situation import Situation
from tests.policies.fhir.bundles import (
    ICD10CM,
    LOINC,
    SNOMED,
    YEARS_AGO,
    concept,
    condition,
    is_stated,
    keys,
    observation,
    read_all,
    to_confirm,
)

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


@pytest.mark.parametrize("code", ["I10", "F17.221", "I71.00", "I60.9", "Q28.3", "I62.00"])
def test_a_code_that_says_less_rules_nothing_out(code: str) -> None:
    told = apply(Situation(), stated(record := read_all(condition(ICD10CM, code))))
    assert set(facts_from(told, on=record.on).values) == {"age"}


def test_a_hemorrhage_of_once_stays_one() -> None:
    over = {"clinicalStatus": {"coding": [{"code": "resolved"}]}}
    record = read_all(condition(ICD10CM, "I61.9", **over, **YEARS_AGO))
    assert is_stated(record) == {"answer:intracerebral_hemorrhage:True"}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param({"valueCodeableConcept": concept(SNOMED, "77386006")}, PREGNANT, id="yes"),
        pytest.param(
            {"valueCodeableConcept": concept(LOINC, "LA15173-0")}, PREGNANT, id="by LOINC"
        ),
        pytest.param(
            {"valueCodeableConcept": concept(SNOMED, "60001007")}, "answer:pregnancy:False", id="no"
        ),
        pytest.param(
            {"valueCodeableConcept": concept(LOINC, "LA4489-6")}, "no_value", id="unknown"
        ),
        pytest.param({}, "no_value", id="nothing told"),
        pytest.param(
            {"valueCodeableConcept": concept(SNOMED, "77386006"), "status": "preliminary"},
            "not_final",
            id="not final",
        ),
        pytest.param(
            {"valueCodeableConcept": concept(SNOMED, "77386006"), "status": "entered-in-error"},
            "entered_in_error",
            id="an error",
        ),
    ],
)
def test_the_status_of_pregnancy_is_read(fields: dict[str, Any], told: str) -> None:
    record = read_all(observation("82810-3", **fields))
    assert is_stated(record) | {one.reason.value for one in record.left_out} == {told}


def test_an_old_status_of_pregnancy_is_to_be_confirmed_be_it_a_yes_or_a_no() -> None:
    for code, value in (("77386006", True), ("60001007", False)):
        record = read_all(
            observation(
                "82810-3",
                valueCodeableConcept=concept(SNOMED, code),
                effectiveDateTime="2026-02-24",
            )
        )
        assert to_confirm(record) == {f"answer:pregnancy:{value}"}


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("delirium", "recent_delirium"),
        ("psychotic disorder", "psychosis_history"),
        ("dementia", "dementia"),
        ("aneurysm", "aneurysmal_vascular_disease"),
        ("arteriovenous malformation", "aneurysmal_vascular_disease"),
        ("intracerebral hemorrhage", "intracerebral_hemorrhage"),
        ("hypertensive", "uncontrolled_hypertension"),
    ],
)
def test_every_code_of_the_list_that_names_it_tells_it(words: str, fact: str) -> None:
    listed = [one for one in terms.icd10_codes().values() if one.billable]
    naming = {one.code for one in listed if words in one.description.lower()}
    telling = {one.code for one in listed if tells(one.code, fact)}
    assert naming
    assert naming <= telling


def tells(code: str, fact: str) -> bool:
    carried = any(
        one.fact == fact and one.value is True and one.carried_by(frozenset(), (code,), {})
        for one in terms.implied_facts()
    )
    return carried or facts_of_icd10(code).get(fact) is True
