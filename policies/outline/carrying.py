"""The keys of a draft's parts, carried over to what came back from its text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from policies.outline import Line, Working, WorkingPosition, WorkingSource

Part = TypeVar("Part", Line, WorkingPosition, WorkingSource)


def carry_keys(before: Working, after: Working, fresh: Iterator[str]) -> Working:
    """Give each part of `after` the key it had in `before`, and a fresh one where it is new.

    Its words in Spanish go along while the English ones are the same.
    """
    carrier = _Carrier(fresh)
    return Working(
        after.fields,
        carrier.sources(before.sources, after.sources),
        carrier.positions(before.positions, after.positions),
        _still_said(before.fields, before.spanish, after.fields),
    )


@dataclass(frozen=True, slots=True)
class _Carrier:
    fresh: Iterator[str]

    def sources(
        self, before: tuple[WorkingSource, ...], after: tuple[WorkingSource, ...]
    ) -> tuple[WorkingSource, ...]:
        pairs = _pairs(before, after, lambda one: one.name, lambda one: one.fields)
        return tuple(replace(new, key=old.key if old else next(self.fresh)) for old, new in pairs)

    def positions(
        self, before: tuple[WorkingPosition, ...], after: tuple[WorkingPosition, ...]
    ) -> tuple[WorkingPosition, ...]:
        pairs = _pairs(
            before,
            after,
            lambda one: (one.fields, one.lists.keys()),
            lambda one: (one.fields.get("treatment"), one.fields.get("indications")),
            lambda one: one.fields.get("treatment"),
        )
        return tuple(self._position(old, new) for old, new in pairs)

    def _position(self, old: WorkingPosition | None, new: WorkingPosition) -> WorkingPosition:
        held = old or WorkingPosition(next(self.fresh))
        return WorkingPosition(
            held.key,
            new.fields,
            {
                name: self.lines(held.lists.get(name, ()), lines)
                for name, lines in new.lists.items()
            },
            _still_said(held.fields, held.spanish, new.fields),
        )

    def lines(self, before: tuple[Line, ...], after: tuple[Line, ...]) -> tuple[Line, ...]:
        pairs = _pairs(
            before,
            after,
            lambda one: (one.kind, one.fields),
            lambda one: (one.is_group, one.fields.get("id") or one.fields.get("label")),
            lambda one: (one.is_group, one.fields.get("label")),
            lambda one: one.kind,
        )
        return tuple(self._line(old, new) for old, new in pairs)

    def _line(self, old: Line | None, new: Line) -> Line:
        held = old or Line(next(self.fresh), new.kind)
        return replace(
            new,
            key=held.key,
            members=self.lines(held.members, new.members),
            spanish=_still_said(held.fields, held.spanish, new.fields),
        )


def _pairs(
    before: tuple[Part, ...], after: tuple[Part, ...], *likenesses: Callable[[Part], object]
) -> list[tuple[Part | None, Part]]:
    """Each part with the one it was before: by the closest likeness, in order."""
    left = list(before)
    found: dict[int, Part] = {}
    for likeness in likenesses:
        for index, new in enumerate(after):
            if index in found:
                continue
            old = next((one for one in left if likeness(one) == likeness(new)), None)
            if old is not None:
                found[index] = old
                left.remove(old)
    return [(found.get(index), new) for index, new in enumerate(after)]


def _still_said(
    old: Mapping[str, Any], spanish: Mapping[str, Any], new: Mapping[str, Any]
) -> dict[str, Any]:
    return {name: words for name, words in spanish.items() if old.get(name) == new.get(name)}
