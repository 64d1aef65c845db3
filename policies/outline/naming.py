"""What a part of a draft is called in a sentence."""

from policies.outline import EDITION, Working, find_source, find_spot


def name_of(working: Working, key: str) -> str:
    """The edition, a source, a position or a line, by its own words where it has some."""
    if key == EDITION:
        return "the edition's dates and notes"
    source = find_source(working, key)
    if source:
        return f"the source “{source.name}”" if source.name else "a source without a name"
    for number, position in enumerate(working.positions, 1):
        if position.key == key:
            return f"position {number}"
    spot = find_spot(working, key)
    label = str(spot.line.fields.get("label") or "") if spot else ""
    return f"“{label}”" if label else "a line without words"
