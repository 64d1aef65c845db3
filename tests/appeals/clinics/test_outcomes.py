"""How cases ended, counted from their events; and what of it may be told outside."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.clinics.hiding import FEWEST, REST, SharedTable, is_enough, share
from appeals.clinics.outcomes import Asked, Ending, Row, Told, decisions, tally

CASE = UUID(int=1)
DAY = dt.date(2026, 1, 1)


def told(*events: tuple[str, int] | tuple[str, int, tuple[str, ...]]) -> list[Told]:
    """Events of one case, each with the day of the year it fell on."""
    return [
        Told(CASE, one[0], DAY + dt.timedelta(days=one[1]), one[2] if len(one) > 2 else ())
        for one in events
    ]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([("opened", 0), ("submitted", 1)], [], id="nothing is decided yet"),
        pytest.param(
            [("submitted", 1), ("approved", 15)],
            [(Asked.REQUEST, Ending.YES, 14, ())],
            id="approved after two weeks",
        ),
        pytest.param(
            [("submitted", 1), ("denied", 5, ("step_therapy",))],
            [(Asked.REQUEST, Ending.NO, 4, ("step_therapy",))],
            id="a first denial has its own reasons",
        ),
        pytest.param(
            [
                ("submitted", 1),
                ("denied", 5, ("step_therapy",)),
                ("appealed", 20),
                ("overturned", 50),
            ],
            [
                (Asked.REQUEST, Ending.NO, 4, ("step_therapy",)),
                (Asked.APPEAL, Ending.YES, 30, ("step_therapy",)),
            ],
            id="an appeal answers the reasons of the denial",
        ),
        pytest.param(
            [
                ("submitted", 1),
                ("denied", 5, ("step_therapy",)),
                ("appealed", 20),
                ("upheld", 50, ("plan_exclusion",)),
                ("sent_to_review", 60),
                ("partly_approved", 100),
            ],
            [
                (Asked.REQUEST, Ending.NO, 4, ("step_therapy",)),
                (Asked.APPEAL, Ending.NO, 30, ("step_therapy",)),
                (Asked.REVIEW, Ending.PARTLY, 40, ("plan_exclusion",)),
            ],
            id="a review answers the newest reasons",
        ),
        pytest.param(
            [("submitted", 1), ("approved", 3), ("denied", 40)],
            [(Asked.REQUEST, Ending.YES, 2, ()), (Asked.REQUEST, Ending.NO, None, ())],
            id="an approval that is taken back has no time",
        ),
        pytest.param([("submitted", 1), ("withdrawn", 3)], [], id="withdrawn is no decision"),
    ],
)
def test_what_was_decided(
    events: list[tuple[str, int]],
    expected: list[tuple[Asked, Ending, int | None, tuple[str, ...]]],
) -> None:
    found = decisions(told(*events))
    assert [(one.asked, one.ending, one.days, one.reasons) for one in found] == expected


def test_rows_are_counted_with_their_median_time() -> None:
    other = [Told(UUID(int=2), one.kind, one.on) for one in told(("submitted", 0), ("denied", 9))]
    found = decisions([*told(("submitted", 0), ("approved", 4)), *other])
    row = tally(found, lambda one: [one.asked.label])[0]
    assert (row.yes, row.partly, row.no, row.total, row.median_days) == (1, 0, 1, 2, 6.5)


def row(label: str, yes: int, no: int) -> Row:
    return Row(label, yes=yes, no=no)


@pytest.mark.parametrize(
    ("rows", "shown", "rest"),
    [
        pytest.param([row("A", 20, 30)], ["A"], None, id="one row that is large enough"),
        pytest.param([row("A", 20, 30), row("B", 11, 11)], ["A", "B"], None, id="eleven is shown"),
        pytest.param([row("A", 10, 30)], [], None, id="ten is hidden, and the whole with it"),
        pytest.param([row("A", 5, 3), row("B", 2, 1)], [], None, id="too few in all"),
        pytest.param(
            [row("A", 90, 90), row("B", 40, 40), row("C", 20, 3)],
            ["A"],
            (60, 43),
            id="one small row hides the smallest beside it, or it could be computed back",
        ),
        pytest.param(
            [row("A", 90, 90), row("B", 9, 9), row("C", 9, 9)],
            ["A"],
            (18, 18),
            id="two small rows that are enough together",
        ),
        pytest.param(
            [row("A", 90, 90), row("B", 40, 40), row("C", 3, 9), row("D", 2, 9)],
            ["A"],
            (45, 58),
            id="two small rows that are too few together",
        ),
        pytest.param([row("A", 90, 90), row("B", 9, 9)], [], None, id="nothing left to show"),
        pytest.param([row("A", 50, 50), row("B", 30, 0), row("C", 0, 12)], ["A"], (30, 12), id="0"),
    ],
)
def test_what_is_hidden(rows: list[Row], shown: list[str], rest: tuple[int, int] | None) -> None:
    table = share(rows)
    assert [one.label for one in table.rows] == shown
    assert (table.rest and (table.rest.granted, table.rest.refused)) == rest


counts = st.integers(min_value=0, max_value=60)
tables = st.lists(st.tuples(counts, counts, counts), max_size=8).map(
    lambda rows: [Row(f"row {place}", *numbers) for place, numbers in enumerate(rows)]
)


@given(rows=tables)
def test_no_count_under_eleven_is_told_or_computed_back(rows: Sequence[Row]) -> None:
    table = share(rows)
    for one in filter(None, (*table.rows, table.rest, table.whole)):
        assert one.granted >= FEWEST
        assert one.refused >= FEWEST
    hidden = [one for one in rows if one.label not in {each.label for each in table.rows}]
    if table.rows and hidden:
        assert len(hidden) > 1
        assert left_over(table) == (
            sum(one.yes + one.partly for one in hidden),
            sum(one.no for one in hidden),
        )
        assert min(left_over(table)) >= FEWEST


def left_over(table: SharedTable) -> tuple[int, int]:
    """What taking the shown rows from the whole gives."""
    assert table.whole
    return (
        table.whole.granted - sum(one.granted for one in table.rows),
        table.whole.refused - sum(one.refused for one in table.rows),
    )


@given(rows=tables)
def test_a_row_that_is_told_is_told_as_it_is(rows: Sequence[Row]) -> None:
    by_label = {one.label: one for one in rows}
    for one in share(rows).rows:
        assert one.label != REST
        assert is_enough(by_label[one.label])
        assert one.refused == by_label[one.label].no
