"""Which of several payers a card goes by, and what it says of the others."""

from typing import Any

import pytest

from tests.policies.fhir.bundles import ICD10CM, PATIENT, concept
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


def test_of_a_dental_plan_alone_the_card_says_that_no_coverage_is_medical() -> None:
    card = card_with(insured("Cigna", type={"text": "Dental PPO"}))
    assert "is not for medical care" in card["summary"]


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


def card_at_home_in(state: str, payer: str, **fields: Any) -> dict[str, Any]:
    at_home = PATIENT | {"address": [{"use": "home", "state": state}]}
    sent = prefetch(coverages=found(insured(payer, **fields), key="p"), patient=at_home)
    order = medication(SPRAVATO, reasonCode=[concept(ICD10CM, "F33.2")])
    return cards(call(order, prefetch=sent))[0]


@pytest.mark.parametrize(
    ("payer", "home", "states", "page"),
    [
        pytest.param("Texas Medicaid", "OK", "TX", "texas-medicaid/esketamine", id="Texas"),
        pytest.param(
            "Highmark Health Options (Delaware Medicaid)",
            "PA",
            "DE",
            "highmark-health-options-de/mp-1265",
            id="Delaware, by a health plan",
        ),
        pytest.param("Iowa Medicaid", "MA", "IA", "iowa-medicaid/pam-021", id="Iowa"),
        pytest.param(
            "New York State Medicaid (NYRx)",
            "MA",
            "NY",
            "new-york-medicaid/spravato",
            id="New York",
        ),
    ],
)
def test_a_home_outside_the_plans_state_is_said_and_the_plans_document_shown(
    payer: str, home: str, states: str, page: str
) -> None:
    elsewhere, there = (card_at_home_in(one, payer) for one in (home, states))
    said = f"The home in the record is in {home}, the plan named is of {states}: check which holds."
    assert said in elsewhere["detail"].split("\n\n")[1]
    assert "check which holds" not in there["detail"]
    assert elsewhere["links"][0]["url"].endswith(f"/policies/{page}/")
    assert elsewhere["summary"] == there["summary"]
    assert "no document" not in elsewhere["summary"]


def test_a_commercial_plan_may_be_of_another_state_than_the_home() -> None:
    card = card_at_home_in("NH", "Tufts Health Plan", type=concept(SOPT, "512"))
    assert "check which holds" not in card["detail"]
