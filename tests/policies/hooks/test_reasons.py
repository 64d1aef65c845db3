"""What an order is for is the condition asked about; the record's diagnoses do not replace it."""

from typing import Any

import pytest

from tests.policies.fhir.bundles import ICD10CM, ON, SNOMED, concept, condition
from tests.policies.hooks.calls import (
    KETAMINE,
    SITE,
    SPRAVATO,
    call,
    cards,
    coverage,
    found,
    medication,
    prefetch,
)

VA = "Department of Veterans Affairs (Veterans Health Administration)"
CANCER_PAIN, CRPS, DEPRESSION = "G89.3", "G90.511", "F33.2"


def sent(payer: str, *codes: str, **other: Any) -> dict[str, Any]:
    diagnoses = [condition(ICD10CM, one) for one in codes]
    other.setdefault("conditions", found(*diagnoses, key="c"))
    return prefetch(coverages=found(coverage(payer)), **other)


def told(order: dict[str, Any], payer: str, *codes: str, **other: Any) -> list[dict[str, Any]]:
    return cards(call(order, prefetch=sent(payer, *codes, **other)))


def with_reason(code: str) -> dict[str, Any]:
    return medication(KETAMINE, reasonCode=[concept(ICD10CM, code)])


@pytest.mark.parametrize("listed", [(), (DEPRESSION,)], ids=["nothing", "depression"])
def test_an_order_for_cancer_pain_is_answered_for_it_whatever_the_record_lists(
    listed: tuple[str, ...],
) -> None:
    (card,) = told(with_reason(CANCER_PAIN), "AmeriHealth", *listed)
    assert "Answered for the order's reason: cancer-related pain." in card["detail"]
    assert "For cancer-related pain: covered with criteria." in card["detail"]
    assert "depression" not in card["detail"]
    assert "- Met: 1 of 4" in card["detail"]


def test_the_document_on_the_orders_reason_comes_first() -> None:
    first, *_others = told(with_reason(CRPS), "Aetna", DEPRESSION)
    assert "CPB 0447" in first["summary"]
    assert "For complex regional pain syndrome (CRPS): investigational" in first["detail"]


def test_a_reason_may_be_a_diagnosis_of_the_record() -> None:
    both = found(condition(ICD10CM, DEPRESSION), condition(ICD10CM, CRPS), key="c")
    order = medication(KETAMINE, reasonReference=[{"reference": "Condition/c1"}])
    first, *_others = told(order, "Aetna", conditions=both)
    assert "Answered for the order's reason: complex regional pain syndrome" in first["detail"]


def test_a_reason_in_a_diagnosis_that_was_refuted_is_none() -> None:
    wrong = condition(ICD10CM, CRPS, verificationStatus=concept("", "refuted"))
    order = medication(KETAMINE, reasonReference=[{"reference": "Condition/c0"}])
    (card,) = told(order, "Aetna", conditions=found(wrong, key="c"))
    assert "the answer depends on the diagnosis" in card["summary"]


@pytest.mark.parametrize(
    "order",
    [
        pytest.param(medication(KETAMINE, reasonCode=[{"text": "acute pain"}]), id="a reason"),
        pytest.param(medication(KETAMINE), id="no reason"),
    ],
)
def test_without_a_diagnosis_that_we_know_no_verdict_is_given(order: dict[str, Any]) -> None:
    (card,) = told(order, "Aetna", "S72.001A")
    assert card["indicator"] == "info"
    assert card["summary"] == (
        "IV ketamine infusion: the answer depends on the diagnosis, which we could not tell"
    )
    assert "not cover" not in card["detail"]
    assert [one["url"] for one in card["links"]] == [
        f"{SITE}/policies/aetna/cpb-0447/",
        f"{SITE}/policies/aetna/cpb-0938/",
        f"{SITE}/check/",
    ]


@pytest.mark.parametrize(
    "diagnosis",
    [
        pytest.param(None, id="none at all"),
        pytest.param(
            condition(ICD10CM, DEPRESSION, verificationStatus=concept("", "refuted")), id="refuted"
        ),
        pytest.param(
            condition(ICD10CM, DEPRESSION, verificationStatus=concept("", "entered-in-error")),
            id="entered in error",
        ),
        pytest.param(
            condition(ICD10CM, DEPRESSION, verificationStatus=concept("", "provisional")),
            id="provisional",
        ),
        pytest.param(
            condition(ICD10CM, DEPRESSION, clinicalStatus=concept("", "resolved")), id="resolved"
        ),
        pytest.param(condition(ICD10CM, "F33.42"), id="in full remission"),
    ],
)
def test_spravato_without_a_diagnosis_that_holds_gets_no_verdict_either(
    diagnosis: dict[str, Any] | None,
) -> None:
    listed = [diagnosis] if diagnosis is not None else []
    (card,) = told(medication(SPRAVATO), "Cigna", conditions=found(*listed, key="c"))
    assert card["summary"] == (
        "Esketamine nasal spray (Spravato): "
        "the answer depends on the diagnosis, which we could not tell"
    )
    assert "qualify" not in card["detail"]
    assert (
        "Neither the order nor the record states a current diagnosis that we know."
        in card["detail"]
    )
    assert card["links"][0]["url"] == f"{SITE}/policies/cigna/spravato/"


def test_a_diagnosis_of_the_record_is_no_answer_to_a_reason_that_we_could_not_read() -> None:
    order = medication(SPRAVATO, reasonCode=[{"text": "acute pain"}])
    (card,) = told(order, "Aetna", DEPRESSION)
    assert "the answer depends on the diagnosis" in card["summary"]
    assert "The order's reason names no current diagnosis that we know." in card["detail"]


def test_a_reason_in_words_names_the_diagnosis_of_the_record_that_it_means() -> None:
    order = medication(KETAMINE, reasonCode=[{"text": "Severe depression"}])
    first, *_others = told(order, "Aetna", CRPS, DEPRESSION)
    assert (
        "Answered for major depressive disorder, as the order's reason is worded"
        in (first["detail"])
    )
    assert "CPB 0938" in first["summary"]


def test_without_a_reason_the_card_says_that_the_record_named_the_condition() -> None:
    (card,) = told(medication(KETAMINE), "Aetna", DEPRESSION)
    assert (
        "No reason ordered: answered for major depressive disorder, from the record."
        in card["detail"]
    )


def test_what_the_record_tells_closer_of_the_reason_stays() -> None:
    resistant = condition(SNOMED, "15193003")
    suicidal = condition(ICD10CM, "R45.851")
    order = medication(SPRAVATO, reasonCode=[concept(ICD10CM, DEPRESSION)])
    with_thoughts, without = (
        told(order, "UnitedHealthcare", conditions=found(*listed, key="c"))[0]["detail"]
        for listed in ((resistant, suicidal), (resistant,))
    )
    reason = "Answered for the order's reason: major depressive disorder."
    added = "The record adds: major depression with suicidal ideation."
    assert f"{reason} {added}" in with_thoughts.split("\n\n")[1]
    assert reason in without.split("\n\n")[1]
    assert "suicidal ideation" not in without.split("\n\n")[1]


def test_what_bars_a_treatment_stays_known_though_it_is_not_the_reason() -> None:
    plain, barred = (
        told(with_reason(DEPRESSION), VA, *codes)[0]["detail"] for codes in ((), ("F20.9",))
    )
    assert "this applies" not in plain
    assert "- Not met: No schizophrenia, schizoaffective or bipolar disorder" in barred
    assert "(this applies: schizophrenia or schizoaffective disorder)" in barred


def _held(card: dict[str, Any]) -> list[str]:
    lines = card["detail"].splitlines()
    return [one for one in lines if one.startswith(("- Met", "- Not met", "For "))]


@pytest.mark.parametrize(
    ("payer", "code", "indicator"),
    [
        pytest.param("Premera Blue Cross", "F33.3", "warning", id="Premera, psychotic features"),
        pytest.param("AmeriHealth", "F33.3", "warning", id="AmeriHealth, psychotic features"),
        pytest.param("CareFirst BlueCross BlueShield", "F33.0", "warning", id="CareFirst, mild"),
        pytest.param("Cigna", "F33.2", "info", id="Cigna, severe"),
        pytest.param("Cigna", "F31.32", "info", id="bipolar depression"),
    ],
)
def test_a_code_says_as_much_as_a_reason_as_it_says_as_a_diagnosis_of_that_day(
    payer: str, code: str, indicator: str
) -> None:
    coded = concept(ICD10CM, code)
    day = condition(ICD10CM, code, recordedDate=ON.isoformat())
    (of_reason, *_), (of_record, *_) = (
        told(medication(SPRAVATO, reasonCode=[coded]), payer),
        told(medication(SPRAVATO), payer, conditions=found(day, key="c")),
    )
    assert of_reason["summary"] == of_record["summary"]
    assert of_reason["indicator"] == of_record["indicator"] == indicator
    verdict, who, *_rest = of_reason["detail"].split("\n\n")
    assert of_record["detail"].startswith(f"{verdict}\n\n")
    assert who.startswith("Answered for the order's reason: ")
    # Who named the condition takes more room or less, and so have the names of what is missing.
    assert _held(of_reason) == _held(of_record)


def test_every_reason_of_an_order_is_read() -> None:
    order = medication(
        SPRAVATO, reasonCode=[concept(ICD10CM, DEPRESSION), concept(ICD10CM, "R45.851")]
    )
    detail = told(order, "UnitedHealthcare")[0]["detail"]
    assert "the order's reason: major depression with suicidal ideation." in detail
