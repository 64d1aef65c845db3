"""Which documents speak for a plan on a day, and as what; no plan borrows another's policy."""

import datetime as dt
from typing import Any

import pytest

from policies.applicability import Caution, LeftOutReason, Role
from policies.catalogue import Document, EditionStatus
from policies.situation import LineOfBusiness
from tests.factories import (
    ADULT,
    ON,
    make_catalogue,
    make_document,
    make_edition,
    make_insurer,
    make_link,
    make_position,
    make_reading,
)
from tests.policies.selecting import (
    ACME,
    ACME_DOCUMENT,
    ADVANTAGE,
    COMMERCIAL,
    MEDICAID,
    MEDICARE,
    ORIGINAL,
    OTHER,
    OTHER_DOCUMENT,
    RULE,
    VENDOR,
    VENDOR_DOCUMENT,
    cautions,
    reason,
    roles,
    select,
)

# Whose documents


def test_a_plan_gets_its_own_document_and_no_other_insurers() -> None:
    found = select(make_catalogue(ACME_DOCUMENT, OTHER_DOCUMENT))
    assert roles(found) == [("acme", Role.OWN)]
    assert found.left_out == ()


def test_a_plan_whose_insurer_has_no_document_gets_none_of_another() -> None:
    found = select(make_catalogue(OTHER_DOCUMENT, insurers=[ACME]))
    assert (found.insurer, found.applied, found.left_out) == (ACME, (), ())


def test_a_plan_does_not_fall_back_on_the_parent_or_a_sister_of_its_insurer() -> None:
    parent, sister = make_insurer("parent"), make_insurer("sister", parent="parent")
    child = make_insurer("acme", parent="parent")
    catalogue = make_catalogue(
        make_document(insurer=parent), make_document(insurer=sister), insurers=[child]
    )
    assert select(catalogue).applied == ()


def test_an_insurer_we_do_not_hold_is_none() -> None:
    found = select(make_catalogue(OTHER_DOCUMENT), insurer="nobody")
    assert (found.insurer, found.applied) == (None, ())


def test_a_vendor_speaks_for_no_plan_without_a_link() -> None:
    assert select(make_catalogue(VENDOR_DOCUMENT, insurers=[ACME])).applied == ()


def test_a_vendor_speaks_for_the_plan_that_a_document_links_it_to() -> None:
    catalogue = make_catalogue(
        VENDOR_DOCUMENT,
        ACME_DOCUMENT,
        insurers=[OTHER],
        administrations=(make_link("acme", "vendor"),),
    )
    assert roles(select(catalogue)) == [("acme", Role.OWN), ("vendor", Role.ADMINISTRATOR)]
    assert select(catalogue, insurer="other").applied == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(COMMERCIAL, [("vendor", Role.ADMINISTRATOR)], id="the line of the link"),
        pytest.param(ADVANTAGE, [], id="another line"),
        pytest.param(None, [], id="a line that was not given"),
    ],
)
def test_a_link_for_one_line_holds_for_that_line_only(
    line: LineOfBusiness | None, expected: list[tuple[str, Role]]
) -> None:
    both = make_document(insurer=VENDOR, lines=(COMMERCIAL, ADVANTAGE))
    link = make_link("acme", "vendor", COMMERCIAL)
    catalogue = make_catalogue(both, insurers=[ACME], administrations=(link,))
    assert roles(select(catalogue, line_of_business=line)) == expected


def test_a_program_rule_stands_beside_the_plans_own_document() -> None:
    own = make_document(insurer=ACME, lines=(ADVANTAGE,))
    found = select(make_catalogue(RULE, own), line_of_business=ADVANTAGE)
    assert roles(found) == [("acme", Role.OWN), ("medicare", Role.PROGRAM_RULE)]


def test_a_program_rule_stands_alone_where_there_is_no_document() -> None:
    found = select(make_catalogue(RULE), insurer="nobody", line_of_business=ADVANTAGE)
    assert roles(found) == [("medicare", Role.PROGRAM_RULE)]


def test_a_program_rule_stays_a_rule_when_the_program_is_named_as_the_insurer() -> None:
    found = select(make_catalogue(RULE), insurer="medicare", line_of_business=ADVANTAGE)
    assert roles(found) == [("medicare", Role.PROGRAM_RULE)]
    found = select(make_catalogue(RULE), insurer="medicare", line_of_business=ORIGINAL)
    assert roles(found) == [("medicare", Role.OWN)]


def test_a_program_rule_does_not_bind_another_line() -> None:
    assert select(make_catalogue(RULE), insurer=None).applied == ()
    assert select(make_catalogue(RULE), insurer=None, line_of_business=None).applied == ()


def test_a_programs_document_that_binds_nobody_else_is_for_its_own_plans() -> None:
    guide = make_document(insurer=MEDICARE, lines=(ORIGINAL, ADVANTAGE))
    catalogue = make_catalogue(guide, insurers=[ACME])
    assert select(catalogue, line_of_business=ADVANTAGE).applied == ()
    assert roles(select(catalogue, insurer=None, line_of_business=ORIGINAL)) == [
        ("medicare", Role.OWN)
    ]


def test_own_documents_come_first_then_the_administrators_then_the_rules() -> None:
    catalogue = make_catalogue(
        RULE,
        make_document(insurer=VENDOR, lines=(ADVANTAGE,)),
        make_document(insurer=ACME, slug="b", lines=(ADVANTAGE,)),
        make_document(insurer=ACME, slug="a", lines=(ADVANTAGE,)),
        administrations=(make_link("acme", "vendor"),),
    )
    found = select(catalogue, line_of_business=ADVANTAGE)
    assert [one.document.stem for one in found.applied] == [
        "acme--a",
        "acme--b",
        "vendor--ketamine",
        "medicare--rule",
    ]


# For which plans


def test_a_document_of_another_line_is_left_out() -> None:
    found = select(make_catalogue(ACME_DOCUMENT), line_of_business=ADVANTAGE)
    assert reason(found) is LeftOutReason.OTHER_LINE


def test_a_line_that_was_not_given_is_a_caution() -> None:
    found = select(make_catalogue(ACME_DOCUMENT), line_of_business=None)
    assert cautions(found) == (Caution.LINE_UNKNOWN,)


def in_massachusetts(*lines: LineOfBusiness) -> Document:
    return make_document(insurer=ACME, lines=lines, states=("MA",))


@pytest.mark.parametrize(
    ("line", "issued", "lives", "applies"),
    [
        pytest.param(COMMERCIAL, "MA", "NH", True, id="commercial, issued there"),
        pytest.param(COMMERCIAL, "NH", "MA", False, id="commercial, only lives there"),
        pytest.param(MEDICAID, "NH", "MA", True, id="Medicaid, lives there"),
        pytest.param(MEDICAID, "MA", "NH", False, id="Medicaid, moved away"),
        pytest.param(ADVANTAGE, None, "MA", True, id="Medicare Advantage, lives there"),
    ],
)
def test_state(line: LineOfBusiness, issued: str | None, lives: str, *, applies: bool) -> None:
    found = select(
        make_catalogue(in_massachusetts(line)),
        line_of_business=line,
        issue_state=issued,
        residence_state=lives,
    )
    if applies:
        assert cautions(found) == ()
    else:
        assert reason(found) is LeftOutReason.OTHER_STATE


@pytest.mark.parametrize("lives", [None, "MA", "NH"])
def test_where_a_commercial_plan_was_issued_is_a_caution_when_it_was_not_given(
    lives: str | None,
) -> None:
    found = select(make_catalogue(in_massachusetts(COMMERCIAL)), residence_state=lives)
    assert cautions(found) == (Caution.STATE_UNKNOWN,)


def test_neither_line_nor_state_given_are_two_cautions() -> None:
    found = select(make_catalogue(in_massachusetts(COMMERCIAL)), line_of_business=None)
    assert cautions(found) == (Caution.LINE_UNKNOWN, Caution.STATE_UNKNOWN)


def test_a_document_of_the_whole_country_asks_for_no_state() -> None:
    assert cautions(select(make_catalogue(ACME_DOCUMENT))) == ()


@pytest.mark.parametrize(("age", "applies"), [(30, True), (15, False), (None, None)])
def test_a_condition_for_applying(age: int | None, *, applies: bool | None) -> None:
    catalogue = make_catalogue(make_document(insurer=ACME, applies_if=ADULT))
    found = select(catalogue, age=age)
    if applies is False:
        assert reason(found) is LeftOutReason.CONDITION_FOR_APPLYING_FAILS
    else:
        open_ones = () if applies else (Caution.CONDITION_FOR_APPLYING_OPEN,)
        assert cautions(found) == open_ones


# In which edition

OLD = make_edition(make_position(), effective="2024-01-01")
NEW = make_edition(make_position(), effective="2026-01-01")
CORRECTED = make_edition(
    make_position(), effective="2026-01-01", revision=2, change_note="A limit was wrong."
)
UNDATED = make_edition(make_position(), effective=None, readings=(make_reading(read_on="2025-06"),))
COMING = make_edition(make_position(), effective="2027-01-01")
ENDED = make_edition(effective="2026-06-01", status=EditionStatus.WITHDRAWN)


@pytest.mark.parametrize(
    ("editions", "on", "expected"),
    [
        pytest.param([OLD, NEW], dt.date(2026, 1, 1), NEW, id="the newest, from its first day"),
        pytest.param([OLD, NEW], dt.date(2025, 12, 31), OLD, id="the older, to its last"),
        pytest.param([NEW, OLD], ON, NEW, id="whatever order they stand in"),
        pytest.param([OLD, NEW], dt.date(2023, 12, 31), None, id="before the first"),
        pytest.param([NEW, CORRECTED], ON, CORRECTED, id="the last revision of a date"),
        pytest.param([CORRECTED, NEW], ON, CORRECTED, id="also when it stands first"),
        pytest.param([NEW, COMING], ON, NEW, id="one of the future does not count yet"),
        pytest.param([COMING], ON, None, id="only one of the future"),
        pytest.param([UNDATED], ON, UNDATED, id="an undated one, after it was read"),
        pytest.param([UNDATED], dt.date(2025, 6, 1), UNDATED, id="from the day it was read"),
        pytest.param([UNDATED], dt.date(2025, 5, 31), None, id="an undated one claims no past day"),
        pytest.param([UNDATED, OLD], ON, OLD, id="a dated one goes before an undated one"),
        pytest.param(
            [UNDATED, COMING], ON, UNDATED, id="an undated one before the first dated one"
        ),
        pytest.param([NEW, ENDED], ON, ENDED, id="the withdrawal, from its day on"),
        pytest.param([NEW, ENDED], dt.date(2026, 5, 31), NEW, id="the rule, until its withdrawal"),
    ],
)
def test_edition_in_force(editions: list[Any], on: dt.date, expected: Any) -> None:
    document = make_document(*editions, insurer=ACME)
    assert document.edition_in_force(on) == expected

    found = select(make_catalogue(document), on=on)
    if expected is None:
        is_dated = all(one.effective for one in editions)
        assert reason(found) is (
            LeftOutReason.BEFORE_FIRST_EDITION if is_dated else LeftOutReason.UNDATED
        )
    else:
        assert [one.edition for one in found.applied] == [expected]
