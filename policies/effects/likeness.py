"""How alike two lines are, from wholly the same to some words in common."""

import json
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from policies.outline import Line

Way = Callable[[Line], Hashable]
SAYING = ("id", "label", "source", "note")
# A line that tests the same thing is more likely the same than one that shares a few words.
SAME_SUBJECT = 0.5


@dataclass(frozen=True, slots=True)
class Features:
    """What a line is known by; empty where that tells it from no other."""

    whole: Hashable
    own: str
    name: str
    label: str
    test: str
    subject: str
    words: frozenset[str]
    is_group: bool


def similarity(one: Features, other: Features) -> float:
    """From 0 to 1.5: the share of words in common, and more where both test the same thing."""
    if one.is_group is not other.is_group:
        return 0
    both = one.words | other.words
    shared = len(one.words & other.words) / len(both) if both else 0
    return shared + (SAME_SUBJECT if one.subject and one.subject == other.subject else 0)


class Likeness:
    """The features of every line of two editions, found once."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._found: dict[int, Features] = {}
        for line in lines:
            self._learn(line)

    def of(self, line: Line) -> Features:
        return self._found[id(line)]

    def whole(self, line: Line) -> Hashable:
        return self.of(line).whole

    def in_place(self) -> tuple[Way, ...]:
        """The ways in which two members of the same group are surely the same."""
        return (
            self.whole,
            lambda line: self.of(line).name or None,
            lambda line: self.of(line).own,
            lambda line: self.of(line).label or None,
            lambda line: self.of(line).test or None,
        )

    def anywhere(self) -> tuple[Way, ...]:
        """Those that hold in other groups too: many groups have the same words."""
        whole, name, *others = self.in_place()
        return (whole, name, *(_of_leaves(one) for one in others))

    def _learn(self, line: Line) -> Features:
        held = self._found.get(id(line))
        if held is not None:
            return held
        members = tuple(self._learn(one).whole for one in line.members)
        own = _text([line.kind, line.fields])
        found = Features(
            whole=(own, members),
            own=own,
            name=str(line.fields.get("id") or ""),
            label=str(line.fields.get("label") or ""),
            test=_text([line.kind, test_of(line)]) if tests_alone(line) else "",
            subject=_subject(line),
            words=_words(line.fields),
            is_group=line.is_group,
        )
        self._found[id(line)] = found
        return found


def _of_leaves(likeness: Way) -> Way:
    return lambda line: None if line.is_group else likeness(line)


def test_of(line: Line) -> dict[str, Any]:
    """The fields by which a line decides, apart from those that only say it."""
    return {name: value for name, value in line.fields.items() if name not in SAYING}


def tests_alone(line: Line) -> bool:
    """Whether its test tells it from other lines."""
    return line.kind in ("fact", "count", "scale", "icd10")


def _subject(line: Line) -> str:
    if line.kind == "count":
        where = line.fields.get("where")
        ways = where if isinstance(where, list) else [where]
        return _text([one.get("kind") for one in ways if isinstance(one, Mapping)])
    return {
        "fact": f"fact {line.fields.get('fact')}",
        "scale": f"scale {_text(line.fields.get('scale'))}",
        "icd10": "icd10",
        "unread": "unread",
        "first_list": "first_list",
    }.get(line.kind, "")


def _words(fields: Mapping[str, Any]) -> frozenset[str]:
    source = fields.get("source")
    quote = source.get("quote") if isinstance(source, Mapping) else ""
    return frozenset(re.findall(r"\w+", f"{fields.get('label') or ''} {quote or ''}".lower()))


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)
