"""What of a working form can be read already: the rest is left out, and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from policies.catalogue import Edition
from policies.catalogue.reading import read_edition
from policies.outline import (
    EDITION,
    Line,
    Working,
    WorkingPosition,
    WorkingSource,
    find_position,
    find_spot,
)
from policies.outline.data import to_edition_data
from policies.outline.faulty import PartFault, faults
from policies.outline.operations import delete
from policies.outline.parts import delete_part, set_part

# What stands for a field of a source while it is missing.
STAND_INS = {
    "kind": "stored_copy",
    "read_on": "2000",
    "read_by": "nobody yet",
    "description": "not described yet",
}
NOBODY = WorkingSource("nobody", "source", STAND_INS)
# Without one of these a position says nothing that could be shown.
NEEDED = ("treatment", "indications", "coverage")


@dataclass(frozen=True, slots=True)
class Readable:
    """The edition as far as it can be read, and how many lines and positions were left out.

    `working` is the form without them, part for part what the edition has.
    """

    edition: Edition
    left_out: int
    working: Working


def readable(working: Working) -> Readable:
    """Leave out what is faulty until the rest can be read."""
    rest, left_out = _with_stand_ins(working), 0
    while found := faults(rest):
        for fault in found:
            rest, number = _without(rest, fault)
            left_out += number
    return Readable(read_edition(to_edition_data(rest)), left_out, rest)


def _with_stand_ins(working: Working) -> Working:
    """A fault of a source leaves no line out: what a patient reads of it is little."""
    faulty = {(one.key, one.field) for one in faults(working)}
    sources = {
        one.name: replace(one, fields=_stood_in(one, faulty))
        for one in working.sources
        if (one.key, "") not in faulty
    }
    return replace(working, sources=tuple(sources.values()) or (NOBODY,))


def _stood_in(source: WorkingSource, faulty: set[tuple[str, str]]) -> dict[str, Any]:
    held = {
        name: value for name, value in source.fields.items() if (source.key, name) not in faulty
    }
    return STAND_INS | held


def _without(working: Working, fault: PartFault) -> tuple[Working, int]:
    """Without what is at fault, and how many lines or positions went with it."""
    if fault.key == EDITION:
        return replace(working, fields=_edition_without(working.fields, fault.field)), 0
    spot = find_spot(working, fault.key)
    if spot is not None:
        return _line_without(working, spot.line, fault.field)
    position = find_position(working, fault.key)
    # What stood inside something else at fault has gone with it.
    return (working, 0) if position is None else _position_without(working, position, fault.field)


def _edition_without(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    # Only a later revision wants a note on what it changes.
    gone = {"change_note", "revision"} if name == "change_note" else {_first(name)}
    return {one: value for one, value in fields.items() if one not in gone}


def _line_without(working: Working, line: Line, name: str) -> tuple[Working, int]:
    if _first(name) in ("source", "note", "id"):
        return _dropping(working, line, _first(name)), 0
    if name == "at_least" and line.members:
        # Some of its lines may have been left out.
        fields = {**line.fields, name: len(line.members)}
        return set_part(working, line.key, fields, line.spanish), 0
    return delete(working, line.key), 1


def _position_without(
    working: Working, position: WorkingPosition, name: str
) -> tuple[Working, int]:
    first = _first(name)
    if first in NEEDED or not first:
        return delete_part(working, position.key), 1
    if first in position.lists or first == "criteria":
        kept = {one: lines for one, lines in position.lists.items() if one != first}
        # A list that is missing is shown as one that was not read.
        lists = {**kept, first: ()} if first not in position.lists else kept
        changed = replace(position, lists=lists)
        return _with_position(working, changed), 0
    return _dropping(working, position, first), 0


def _with_position(working: Working, position: WorkingPosition) -> Working:
    return replace(
        working,
        positions=tuple(position if one.key == position.key else one for one in working.positions),
    )


def _dropping(working: Working, part: Line | WorkingPosition, name: str) -> Working:
    fields = {one: value for one, value in part.fields.items() if one != name}
    return set_part(working, part.key, fields, part.spanish)


def _first(name: str) -> str:
    """The field that a place begins with.

    >>> _first("source.quote"), _first("limits[0]")
    ('source', 'limits')
    """
    return name.partition(".")[0].partition("[")[0]
