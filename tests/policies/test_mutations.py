"""Every small mistake in a criteria tree turns a worked case of its document red."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policies.catalogue import Document
from policies.catalogue.yaml_text import read_yaml
from policies.criteria import CountCriterion, Group, Operator, TrialDefinition
from policies.facts import Facts, facts_from
from policies.matcher import Finding
from policies.truth import Truth
from policies.verdict import PositionAnswer, judge_position
from policies.worked_cases import WorkedCase, read_cases, run_case
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
from tests.policies.mutations import Mutant, mutants, newest_edition, with_position

SURVIVORS = Path(__file__).parent / "survivors.yaml"


@dataclass(frozen=True)
class ReadyCase:
    """A worked case, its facts, and what each position on its treatment makes of it."""

    case: WorkedCase
    facts: Facts
    answers: Mapping[int, object]


def with_lists() -> list[str]:
    """The documents whose newest edition has a list."""
    return [
        document.stem
        for document in real_catalogue().documents
        if any(one.criteria or one.continuation for one in newest_edition(document).positions)
    ]


def cases_of(document: Document) -> Iterator[ReadyCase]:
    edition = newest_edition(document)
    file = DATA / "cases" / f"{document.stem}.yaml"
    for case in read_cases(read_yaml(file.read_text(encoding="utf-8")).data):
        if document.edition_in_force(case.on) is edition:
            facts = facts_from(case.situation, on=case.on)
            answers = {
                index: in_short(judge_position(edition, position, facts))
                for index, position in enumerate(edition.positions)
                if position.treatment is case.situation.treatment
            }
            yield ReadyCase(case, facts, answers)


def in_short(answer: PositionAnswer) -> object:
    """All of a position's answer that a worked case can see."""
    found = answer.findings
    return answer.verdict, answer.ground, answer.score, found and list(_truths(found))


def _truths(found: Finding) -> Iterator[tuple[str, Truth]]:
    if found.node.id:
        yield found.node.id, found.truth
    for member in found.members:
        yield from _truths(member)


def is_killed(mutant: Mutant, index: int, document: Document, cases: Iterable[ReadyCase]) -> bool:
    """Whether a case turns red; those that name a changed criterion are asked first."""
    changed = with_position(document, index, mutant.position)
    edition = newest_edition(changed)
    likely = sorted(cases, key=lambda ready: mutant.ids.isdisjoint(ready.case.findings))
    return any(
        # To hold one position against the facts is quick, and most often settles it.
        in_short(judge_position(edition, mutant.position, ready.facts)) != ready.answers[index]
        and run_case(ready.case, changed)
        for ready in likely
        if index in ready.answers
    )


def survivors_of(document: Document) -> list[str]:
    cases = list(cases_of(document))
    return [
        mutant.name
        for index, position in enumerate(newest_edition(document).positions)
        for mutant in mutants(document.stem, position)
        if not is_killed(mutant, index, document, cases)
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
