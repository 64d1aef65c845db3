"""What is said to whoever orders ketamine or esketamine, and what is not."""

import uuid
from typing import Any

import pytest

from policies.fhir.elements import RXNORM
from policies.hooks.requests import ORDER_SELECT, ORDER_SIGN
from tests.policies.fhir.bundles import ICD10CM, MINE, PATIENT, concept, condition, observation
from tests.policies.hooks.calls import (
    HCPCS,
    KETAMINE,
    SITE,
    SPRAVATO,
    call,
    cards,
    coverage,
    found,
    medication,
    prefetch,
    service,
)

IV, IM = "IV ketamine infusion", "ketamine injection (muscle or under the skin)"
NASAL, ORAL = "compounded ketamine nasal spray", "oral ketamine (tablets or lozenges)"
ESKETAMINE = "esketamine nasal spray (Spravato)"
UNKNOWN_PLAN = prefetch(coverages=None)


def text_of(found: list[dict[str, Any]]) -> str:
    return "\n".join(f"{one['summary']}\n{one['detail']}" for one in found)


def treatments(document: dict[str, Any], hook: str = ORDER_SIGN) -> list[str]:
    """The treatments that the cards are about, told where no plan is known."""
    told = [one["summary"].split(": ")[0] for one in cards(document | {"prefetch": {}}, hook)]
    known = {one.casefold(): one for one in (IV, IM, NASAL, ORAL, ESKETAMINE)}
    return [known[one.casefold()] for one in told]


ROUTED = {"dosageInstruction": [{"route": concept("http://snomed.info/sct", "1", "Oral route")}]}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param(medication(SPRAVATO), [ESKETAMINE], id="esketamine by RxNorm, a product"),
        pytest.param(medication(concept(RXNORM, "2119365")), [ESKETAMINE], id="an ingredient"),
        pytest.param(medication(concept(RXNORM, "238083")), [IV], id="ketamine by RxNorm"),
        pytest.param(service(concept(HCPCS, "G2083")), [ESKETAMINE], id="a visit by HCPCS"),
        pytest.param(service(concept(HCPCS, "J0013")), [ESKETAMINE], id="its own HCPCS code"),
        pytest.param(
            service(concept("urn:oid:2.16.840.1.113883.6.285", "S0013")),
            [ESKETAMINE],
            id="HCPCS by its older name",
        ),
        pytest.param(
            service(concept(HCPCS, "J3490") | {"text": "Ketamine infusion"}),
            [IV],
            id="ketamine by the code of unclassified drugs and its name",
        ),
        pytest.param(service(concept(HCPCS, "J3490")), [], id="an unclassified drug without name"),
        pytest.param(service(concept("http://example.org", "G2083")), [], id="no code of HCPCS"),
        pytest.param(medication({"text": "Spravato 84 mg"}), [ESKETAMINE], id="by brand"),
        pytest.param(medication({"text": "Ketalar 50 mg/mL"}), [IV], id="ketamine by brand"),
        pytest.param(medication({"text": "ketamine 50 mg IM"}), [IM], id="into a muscle"),
        pytest.param(medication({"text": "Ketamine nasal spray"}), [NASAL], id="a spray"),
        pytest.param(medication({"text": "Ketamine"}, **ROUTED), [ORAL], id="by the route"),
        pytest.param(service({"text": "Urine ketamine screen"}), [], id="a laboratory's test"),
        pytest.param(
            service(concept("http://loinc.org", "12345-6", "Ketamine [Mass/volume]")),
            [],
            id="a code of LOINC",
        ),
        pytest.param(
            medication(KETAMINE, reasonCode=[{"text": "General anesthesia"}]),
            [],
            id="an anesthetic",
        ),
        pytest.param(medication(SPRAVATO, doNotPerform=True), [], id="what is not to be given"),
        pytest.param(medication(SPRAVATO, status="cancelled"), [], id="an order taken back"),
        pytest.param(medication({"text": "Sertraline 50 mg"}), [], id="another medicine"),
    ],
)
def test_an_order_is_known_by_its_codes_and_names(
    order: dict[str, Any], expected: list[str]
) -> None:
    assert treatments(call(order)) == expected


def test_an_order_may_name_its_medicine_in_a_resource_of_its_own() -> None:
    held = {"resourceType": "Medication", "id": "m", "code": SPRAVATO}
    named = medication({}, medicationReference={"reference": "#m"}, contained=[held])
    del named["medicationCodeableConcept"]
    assert treatments(call(named)) == [ESKETAMINE]
    beside = {**named, "contained": [], "medicationReference": {"reference": "Medication/m"}}
    assert cards(call(beside, prefetch={"medicationRequests": found(held | {"id": "m"})}))


def test_of_orders_that_are_selected_the_selected_ones_are_answered() -> None:
    first = medication(SPRAVATO, id="first")
    both = call(first, medication(KETAMINE, id="second"), hook=ORDER_SELECT)
    assert treatments(both, ORDER_SELECT) == [ESKETAMINE, IV]
    both["context"]["selections"] = ["MedicationRequest/second"]
    assert treatments(both, ORDER_SELECT) == [IV]
    both["context"]["selections"] = []
    assert treatments(both, ORDER_SELECT) == []


# What a card says


@pytest.mark.parametrize(
    ("order", "says", "wants"),
    [
        pytest.param(medication(SPRAVATO), ESKETAMINE, "from at least 2 classes", id="esketamine"),
        pytest.param(
            service(concept(HCPCS, "J3490") | {"text": "Ketamine infusion"}),
            IV,
            "from at least 2 classes",
            id="ketamine",
        ),
    ],
)
def test_a_card_tells_what_the_plans_document_wants_and_how_the_record_stands_to_it(
    order: dict[str, Any], says: str, wants: str
) -> None:
    (card,) = cards(call(order))
    detail = card["detail"]
    assert f"It covers {says} for treatment-resistant depression" in detail
    assert "087 (in effect from April 1, 2021)" in detail
    assert "How sure our copy is: second-hand" in detail
    assert "Appears met by what is in the record (1):\n- 18 years or older" in detail
    assert wants in detail.split("Not known from the record")[1]
    assert "Treatments in the record: sertraline" in detail
    assert "the plan decides" in detail
    addresses = [one["url"] for one in card["links"]]
    assert addresses == [f"{SITE}/policies/bcbs-ma/087/", f"{SITE}/check/"]


def test_a_refusal_is_a_warning_and_names_its_ground() -> None:
    told = cards(call(medication(KETAMINE), prefetch=prefetch(coverages=found(coverage("Aetna")))))
    assert [one["indicator"] for one in told] == ["warning"]
    assert "investigational" in told[0]["detail"]


PAYERS = ("Aetna", "Blue Cross Blue Shield of Massachusetts", "Sample Payer Nobody Holds", "Cigna")


@pytest.mark.parametrize("payer", PAYERS)
@pytest.mark.parametrize("concept_of_order", [SPRAVATO, KETAMINE], ids=["esketamine", "ketamine"])
def test_every_card_keeps_to_the_form_that_clients_read(
    payer: str, concept_of_order: dict[str, Any]
) -> None:
    document = call(
        medication(concept_of_order), prefetch=prefetch(coverages=found(coverage(payer)))
    )
    found_cards = cards(document)
    assert 0 < len(found_cards) <= 3
    for card in found_cards:
        assert set(card) == {"uuid", "summary", "detail", "indicator", "source", "links"}
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning")
        assert card["source"] == {"label": "Ketamine Coverage", "url": f"{SITE}/"}
        assert str(uuid.UUID(card["uuid"])) == card["uuid"]
        assert all(one["type"] == "absolute" for one in card["links"])
        assert "approved" not in text_of([card]).casefold()
    assert len({one["uuid"] for one in found_cards}) == len(found_cards)


@pytest.mark.parametrize(
    ("coverages", "says"),
    [
        pytest.param(None, "we could not tell the plan: the record names no payer", id="none sent"),
        pytest.param(
            found(coverage("Sample Payer Nobody Holds")),
            "we could not tell the plan by the payer's name",
            id="one that we do not hold",
        ),
    ],
)
def test_where_the_plan_is_not_known_the_card_says_so_and_leads_to_the_check(
    coverages: Any, says: str
) -> None:
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(coverages=coverages)))
    assert says in card["summary"]
    assert [one["url"] for one in card["links"]] == [f"{SITE}/check/"]
    assert card["indicator"] == "info"
    assert "Nobody Holds" not in text_of([card])


# What counts


def test_what_was_not_sent_counts_as_not_known_and_never_as_a_no() -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": [{"severity": "error"}]}
    bare = {"coverages": found(coverage()), "patient": None, "conditions": outcome, "user": "123"}
    (card,) = cards(call(medication(SPRAVATO), prefetch=bare))
    assert "Appears not met" not in card["detail"]
    assert "Appears met" not in card["detail"]
    assert "18 years or older" in card["detail"].split("Not known from the record")[1]


def test_what_a_person_must_confirm_is_named_and_not_counted() -> None:
    unsure = condition(ICD10CM, "F33.2", verificationStatus=concept("", "provisional"))
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(conditions=found(unsure))))
    assert "not counted before a person confirms it: a diagnosis code" in card["detail"]


def test_an_age_that_may_be_off_by_a_year_is_not_counted() -> None:
    of_a_year = PATIENT | {"birthDate": "1980"}
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(patient=of_a_year)))
    assert "Appears met" not in card["detail"]
    assert "not counted before a person confirms it: Age" in card["detail"]


def test_the_record_of_another_patient_is_never_counted() -> None:
    others = {"reference": "Patient/other"}
    sent = prefetch(
        patient=None,
        observations=found(observation("44261-6", valueInteger=21, subject=others)),
        medicationRequests=None,
    )
    (card,) = cards(call(medication(SPRAVATO), prefetch=sent))
    mine = prefetch(patient=None, observations=None, medicationRequests=None)
    (without,) = cards(call(medication(SPRAVATO), prefetch=mine))
    assert card["detail"] == without["detail"]


def test_two_payers_are_said_to_be_two() -> None:
    two = found(coverage(), coverage("Aetna"))
    told = cards(call(medication(SPRAVATO), prefetch=prefetch(coverages=two)))
    assert "The record names 2 payers; this is about the first" in told[0]["detail"]


def test_part_of_a_search_is_said_to_be_a_part() -> None:
    part = found(coverage()) | {"link": [{"relation": "next", "url": "https://ehr.example.org/"}]}
    (card,) = cards(call(medication(SPRAVATO), prefetch=prefetch(coverages=part)))
    assert "there is more in the record" in card["detail"]


def test_no_word_of_the_record_is_repeated() -> None:
    words = concept(ICD10CM, "F33.2", "Qwmark") | {"text": "Qwmark"}
    marked = condition(ICD10CM, "F33.2") | {"code": words}
    named = medication({"text": "Spravato Qwmark"}, subject=MINE)
    told = cards(call(named, prefetch=prefetch(conditions=found(marked))))
    assert "Qwmark" not in text_of(told)
