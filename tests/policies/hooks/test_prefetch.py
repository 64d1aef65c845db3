"""What discovery asks to be sent along, and what is made of what comes."""

from typing import Any

import pytest

from policies.hooks.services import prefetch_templates
from tests.policies.fhir.bundles import MINE, RXNORM, concept, observation, order
from tests.policies.hooks.calls import (
    SPRAVATO,
    call,
    cards,
    coverage,
    found,
    medication,
    prefetch,
)

BUPROPION = {"resourceType": "Medication", "id": "b", "code": concept(RXNORM, "42347", "bupropion")}
AETNA = {"resourceType": "Organization", "id": "a", "name": "Aetna"}
BY_REFERENCE = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "intent": "order",
    "subject": MINE,
    "medicationReference": {"reference": "Medication/b"},
}
OF_AETNA = coverage() | {"payor": [{"reference": "Organization/a"}]}


@pytest.mark.parametrize(
    ("kind", "included"),
    [
        ("MedicationRequest", "medication"),
        ("MedicationStatement", "medication"),
        ("MedicationDispense", "medication"),
        ("MedicationAdministration", "medication"),
        ("Coverage", "payor"),
    ],
)
def test_what_a_resource_refers_to_is_asked_for_beside_the_plain_search(
    kind: str, included: str
) -> None:
    plain = f"{kind}?patient={{{{context.patientId}}}}"
    asked = list(prefetch_templates().values())
    assert plain in asked
    assert f"{plain}&_include={kind}:{included}" in asked


def test_scales_without_a_code_of_ours_are_asked_for_as_surveys() -> None:
    assert prefetch_templates()["surveys"] == (
        "Observation?patient={{context.patientId}}&category=survey"
    )
    named = observation("99999-9", valueInteger=34) | {"code": {"text": "MADRS total score"}}
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(surveys=found(named, key="s"))))
    assert "Not counted before a person confirms it: MADRS." in card["detail"]


def text_with(**sent: Any) -> str:
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(**sent)))
    return f"{card['summary']}\n{card['detail']}"


def test_a_medicine_that_is_included_is_read() -> None:
    alone = found(BY_REFERENCE | {"id": "m0"})
    both = found(BY_REFERENCE | {"id": "m0"}, BUPROPION)
    told = text_with(medicationRequests=alone, medicationRequestsWithMedications=both)
    assert "In the record: bupropion" in told
    assert "Prescriptions not read" in text_with(medicationRequests=alone)


def test_a_medicine_inside_its_order_is_read() -> None:
    inside = {"contained": [BUPROPION], "medicationReference": {"reference": "#b"}}
    told = text_with(medicationRequests=found(BY_REFERENCE | inside))
    assert "In the record: bupropion" in told


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param({"coverages": found(OF_AETNA, AETNA)}, id="in the plain search"),
        pytest.param(
            {"coverages": None, "coveragesWithPayers": found(OF_AETNA, AETNA)}, id="by itself"
        ),
        pytest.param(
            {"coverages": found(OF_AETNA), "coveragesWithPayers": found(OF_AETNA, AETNA)},
            id="beside the plain search",
        ),
        pytest.param(
            {
                "coverages": found(
                    coverage() | {"payor": [{"reference": "#a"}], "contained": [AETNA]}
                )
            },
            id="inside the coverage",
        ),
    ],
)
def test_a_payer_that_is_included_is_known_by_its_name(sent: dict[str, Any]) -> None:
    assert "Aetna" in text_with(**sent)


def test_what_two_searches_find_is_one_and_the_same_though_its_notes_differ() -> None:
    noted = [found(order("312940", "sertraline", meta={"versionId": one}), key="m") for one in "12"]
    told = text_with(medicationRequests=noted[0], medicationRequestsWithMedications=noted[1])
    assert "In the record: sertraline (" in told
