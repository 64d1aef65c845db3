"""Which of several payers a card goes by, and what it says of the others."""

from typing import Any

import pytest

from tests.policies.fhir.bundles import concept
from tests.policies.hooks.calls import (
    KETAMINE,
    SPRAVATO,
    call,
    cards,
    coverage,
    found,
    medication,
    prefetch,
)

SOPT = "https://nahdo.org/sopt"
NOBODY = "Sample Payer Nobody Holds"


def insured(payer: str, **fields: Any) -> dict[str, Any]:
    return coverage(payer) | fields


def card_with(*coverages: dict[str, Any]) -> dict[str, Any]:
    sent = prefetch(coverages=found(*coverages, key="p"))
    return cards(call(medication(SPRAVATO), prefetch=sent))[0]


def test_the_payer_that_pays_first_is_asked_about_and_the_other_is_named() -> None:
    card = card_with(insured("Cigna", order=2), insured("Aetna", order=1))
    assert "Aetna" in card["summary"]
    assert "Other payers, each by its own rule: Cigna." in card["detail"]
    assert "not told" not in card["detail"]


def test_without_an_order_the_card_says_that_none_is_told() -> None:
    card = card_with(insured(NOBODY), insured("Aetna"), insured("Cigna"))
    assert "Aetna" in card["summary"]
    assert (
        "Other payers, each by its own rule: Cigna, one we do not hold. Who pays first is not told."
        in card["detail"]
    )


def test_a_first_payer_that_we_do_not_hold_is_not_replaced_by_the_second() -> None:
    card = card_with(insured("Aetna", order=2), insured(NOBODY, order=1))
    assert "we could not tell the plan by the payer's name" in card["summary"]
    assert "Other payers, each by its own rule: Aetna." in card["detail"]


@pytest.mark.parametrize(
    "over",
    [
        pytest.param({"status": "cancelled"}, id="cancelled"),
        pytest.param({"status": "draft"}, id="a draft"),
        pytest.param({"period": {"end": "2025-12-31"}}, id="run out"),
    ],
)
def test_a_coverage_that_is_not_in_force_is_no_payer(over: dict[str, Any]) -> None:
    card = card_with(insured("Cigna", order=1, **over), insured("Aetna", order=2))
    assert "Aetna" in card["summary"]
    assert "Other payers" not in card["detail"]


def test_of_two_coverages_of_one_payer_the_first_gives_the_kind_of_plan() -> None:
    card = card_with(
        insured("Aetna", order=2, type=concept(SOPT, "211")),
        insured("Cigna", order=3),
        insured("Aetna", order=1, type=concept(SOPT, "512")),
    )
    assert "Plan taken as commercial by its coverage" in card["detail"]


def test_two_coverages_in_one_place_tell_no_order() -> None:
    card = card_with(insured(NOBODY, order=1), insured("Aetna", order=1))
    assert "Aetna" in card["summary"]
    assert "Who pays first is not told." in card["detail"]


def test_two_coverages_of_one_payer_alone_are_told_apart_by_their_order() -> None:
    kinds = [
        insured("Aetna", order=at, type=concept(SOPT, code))
        for at, code in ((2, "211"), (1, "512"))
    ]
    assert "Plan taken as commercial by its coverage" in card_with(*kinds)["detail"]


def test_a_rule_of_original_medicare_is_its_own() -> None:
    sent = prefetch(coverages=found(insured("Medicare", type=concept(SOPT, "121"))))
    (card,) = cards(call(medication(KETAMINE), prefetch=sent))
    assert "the plan decides case by case" in card["summary"]


def test_of_a_plan_with_a_rule_of_its_program_alone_that_is_said_first() -> None:
    card = card_with(insured("MassHealth", type=concept(SOPT, "2")))
    assert card["summary"].startswith(
        "Esketamine nasal spray (Spravato): we hold no document of the plan itself, "
        "only a rule of its program."
    )
    assert card["detail"].startswith("**Program rule only. By a second")
