"""The lines of two editions beside one another, in reading order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from policies.effects.likeness import SAYING
from policies.effects.pairing import Pairing
from policies.effects.rules import CAME, WENT, RuleChange, joined, rule_changes
from policies.effects.words import turn_on_other_words
from policies.outline import LISTS, Line, WorkingPosition

LIST_TITLES = {
    "criteria": "What it asks",
    "continuation": "To go on with it",
    "applies_if": "For which plans it holds",
    "priorities": "What it puts first",
}


class State(StrEnum):
    """What became of a line or a position. `moved`: within its group, which changes no rule."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"


class Weight(StrEnum):
    """How much a change can do: `look` for words that say more than was done to the rule."""

    RULE = "rule"
    LOOK = "look"
    WORDS = "words"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class LineEffect:
    """One line before and after; `line` is as it is now, or as it was.

    `is_top` unless it came or went with the group around it; `is_elsewhere` where it stands in
    another group than it did.
    """

    line: Line
    state: State
    weight: Weight
    list_name: str
    depth: int
    before: Line | None = None
    after: Line | None = None
    rules: tuple[RuleChange, ...] = ()
    is_top: bool = True
    is_elsewhere: bool = False
    group: Line | None = None

    @property
    def anchor(self) -> str:
        return f"now-{self.after.key}" if self.after else f"was-{self.line.key}"


Rows = dict[str, tuple[LineEffect, ...]]


def line_effects(
    before: WorkingPosition | None, after: WorkingPosition | None, pairing: Pairing
) -> Rows:
    """The rows of each list of a position."""
    rows = _Rows(before, after, pairing)
    return {name: found for name in LISTS if (found := tuple(rows.of(name)))}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands: in which list, and in which group of it."""

    list_name: str
    group: Line | None

    def words(self) -> str:
        if self.group is None:
            return f"the top of “{LIST_TITLES[self.list_name]}”"
        return f"“{self.group.fields.get('label') or ''}” ({joined(self.group)})"


class _Rows:
    def __init__(
        self, before: WorkingPosition | None, after: WorkingPosition | None, pairing: Pairing
    ) -> None:
        self.pairing = pairing
        self.lists = tuple(one.lists if one else {} for one in (before, after))
        self.places = tuple(_places(lists) for lists in self.lists)
        self.before = {line.key: line for line in _walk(self.lists[0])}

    def of(self, name: str) -> Iterator[LineEffect]:
        old, new = (lists.get(name, ()) for lists in self.lists)
        yield from self._level(name, old, new, depth=0, is_inside_new=False)

    def _level(
        self,
        name: str,
        before: Sequence[Line],
        after: Sequence[Line],
        *,
        depth: int,
        is_inside_new: bool,
    ) -> Iterator[LineEffect]:
        """The lines of one group as they are now, each with those that stood behind it and went."""
        went = self._went_behind(before, after)
        moved = self._out_of_order(before, after)
        for line in went[""]:
            yield from self._gone(name, line, depth)
        for line in after:
            yield from self._now(
                name, line, depth, is_reordered=line.key in moved, is_inside_new=is_inside_new
            )
            for one in went[line.key]:
                yield from self._gone(name, one, depth)

    def _went_behind(self, before: Sequence[Line], after: Sequence[Line]) -> dict[str, list[Line]]:
        went: dict[str, list[Line]] = {"": [], **{one.key: [] for one in after}}
        at = ""
        for line in before:
            now = self.pairing.after.get(line.key)
            if now is None:
                went[at].append(line)
            elif now in went:
                at = now
        return went

    def _out_of_order(self, before: Sequence[Line], after: Sequence[Line]) -> set[str]:
        """Those of a group that have to move for the others to stand in their old order."""
        ranks = {self.pairing.after.get(one.key): rank for rank, one in enumerate(before)}
        stayed = [one.key for one in after if one.key in ranks]
        kept = _longest_rise([ranks[key] for key in stayed])
        return {key for key in stayed if ranks[key] not in kept}

    def _now(
        self, name: str, line: Line, depth: int, *, is_reordered: bool, is_inside_new: bool
    ) -> Iterator[LineEffect]:
        old = self.before.get(self.pairing.before.get(line.key, ""))
        if old is None:
            yield self._came(name, line, depth, is_top=not is_inside_new)
        else:
            yield self._both(name, old, line, depth, is_reordered=is_reordered)
        yield from self._level(
            name,
            old.members if old else (),
            line.members,
            depth=depth + 1,
            is_inside_new=old is None,
        )

    def _came(self, name: str, line: Line, depth: int, *, is_top: bool) -> LineEffect:
        place = self.places[1][line.key]
        rules = (RuleChange(_of_place(place, CAME, "New")),) if is_top else ()
        return LineEffect(
            line,
            State.NEW,
            Weight.RULE,
            name,
            depth,
            after=line,
            rules=rules,
            is_top=is_top,
            group=place.group,
        )

    def _gone(
        self, name: str, line: Line, depth: int, *, is_top: bool = True
    ) -> Iterator[LineEffect]:
        place = self.places[0][line.key]
        rules = (RuleChange(_of_place(place, WENT, "Gone")),) if is_top else ()
        yield LineEffect(
            line,
            State.GONE,
            Weight.RULE,
            name,
            depth,
            before=line,
            rules=rules,
            is_top=is_top,
            group=place.group,
        )
        for member in line.members:
            if member.key not in self.pairing.after:
                yield from self._gone(name, member, depth + 1, is_top=False)

    def _both(
        self, name: str, old: Line, new: Line, depth: int, *, is_reordered: bool
    ) -> LineEffect:
        was, now = self.places[0][old.key], self.places[1][new.key]
        rules = rule_changes(old, new)
        is_elsewhere = was.list_name != now.list_name or self._is_other_group(was.group, now.group)
        if is_elsewhere:
            rules = (*rules, RuleChange("Moved", was.words(), now.words()))
        is_other = (old.kind, old.fields) != (new.kind, new.fields)
        state = State.CHANGED if is_other else State.SAME
        if state is State.SAME and (is_elsewhere or is_reordered):
            state = State.MOVED
        weight = _weight(old, new, rules, is_other)
        return LineEffect(
            new,
            state,
            weight,
            name,
            depth,
            old,
            new,
            rules,
            is_elsewhere=is_elsewhere,
            group=now.group,
        )

    def _is_other_group(self, was: Line | None, now: Line | None) -> bool:
        held = self.pairing.after.get(was.key) if was else ""
        return held != (now.key if now else "")


def _of_place(place: _Place, words: Mapping[str, str], otherwise: str) -> str:
    if place.group is not None:
        return words.get(place.group.kind, otherwise)
    if place.list_name == "priorities":
        return f"{otherwise} in what it puts first"
    return f"{otherwise}: the whole of “{LIST_TITLES[place.list_name]}”"


def _weight(old: Line, new: Line, rules: tuple[RuleChange, ...], is_other: bool) -> Weight:
    if rules:
        return Weight.RULE
    if not is_other:
        return Weight.NOTHING
    names = ("label", "quote", "note")
    is_other_claim = any(turn_on_other_words(said(old, one), said(new, one)) for one in names)
    return Weight.LOOK if is_other_claim else Weight.WORDS


def said(line: Line, name: str) -> str:
    """What stands in a field that only says the line; `quote` and `section` are in its source."""
    if name in SAYING:
        value = line.fields.get(name)
    else:
        source = line.fields.get("source")
        value = source.get(name) if isinstance(source, Mapping) else ""
    return str(value or "").strip()


def _walk(lists: Mapping[str, tuple[Line, ...]]) -> Iterator[Line]:
    for lines in lists.values():
        for line in lines:
            yield line
            yield from _walk({"": line.members})


def _places(lists: Mapping[str, tuple[Line, ...]]) -> dict[str, _Place]:
    places: dict[str, _Place] = {}

    def note(name: str, lines: Iterable[Line], group: Line | None) -> None:
        for line in lines:
            places[line.key] = _Place(name, group)
            note(name, line.members, line)

    for name, lines in lists.items():
        note(name, lines, None)
    return places


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """The most of different numbers that stand in rising order.

    >>> sorted(_longest_rise([3, 0, 1, 2]))
    [0, 1, 2]
    """
    if all(one < other for one, other in pairwise(numbers)):
        return set(numbers)
    best: list[list[int]] = []
    for number in numbers:
        longest: list[int] = []
        for run in best:
            if run[-1] < number and len(run) > len(longest):
                longest = run
        best.append([*longest, number])
    return set(next(run for run in best if len(run) == max(map(len, best))))
