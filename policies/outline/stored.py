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
            fields=_fields(data["fields"]),
            spanish=_words(data["spanish"]),
            sources=tuple(
                WorkingSource(str(one["key"]), str(one["name"]), _fields(one["fields"]))
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
        str(data["key"]), _fields(data["fields"]), lists, _words(data["spanish"])
    )


def _read_line(data: Any) -> Line:
    if data["kind"] not in (*GROUPS, *LEAVES):
        raise StoredError("This working form has a line of an unknown kind.")
    return Line(
        str(data["key"]),
        str(data["kind"]),
        _fields(data["fields"]),
        tuple(_read_line(one) for one in data["members"]),
        _words(data["spanish"]),
    )


def _mapping(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise StoredError("This is not a draft's working form.")
    return data


def _fields(data: Any) -> Mapping[str, Any]:
    """By plain names: a place is made of them, and is taken apart at its dots and brackets."""
    found = _mapping(data)
    if not all(name.isidentifier() for name in found):
        raise StoredError("A field of this working form has a name that no field has.")
    return found


def _words(data: Any) -> Mapping[str, Any]:
    """Each a text, or a list of texts."""
    found = _mapping(data)
    for one in found.values():
        if not all(isinstance(text, str) for text in (one if isinstance(one, list) else [one])):
            raise StoredError("The Spanish of this working form is no text.")
    return found
