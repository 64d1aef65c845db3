"""The changes an editor makes to the lines of a working form, as pure functions.

Each takes the working form and gives the changed one, or raises OutlineError and says why not.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from policies.outline import (
    GROUPS,
    LEAVES,
    MOST_LEVELS,
    Line,
    OutlineError,
    Spot,
    Working,
    WorkingPosition,
    find_position,
    find_spot,
)

Lines: TypeAlias = tuple[Line, ...]

GROUP_LABELS = {
    "all_of": "All of the following",
    "any_of": "Any one of the following",
    "at_least": "At least 2 of the following",
    "none_of": "None of the following",
}
# What a line of each kind holds before anything is said.
BLANK: Mapping[str, Mapping[str, Any]] = {
    "fact": {"fact": ""},
    "count": {"count": "treatments_tried", "where": {}, "min": None},
    "scale": {"scale": []},
    "icd10": {"icd10": []},
    "judgement": {"judgement": ""},
    "unread": {"unread": True},
    "first_list": {"first_list": True},
    "at_least": {"at_least": 2},
}
KEPT = ("id", "label", "source", "note")  # whatever a line asks


def blank_line(key: str, kind: str) -> Line:
    """A line of which nothing is said yet; a group has the usual words."""
    label = GROUP_LABELS.get(kind, "The rest of the list" if kind == "unread" else "")
    return Line(key, kind, {"label": label, **BLANK.get(kind, {})})


# Lines among lines


def begin_list(working: Working, position_key: str, name: str, line: Line) -> Working:
    """Begin a list of a position; what the document puts first takes several lines."""
    position = find_position(working, position_key)
    if position is None:
        raise OutlineError("This position is no longer there.")
    held = position.lists.get(name, ())
    if held and name != "priorities":
        raise OutlineError("This list has begun already; add inside it.")
    return _with_list(working, position, name, (*held, line))


def mark_unread(working: Working, position_key: str) -> Working:
    """Say of a position that its criteria were not read."""
    position = find_position(working, position_key)
    if position is None:
        raise OutlineError("This position is no longer there.")
    if position.lists.get("criteria"):
        raise OutlineError("Delete the list first: some of it was read.")
    return _with_list(working, position, "criteria", ())


def add_after(working: Working, key: str, line: Line) -> Working:
    """Add a line below another, in the same group."""
    spot = _spot(working, key)
    if not spot.may_have_siblings:
        raise OutlineError("A list has one line at its top: add inside it, or put it into a group.")
    return _at(working, spot, lambda lines, at: (*lines[: at + 1], line, *lines[at + 1 :]))


def add_inside(working: Working, key: str, line: Line) -> Working:
    """Add a line as the last of a group."""
    spot = _spot(working, key)
    if not spot.line.is_group:
        raise OutlineError("Only a group holds other lines: put this line into a group first.")
    group = replace(spot.line, members=(*spot.line.members, line))
    return _checked(_at(working, spot, _swap(group)))


def wrap(working: Working, key: str, group: Line) -> Working:
    """Put a line into a group of its own."""
    spot = _spot(working, key)
    return _checked(_at(working, spot, _swap(replace(group, members=(spot.line,)))))


def indent(working: Working, key: str) -> Working:
    """Make a line the last of the group above it."""
    spot = _spot(working, key)
    if not spot.may_indent:
        raise OutlineError("There is no group right above it to go into.")
    above = spot.siblings[spot.index - 1]
    taking = replace(above, members=(*above.members, spot.line))
    return _checked(
        _at(working, spot, lambda lines, at: (*lines[: at - 1], taking, *lines[at + 1 :]))
    )


def outdent(working: Working, key: str) -> Working:
    """Take a line out of its group, to stand right below it."""
    spot = _spot(working, key)
    if not spot.may_outdent:
        raise OutlineError("It stands at the outermost level already.")
    without = delete(working, key)
    return add_after(without, spot.parents[-1].key, spot.line)


def move(working: Working, key: str, step: int) -> Working:
    """Move a line up (-1) or down (1) among those of its group."""
    spot = _spot(working, key)
    other = spot.index + step
    if not 0 <= other < len(spot.siblings):
        raise OutlineError("It is the first already." if step < 0 else "It is the last already.")
    rest = [one for one in spot.siblings if one.key != key]
    rest.insert(other, spot.line)
    return _at(working, spot, lambda _lines, _at: tuple(rest))


def delete(working: Working, key: str) -> Working:
    """Take a line away, with all that is in it."""
    spot = _spot(working, key)
    return _at(working, spot, lambda lines, at: (*lines[:at], *lines[at + 1 :]))


# What a line says


def regroup(working: Working, key: str, kind: str) -> Working:
    """Join the lines of a group otherwise; its label follows where it was the usual one."""
    spot = _spot(working, key)
    if kind not in GROUPS or not spot.line.is_group:
        raise OutlineError("Only a group can be joined otherwise.")
    line = spot.line
    fields = {name: value for name, value in line.fields.items() if name in KEPT}
    if fields.get("label") in ("", None, GROUP_LABELS[line.kind]):
        fields["label"] = GROUP_LABELS[kind]
    fields |= {**BLANK.get(kind, {}), **_number_of(line, kind)}
    return _at(working, spot, _swap(replace(line, kind=kind, fields=fields)))


def _number_of(line: Line, kind: str) -> dict[str, Any]:
    """How many a group asks for, where it went on asking for a number."""
    return {name: line.fields[name] for name in (kind,) if name in line.fields}


def change_kind(working: Working, key: str, kind: str) -> Working:
    """Let a line ask for something else; its words, place and note stay."""
    spot = _spot(working, key)
    if kind not in LEAVES or spot.line.is_group:
        raise OutlineError("A group stays a group; add a line inside it.")
    if kind == spot.line.kind:
        return working
    fields = {name: value for name, value in spot.line.fields.items() if name in KEPT}
    return _at(
        working, spot, _swap(replace(spot.line, kind=kind, fields={**fields, **BLANK[kind]}))
    )


def set_line(
    working: Working, key: str, fields: Mapping[str, Any], spanish: Mapping[str, Any]
) -> Working:
    """Give a line other fields, as they were typed."""
    spot = _spot(working, key)
    return _at(working, spot, _swap(replace(spot.line, fields=fields, spanish=spanish)))


# How it is done


def _spot(working: Working, key: str) -> Spot:
    spot = find_spot(working, key)
    if spot is None:
        raise OutlineError("This line is no longer there.")
    return spot


def _swap(line: Line) -> Callable[[Lines, int], Lines]:
    return lambda lines, at: (*lines[:at], line, *lines[at + 1 :])


def _at(working: Working, spot: Spot, change: Callable[[Lines, int], Lines]) -> Working:
    """Change the lines among which a line stands, and nothing else."""
    lines = change(spot.siblings, spot.index)
    for parent in reversed(spot.parents):
        around = _siblings_of(spot, parent)
        lines = tuple(replace(parent, members=lines) if one is parent else one for one in around)
    return _with_list(working, spot.position, spot.list_name, lines)


def _siblings_of(spot: Spot, parent: Line) -> Lines:
    """The lines among which one of the groups around a line stands."""
    at = spot.parents.index(parent)
    return spot.parents[at - 1].members if at else spot.position.lists[spot.list_name]


def _with_list(working: Working, position: WorkingPosition, name: str, lines: Lines) -> Working:
    lists = {**position.lists, name: lines}
    # A list from which all was taken is as if it had never begun; one not read is marked apart.
    if not lines and position.lists.get(name):
        del lists[name]
    changed = replace(position, lists=lists)
    return replace(
        working,
        positions=tuple(changed if one.key == position.key else one for one in working.positions),
    )


def _checked(working: Working) -> Working:
    """Refuse what is nested more deeply than a reader could follow."""
    for position in working.positions:
        if any(_levels(lines) > MOST_LEVELS for lines in position.lists.values()):
            raise OutlineError(f"No more than {MOST_LEVELS} levels: a reader would lose the way.")
    return working


def _levels(lines: Lines) -> int:
    return 1 + max((_levels(one.members) for one in lines), default=0) if lines else 0
