"""What the page of a review shows: the edition as patients read it, with what was said of it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from policies.catalogue import Edition, Position
from policies.criteria import Node, requirements
from policies.effects.asked_for import asked_for, names_other_number
from policies.models import PolicyVersion, ReviewComment
from policies.outline import EDITION, Line, Working, WorkingPosition
from policies.outline.readable import NOBODY
from policies.presenting.checklists import ChecklistItem, present_outline
from policies.presenting.positions import PositionView, present_position
from policies.presenting.sources import SourceView, present_sources

LISTS = {
    "applies_if": "For which plans this holds",
    "criteria": "What it asks",
    "continuation": "To go on with it",
    "priorities": "What it puts first",
}


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment at a part of a draft; `settled` says by whom it was, empty while it is open."""

    key: int
    part: str
    text: str
    by: str
    at: dt.datetime
    line: str
    is_reason: bool
    settled: str

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"comment-{self.key}"


@dataclass(frozen=True, slots=True)
class LineView:
    """A criterion as patients read it; one without a key is part of the line around it.

    `asks` is the rule behind it, and `is_odd` tells that the words name another number.
    """

    key: str
    item: ChecklistItem
    members: tuple["LineView", ...]
    asks: tuple[str, ...] = ()
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class ListView:
    """One list of a position; `key` is that of the group that is its heading."""

    key: str
    title: str
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class PositionPart:
    """A position with its lists, each line with its key."""

    key: str
    view: PositionView
    lists: tuple[ListView, ...]


@dataclass(frozen=True, slots=True)
class SourcePart:
    """A source that was read."""

    key: str
    view: SourceView


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The whole edition in parts that can be spoken about."""

    sources: tuple[SourcePart, ...]
    positions: tuple[PositionPart, ...]

    def keys(self) -> set[str]:
        """Every part at which comments are shown."""
        found = {
            EDITION,
            *(one.key for one in self.sources),
            *(part.key for part in self.positions),
            *(one.key for part in self.positions for one in part.lists),
            *(line.key for line in self._lines()),
        }
        return found - {""}

    def odd(self) -> tuple[LineView, ...]:
        """The lines to look at twice."""
        return tuple(line for line in self._lines() if line.is_odd)

    def _lines(self) -> Iterable[LineView]:
        tops = (line for part in self.positions for one in part.lists for line in one.lines)
        return (line for top in tops for line in _all(top))


def _all(line: LineView) -> Iterable[LineView]:
    yield line
    for member in line.members:
        yield from _all(member)


def comments_of(version: PolicyVersion) -> tuple[CommentView, ...]:
    """All that was said of an edition, the oldest first."""
    rows = version.comments.select_related("by", "settled_by")
    return tuple(
        CommentView(
            key=row.pk,
            part=row.key,
            text=row.text,
            by=_named(row.by),
            at=row.at,
            line=row.line,
            is_reason=row.kind == ReviewComment.Kind.SENT_BACK,
            settled=_named(row.settled_by) if row.settled_by else "",
        )
        for row in rows
    )


def threads(comments: Iterable[CommentView]) -> dict[str, list[CommentView]]:
    """What was said of each part, by its key."""
    found: dict[str, list[CommentView]] = {}
    for one in comments:
        found.setdefault(one.part, []).append(one)
    return found


def _named(person: User) -> str:
    return person.get_full_name() or person.get_username()


def reviewed(working: Working, edition: Edition) -> Reviewed:
    """The edition that was read from a working form, part by part with their keys."""
    views = present_sources(edition)
    return Reviewed(
        sources=tuple(
            SourcePart(one.key, views[one.name]) for one in working.sources if one != NOBODY
        ),
        positions=tuple(
            _position(held, position, edition, number)
            for number, (held, position) in enumerate(
                zip(working.positions, edition.positions, strict=True), 1
            )
        ),
    )


def _position(
    held: WorkingPosition, position: Position, edition: Edition, number: int
) -> PositionPart:
    view = present_position(position, edition, number=number)
    lists = (
        _list(name, held.lists.get(name, ()), _trees(position, name), edition) for name in LISTS
    )
    return PositionPart(held.key, view, tuple(one for one in lists if one.lines))


def _trees(position: Position, name: str) -> tuple[Node, ...]:
    found: Any = getattr(position, name)
    if name == "priorities":
        return tuple(found)
    return () if found is None else (found,)


def _list(
    name: str, lines: tuple[Line, ...], trees: tuple[Node, ...], edition: Edition
) -> ListView:
    key, shown = "", lines
    if len(trees) == 1 and name != "priorities" and requirements(trees[0]) != trees:
        # The group around a whole list is no line of it for patients: its heading.
        key, shown = lines[0].key, lines[0].members
    items = [item for tree in trees for item in present_outline(tree, edition, anchor="")]
    return ListView(key, LISTS[name], _lines(items, shown))


def _lines(items: Iterable[ChecklistItem], lines: tuple[Line, ...]) -> tuple[LineView, ...]:
    return tuple(
        LineView(
            line.key,
            item,
            _members(item, line),
            # How a group joins its lines, and who answers, stands there as patients read it.
            () if line.is_group or line.kind == "judgement" else asked_for(line),
            names_other_number(line),
        )
        for item, line in zip(items, lines, strict=True)
    )


def _members(item: ChecklistItem, line: Line) -> tuple[LineView, ...]:
    if line.members:
        return _lines(item.members, line.members)
    # What stands for the whole first list has that list's lines, and none of its own.
    return tuple(LineView("", one, _members(one, line)) for one in item.members)
