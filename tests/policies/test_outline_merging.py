"""Two people at one draft: nothing is lost, and what both changed is theirs to choose."""

from collections.abc import Callable
from itertools import count
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.outline import EDITION, OutlineError, Working, find_spot, lines_of
from policies.outline.data import from_edition_data, to_edition_data
from policies.outline.merging import merge
from policies.outline.operations import (
    add_after,
    add_inside,
    begin_list,
    blank_line,
    delete,
    indent,
    move,
    outdent,
    regroup,
    wrap,
)
from policies.outline.parts import add_position, add_source, delete_part, set_part, set_source
from policies.outline.stored import all_keys, read_working, write_working
from tests.policies.test_outline import EDITIONS, key_of, labels, leaf, some_change, working_of

Change: TypeAlias = Callable[[Working], Working]


@pytest.fixture
def base() -> Working:
    """A list `all(a b any(c d) e)`, its lines known by their labels."""
    tree = {
        "label": "all",
        "all_of": [
            leaf("a"),
            leaf("b"),
            {"label": "any", "any_of": [leaf("c"), leaf("d")]},
            leaf("e"),
        ],
    }
    position = {
        "treatment": "iv_ketamine",
        "indications": ["mdd"],
        "coverage": "covered_with_criteria",
        "criteria": tree,
    }
    reading = {
        "kind": "live_document",
        "read_on": "2026-11-25",
        "read_by": "Anna",
        "description": "The page.",
    }
    return from_edition_data({"sources": {"page": reading}, "positions": [position]})


def on(label: str, operation: Callable[..., Working], *more: Any) -> Change:
    """An operation at the line of a label."""
    return lambda working: operation(working, key_of(working, label), *more)


def says(line: str, /, **fields: Any) -> Change:
    """Give a line other fields."""

    def change(working: Working) -> Working:
        key = key_of(working, line)
        spot = find_spot(working, key)
        assert spot
        return set_part(working, key, {**spot.line.fields, **fields}, spot.line.spanish)

    return change


def new(key: str, label: str, kind: str = "fact") -> Any:
    line = blank_line(key, kind)
    return type(line)(line.key, line.kind, {**line.fields, "label": label})


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        pytest.param(
            says("a", label="A"), says("b", label="B"), "all(A B any(c d) e)", id="two labels"
        ),
        pytest.param(
            says("a", label="A"), says("a", min=21), "all(A b any(c d) e)", id="label and test"
        ),
        pytest.param(
            on("a", add_after, new("m", "M")),
            on("a", add_after, new("t", "T")),
            "all(a M T b any(c d) e)",
            id="two new lines at one place",
        ),
        pytest.param(
            on("any", add_inside, new("m", "M")),
            on("any", move, -1),
            "all(a any(c d M) b e)",
            id="a new line in a group that moved",
        ),
        pytest.param(
            on("c", outdent), says("c", label="C"), "all(a b any(d) C e)", id="moved and renamed"
        ),
        pytest.param(
            on("a", delete), on("e", delete), "all(b any(c d))", id="two lines taken away"
        ),
        pytest.param(on("a", delete), on("a", delete), "all(b any(c d) e)", id="the same line"),
        pytest.param(
            on("any", add_inside, new("m", "M")),
            on("any", delete),
            "all(a b e M)",
            id="a new line in a group that was taken away",
        ),
        pytest.param(
            on("b", wrap, new("m", "M", "all_of")),
            on("b", wrap, new("t", "T", "any_of")),
            "all(a M(b) T() any(c d) e)",
            id="one line in two new groups",
        ),
        pytest.param(
            on("any", regroup, "all_of"),
            on("d", move, -1),
            "all(a b any(d c) e)",
            id="joined otherwise and reordered",
        ),
    ],
)
def test_what_only_one_of_them_touched_is_taken(
    base: Working, mine: Change, theirs: Change, expected: str
) -> None:
    merged = merge(base, mine(base), theirs(base))
    assert merged.differences == ()
    assert labels(merged.working) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "named", "outcomes"),
    [
        pytest.param(
            says("a", label="M"),
            says("a", label="T"),
            "label",
            ("all(T b any(c d) e)", "all(M b any(c d) e)"),
            id="two labels of one line",
        ),
        pytest.param(
            says("a", label="M"),
            on("a", delete),
            "presence",
            ("all(b any(c d) e)", "all(b any(c d) e M)"),
            id="renamed and taken away",
        ),
        pytest.param(
            on("e", indent),
            on("e", delete),
            "presence",
            ("all(a b any(c d))", "all(a b any(c d e))"),
            id="moved and taken away",
        ),
        pytest.param(
            on("any", delete),
            says("c", label="T"),
            "presence",
            ("all(a b e T)", "all(a b e)"),
            id="a group taken away and a line in it renamed",
        ),
    ],
)
def test_what_both_changed_is_named_and_chosen(
    base: Working, mine: Change, theirs: Change, named: str, outcomes: tuple[str, str]
) -> None:
    merged = merge(base, mine(base), theirs(base))
    assert [one.facet for one in merged.differences] == [named]
    assert labels(merged.working) == outcomes[0]
    chosen = merge(base, mine(base), theirs(base), [merged.differences[0].name])
    assert labels(chosen.working) == outcomes[1]


def test_dates_sources_and_positions_are_joined_field_by_field(base: Working) -> None:
    source, position = base.sources[0], base.positions[0]
    mine = set_part(base, EDITION, {"effective": "2026-01", "notes": ["one"]}, {})
    mine = set_source(mine, source.key, "copy", source.fields)
    mine = set_part(mine, position.key, {**position.fields, "note": "M"}, {"note": "m"})
    theirs = set_part(base, EDITION, {"effective": "2026-02", "status": "withdrawn"}, {})
    theirs = add_source(theirs, base.sources[0].__class__("n", "new"))
    theirs = add_position(theirs, position.__class__("p"))
    merged = merge(base, mine, theirs)
    assert [one.name for one in merged.differences] == ["edition/effective"]
    assert merged.working.fields == {
        "effective": "2026-02",
        "status": "withdrawn",
        "notes": ["one"],
    }
    assert [one.name for one in merged.working.sources] == ["copy", "new"]
    assert merged.working.positions[0].fields["note"] == "M"
    assert merged.working.positions[0].spanish == {"note": "m"}
    assert [one.key for one in merged.working.positions] == [position.key, "p"]


def test_a_position_taken_away_by_one_and_changed_by_the_other_is_a_choice(base: Working) -> None:
    key = base.positions[0].key
    mine, theirs = delete_part(base, key), says("a", label="T")(base)
    merged = merge(base, mine, theirs)
    assert [one.name for one in merged.differences] == [f"{key}/presence"]
    assert labels(merged.working) == "all(T b any(c d) e)"
    assert merge(base, mine, theirs, [f"{key}/presence"]).working.positions == ()


def test_a_list_that_both_began_keeps_the_lines_of_both(base: Working) -> None:
    key = base.positions[0].key
    mine = begin_list(base, key, "continuation", new("m", "M"))
    theirs = begin_list(base, key, "continuation", new("t", "T", "all_of"))
    merged = merge(base, mine, theirs)
    (top,) = merged.working.positions[0].lists["continuation"]
    assert (top.key, [one.key for one in top.members]) == ("t", ["m"])


@settings(max_examples=60)
@given(data=st.data(), edition=st.sampled_from([one.values[0] for one in EDITIONS]))
def test_joining_loses_no_line_that_somebody_kept_and_keeps_none_twice(
    data: st.DataObject, edition: Any
) -> None:
    base = working_of(edition)
    names = (f"n{number}" for number in count())

    @st.composite
    def changed(draw: st.DrawFn, working: Working) -> Working:
        for _ in range(draw(st.integers(1, 5))):
            try:
                working, _, _ = some_change(draw, working, next(names))
            except OutlineError:
                continue
        return working

    mine, theirs = data.draw(changed(base)), data.draw(changed(base))
    merged = merge(base, mine, theirs)
    keys = all_keys(merged.working)
    assert len(keys) == len(set(keys))
    assert read_working(write_working(merged.working)) == merged.working
    assert {one.key for one in lines_of(mine)} & {one.key for one in lines_of(theirs)} <= set(keys)
    # Against someone who changed nothing, what came of it is the other's.
    assert merge(base, mine, base).working == mine
    assert merge(base, base, theirs).working == theirs
    assert to_edition_data(merge(base, mine, mine).working) == to_edition_data(mine)
