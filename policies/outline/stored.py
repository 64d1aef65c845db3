"""The working form as JSON: what the database holds, and what a page carries."""

from collections.abc import Mapping
from typing import Any

from policies.outline import GROUPS, LEAVES, LISTS, Line, Working, WorkingPosition, WorkingSource


class StoredError(ValueError):
    """JSON that is no working form."""


def write_working(working: Working) -> dict[str, Any]:
    """The JSON of a working form."""
    return {
        "fields": dict(working.fields),
        "spanish": dict(working.spanish),
        "sources": [
            {"key": one.key, "name": one.name, "fields": dict(one.fields)}
            for one in working.sources
        ],
        "positions": [_write_position(one) for one in working.positions],
    }


def _write_position(position: WorkingPosition) -> dict[str, Any]:
    return {
        "key": position.key,
        "fields": dict(position.fields),
        "spanish": dict(position.spanish),
        "lists": {
            name: [_write_line(one) for one in lines] for name, lines in position.lists.items()
        },
    }


def _write_line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "kind": line.kind,
        "fields": dict(line.fields),
        "spanish": dict(line.spanish),
        "members": [_write_line(one) for one in line.members],
    }


def read_working(data: Any) -> Working:
    """The working form of JSON; StoredError where it is none, or names a part twice."""
    try:
        working = Working(
            fields=_mapping(data["fields"]),
            spanish=_mapping(data["spanish"]),
            sources=tuple(
                WorkingSource(str(one["key"]), str(one["name"]), _mapping(one["fields"]))
                for one in data["sources"]
            ),
            positions=tuple(_read_position(one) for one in data["positions"]),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise StoredError("This is not a draft's working form.") from error
    keys = all_keys(working)
    if len(keys) != len(set(keys)):
        raise StoredError("A part stands twice in this working form.")
    return working


def all_keys(working: Working) -> list[str]:
    """The key of every part, in reading order."""
    keys = [one.key for one in working.sources]

    def note(lines: tuple[Line, ...]) -> None:
        for line in lines:
            keys.append(line.key)
            note(line.members)

    for position in working.positions:
        keys.append(position.key)
        for lines in position.lists.values():
            note(lines)
    return keys


def _read_position(data: Any) -> WorkingPosition:
    lists = {
        name: tuple(_read_line(one) for one in lines)
        for name, lines in _mapping(data["lists"]).items()
    }
    if not set(lists) <= set(LISTS):
        raise StoredError("This working form has a list of an unknown name.")
    if any(len(lines) > 1 for name, lines in lists.items() if name != "priorities"):
        raise StoredError("A list of this working form has two lines at its top.")
    return WorkingPosition(
        str(data["key"]), _mapping(data["fields"]), lists, _mapping(data["spanish"])
    )


def _read_line(data: Any) -> Line:
    if data["kind"] not in (*GROUPS, *LEAVES):
        raise StoredError("This working form has a line of an unknown kind.")
    return Line(
        str(data["key"]),
        str(data["kind"]),
        _mapping(data["fields"]),
        tuple(_read_line(one) for one in data["members"]),
        _mapping(data["spanish"]),
    )


def _mapping(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise StoredError("This is not a draft's working form.")
    return data
