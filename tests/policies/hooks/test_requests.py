"""Which requests of a hook are taken, and what is said of the others."""

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.faults import InputError
from policies.hooks.requests import read_request
from policies.hooks.services import (
    ORDER_SELECT,
    ORDER_SIGN,
    SERVICES,
    discovery,
    prefetch_templates,
)
from tests.policies.fhir.bundles import ICD10CM, PATIENT, concept, condition
from tests.policies.hooks.calls import (
    KETAMINE,
    SPRAVATO,
    call,
    cards,
    found,
    medication,
    prefetch,
    sample,
)

DISPATCH = "davinci-crd.CRDServiceRequest2-order-dispatch.json"
SIGN = "cds-hooks.order-sign-context.json"
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
GOOD = call(medication(SPRAVATO))
WITH_REASONS = medication(
    SPRAVATO,
    contained=[condition(ICD10CM, "F33.2", id="c")],
    reasonCode=[concept(ICD10CM, "G89.3", "Cancer pain")],
    reasonReference=[{"reference": "#c"}, {"reference": "Condition/c0"}],
)


def refused(document: Any, hook: str = ORDER_SIGN) -> str:
    with pytest.raises(InputError) as caught:
        cards(document, hook)
    return str(caught.value)


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key != name}


def with_context(**changed: Any) -> dict[str, Any]:
    return GOOD | {"context": GOOD["context"] | changed}


OLD = {"resourceType": "MedicationOrder", "id": "old"}
R5 = {"resourceType": "MedicationRequest", "id": "new", "medication": {"concept": SPRAVATO}}
OLD_REASON = medication(
    SPRAVATO,
    contained=[condition(ICD10CM, "F33.2", id="c", clinicalStatus="active")],
    reasonReference=[{"reference": "#c"}],
)
SOMEBODY = PATIENT | {"id": "other"}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        pytest.param([], "expected one JSON object", id="a list"),
        pytest.param({}, "hook: this is required", id="nothing"),
        pytest.param(without("hookInstance"), "hookInstance: this is required", id="no instance"),
        pytest.param(without("context"), "context: this is required", id="no context"),
        pytest.param(GOOD | {"prefetch": []}, "prefetch: expected an object", id="a list of it"),
        pytest.param(with_context(patientId="a b"), "context.patientId", id="no id"),
        pytest.param(with_context(draftOrders=None), "context.draftOrders", id="no orders"),
        pytest.param(call(OLD), "DSTU2", id="an order of DSTU2"),
        pytest.param(call(R5), "R5", id="an order of R5"),
        pytest.param(call(OLD_REASON), "STU3", id="a reason of STU3 inside an order"),
        pytest.param(
            GOOD | {"prefetch": prefetch(patient=SOMEBODY)}, "another patient", id="another patient"
        ),
        pytest.param(
            GOOD
            | {
                "prefetch": prefetch(
                    a=found(condition(ICD10CM, "F33.2")), b=found(condition(ICD10CM, "F20.9"))
                )
            },
            "prefetch: Condition/r0: two resources that differ",
            id="two under one id",
        ),
    ],
)
def test_what_can_not_be_meant_is_refused_and_named(document: Any, says: str) -> None:
    assert says in refused(document)


def test_what_is_selected_has_to_be_told_where_something_is() -> None:
    assert "context.selections" in refused(GOOD | {"hook": ORDER_SELECT}, ORDER_SELECT)


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_the_sample_of_another_hook_is_nothing_to_say_anything_on(service: Any) -> None:
    assert read_request(sample(DISPATCH), hook=service.hook) is None


def test_the_sample_of_order_sign_holds_no_order_of_ours() -> None:
    assert cards({"hook": ORDER_SIGN, "hookInstance": INSTANCE, **sample(SIGN)}) == []


def test_the_samples_are_answered_once_they_hold_an_order_of_ours() -> None:
    signed = {"hook": ORDER_SIGN, "hookInstance": INSTANCE, **sample(SIGN)}
    (_, entry) = signed["context"]["draftOrders"]["entry"]
    entry["resource"]["medicationCodeableConcept"] = KETAMINE
    assert len(cards(signed)) == 1
    known = sample(DISPATCH)["prefetch"]
    signed["context"]["patientId"] = "123"
    entry["resource"]["subject"] = {"reference": "Patient/123"}
    assert len(cards(signed | {"prefetch": known})) == 1


def test_the_server_of_the_clinic_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("something was fetched")

    cards(GOOD)
    monkeypatch.setattr("socket.socket.connect", refuse)
    access = {"access_token": "sample", "token_type": "Bearer", "expires_in": 300}
    server = {"fhirServer": "http://127.0.0.1:1/fhir", "fhirAuthorization": access}
    (card,) = cards(GOOD | server | {"prefetch": prefetch(conditions=None)})
    assert card["detail"]


def test_a_record_is_not_read_where_nothing_of_ours_is_ordered() -> None:
    other = call(medication({"text": "Sertraline"}), prefetch=prefetch(patient=SOMEBODY))
    assert cards(other) == []


def test_discovery_names_a_service_for_each_hook_and_what_it_reads() -> None:
    services = discovery()["services"]
    assert {one["hook"] for one in services} == {ORDER_SELECT, ORDER_SIGN}
    assert [one["id"] for one in services] == list(SERVICES)
    for one in services:
        assert set(one) == {"hook", "title", "description", "id", "prefetch", "usageRequirements"}
        for query in one["prefetch"].values():
            assert "{{context.patientId}}" in query
    assert "44261-6" in prefetch_templates()["observations"]


# Anything else


def _places(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a document."""
    if isinstance(value, dict):
        inner = [place for key, one in value.items() for place in _places(one, (*here, key))]
    elif isinstance(value, list):
        inner = [place for at, one in enumerate(value) for place in _places(one, (*here, at))]
    else:
        inner = []
    return [here, *inner] if here else inner


WHOLE = call(WITH_REASONS)
PLACES = _places(WHOLE)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("Bundle"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["resourceType", "entry", "id", "code"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=40)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=3))
def test_no_change_of_a_request_is_more_than_a_refusal(changes: list[Any]) -> None:
    document = copy.deepcopy(WHOLE)
    for (*way, last), value in changes:
        holder: Any = document
        for step in way:
            is_there = isinstance(holder, dict) and step in holder
            is_there = is_there or (
                isinstance(holder, list) and isinstance(step, int) and step < len(holder)
            )
            holder = holder[step] if is_there else {}
        if isinstance(holder, dict):
            holder[last] = value
    with suppress(InputError):
        if read_request(document, hook=ORDER_SIGN) is not None:
            cards(document)
