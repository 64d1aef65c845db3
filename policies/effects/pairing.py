"""Which parts of two editions are the same: by keys where one was copied, else by best match."""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence

from policies.effects.likeness import Likeness, similarity
from policies.outline import LISTS, Line, Working, WorkingPosition, walk

ALIKE_IN_PLACE, ALIKE_ANYWHERE = 0.5, 0.8
HELD_IN_COMMON = 0.5


class Pairing:
    """Which key of one edition is which of the other; both ways."""

    def __init__(self) -> None:
        self.after: dict[str, str] = {}
        self.before: dict[str, str] = {}

    def join(self, before: str, after: str) -> None:
        self.after[before] = after
        self.before[after] = before

    def is_free(self, before: str, after: str) -> bool:
        return before not in self.after and after not in self.before


def pair(before: Working, after: Working, origin: Working | None = None) -> Pairing:
    """Pair positions and lines; `origin` is how `after` stood when it was begun as a copy.

    Its keys live on in `after`, so that a line is known however much it was changed.
    """
    found = Pairing()
    if origin is not None:
        _follow(found, pair(before, origin), after)
    _pair_positions(found, before.positions, after.positions)
    held = {one.key: one for one in after.positions}
    for old in before.positions:
        if old.key in found.after:
            _Lines(found, old, held[found.after[old.key]]).pair()
    return found


def _follow(found: Pairing, at_first: Pairing, after: Working) -> None:
    """What is left of the copy is still what it was copied from."""
    positions = [one.key for one in after.positions]
    lines = [line.key for one in after.positions for line in _lines_of(one)]
    for key in (*positions, *lines):
        if key in at_first.before:
            found.join(at_first.before[key], key)


def _lines_of(position: WorkingPosition) -> list[Line]:
    return [line for name in LISTS for line in walk(position.lists.get(name, ()))]


def _pair_positions(
    found: Pairing, before: Sequence[WorkingPosition], after: Sequence[WorkingPosition]
) -> None:
    def scope(one: WorkingPosition) -> object:
        return [line.fields for line in one.lists.get("applies_if", ())]

    likenesses: tuple[Callable[[WorkingPosition], object], ...] = (
        lambda one: (one.fields, scope(one)),
        lambda one: (one.fields.get("treatment"), one.fields.get("indications"), scope(one)),
        lambda one: (one.fields.get("treatment"), one.fields.get("indications")),
        lambda one: (one.fields.get("treatment"), scope(one)),
        lambda one: one.fields.get("treatment"),
    )
    for likeness in likenesses:
        _pair_equal(found, before, after, lambda one, of=likeness: _text(of(one)))


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def _pair_equal(
    found: Pairing,
    before: Sequence[Line] | Sequence[WorkingPosition],
    after: Sequence[Line] | Sequence[WorkingPosition],
    of: Callable[..., Hashable | None],
) -> None:
    """Pair what is still alone and of one likeness, the first with the first; None is like none."""
    waiting: dict[Hashable, list[str]] = {}
    for one in after:
        if one.key not in found.before:
            waiting.setdefault(of(one), []).append(one.key)
    for one in before:
        likeness = of(one)
        if one.key not in found.after and likeness is not None and waiting.get(likeness):
            found.join(one.key, waiting[likeness].pop(0))


class _Lines:
    """Pairs the lines of two positions that are the same."""

    def __init__(self, found: Pairing, before: WorkingPosition, after: WorkingPosition) -> None:
        self.found, self.lists = found, (before.lists, after.lists)
        self.before, self.after = _lines_of(before), _lines_of(after)
        self.held = {one.key: one for one in self.after}
        self.like = Likeness((*self.before, *self.after))

    def pair(self) -> None:
        """From what is surely the same to what is only alike."""
        self._wholes()
        self._settle()
        for of in self.like.anywhere():
            _pair_equal(self.found, self.before, self.after, of)
            self._settle()
        self._groups()
        self._settle()
        # What is left of two whole lists is the same list, joined in another way.
        for name in LISTS:
            if name != "priorities":
                self._pair_all(self.lists[0].get(name, ()), self.lists[1].get(name, ()))
        self._settle(least=ALIKE_IN_PLACE)
        self._alike(self.before, self.after, ALIKE_ANYWHERE)
        self._settle(least=ALIKE_IN_PLACE)

    def _pair_all(self, before: Sequence[Line], after: Sequence[Line]) -> None:
        for old, new in zip(before, after, strict=False):
            if self.found.is_free(old.key, new.key):
                self.found.join(old.key, new.key)

    def _wholes(self) -> None:
        """Whole groups that stand once on either side are the same, wherever they are."""
        of = self.like.whole
        sides = [_alone(filter(lambda one: one.is_group, lines), of) for lines in self._sides()]
        for content, old in sides[0].items():
            if content in sides[1]:
                self._join_wholes(old, sides[1][content])

    def _sides(self) -> tuple[list[Line], list[Line]]:
        return self.before, self.after

    def _join_wholes(self, old: Line, new: Line) -> None:
        if not self.found.is_free(old.key, new.key):
            return
        for before, after in zip(walk((old,)), walk((new,)), strict=True):
            if self.found.is_free(before.key, after.key):
                self.found.join(before.key, after.key)

    def _settle(self, *, least: float | None = None) -> None:
        """Pair the members of each pair of groups, and theirs, while there is something to pair."""
        for name in LISTS:
            self._members(self.lists[0].get(name, ()), self.lists[1].get(name, ()), least)
        number = -1
        while number != len(self.found.after):
            number = len(self.found.after)
            for old in self.before:
                new = self.held.get(self.found.after.get(old.key, ""))
                if new is not None and old.members and new.members:
                    self._members(old.members, new.members, least)

    def _members(self, before: Sequence[Line], after: Sequence[Line], least: float | None) -> None:
        for of in self.like.in_place():
            _pair_equal(self.found, before, after, of)
        if least is not None:
            self._alike(before, after, least)

    def _groups(self) -> None:
        """Groups that hold mostly the same lines are the same."""
        pairs = [
            (common, old, new)
            for old in self.before
            for new in self.after
            if old.is_group and new.is_group and self.found.is_free(old.key, new.key)
            if (common := self._in_common(old, new)) >= HELD_IN_COMMON
        ]
        self._best_first(pairs)

    def _in_common(self, old: Line, new: Line) -> float:
        ours = {one.key for one in walk(old.members)}
        theirs = {one.key for one in walk(new.members)}
        common = sum(self.found.after.get(key) in theirs for key in ours)
        return 2 * common / max(len(ours) + len(theirs), 1)

    def _alike(self, before: Sequence[Line], after: Sequence[Line], least: float) -> None:
        pairs = [
            (score, old, new)
            for old in before
            if old.key not in self.found.after
            for new in after
            if self.found.is_free(old.key, new.key)
            if (score := similarity(self.like.of(old), self.like.of(new))) >= least
        ]
        self._best_first(pairs)

    def _best_first(self, pairs: Iterable[tuple[float, Line, Line]]) -> None:
        ranks = [{one.key: rank for rank, one in enumerate(side)} for side in self._sides()]

        # Of pairs that share a line no two have the same sum, so both directions choose alike.
        def order(found: tuple[float, Line, Line]) -> tuple[float, int]:
            score, old, new = found
            return -score, ranks[0][old.key] + ranks[1][new.key]

        for _score, old, new in sorted(pairs, key=order):
            if self.found.is_free(old.key, new.key):
                self.found.join(old.key, new.key)


def _alone(lines: Iterable[Line], of: Callable[[Line], Hashable]) -> dict[Hashable, Line]:
    """Those whose likeness no other has, the greatest first."""
    held: dict[Hashable, list[Line]] = {}
    for line in lines:
        held.setdefault(of(line), []).append(line)
    alone = {content: found[0] for content, found in held.items() if len(found) == 1}
    return dict(sorted(alone.items(), key=lambda item: -sum(1 for _ in walk((item[1],)))))
