"""Which orders are of ketamine or esketamine for a use of ours, and by which route."""

from typing import Any

import pytest

from policies.fhir.elements import RXNORM, SNOMED
from policies.hooks.services import ORDER_SELECT, ORDER_SIGN
from tests.policies.fhir.bundles import (
    ICD10CM,
    concept,
)
from tests.policies.hooks.calls import (
    HCPCS,
    KETAMINE,
    SPRAVATO,
    call,
    cards,
    found,
    medication,
    service,
)

IV, IM = "IV ketamine infusion", "ketamine injection (muscle or under the skin)"
NASAL, ORAL = "compounded ketamine nasal spray", "oral ketamine (tablets or lozenges)"
ESKETAMINE = "esketamine nasal spray (Spravato)"


def treatments(document: dict[str, Any], hook: str = ORDER_SIGN) -> list[str]:
    """The treatments that the cards are about, told where no plan is known."""
    told = [one["summary"].split(": ")[0] for one in cards(document | {"prefetch": {}}, hook)]
    known = {one.casefold(): one for one in (IV, IM, NASAL, ORAL, ESKETAMINE)}
    return [known[one.casefold()] for one in told]


ON_SKIN = {"dosageInstruction": [{"route": {"text": "Apply to skin"}}]}
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
        pytest.param(medication({"text": "Ketamine topical cream 10 %"}), [], id="on the skin"),
        pytest.param(medication({"text": "Ketamine"}, **ON_SKIN), [], id="a route not ours"),
        pytest.param(
            medication(SPRAVATO, reasonCode=[concept(ICD10CM, "S72.001A")]), [], id="a fracture"
        ),
        pytest.param(
            medication(KETAMINE, reasonCode=[concept(ICD10CM, "S72.001A", "Chronic pain")]),
            [IV],
            id="pain after a fracture",
        ),
        pytest.param(
            medication(SPRAVATO, reasonCode=[concept(ICD10CM, "F33.2")]),
            [ESKETAMINE],
            id="depression",
        ),
        pytest.param(medication(SPRAVATO, doNotPerform=True), [], id="what is not to be given"),
        pytest.param(medication(SPRAVATO, status="cancelled"), [], id="an order taken back"),
        pytest.param(medication(SPRAVATO, status="stopped"), [], id="an order that was stopped"),
        pytest.param(
            medication(SPRAVATO, doNotPerform="true"), [], id="not to be given, as a text"
        ),
        pytest.param(medication({"text": "Discontinue Spravato"}), [], id="an end in words"),
        pytest.param(
            medication(SPRAVATO | {"text": "Spravato 84 mg - discontinued"}),
            [],
            id="an end behind the name",
        ),
        pytest.param(
            medication(SPRAVATO, dosageInstruction=[{"text": "Discontinue after visit"}]),
            [],
            id="an end in the instruction",
        ),
        pytest.param(
            medication(SPRAVATO, dosageInstruction=[{"text": "Twice a week; stop if sedated"}]),
            [ESKETAMINE],
            id="a treatment that says when to stop",
        ),
        pytest.param(medication({"text": "Ketamine gargle"}), [], id="a gargle"),
        pytest.param(medication({"text": "Sertraline 50 mg"}), [], id="another medicine"),
        pytest.param(
            medication(concept(RXNORM, "36437") | {"text": "sertraline 50 mg (ketamine declined)"}),
            [],
            id="another medicine by its code, whatever its text names",
        ),
        pytest.param(medication(concept(RXNORM, "6130")), [IV], id="the code alone of ketamine"),
        pytest.param(
            medication({"text": "esketamine injection 25 mg/mL"}), [], id="esketamine to inject"
        ),
        pytest.param(
            medication(concept(RXNORM, "2119365"), dosageInstruction=[{"text": "0.2 mg/kg IV"}]),
            [],
            id="esketamine into a vein",
        ),
        pytest.param(
            medication({"text": "Spravato"}, dosageInstruction=[{"route": {"text": "Oral"}}]),
            [],
            id="the spray by a route that is not its own",
        ),
        pytest.param(
            medication(SPRAVATO, dosageInstruction=[{"text": "with an oral antidepressant"}]),
            [ESKETAMINE],
            id="the spray beside an oral medicine",
        ),
    ],
)
def test_an_order_is_known_by_its_codes_and_names(
    order: dict[str, Any], expected: list[str]
) -> None:
    assert treatments(call(order)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        pytest.param("78421000", [IM], id="into a muscle"),
        pytest.param("34206005", [IM], id="under the skin"),
        pytest.param("26643006", [ORAL], id="by mouth"),
        pytest.param("37839007", [ORAL], id="under the tongue"),
        pytest.param("46713006", [NASAL], id="by the nose"),
        pytest.param("47625008", [IV], id="into a vein"),
        pytest.param("6064005", [], id="on the skin"),
    ],
)
def test_a_route_is_known_by_its_code_alone(code: str, expected: list[str]) -> None:
    route = {"route": {"coding": [{"system": SNOMED, "code": code}]}}
    assert treatments(call(medication({"text": "Ketamine"}, dosageInstruction=[route]))) == expected


def test_esketamine_by_a_route_whose_code_is_not_the_nose_gets_no_card() -> None:
    route = {"route": {"coding": [{"system": SNOMED, "code": "47625008"}]}}
    order = medication(concept(RXNORM, "2119365"), dosageInstruction=[route])
    assert treatments(call(order)) == []


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


def test_the_code_of_ketamine_and_its_name_say_the_same_where_no_route_is_told() -> None:
    by_code = cards(call(medication(concept(RXNORM, "6130"))))
    by_name = cards(call(medication({"text": "Ketamine"})))
    assert [one["detail"] for one in by_code] == [one["detail"] for one in by_name]
    assert "No route read: this is about an infusion." in by_code[0]["detail"]
