"""A working form of an edition: what a draft holds while it is being written, faulty or not.

Every part has a key that stays through all changes, so that a page, a fault and another person's
change can name it. The parts hold their fields in the data form (house style: "Criteria"); what was
typed wrong stands in them as it was typed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

EDITION = "edition"  # the key of what stands about the edition itself
GROUPS = ("all_of", "any_of", "at_least", "none_of")
LEAVES = ("fact", "count", "scale", "icd10", "judgement", "unread", "first_list")
LISTS = ("criteria", "continuation", "applies_if", "priorities")
MOST_LEVELS = 12


class OutlineError(ValueError):
    """A change that can't be made; its text says why, and what can."""


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion or a group with its members; `spanish` holds its words in that language."""

    key: str
    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    members: tuple["Line", ...] = ()
    spanish: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_group(self) -> bool:
        return self.kind in GROUPS


@dataclass(frozen=True, slots=True)
class WorkingSource:
    """One reading of the source, under the short name that criteria refer to."""

    key: str
    name: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkingPosition:
    """What the edition says of one treatment; `lists` by name, empty where a list was not read."""

    key: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    lists: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    spanish: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Working:
    """An edition while it is written."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[WorkingSource, ...] = ()
    positions: tuple[WorkingPosition, ...] = ()
    spanish: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line stands: its list, the groups around it from the outside in, and its rank."""

    line: Line
    position: WorkingPosition
    list_name: str
    parents: tuple[Line, ...]
    siblings: tuple[Line, ...]
    index: int

    @property
    def may_have_siblings(self) -> bool:
        """Each list but that of priorities is one tree."""
        return bool(self.parents) or self.list_name == "priorities"

    @property
    def is_first(self) -> bool:
        return self.index == 0

    @property
    def is_last(self) -> bool:
        return self.index == len(self.siblings) - 1

    @property
    def may_indent(self) -> bool:
        return not self.is_first and self.siblings[self.index - 1].is_group

    @property
    def may_outdent(self) -> bool:
        return len(self.parents) > (0 if self.list_name == "priorities" else 1)


def walk(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Yield every line, in reading order."""
    for line in lines:
        yield line
        yield from walk(line.members)


def lines_of(working: Working) -> Iterator[Line]:
    """Yield every line of every list."""
    for position in working.positions:
        for lines in position.lists.values():
            yield from walk(lines)


def find_spot(working: Working, key: str) -> Spot | None:
    """Where the line with this key stands."""
    for position in working.positions:
        for name, lines in position.lists.items():
            found = _find(lines, key, ())
            if found is not None:
                parents, siblings, index = found
                return Spot(siblings[index], position, name, parents, siblings, index)
    return None


def _find(
    lines: tuple[Line, ...], key: str, parents: tuple[Line, ...]
) -> tuple[tuple[Line, ...], tuple[Line, ...], int] | None:
    for index, line in enumerate(lines):
        if line.key == key:
            return parents, lines, index
        found = _find(line.members, key, (*parents, line))
        if found is not None:
            return found
    return None


def find_position(working: Working, key: str) -> WorkingPosition | None:
    return next((one for one in working.positions if one.key == key), None)


def find_source(working: Working, key: str) -> WorkingSource | None:
    return next((one for one in working.sources if one.key == key), None)


def part_fields(working: Working, key: str) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """The fields of any part, and its words in Spanish; nothing where there is no such part."""
    if key == EDITION:
        return working.fields, working.spanish
    source = find_source(working, key)
    if source is not None:
        return source.fields, {}
    position = find_position(working, key)
    if position is not None:
        return position.fields, position.spanish
    spot = find_spot(working, key)
    return None if spot is None else (spot.line.fields, spot.line.spanish)
