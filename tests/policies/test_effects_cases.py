"""Worked cases held against two editions: whose verdict changes, and by which line."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from policies.catalogue import CoveragePosition, Document, Edition, EditionStatus
from policies.catalogue.writing import write_edition
from policies.criteria import Node
from policies.effects import compare
from policies.effects.cases import CaseEffect, Held, case_effects, turns_of
from policies.effects.open_cases import Counts, OpenCases
from policies.outline.data import from_edition_data
from policies.truth import Truth
from policies.worked_cases import WorkedCase, read_cases
from tests.factories import (
    ADULT,
    REST,
    SEVERE,
    all_of,
    any_of,
    make_document,
    make_edition,
    make_position,
    none_of,
)

MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


def held(edition: Edition) -> Held:
    return Held(edition, from_edition_data(write_edition(edition)))


def case(on: str = "2026-11-25", **answers: Any) -> WorkedCase:
    situation = {"answers": {"conditions": ["treatment_resistant_depression"], **answers}}
    data = {"name": "A person", "on": on, "situation": situation, "verdict": "could_qualify"}
    return read_cases([data])[0]


def run(before: Edition, after: Edition, *cases: WorkedCase) -> tuple[CaseEffect, ...]:
    return case_effects(cases, make_document(before, after), held(before), held(after))


def turns(before: Edition, after: Edition, one: WorkedCase) -> list[tuple[str, Any, Any]]:
    (found,) = run(before, after, one)
    effect = compare(held(before).working, held(after).working)
    return [(turn.label, turn.before, turn.after) for turn in turns_of(found, effect)]


def asking(criteria: Node, effective: str = "2026-06-01", **fields: Any) -> Edition:
    return make_edition(make_position(criteria=criteria), effective=effective, **fields)


NINETEEN: dict[str, Any] = {"age": 19, "episode_severity": "moderate"}
SAID = "What is said of this treatment"
OLDER = replace(ADULT, min=21, label="21 years or older")


def test_only_cases_whose_verdict_changes_are_turned() -> None:
    found = run(
        asking(all_of(ADULT), "2026-01-01"),
        asking(all_of(OLDER)),
        *(case(age=age) for age in (17, 19, 21)),
    )
    assert [one.is_turned for one in found] == [False, True, False]


def test_a_case_is_judged_on_its_own_day_as_if_the_newer_edition_were_in_force() -> None:
    first, second = asking(all_of(ADULT), "2026-01-01"), asking(all_of(OLDER), "2026-06-01")
    found = run(first, second, case("2026-03-01", **NINETEEN), case("2026-07-01", **NINETEEN))
    assert [(one.is_as_if, one.is_turned) for one in found] == [(True, True), (False, True)]


def test_a_day_that_follows_the_edition_is_counted_from_the_newer_one() -> None:
    first, second = asking(all_of(ADULT), "2026-01-01"), asking(all_of(OLDER), "2026-06-01")
    (found,) = run(first, second, case("30 days after effective", **NINETEEN))
    assert (found.settled.on, found.is_as_if) == (dt.date(2026, 7, 1), False)


def test_another_ground_of_a_refusal_is_another_verdict() -> None:
    first = make_edition(make_position(CoveragePosition.INVESTIGATIONAL), effective="2026-01-01")
    second = make_edition(make_position(CoveragePosition.EXCLUDED), effective="2026-06-01")
    (found,) = run(first, second, case())
    assert found.is_turned


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            all_of(ADULT, REST), all_of(OLDER, REST), [(OLDER.label, MET, NOT_MET)], id="a limit"
        ),
        pytest.param(
            all_of(ADULT), all_of(ADULT, SEVERE), [(SEVERE.label, None, NOT_MET)], id="one more"
        ),
        pytest.param(
            all_of(ADULT, SEVERE), all_of(ADULT), [(SEVERE.label, NOT_MET, None)], id="one fewer"
        ),
        pytest.param(
            all_of(ADULT),
            all_of(ADULT, none_of(ADULT)),
            [("None of the following", None, NOT_MET)],
            id="an exclusion came",
        ),
        pytest.param(
            any_of(ADULT, SEVERE),
            all_of(ADULT, SEVERE),
            [("All of the following", MET, NOT_MET)],
            id="joined in another way",
        ),
        pytest.param(
            all_of(ADULT, any_of(ADULT, SEVERE)),
            all_of(ADULT, SEVERE, any_of(ADULT)),
            [(SEVERE.label, NOT_MET, NOT_MET)],
            id="moved out of its group",
        ),
        pytest.param(
            all_of(ADULT, any_of(SEVERE)),
            all_of(replace(ADULT, label="A grown-up"), any_of(SEVERE, ADULT)),
            [(ADULT.label, None, MET)],
            id="a way that is met; words alone turn nothing",
        ),
    ],
)
def test_the_line_that_turned_a_case(
    before: Node, after: Node, expected: list[tuple[str, Any, Any]]
) -> None:
    assert turns(asking(before, "2026-01-01"), asking(after), case(**NINETEEN)) == expected


@pytest.mark.parametrize(
    ("after", "labels"),
    [
        pytest.param(
            make_edition(make_position(CoveragePosition.EXCLUDED), effective="2026-06-01"),
            [SAID],
            id="the coverage",
        ),
        pytest.param(
            make_edition(
                make_position(indications=("ptsd",)), effective="2026-06-01", is_read_whole=True
            ),
            [SAID, "The edition"],
            id="the conditions, of a document that was read to its end",
        ),
        pytest.param(
            make_edition(effective="2026-06-01"),
            [SAID],
            id="the position went",
        ),
        pytest.param(
            asking(OLDER, status=EditionStatus.WITHDRAWN), ["The edition"], id="a withdrawal"
        ),
    ],
)
def test_what_turned_a_case_where_it_was_no_line(after: Edition, labels: list[str]) -> None:
    before = asking(ADULT, "2026-01-01")
    assert [one for one, _, _ in turns(before, after, case(age=19))] == labels


def test_what_moved_in_a_list_that_does_not_decide_turned_nothing() -> None:
    def both(asked: Node, other: Node, effective: str) -> Edition:
        elsewhere = make_position(indications=("ptsd",), criteria=other)
        return make_edition(make_position(criteria=asked), elsewhere, effective=effective)

    before = both(all_of(ADULT, REST), all_of(ADULT, any_of(ADULT, SEVERE)), "2026-01-01")
    after = both(all_of(OLDER, REST), all_of(ADULT, SEVERE, any_of(ADULT)), "2026-06-01")
    assert [label for label, _, _ in turns(before, after, case(**NINETEEN))] == [OLDER.label]


# Open cases, which another app counts


@pytest.fixture
def counts() -> Counts:
    return Counts()


def affected(document: Document, before: Edition, after: Edition, on: dt.date) -> OpenCases | None:
    touched = 2 if before.positions != after.positions else 0
    return OpenCases("open cases of clinics", touched, 9, f"/clinics/?policy={document.slug}")


def test_while_nobody_counts_open_cases_nothing_is_told(counts: Counts) -> None:
    assert counts.of(make_document(), asking(ADULT), asking(OLDER), on=dt.date(2026, 6, 1)) == ()


def test_whoever_counts_open_cases_is_asked_of_both_editions(counts: Counts) -> None:
    counts.add(affected)
    counts.add(affected)
    (told,) = counts.of(make_document(), asking(ADULT), asking(OLDER), on=dt.date(2026, 6, 1))
    assert (told.touched, told.of, told.link) == (2, 9, "/clinics/?policy=ketamine")


def test_whoever_has_nothing_to_tell_is_left_out(counts: Counts) -> None:
    counts.add(lambda *_: None)
    assert counts.of(make_document(), asking(ADULT), asking(OLDER), on=dt.date(2026, 6, 1)) == ()
