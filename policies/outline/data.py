"""The working form out of an edition's data form and back, and as the JSON that is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from policies.criteria.reading import KINDS
from policies.faults import join
from policies.outline import GROUPS, LISTS, Line, Working, WorkingPosition, WorkingSource

WITH_LIST = ("covered_with_criteria", "individual_consideration")
FIRST = ("id", "label")
LAST = ("source", "note")
BEFORE_POSITIONS = (
    "effective",
    "revision",
    "last_reviewed",
    "status",
    "is_read_whole",
    "change_note",
)
BEFORE_LISTS = (
    "treatment",
    "indications",
    "coverage",
    "prior_authorization",
    "prior_authorization_note",
    "source",
)
BEFORE_RULES = ("applies_if", "criteria", "continuation", "priorities")


# Out of the data form


def from_edition_data(data: Mapping[str, Any], spanish: Mapping[str, str] | None = None) -> Working:
    """The working form of an edition that can be read; `spanish` holds its texts by place.

    The same data gives the same keys.
    """
    keys = (str(number) for number in count(1))
    reader = _Reader(keys, spanish or {})
    return Working(
        fields={
            name: value for name, value in data.items() if name not in ("sources", "positions")
        },
        sources=tuple(
            WorkingSource(next(keys), name, dict(one))
            for name, one in (data.get("sources") or {}).items()
        ),
        positions=tuple(
            reader.position(one, f"positions[{index}]")
            for index, one in enumerate(data.get("positions") or [])
        ),
        spanish=reader.words(data, ""),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    keys: Iterator[str]
    spanish: Mapping[str, str]

    def position(self, data: Mapping[str, Any], place: str) -> WorkingPosition:
        key = next(self.keys)
        lists: dict[str, tuple[Line, ...]] = {}
        for name in LISTS:
            if name not in data:
                continue
            raw, at = data[name], join(place, name)
            if name == "priorities":
                lists[name] = tuple(
                    self.line(one, f"{at}[{index}]") for index, one in enumerate(raw or [])
                )
            else:
                lists[name] = () if raw is None else (self.line(raw, at),)
        fields = {name: value for name, value in data.items() if name not in LISTS}
        return WorkingPosition(key, fields, lists, self.words(fields, place))

    def line(self, data: Mapping[str, Any], place: str) -> Line:
        key = next(self.keys)
        kind = next(kind for kind in KINDS if kind in data)
        held = members_name(kind)
        members = data.get(held, []) if kind in GROUPS else []
        fields = {name: value for name, value in data.items() if kind not in GROUPS or name != held}
        return Line(
            key,
            str(kind),
            fields,
            tuple(
                self.line(one, f"{join(place, held)}[{index}]") for index, one in enumerate(members)
            ),
            self.words(fields, place),
        )

    def words(self, fields: Mapping[str, Any], place: str) -> dict[str, Any]:
        """The Spanish of the fields of one part: of a list, one text for each of its items."""
        found: dict[str, Any] = {}
        for name, value in fields.items():
            at = join(place, name)
            if isinstance(value, str) and at in self.spanish:
                found[name] = self.spanish[at]
            elif isinstance(value, list):
                texts = [self.spanish.get(f"{at}[{index}]", "") for index in range(len(value))]
                if any(texts):
                    found[name] = texts
        return found


def members_name(kind: str) -> str:
    """The field of the data form in which a group has its members."""
    return "of" if kind == "at_least" else kind


# Into the data form


@dataclass(slots=True)
class Written:
    """The data form of a working form, with the key of the part at each place."""

    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    spanish: dict[str, str] = field(default_factory=dict)


def to_edition_data(working: Working) -> dict[str, Any]:
    """The data form; what is faulty in the working form is faulty in it."""
    return write(working).data


def write(working: Working) -> Written:
    """The data form, and what stands at each of its places."""
    written = Written()
    head = _in_order(working.fields, BEFORE_POSITIONS, ())
    before = {name: value for name, value in head.items() if name != "notes"}
    if working.sources:
        before["sources"] = {one.name: dict(one.fields) for one in working.sources}
    positions = [
        _position(one, f"positions[{index}]", written)
        for index, one in enumerate(working.positions)
    ]
    written.keys |= {join("sources", one.name): one.key for one in working.sources}
    _note_words(working.spanish, "", written)
    notes = {"notes": head["notes"]} if "notes" in head else {}
    written.data = {**before, "positions": positions, **notes}
    return written


def _position(position: WorkingPosition, place: str, written: Written) -> dict[str, Any]:
    written.keys[place] = position.key
    _note_words(position.spanish, place, written)
    lists: dict[str, Any] = {}
    wants_list = position.fields.get("coverage") in WITH_LIST
    for name in BEFORE_RULES:
        at = join(place, name)
        lines = position.lists.get(name)
        if name == "priorities" and lines:
            lists[name] = [_line(one, f"{at}[{index}]", written) for index, one in enumerate(lines)]
        elif lines:
            lists[name] = _line(lines[0], at, written)
        elif lines is not None and name == "criteria" and wants_list:
            lists[name] = None
    ordered = _in_order(position.fields, BEFORE_LISTS, ())
    before = {name: value for name, value in ordered.items() if name in BEFORE_LISTS}
    return {**before, **lists, **ordered}


def _line(line: Line, place: str, written: Written) -> dict[str, Any]:
    written.keys[place] = line.key
    _note_words(line.spanish, place, written)
    held = members_name(line.kind)
    members = {
        held: [
            _line(one, f"{join(place, held)}[{index}]", written)
            for index, one in enumerate(line.members)
        ]
    }
    fields = _in_order(line.fields, FIRST, LAST)
    after = {name: fields.pop(name) for name in LAST if name in fields}
    return {**fields, **(members if line.is_group else {}), **after}


def _in_order(
    fields: Mapping[str, Any], first: tuple[str, ...], last: tuple[str, ...]
) -> dict[str, Any]:
    middle = (name for name in fields if name not in first and name not in last)
    return {name: fields[name] for name in (*first, *middle, *last) if name in fields}


def _note_words(spanish: Mapping[str, Any], place: str, written: Written) -> None:
    for name, words in spanish.items():
        at = join(place, name)
        if isinstance(words, str):
            written.spanish[at] = words
        else:
            written.spanish |= {f"{at}[{index}]": text for index, text in enumerate(words) if text}
