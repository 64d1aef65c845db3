"""Where each line goes when two people's changes to a list are joined."""

from dataclasses import replace

from policies.outline import Line, Spot, Working, WorkingPosition, find_position, find_spot
from policies.outline.operations import add_inside, begin_list, blank_line, wrap


def joined_order(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """Theirs, without what mine took away and with what mine added.

    >>> joined_order(["a", "b"], ["a", "c", "b"], ["b"])
    ['c', 'b']
    """
    found = [key for key in theirs if key in mine or key not in base]
    common = [key for key in found if key in base and key in mine]
    if common == [key for key in base if key in common]:
        # Theirs moved none of them, so that they stand as mine has them.
        moved = iter([key for key in mine if key in common])
        found = [next(moved) if key in common else key for key in found]
    for at, key in enumerate(mine):
        if key not in base and key not in theirs:
            before = next((one for one in reversed(mine[:at]) if one in found), None)
            found.insert(0 if before is None else found.index(before) + 1, key)
    return found


def each_once(positions: tuple[WorkingPosition, ...]) -> tuple[WorkingPosition, ...]:
    """Keep a line that two people moved to two places at the first, and one line at each top."""
    seen: set[str] = set()
    found = []
    for position in positions:
        lists = {}
        for name, lines in position.lists.items():
            kept = _first_only(lines, seen)
            if kept or not lines:
                lists[name] = kept if name == "priorities" else _one_top(kept)
        found.append(replace(position, lists=lists))
    return tuple(found)


def _first_only(lines: tuple[Line, ...], seen: set[str]) -> tuple[Line, ...]:
    kept = []
    for line in lines:
        if line.key not in seen:
            seen.add(line.key)
            kept.append(replace(line, members=_first_only(line.members, seen)))
    return tuple(kept)


def _one_top(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Of several lines at the top of a list, those after the first group go into it."""
    if len(lines) < 2:
        return lines
    group = next((one for one in lines if one.is_group), None)
    if group is None:
        around = blank_line(f"{lines[0].key}-around", "all_of")
        return (replace(around, members=lines),)
    rest = tuple(one for one in lines if one is not group)
    return (replace(group, members=(*group.members, *rest)),)


def put_back(joined: Working, line: Line, spot: Spot) -> Working:
    """Put a line into the nearest of the groups around it that is still there."""
    for parent in reversed(spot.parents):
        held = find_spot(joined, parent.key)
        if held is not None and held.line.is_group:
            return add_inside(joined, parent.key, line)
    position = find_position(joined, spot.position.key)
    roots = position.lists.get(spot.list_name, ()) if position else ()
    if not roots or spot.list_name == "priorities":
        return begin_list(joined, spot.position.key, spot.list_name, line)
    if roots[0].is_group:
        return add_inside(joined, roots[0].key, line)
    around = blank_line(f"{line.key}-around", "all_of")
    return add_inside(wrap(joined, roots[0].key, around), around.key, line)
