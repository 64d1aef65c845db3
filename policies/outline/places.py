"""Which one field of a draft changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from policies.outline import EDITION, Line, Working, lines_of

NOTHING = object()


def changed_place(before: Working, after: Working) -> str:
    """The part and the field that alone changed; empty where more did, or none.

    >>> changed_place(Working({"status": "in_force"}), Working({"status": "withdrawn"}))
    'edition/status'
    """
    old, new = dict(_values(before)), dict(_values(after))
    names = [name for name in {**old, **new} if old.get(name, NOTHING) != new.get(name, NOTHING)]
    return names[0] if len(names) == 1 and names[0] != "" else ""


def _values(working: Working) -> Iterator[tuple[str, Any]]:
    """Every value by its place, and under no name how the parts stand to each other."""
    positions = [
        (one.key, [(name, _shape(lines)) for name, lines in one.lists.items()])
        for one in working.positions
    ]
    yield "", ([one.key for one in working.sources], positions)
    yield from _within(EDITION, working.fields, working.spanish)
    for source in working.sources:
        yield from _within(source.key, {**source.fields, "name": source.name}, {})
    for position in working.positions:
        yield from _within(position.key, position.fields, position.spanish)
    for line in lines_of(working):
        yield from _within(line.key, line.fields, line.spanish)


def _within(
    key: str, fields: Mapping[str, Any], spanish: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    for values in (fields, {"es": spanish}):
        yield from _flat(key, values)


def _flat(place: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{place}/{name}", value)
        else:
            yield f"{place}/{name}", value


def _shape(lines: tuple[Line, ...]) -> list[Any]:
    return [(one.key, one.kind, _shape(one.members)) for one in lines]
