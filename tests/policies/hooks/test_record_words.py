"""What a card says of the record: what is open is called open, and nothing else is."""

from typing import Any

import pytest

from policies.fhir.codes import panels
from policies.hooks.record_words import record_lines
from tests.policies.fhir.bundles import LOINC, bundle, concept, observation, order, read
from tests.policies.fhir.test_own_responses import response
from tests.policies.hooks.calls import SPRAVATO, call, cards, coverage, found, medication, prefetch

SERTRALINE = order("312940", "sertraline")
(PHQ9,) = panels()


def lines(*resources: dict[str, Any]) -> str:
    return " ".join(record_lines(read(bundle(*resources)), most=1))


def test_an_outcome_that_was_told_is_not_called_unconfirmed() -> None:
    assert "In the record: sertraline and 1 more." in lines(response())


def test_of_several_treatments_it_is_counted_whose_outcome_is_open() -> None:
    bupropion = order("1", "bupropion")
    told = lines(response(), bupropion)
    assert "In the record: sertraline and 2 more (outcome of 1 not confirmed)." in told
    assert "In the record: sertraline (outcome not confirmed)." in lines(SERTRALINE)


def panel(last: int) -> dict[str, Any]:
    scores = [*(3 for _ in PHQ9.items[1:]), last]
    return observation(
        PHQ9.code,
        component=[
            {"code": concept(LOINC, item), "valueInteger": score}
            for item, score in zip(PHQ9.items, scores, strict=True)
        ],
    )


@pytest.mark.parametrize(("last", "is_said"), [(3, True), (1, True), (0, False)])
def test_thoughts_of_death_are_said_to_whoever_sees_the_patient(last: int, is_said: bool) -> None:
    sent = prefetch(
        coverages=found(coverage("UnitedHealthcare")), observations=found(panel(last), key="o")
    )
    (card, *_others) = cards(call(medication(SPRAVATO), prefetch=sent))
    said = "For your assessment: PHQ-9 item 9 is not 0." in card["detail"]
    assert said == is_said
    # It is no answer on suicidal ideation: that is for a person to find out.
    assert "The record adds" not in card["detail"]
