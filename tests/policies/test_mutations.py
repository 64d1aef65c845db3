"""Every small mistake in a criteria tree turns a worked case of its document red."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policies.catalogue import Document, Edition
from policies.catalogue.yaml_text import read_yaml
from policies.criteria import CountCriterion, Group, Operator, TrialDefinition
from policies.mutations import mutants
from policies.mutations.undecided import cases_on, is_noticed, mistakes
from policies.worked_cases import read_cases
from tests.factories import (
    ADULT,
    DATA,
    REST,
    all_of,
    any_of,
    fact,
    make_position,
    none_of,
    real_catalogue,
    real_document,
)

SURVIVORS = Path(__file__).parent / "survivors.yaml"


def newest_edition(document: Document) -> Edition:
    return max(document.editions, key=lambda edition: edition.order)


def with_lists() -> list[str]:
    """The documents whose newest edition has a list."""
    return [
        document.stem
        for document in real_catalogue().documents
        if any(one.criteria or one.continuation for one in newest_edition(document).positions)
    ]


def survivors_of(document: Document) -> list[str]:
    edition = newest_edition(document)
    file = DATA / "cases" / f"{document.stem}.yaml"
    cases = read_cases(read_yaml(file.read_text(encoding="utf-8")).data)
    ready = list(cases_on(edition, document, cases))
    return [
        one.mutant.name
        for one in mistakes(edition, document.stem)
        if not is_noticed(one, edition, document, ready)
    ]


@cache
def listed() -> Mapping[str, str]:
    """The mutants that are known to live, each with the reason why that can't matter."""
    groups: list[dict[str, Any]] = read_yaml(SURVIVORS.read_text(encoding="utf-8")).data
    names = [name for group in groups for name in group["mutants"]]
    assert len(names) == len(set(names)), "a survivor stands twice"
    return {name: group["why"] for group in groups for name in group["mutants"]}


@pytest.mark.parametrize("stem", with_lists())
def test_every_mutant_is_killed_by_a_worked_case_or_listed_with_its_reason(stem: str) -> None:
    known = [name for name in listed() if name.startswith(f"{stem} | ")]
    assert sorted(survivors_of(real_document(stem))) == sorted(known)


def test_the_list_of_survivors_speaks_of_documents_with_lists() -> None:
    stems = {name.split(" | ")[0] for name in listed()}
    assert stems - {*with_lists()} == set()
    assert all(why.strip() for why in listed().values())


def test_no_two_mutants_have_one_name() -> None:
    names = Counter(
        mutant.name
        for stem in with_lists()
        for position in newest_edition(real_document(stem)).positions
        for mutant in mutants(stem, position)
    )
    assert [name for name, count in names.items() if count > 1] == []
    assert len(names) > 2000


def test_the_mutants_of_a_small_tree_are_all_its_small_mistakes() -> None:
    oral = CountCriterion(
        label="Two trials",
        where=(TrialDefinition(min_weeks=6, outcome=frozenset({"no_response", "worked"})),),
        min=2,
    )
    tree = all_of(any_of(ADULT, oral), none_of(fact("dementia", equals=True)), REST)
    forced = ["dropped", "forced met", "forced not met"]
    wanted = {
        "whole list": ["all_of -> any_of"],
        "Any of the following": ["any_of -> all_of"],
        "Any of the following > 18 years or older": [
            *forced,
            "min 18 -> 17",
            "min 18 -> 19",
            "min 18 -> above 18",
        ],
        "Any of the following > Two trials": [
            *forced,
            "min 2 -> 1",
            "min 2 -> 3",
            "min_classes 1 -> 2",
            "min_weeks 6 -> 5",
            "min_weeks 6 -> 7",
            "min_weeks 6 -> above_weeks 6",
            "outcome dropped",
            "outcome without no_response",
            "outcome without worked",
        ],
        "None of the following": ["none_of -> any_of"],
        "None of the following > dementia": [*forced, "is not True"],
        "The rest of the list": forced,
    }
    made = [one.name.split(" | ")[3:] for one in mutants("acme--one", make_position(criteria=tree))]
    assert made == [[path, what] for path, whats in wanted.items() for what in whats]


def test_a_change_of_the_first_list_reaches_the_list_for_going_on() -> None:
    again = Group(label="Still meets it", operator=Operator.FIRST_LIST, members=(ADULT,))
    position = make_position(criteria=ADULT, continuation=all_of(again, REST))
    stricter = next(one for one in mutants("a--b", position) if one.name.endswith("18 -> 19"))
    continuation = stricter.position.continuation
    assert continuation == all_of(replace(again, members=(replace(ADULT, min=19),)), REST)
