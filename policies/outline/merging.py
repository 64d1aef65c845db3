"""Two people's changes to one draft, joined: what only one of them touched is taken as it is.

Where both changed the same otherwise, the two are named as a difference, and theirs stands until
mine is chosen. Lines that were added, moved or taken away are joined list by list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from policies.outline import (
    EDITION,
    Line,
    Working,
    WorkingPosition,
    WorkingSource,
    find_position,
    find_source,
    find_spot,
    lines_of,
)
from policies.outline.operations import KEPT
from policies.outline.placing import each_once, joined_order, put_back

MISSING = object()
TEST = "test"  # what a line asks, all of it together
SPANISH = "spanish"
PRESENCE = "presence"


@dataclass(frozen=True, slots=True)
class Difference:
    """What two people changed otherwise; None where one of them took it away."""

    key: str
    facet: str
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """What a choice between the two is called."""
        return f"{self.key}/{self.facet}"


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of joining, and what both had changed."""

    working: Working
    differences: tuple[Difference, ...]


def merge(base: Working, mine: Working, theirs: Working, choose_mine: Iterable[str] = ()) -> Merged:
    """Join what two people made of `base`; `choose_mine` names the differences that are mine."""
    return _Merge(base, mine, theirs, frozenset(choose_mine)).merged()


class _Merge:
    """The joining of three states, noting differences as it goes."""

    def __init__(
        self, base: Working, mine: Working, theirs: Working, chosen: frozenset[str]
    ) -> None:
        self.states = (base, mine, theirs)
        self.lines = tuple({one.key: one for one in lines_of(state)} for state in self.states)
        self.chosen = chosen
        self.differences: list[Difference] = []

    def merged(self) -> Merged:
        fields, spanish = self._words(EDITION, *map(_words_of, self.states))
        sources = [self._source(key) for key in self._keys_of("sources")]
        positions = [self._position(key) for key in self._keys_of("positions")]
        joined = Working(
            fields,
            tuple(one for one in sources if one is not None),
            each_once(tuple(one for one in positions if one is not None)),
            spanish,
        )
        return Merged(self._put_back(joined), tuple(self.differences))

    def _settle(self, key: str, facet: str, base: Any, mine: Any, theirs: Any) -> Any:
        """One value of the three; a difference where both changed it."""
        if mine in (theirs, base):
            return theirs
        if theirs == base:
            return mine
        found = Difference(
            key,
            facet,
            None if mine is MISSING else mine,
            None if theirs is MISSING else theirs,
        )
        self.differences.append(found)
        return mine if found.name in self.chosen else theirs

    def _words(
        self, key: str, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The fields of a part, each settled by itself, and its Spanish as one."""
        settled = {
            facet: self._settle(
                key, facet, *(one.get(facet, MISSING) for one in (base, mine, theirs))
            )
            for facet in dict.fromkeys([*theirs, *mine])
        }
        spanish: dict[str, Any] = settled.pop(SPANISH)
        return {name: one for name, one in settled.items() if one is not MISSING}, spanish

    def _keys_of(self, name: str) -> list[str]:
        """The sources or the positions; what one took away and the other changed among them."""
        base, mine, theirs = ({one.key: one for one in getattr(at, name)} for at in self.states)
        back = [
            key
            for one, other in ((mine, theirs), (theirs, mine))
            for key in one
            if key in base and key not in other and one[key] != base[key]
        ]
        return [*joined_order(list(base), list(mine), list(theirs)), *back]

    def _source(self, key: str) -> WorkingSource | None:
        base, mine, theirs = (find_source(one, key) for one in self.states)
        facet = "source" if mine and theirs else PRESENCE
        found: WorkingSource | None = self._settle(key, facet, base, mine, theirs)
        return found

    def _position(self, key: str) -> WorkingPosition | None:
        base, mine, theirs = (find_position(one, key) for one in self.states)
        if mine is None or theirs is None:
            found: WorkingPosition | None = self._settle(key, PRESENCE, base, mine, theirs)
            return found
        parts = (base or WorkingPosition(key), mine, theirs)
        fields, spanish = self._words(key, *map(_words_of, parts))
        lists = {}
        for name in dict.fromkeys([*theirs.lists, *mine.lists]):
            keys = joined_order(*(_keys(one.lists.get(name, ())) for one in parts))
            lines = self._lines(keys, ())
            # A list that was not read is marked by being empty.
            was_marked, mine_is, theirs_is = (one.lists.get(name) == () for one in parts)
            if lines or (theirs_is if mine_is == was_marked else mine_is):
                lists[name] = lines
        return WorkingPosition(key, fields, lists, spanish)

    def _lines(self, keys: list[str], around: tuple[str, ...]) -> tuple[Line, ...]:
        """The lines of these keys, each with the members that came of joining."""
        found = []
        for key in keys:
            states = [lines.get(key) for lines in self.lines]
            if key in around or not any(states[1:]):  # each was moved into the other
                continue
            if states[0] and not all(states[1:]) and not self._stays(key, *states[1:]):
                continue
            line = self._line(key, *states)
            members = joined_order(*(_keys(one.members) if one else [] for one in states))
            found.append(replace(line, members=self._lines(members, (*around, key))))
        return tuple(found)

    def _stays(self, key: str, mine: Line | None, theirs: Line | None) -> bool:
        """Whether a line stays that one moved and the other took away."""
        found = Difference(key, PRESENCE, mine, theirs)
        self.differences.append(found)
        return (mine if found.name in self.chosen else theirs) is not None

    def _line(self, key: str, base: Line | None, mine: Line | None, theirs: Line | None) -> Line:
        if mine is None or theirs is None:
            return theirs or mine or Line(key, "unread")
        # Both added a line of this key only where nothing of it stood before.
        fields, spanish = self._words(
            key, *(_facets(one) for one in (base or Line(key, ""), mine, theirs))
        )
        kind, own = fields.pop(TEST)
        return Line(key, kind, {**fields, **dict(own)}, (), spanish)

    def _put_back(self, joined: Working) -> Working:
        """Let no line be lost that one added or changed while the other took away its place."""
        base, mine, theirs = self.lines
        here = {one.key for one in lines_of(joined)}
        asked = {one.key for one in self.differences if one.facet == PRESENCE}
        for key in [one for one in mine | theirs if one not in here and one not in asked]:
            state = self.states[2] if key in theirs else self.states[1]
            spot = find_spot(state, key)
            if spot is None or find_position(joined, spot.position.key) is None:
                continue  # its position was taken away, by choice
            is_in_both = key in mine and key in theirs
            if is_in_both or self._wants_back(key, base.get(key), mine.get(key), theirs.get(key)):
                joined = put_back(joined, replace(spot.line, members=()), spot)
        return joined

    def _wants_back(
        self, key: str, base: Line | None, mine: Line | None, theirs: Line | None
    ) -> bool:
        held = mine or theirs
        if base is not None and held is not None and _facets(held) == _facets(base):
            return False  # taken away by one, and left as it was by the other
        bare = (replace(one, members=()) if one else None for one in (base, mine, theirs))
        return self._settle(key, PRESENCE, *bare) is not None


def _words_of(part: Working | WorkingPosition) -> dict[str, Any]:
    return {**part.fields, SPANISH: dict(part.spanish)}


def _facets(line: Line) -> dict[str, Any]:
    """What is settled one by one of a line; what it asks goes together."""
    own = {name: value for name, value in line.fields.items() if name not in KEPT}
    kept = {name: line.fields[name] for name in KEPT if name in line.fields}
    return {**kept, TEST: (line.kind, own), SPANISH: dict(line.spanish)}


def _keys(lines: tuple[Line, ...]) -> list[str]:
    return [one.key for one in lines]
