"""What changed between two editions."""

from dataclasses import replace

import pytest

from policies.catalogue import CoveragePosition, EditionStatus, PriorAuthorization
from policies.criteria import Judge, Judgement, Node, Source, Unread
from policies.edition_changes import ChangeKind, EditionChanges, Part, changes_between
from policies.situation import Treatment
from tests.factories import (
    ADULT,
    SEVERE,
    all_of,
    any_of,
    fact,
    make_edition,
    make_position,
    none_of,
    real_document,
)

ADDED, REMOVED = ChangeKind.ADDED, ChangeKind.REMOVED
REWORDED, OTHERWISE = ChangeKind.REWORDED, ChangeKind.TESTED_OTHERWISE


def between(before: Node, after: Node) -> EditionChanges:
    return changes_between(
        make_edition(make_position(criteria=before)), make_edition(make_position(criteria=after))
    )


def told(found: EditionChanges) -> list[tuple[ChangeKind, str]]:
    return [(one.kind, one.node.label) for position in found.positions for one in position.criteria]


SIXTEEN = replace(ADULT, min=16)
QUOTED = replace(ADULT, source=Source(quote="at least 18 years of age"))
BY_ID = replace(ADULT, id="age", label="An adult")
JUDGED = Judgement(label="18 years or older", judge=Judge.CLINIC)
REST = Unread(label="The rest")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(all_of(ADULT, SEVERE), all_of(SEVERE, ADULT), [], id="only the order"),
        pytest.param(all_of(ADULT), all_of(ADULT, SEVERE), [(ADDED, SEVERE.label)], id="added"),
        pytest.param(all_of(ADULT, SEVERE), all_of(ADULT), [(REMOVED, SEVERE.label)], id="removed"),
        pytest.param(
            all_of(replace(ADULT, id="age")),
            all_of(BY_ID),
            [(REWORDED, "An adult")],
            id="other words under the same id",
        ),
        pytest.param(
            all_of(ADULT),
            all_of(replace(ADULT, label="An adult")),
            [(REWORDED, "An adult")],
            id="other words for the same test",
        ),
        pytest.param(all_of(ADULT), all_of(QUOTED), [(REWORDED, ADULT.label)], id="a quote came"),
        pytest.param(
            all_of(ADULT), all_of(SIXTEEN), [(OTHERWISE, ADULT.label)], id="another limit"
        ),
        pytest.param(
            all_of(JUDGED), all_of(ADULT), [(OTHERWISE, ADULT.label)], id="now a fact, then judged"
        ),
        pytest.param(
            all_of(ADULT, SEVERE),
            any_of(ADULT, SEVERE),
            [(OTHERWISE, "Any of the following")],
            id="the whole list is joined in another way",
        ),
        pytest.param(
            all_of(ADULT),
            all_of(ADULT, none_of(SEVERE, REST)),
            [(ADDED, "None of the following")],
            id="a group came: it is told once, and not its members too",
        ),
    ],
)
def test_a_criterion_that_changed(
    before: Node, after: Node, expected: list[tuple[ChangeKind, str]]
) -> None:
    assert sorted(told(between(before, after))) == sorted(expected)


def test_the_lists_of_a_position_are_told_apart() -> None:
    found = changes_between(
        make_edition(make_position(continuation=all_of(ADULT))),
        make_edition(make_position(continuation=all_of(ADULT, SEVERE))),
    )
    (position,) = found.positions
    assert [one.part for one in position.criteria] == [Part.CONTINUATION]


def test_a_position_that_came_and_one_that_went() -> None:
    spray = make_position(treatment=Treatment.ESKETAMINE_NASAL)
    found = changes_between(make_edition(make_position()), make_edition(spray))
    assert [(one.kind, one.position.treatment) for one in found.positions] == [
        (ADDED, Treatment.ESKETAMINE_NASAL),
        (REMOVED, Treatment.IV_KETAMINE),
    ]


def test_a_position_for_more_conditions_is_the_same_one() -> None:
    wider = make_position(indications=("treatment_resistant_depression", "ptsd"))
    found = changes_between(make_edition(make_position()), make_edition(wider))
    (position,) = found.positions
    assert position.kind is ChangeKind.CHANGED
    assert [one.name for one in position.fields] == ["indications"]


def test_what_else_changed_of_a_position() -> None:
    after = make_position(
        CoveragePosition.INVESTIGATIONAL,
        prior_authorization=PriorAuthorization.REQUIRED,
        limits=("8 infusions",),
    )
    found = changes_between(make_edition(make_position(criteria=None)), make_edition(after))
    (position,) = found.positions
    assert {one.name: (one.before, one.after) for one in position.fields} == {
        "coverage": (CoveragePosition.COVERED_WITH_CRITERIA, CoveragePosition.INVESTIGATIONAL),
        "prior_authorization": (PriorAuthorization.UNKNOWN, PriorAuthorization.REQUIRED),
        "limits": ((), ("8 infusions",)),
    }


def test_notes_that_came_and_went() -> None:
    found = changes_between(make_edition(notes=("a", "b")), make_edition(notes=("b", "c")))
    assert (found.notes_removed, found.notes_added) == (("a",), ("c",))


def test_the_same_twice_is_no_change() -> None:
    edition = make_edition(make_position(criteria=all_of(ADULT, any_of(SEVERE, REST))))
    assert changes_between(edition, edition).is_none


def test_a_withdrawal_is_a_change() -> None:
    ended = make_edition(make_position(), status=EditionStatus.WITHDRAWN)
    assert not changes_between(make_edition(make_position()), ended).is_none


def test_a_next_revision_corrects_our_reading_and_another_date_is_another_edition() -> None:
    first = make_edition(make_position())
    assert changes_between(first, make_edition(make_position(), revision=2)).is_correction
    later = make_edition(make_position(), effective="2026-06-01")
    assert not changes_between(first, later).is_correction


def test_western_health_advantage_asks_for_a_history_that_was_judged_before() -> None:
    # The change note: the second way past a history of psychosis was for the clinic to judge.
    first, second = sorted(
        real_document("western-health-advantage--spravato").editions, key=lambda one: one.order
    )
    found = changes_between(first, second)
    way = "History of psychosis, and the prescriber believes the benefits outweigh the risks"
    assert found.is_correction
    assert sorted(told(found)) == [
        (ADDED, "History of psychosis"),
        (ADDED, "The prescriber believes the benefits outweigh the risks"),
        (OTHERWISE, way),
    ]
    back = changes_between(second, first)
    assert {kind for kind, _ in told(back)} == {REMOVED, OTHERWISE}


def test_a_criterion_paired_by_its_test_keeps_apart_from_its_double() -> None:
    # Two criteria with one test: the one whose words stand is the same, the other is reworded.
    before = all_of(
        fact("dementia", equals=False), replace(fact("dementia", equals=False), label="x")
    )
    after = all_of(
        fact("dementia", equals=False), replace(fact("dementia", equals=False), label="y")
    )
    assert told(between(before, after)) == [(REWORDED, "y")]
