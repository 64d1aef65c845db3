"""What a new part begins with: a line where the one before it was read, an edition as the first."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from policies.catalogue import EditionStatus
from policies.outline import Line, Working, WorkingPosition, find_position, find_spot

CARRIED = ("from", "section")  # the words quoted are each line's own


def begun() -> Working:
    """An edition in which nothing stands yet but what nearly every one is."""
    return Working({"revision": 1, "status": EditionStatus.IN_FORCE.value})


def started_position(working: Working, key: str) -> WorkingPosition:
    """A new position, read in the only source where there is but one."""
    only = _only_source(working)
    return WorkingPosition(key, {"source": only} if only else {})


def started(working: Working, line: Line, key: str, *, is_inside: bool = False) -> Line:
    """A new line below another, or as the last inside it, with the source it is likely from."""
    found = next((one for one in map(_source_of, _before(working, key, is_inside)) if one), {})
    found = {**_only_source(working), **found}
    return replace(line, fields={**line.fields, "source": found}) if found else line


def _only_source(working: Working) -> dict[str, Any]:
    names = [one.name for one in working.sources if one.name]
    return {"from": names[0]} if len(names) == 1 else {}


def _before(working: Working, key: str, is_inside: bool) -> Iterator[Line | WorkingPosition]:
    """What stands before a new line, the nearest first."""
    position = find_position(working, key)
    spot = find_spot(working, key)
    if spot:
        if is_inside:
            yield from reversed(spot.line.members)
        yield spot.line
        yield from reversed(spot.parents)
        yield spot.position
    if position:
        yield position


def _source_of(part: Line | WorkingPosition) -> dict[str, Any]:
    source = part.fields.get("source")
    held = source if isinstance(source, Mapping) else {}
    return {name: held[name] for name in CARRIED if held.get(name)}
