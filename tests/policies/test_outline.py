"""The working form of a draft: its operations lose nothing, and its data is the edition's own."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.catalogue import Edition
from policies.catalogue.reading import read_edition
from policies.catalogue.writing import write_edition
from policies.outline import (
    EDITION,
    GROUPS,
    LEAVES,
    LISTS,
    MOST_LEVELS,
    OutlineError,
    Working,
    WorkingPosition,
    WorkingSource,
    find_spot,
    lines_of,
)
from policies.outline.data import from_edition_data, to_edition_data, write
from policies.outline.faulty import faults
from policies.outline.operations import (
    add_after,
    add_inside,
    begin_list,
    blank_line,
    change_kind,
    delete,
    indent,
    mark_unread,
    move,
    outdent,
    regroup,
    wrap,
)
from policies.outline.parts import (
    add_position,
    add_source,
    delete_part,
    move_part,
    set_part,
    set_source,
)
from policies.outline.readable import readable
from policies.outline.stored import StoredError, all_keys, read_working, write_working
from tests.factories import real_catalogue

EDITIONS = [
    pytest.param(edition, id=f"{document.stem} {edition.effective}, {edition.revision}")
    for document in real_catalogue().documents
    for edition in document.editions
]


def working_of(edition: Edition) -> Working:
    return from_edition_data(write_edition(edition))


def labels(working: Working) -> str:
    """The labels of the first list, those of a group's lines in brackets."""

    def shown(lines: Any) -> str:
        return " ".join(
            one.fields["label"] + (f"({shown(one.members)})" if one.is_group else "")
            for one in lines
        )

    return shown(working.positions[0].lists["criteria"])


def leaf(label: str) -> dict[str, Any]:
    return {"label": label, "fact": "age", "min": 18}


@pytest.fixture
def working() -> Working:
    """A list `all(a b any(c d))`, its lines known by their labels."""
    tree = {
        "label": "all",
        "all_of": [leaf("a"), leaf("b"), {"label": "any", "any_of": [leaf("c"), leaf("d")]}],
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


def key_of(working: Working, label: str) -> str:
    return next(one.key for one in lines_of(working) if one.fields["label"] == label)


# To and from the data form


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_data_of_every_edition_comes_back_as_it_was(edition: Edition) -> None:
    data = write_edition(edition)
    working = from_edition_data(data)
    assert to_edition_data(working) == data
    assert list(to_edition_data(working)) == list(data)
    assert read_edition(to_edition_data(working)) == edition
    assert read_working(write_working(working)) == working
    assert faults(working) == ()
    assert readable(working).edition == edition
    assert from_edition_data(data) == working


def test_the_words_in_spanish_stand_at_the_places_of_the_data(working: Working) -> None:
    spanish = {
        "change_note": "una nota",
        "positions[0].limits[1]": "dos al año",
        "positions[0].criteria.all_of[2].any_of[0].label": "ce",
    }
    data = to_edition_data(working)
    data["change_note"] = "a note"
    data["positions"][0]["limits"] = ["one", "two a year"]
    read = from_edition_data(data, spanish)
    assert find_spot(read, key_of(read, "c")).line.spanish == {"label": "ce"}  # type: ignore[union-attr]
    assert write(read).spanish == spanish


def test_a_list_that_was_not_read_is_not_one_that_is_missing(working: Working) -> None:
    top = key_of(working, "all")
    without = delete(working, top)
    assert [one.text for one in faults(without)] == ["Begin the list, or say that it was not read."]
    assert faults(mark_unread(without, working.positions[0].key)) == ()
    with pytest.raises(OutlineError, match="some of it was read"):
        mark_unread(working, working.positions[0].key)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(None, id="nothing"),
        pytest.param({"fields": {}, "spanish": {}, "sources": [], "positions": [1]}, id="a number"),
        pytest.param(
            {"fields": [], "spanish": {}, "sources": [], "positions": []}, id="a list of fields"
        ),
        pytest.param(
            {"fields": {}, "spanish": {"note": [None]}, "sources": [], "positions": []},
            id="Spanish that is no text",
        ),
        pytest.param(
            {"fields": {"[": 1}, "spanish": {}, "sources": [], "positions": []},
            id="a name that can't be found again, and would be looked for forever",
        ),
    ],
)
def test_what_is_no_working_form_is_refused(data: Any) -> None:
    with pytest.raises(StoredError):
        read_working(data)


def test_a_working_form_with_a_part_twice_is_refused(working: Working) -> None:
    data = write_working(working)
    data["sources"].append(data["sources"][0])
    with pytest.raises(StoredError, match="twice"):
        read_working(data)


# One operation at a time


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda w, k: move(w, k("b"), -1), "all(b a any(c d))", id="up"),
        pytest.param(lambda w, k: move(w, k("a"), 1), "all(b a any(c d))", id="down"),
        pytest.param(lambda w, k: outdent(w, k("c")), "all(a b any(d) c)", id="outdent"),
        pytest.param(lambda w, k: delete(w, k("any")), "all(a b)", id="delete a group"),
        pytest.param(lambda w, k: delete(w, k("c")), "all(a b any(d))", id="delete a line"),
        pytest.param(
            lambda w, k: add_after(w, k("a"), blank_line("n", "fact")),
            "all(a  b any(c d))",
            id="add after",
        ),
        pytest.param(
            lambda w, k: add_inside(w, k("any"), blank_line("n", "all_of")),
            "all(a b any(c d All of the following()))",
            id="add a group inside",
        ),
        pytest.param(
            lambda w, k: wrap(w, k("b"), blank_line("n", "none_of")),
            "all(a None of the following(b) any(c d))",
            id="put into a group",
        ),
        pytest.param(
            lambda w, k: indent(move(w, k("b"), 1), k("b")), "all(a any(c d b))", id="indent"
        ),
    ],
)
def test_an_operation_does_what_it_says(
    working: Working, change: Callable[[Working, Callable[[str], str]], Working], expected: str
) -> None:
    assert labels(change(working, lambda label: key_of(working, label))) == expected


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda w, k: move(w, k("a"), -1), "the first already", id="up"),
        pytest.param(lambda w, k: move(w, k("d"), 1), "the last already", id="down"),
        pytest.param(lambda w, k: indent(w, k("b")), "no group right above", id="indent"),
        pytest.param(lambda w, k: outdent(w, k("a")), "outermost level", id="outdent"),
        pytest.param(
            lambda w, k: add_after(w, k("all"), blank_line("n", "fact")), "one line", id="after top"
        ),
        pytest.param(
            lambda w, k: add_inside(w, k("a"), blank_line("n", "fact")), "Only a group", id="inside"
        ),
        pytest.param(lambda w, k: regroup(w, k("a"), "any_of"), "Only a group", id="regroup"),
        pytest.param(lambda w, k: change_kind(w, k("any"), "count"), "stays a group", id="kind"),
        pytest.param(lambda w, k: delete(w, "nobody"), "no longer there", id="gone"),
    ],
)
def test_what_can_not_be_done_is_said(
    working: Working, change: Callable[[Working, Callable[[str], str]], Working], said: str
) -> None:
    with pytest.raises(OutlineError, match=said):
        change(working, lambda label: key_of(working, label))


def test_a_group_is_joined_otherwise_and_its_usual_label_follows(working: Working) -> None:
    key = key_of(working, "any")
    with_number = regroup(working, key, "at_least")
    assert to_edition_data(with_number)["positions"][0]["criteria"]["all_of"][2]["at_least"] == 2
    assert labels(with_number) == "all(a b any(c d))"
    usual = add_inside(working, key, blank_line("n", "all_of"))
    assert labels(regroup(usual, "n", "none_of")).endswith("None of the following()))")


def test_a_line_that_asks_for_something_else_keeps_its_words(working: Working) -> None:
    key = key_of(working, "a")
    source = {"from": "page", "quote": "At least 18."}
    sourced = set_part(working, key, {**leaf("a"), "source": source, "id": "adult"}, {})
    for kind in LEAVES:
        spot = find_spot(change_kind(sourced, key, kind), key)
        assert spot
        assert (spot.line.fields["label"], spot.line.fields["source"]) == ("a", source)
        assert ("min" in spot.line.fields and "fact" in spot.line.fields) == (kind == "fact")


def test_nothing_is_nested_more_deeply_than_a_reader_can_follow(working: Working) -> None:
    inner = key_of(working, "any")
    for number in range(MOST_LEVELS - 2):
        working = add_inside(working, inner, blank_line(inner := f"n{number}", "all_of"))
    with pytest.raises(OutlineError, match="would lose the way"):
        add_inside(working, inner, blank_line("last", "fact"))
    with pytest.raises(OutlineError, match="would lose the way"):
        wrap(working, inner, blank_line("last", "any_of"))


def test_what_refers_to_a_source_follows_its_new_name(working: Working) -> None:
    source = working.sources[0]
    key = key_of(working, "a")
    working = set_part(working, key, {**leaf("a"), "source": {"from": "page"}}, {})
    renamed = set_source(working, source.key, "copy", source.fields)
    assert faults(renamed) == ()
    assert to_edition_data(renamed)["positions"][0]["criteria"]["all_of"][0]["source"] == {
        "from": "copy"
    }


# Any operations


def some_change(draw: st.DrawFn, working: Working, key: str) -> tuple[Working, set[str], set[str]]:
    """One change to a working form: what came of it, and which parts came and went."""
    lines = [one.key for one in lines_of(working)]
    positions = [one.key for one in working.positions]
    at = draw(st.sampled_from(lines)) if lines else ""
    kind = draw(st.sampled_from((*GROUPS, *LEAVES)))
    position = draw(st.sampled_from(positions)) if positions else ""
    name = draw(st.sampled_from(LISTS))
    spot = find_spot(working, at)
    inside = {one.key for one in [spot.line, *_all(spot.line.members)]} if spot else set()
    changes: dict[str, tuple[Callable[[], Working], set[str], set[str]]] = {
        "after": (lambda: add_after(working, at, blank_line(key, kind)), {key}, set()),
        "inside": (lambda: add_inside(working, at, blank_line(key, kind)), {key}, set()),
        "begin": (lambda: begin_list(working, position, name, blank_line(key, kind)), {key}, set()),
        "unread": (lambda: mark_unread(working, position), set(), set()),
        "wrap": (lambda: wrap(working, at, blank_line(key, "any_of")), {key}, set()),
        "in": (lambda: indent(working, at), set(), set()),
        "out": (lambda: outdent(working, at), set(), set()),
        "up": (lambda: move(working, at, -1), set(), set()),
        "down": (lambda: move(working, at, 1), set(), set()),
        "delete": (lambda: delete(working, at), set(), inside),
        "regroup": (lambda: regroup(working, at, kind), set(), set()),
        "kind": (lambda: change_kind(working, at, kind), set(), set()),
        "fields": (lambda: set_part(working, at, {"label": "x", "min": "?"}, {}), set(), set()),
        "source": (lambda: add_source(working, WorkingSource(key, "page")), {key}, set()),
        "position": (lambda: add_position(working, WorkingPosition(key)), {key}, set()),
        "part up": (lambda: move_part(working, position, -1), set(), set()),
    }
    change, came, went = changes[draw(st.sampled_from(sorted(changes)))]
    return change(), came, went


def _all(lines: Any) -> list[Any]:
    return [found for one in lines for found in (one, *_all(one.members))]


@settings(max_examples=60)
@given(data=st.data(), edition=st.sampled_from([one.values[0] for one in EDITIONS]))
def test_any_changes_keep_every_part_exactly_once(data: st.DataObject, edition: Any) -> None:
    working = working_of(edition)
    names = (f"n{number}" for number in count())

    @st.composite
    def changed(draw: st.DrawFn) -> tuple[Working, set[str], set[str]]:
        try:
            return some_change(draw, working, next(names))
        except OutlineError:
            return working, set(), set()

    for _ in range(data.draw(st.integers(1, 12))):
        before = set(all_keys(working))
        working, came, went = data.draw(changed())
        after = all_keys(working)
        assert len(after) == len(set(after))
        assert set(after) == (before | came) - went
        assert read_working(write_working(working)) == working
    # Whatever came of it: its faults are named, each at a part that is there, and the rest is read.
    keys = {EDITION, *all_keys(working)}
    assert all(one.key in keys and one.text for one in faults(working))
    readable(working)


def test_a_deleted_position_and_source_go_with_all_that_is_in_them(working: Working) -> None:
    without = delete_part(delete_part(working, working.positions[0].key), working.sources[0].key)
    assert all_keys(without) == []
    with pytest.raises(OutlineError, match="no longer there"):
        delete_part(without, "1")
