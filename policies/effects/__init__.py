"""What an edition changes against the one it follows: line by line, and in worked cases."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policies.catalogue import Edition
from policies.effects.fields import (
    FieldEffect,
    SourceEffect,
    edition_fields,
    position_fields,
    source_effects,
)
from policies.effects.pairing import Pairing, pair
from policies.effects.rows import LineEffect, Rows, State, Weight, line_effects
from policies.outline import Working, WorkingPosition

__all__ = [
    "EditionEffect",
    "LineEffect",
    "PositionEffect",
    "State",
    "Weight",
    "compare",
    "followed_by",
]


@dataclass(frozen=True, slots=True)
class PositionEffect:
    """A position before and after, with its fields that changed and all of its lines.

    `position` is as it is now, or as it was.
    """

    position: WorkingPosition
    state: State
    before: WorkingPosition | None
    after: WorkingPosition | None
    fields: tuple[FieldEffect, ...]
    lists: Rows

    @property
    def anchor(self) -> str:
        """Where it stands on a page, apart from the lines."""
        return f"position-{'now' if self.after else 'was'}-{self.position.key}"

    @property
    def lines(self) -> tuple[LineEffect, ...]:
        return tuple(line for rows in self.lists.values() for line in rows)


@dataclass(frozen=True, slots=True)
class EditionEffect:
    """All that one edition has otherwise than another."""

    fields: tuple[FieldEffect, ...]
    sources: tuple[SourceEffect, ...]
    positions: tuple[PositionEffect, ...]

    def count(self, weight: Weight) -> int:
        """How many changes there are of a weight; a group that came or went whole is one."""
        return sum(one is weight for one in self._weights())

    def _weights(self) -> Iterator[Weight]:
        yield from (one.weight for one in self.fields)
        for position in self.positions:
            if position.state in (State.NEW, State.GONE):
                yield Weight.RULE
                continue
            yield from (one.weight for one in position.fields)
            yield from (one.weight for one in position.lines if one.is_top)

    @property
    def is_none(self) -> bool:
        """Whether all is the same."""
        is_same = all(one.state is State.SAME for one in self.positions)
        return is_same and not self.fields and not self.sources


def compare(before: Working, after: Working, origin: Working | None = None) -> EditionEffect:
    """What `after` has otherwise; `origin` is how it stood when it was begun as a copy."""
    pairing = pair(before, after, origin)
    return EditionEffect(
        edition_fields(before, after),
        source_effects(before, after),
        tuple(_positions(before, after, pairing)),
    )


def _positions(before: Working, after: Working, pairing: Pairing) -> Iterator[PositionEffect]:
    held = {one.key: one for one in before.positions}
    for new in after.positions:
        yield from _position(held.get(pairing.before.get(new.key, "")), new, pairing)
    for old in before.positions:
        if old.key not in pairing.after:
            yield from _position(old, None, pairing)


def _position(
    before: WorkingPosition | None, after: WorkingPosition | None, pairing: Pairing
) -> Iterator[PositionEffect]:
    lists = line_effects(before, after, pairing)
    if before is not None and after is not None:
        fields = position_fields(before, after)
        lines = [one for rows in lists.values() for one in rows]
        is_same = not fields and all(one.state is State.SAME for one in lines)
        state = State.SAME if is_same else State.CHANGED
        yield PositionEffect(after, state, before, after, fields, lists)
    elif after is not None:
        yield PositionEffect(after, State.NEW, None, after, (), lists)
    elif before is not None:
        yield PositionEffect(before, State.GONE, before, None, (), lists)


def followed_by(editions: Iterable[Edition], edition: Edition, *, on: dt.date) -> Edition | None:
    """The edition that this one follows: of those in force on its first day the newest before it.

    One without a date follows what is in force on the day `on`.
    """
    others = [one for one in editions if one is not edition]
    if edition.effective is None:
        known = [one for one in others if one.known_from <= on and one.effective is not None]
        known = known or [one for one in others if one.order < edition.order]
    else:
        known = [one for one in others if one.order < edition.order]
    return max(known, key=lambda one: one.order, default=None)
