"""A card is read in an order dialog: whatever a plan's documents say, it stays a few lines long."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import pytest

from policies.catalogue import Document
from policies.check import check
from policies.fhir import Record
from policies.fhir.review import apply, stated
from policies.hooks import payers
from policies.hooks.asked import Asked
from policies.hooks.cards import cards_of
from policies.hooks.orders import Ordered
from policies.hooks.payers import KIND_TAKEN
from policies.hooks.positions import listed
from policies.hooks.requests import read_request
from policies.hooks.services import ORDER_SIGN
from policies.situation import Asker, LineOfBusiness, Plan, Situation, Treatment
from tests.policies.fhir.bundles import ICD10CM, ON, concept, condition, order
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
from tests.real_catalogue import real_catalogue

ONLY_COUNTED = re.compile(r"- Missing: \d+ points? of the document")
MISSING = re.compile(r"- (Missing|For the plan): (?!\d+ points? of|the \w+ for|a part)")
ORDERS = (
    medication(SPRAVATO),
    medication(KETAMINE),
    medication({"text": "ketamine 50 mg IM"}),
    medication({"text": "Ketamine nasal spray"}),
    medication({"text": "Ketamine"}, dosageInstruction=[{"route": {"text": "Oral"}}]),
)
# Source of Payment Typology: a job's plan, Medicaid managed care, Medicaid, Medicare Advantage.
KINDS = (None, "512", "211", "212", "111")
SOPT = "https://nahdo.org/sopt"
UNSURE = condition(ICD10CM, "F43.10", verificationStatus=concept("", "provisional"))
ENDED = {"status": "stopped", "statusReason": {"text": "no effect after many weeks of taking it"}}
MEDICINES = (
    order("312940", "sertraline", **ENDED),
    order("1", "fluoxetine 20 MG", **ENDED),
    order("1", "bupropion XL"),
    order("1", "lithium carbonate"),
)


def full(covered: dict[str, Any]) -> dict[str, Any]:
    """A record of which all that a card may have to tell is true."""
    more = {"link": [{"relation": "next", "url": "https://ehr.example.org/"}]}
    return prefetch(
        coverages=found(covered, coverage("Sample Payer Nobody Holds"), key="p") | more,
        conditions=found(condition(ICD10CM, "F33.2"), UNSURE, key="c"),
        medicationRequests=found(*MEDICINES, key="m"),
    )


def told(covered: dict[str, Any], *, is_full: bool) -> Iterator[dict[str, Any]]:
    sent = full(covered) if is_full else prefetch(coverages=found(covered))
    for one in ORDERS:
        yield from cards(call(one, prefetch=sent))


@cache
def all_cards(*, is_full: bool) -> tuple[dict[str, Any], ...]:
    """The cards of every payer that we hold, for each kind of plan and each treatment."""
    names = {one.name for one in real_catalogue().insurers.values()}
    return tuple(
        card
        for payer in sorted(names)
        for kind in KINDS
        for card in told(
            coverage(payer) | ({"type": concept(SOPT, kind)} if kind else {}), is_full=is_full
        )
    )


@pytest.mark.parametrize("is_full", [False, True], ids=["a record of few words", "a full one"])
def test_no_card_on_any_document_is_longer_than_a_few_lines(*, is_full: bool) -> None:
    longest = max(all_cards(is_full=is_full), key=lambda card: len(card["detail"]))
    assert len(longest["detail"]) <= 800, longest["detail"]


def test_a_card_is_longer_than_six_hundred_letters_only_to_name_what_is_missing() -> None:
    long = [one["detail"] for one in all_cards(is_full=False) if len(one["detail"]) > 600]
    named = [one for one in long if MISSING.search(one)]
    assert len(long) - len(named) <= len(all_cards(is_full=False)) / 10


def test_of_cards_with_points_missing_nearly_every_one_names_some() -> None:
    for is_full, least in ((False, 0.95), (True, 0.75)):
        details = [one["detail"] for one in all_cards(is_full=is_full)]
        missing = [one for one in details if "- Missing: " in one]
        counted = [one for one in missing if ONLY_COUNTED.search(one)]
        assert len(counted) <= (1 - least) * len(missing), (len(counted), len(missing))


def records() -> tuple[Record, ...]:
    """What is read of a full record, of depression and of two kinds of pain."""
    pains = [
        {"conditions": found(condition(ICD10CM, code), UNSURE, key="c")}
        for code in ("G89.4", "G90.511")
    ]
    sent = (full(coverage()), *(full(coverage()) | pain for pain in pains))
    asked = [
        read_request(call(medication(SPRAVATO), prefetch=one), hook=ORDER_SIGN) for one in sent
    ]
    held = real_catalogue().insurers
    return tuple(one.record(on=ON, insurers=held, site=SITE) for one in asked if one is not None)


def cards_on(document: Document) -> Iterator[dict[str, Any]]:
    """The cards of a plan that the document is for, whatever kind and state that is."""
    edition = document.edition_in_force(ON) or document.editions[-1]
    treatments = {one.treatment for one in edition.positions} or {Treatment.ESKETAMINE_NASAL}
    for line, treatment, record in product(document.lines_of_business, treatments, records()):
        plan = Plan(
            insurer=document.insurer.slug,
            line_of_business=line,
            issue_state=next(iter(document.states), None),
        )
        told = apply(Situation(asker=Asker.CLINIC), stated(record))
        situation = replace(told, plan=plan, treatment=treatment)
        answer = check(situation, catalogue=real_catalogue(), on=ON)
        ordered = Ordered(treatment, is_route_told=treatment is not Treatment.IV_KETAMINE)
        kind = KIND_TAKEN.format(kind=payers.KINDS[line])
        yield from cards_of(Asked(ordered, answer, record, kind), site=SITE)


def test_no_card_for_a_plan_that_a_document_is_for_is_longer() -> None:
    spoken = set()
    for document in real_catalogue().documents:
        page = f"/policies/{document.insurer.slug}/{document.slug}/"
        for card in cards_on(document):
            assert len(card["detail"]) <= 800, card["detail"]
            if card["links"][0]["url"].endswith(page):
                spoken.add(document.stem)
    # One that was read and holds no position stands aside where others of its plan have some.
    wanted = {one.stem for one in real_catalogue().documents if one.editions[-1].positions}
    assert wanted <= spoken


@pytest.mark.parametrize("is_full", [False, True], ids=["a record of few words", "a full one"])
def test_however_short_a_card_tells_verdict_source_and_who_decides(*, is_full: bool) -> None:
    for card in all_cards(is_full=is_full):
        detail = card["detail"]
        assert "the plan decides" in detail
        if len(card["links"]) > 1 and "depends on the diagnosis" not in detail:
            assert detail.startswith("**")
            assert "\nSource: " in detail
            assert ", read " in detail
            assert "; and 0 more" not in detail
            # Cut inside a criterion, its meaning may be turned; a document's name may be cut.
            assert "…" not in detail.split("\nSource: ")[0]


def test_medicaid_and_medicare_are_named_among_the_kinds_measured() -> None:
    said = " ".join(one["detail"] for one in all_cards(is_full=False))
    for words in ("commercial", "Medicaid from the state", "Medicare Advantage"):
        assert f"Plan taken as {words} by its coverage" in said
    assert LineOfBusiness.COMMERCIAL.label not in said


def test_a_criterion_is_named_whole_or_counted_and_never_cut() -> None:
    labels = [f"{'A long criterion ' * 7}{at}" for at in range(3)]
    assert listed(labels, 2) == ["3 points of the document"]
    assert listed([*labels, "A score"], 2) == ["A score", "and 3 more in the document"]


def test_what_is_not_met_is_named_whole_however_long_it_is() -> None:
    assert listed(["A long criterion " * 12], 3, longest=None) == ["A long criterion " * 12]
