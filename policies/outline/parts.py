"""The changes an editor makes around the lines: to the edition, its sources and its positions."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from policies.outline import (
    EDITION,
    Line,
    OutlineError,
    Working,
    WorkingPosition,
    WorkingSource,
    find_position,
    find_source,
)
from policies.outline.operations import set_line

Part = TypeVar("Part", WorkingPosition, WorkingSource)

GONE = "This is no longer there."


def set_part(
    working: Working, key: str, fields: Mapping[str, Any], spanish: Mapping[str, Any]
) -> Working:
    """Give the edition, a position or a line other fields, as they were typed."""
    if key == EDITION:
        return replace(working, fields=fields, spanish=spanish)
    if find_position(working, key) is None:
        return set_line(working, key, fields, spanish)
    return replace(
        working,
        positions=_changed(
            working.positions, key, lambda one: replace(one, fields=fields, spanish=spanish)
        ),
    )


def set_source(working: Working, key: str, name: str, fields: Mapping[str, Any]) -> Working:
    """Give a source other fields; what refers to it follows its new name."""
    held = find_source(working, key)
    if held is None:
        raise OutlineError(GONE)
    sources = _changed(working.sources, key, lambda one: replace(one, name=name, fields=fields))
    changed = replace(working, sources=sources)
    is_renamed = held.name and name and held.name != name
    is_shared = any(one.name == held.name for one in sources)
    return _renamed(changed, held.name, name) if is_renamed and not is_shared else changed


def _renamed(working: Working, old: str, new: str) -> Working:
    def follow(fields: Mapping[str, Any]) -> Mapping[str, Any]:
        source = fields.get("source")
        if not isinstance(source, Mapping) or source.get("from") != old:
            return fields
        return {**fields, "source": {**source, "from": new}}

    def in_line(line: Line) -> Line:
        members = tuple(in_line(one) for one in line.members)
        return replace(line, fields=follow(line.fields), members=members)

    return replace(
        working,
        positions=tuple(
            replace(
                one,
                fields=follow(one.fields),
                lists={name: tuple(map(in_line, lines)) for name, lines in one.lists.items()},
            )
            for one in working.positions
        ),
    )


def add_source(working: Working, source: WorkingSource) -> Working:
    """Add a source, as the last."""
    return replace(working, sources=(*working.sources, source))


def add_position(working: Working, position: WorkingPosition) -> Working:
    """Add a position, as the last."""
    return replace(working, positions=(*working.positions, position))


def delete_part(working: Working, key: str) -> Working:
    """Take a source or a position away, with all that is in it."""
    if find_source(working, key) is None and find_position(working, key) is None:
        raise OutlineError(GONE)
    return replace(
        working,
        sources=tuple(one for one in working.sources if one.key != key),
        positions=tuple(one for one in working.positions if one.key != key),
    )


def move_part(working: Working, key: str, step: int) -> Working:
    """Move a source or a position up (-1) or down (1)."""
    return replace(
        working,
        sources=_moved(working.sources, key, step),
        positions=_moved(working.positions, key, step),
    )


def _moved(parts: tuple[Part, ...], key: str, step: int) -> tuple[Part, ...]:
    at = next((index for index, one in enumerate(parts) if one.key == key), None)
    if at is None:
        return parts
    if not 0 <= at + step < len(parts):
        raise OutlineError("It is the first already." if step < 0 else "It is the last already.")
    rest = [one for one in parts if one.key != key]
    rest.insert(at + step, parts[at])
    return tuple(rest)


def _changed(parts: tuple[Part, ...], key: str, change: Callable[[Part], Part]) -> tuple[Part, ...]:
    return tuple(change(one) if one.key == key else one for one in parts)
