"""What a button of the page does to the working form, and where the page goes on from there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from django.http import QueryDict

from policies.admin.writing.editor import field_name
from policies.admin.writing.fields import add_definition, remove_definition, with_typed
from policies.admin.writing.pasting import pasted
from policies.draft_states import fresh_keys
from policies.outline import (
    EDITION,
    GROUPS,
    LISTS,
    Line,
    OutlineError,
    Spot,
    Working,
    WorkingSource,
    find_position,
    find_spot,
    lines_of,
    walk,
)
from policies.outline.naming import name_of
from policies.outline.operations import (
    add_after,
    add_inside,
    begin_list,
    blank_line,
    change_kind,
    delete,
    indent,
    mark_unread,
    move,
    outdent,
    wrap,
)
from policies.outline.parts import add_position, add_source, delete_part, move_part
from policies.outline.starting import started, started_position
from policies.outline.unfinished import next_unfinished

KINDS_BY_NAME = {"line": "fact", "group": "all_of"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one press: what was done in words, what is open now, and where focus lands.

    `refusal` says why it was not done, where it could not be.
    """

    working: Working
    what: str = ""
    opened: str = ""
    focus: str = ""
    refusal: str = ""


Act: TypeAlias = Callable[[Outcome, str, str], Outcome]


def outcome_of(base: Working, post: QueryDict, *, read: Mapping[str, str]) -> Outcome:
    """What a form with its pressed button makes of the working form it began from.

    `read` is what a new source begins with.
    """
    opened = post.get("opened", "")
    typed, refusal = base, ""
    try:
        typed = with_typed(base, opened, post)
    except OutlineError as error:
        refusal = str(error)
    what = f"Changed {name_of(typed, opened)}" if typed != base else ""
    held = Outcome(typed, what, opened, refusal=refusal)
    verb, _, rest = post.get("do", "save").partition(":")
    act = {**ACTIONS, "source": _source(read), "paste": _paste(post)}.get(verb)
    if act is None or refusal:
        return held
    try:
        key, _, more = rest.partition(":")
        done = act(held, key, more)
    except OutlineError as error:
        return replace(held, refusal=str(error))
    return replace(done, what=done.what or what)


def _open(held: Outcome, key: str, field: str) -> Outcome:
    return replace(held, opened=key, focus=field)


def _close(held: Outcome, _key: str, _more: str) -> Outcome:
    return replace(held, opened="", focus=f"row:{held.opened}")


def _next(held: Outcome, key: str, _more: str) -> Outcome:
    """Go on to the next line that wants something; where none does, the open one closes."""
    found, field = next_unfinished(held.working, key)
    if not found:
        return _close(held, key, "")
    return replace(held, opened=found, focus=field_name(field))


def _judge(held: Outcome, key: str, _more: str) -> Outcome:
    """Say that no fact answers a line."""
    working = change_kind(held.working, key, "judgement")
    what = f"Changed {name_of(working, key)}"
    return replace(held, working=working, what=what, opened=key, focus="judgement")


def _paste(post: QueryDict) -> Act:
    def act(held: Outcome, key: str, name: str) -> Outcome:
        working, number, (opened, field) = pasted(held.working, post, key, name)
        what = f"Pasted {number} line{'s' if number > 1 else ''}"
        return replace(held, working=working, what=what, opened=opened, focus=field_name(field))

    return act


def _lines(verb: str, change: Callable[[Working, str], Working], said: str) -> Act:
    """A change of a line's place; focus stays on the button that made it."""

    def act(held: Outcome, key: str, _more: str) -> Outcome:
        what = f"{said} {name_of(held.working, key)}"
        return replace(held, working=change(held.working, key), what=what, opened=key, focus=verb)

    return act


def _add(change: Callable[[Working, str, Line], Working], *, is_inside: bool = False) -> Act:
    def act(held: Outcome, key: str, name: str) -> Outcome:
        kind = KINDS_BY_NAME.get(name)
        if kind is None:
            raise OutlineError("Add a line or a group.")
        blank = blank_line(next(fresh_keys()), kind)
        line = started(held.working, blank, key, is_inside=is_inside)
        what = "Added a group" if line.kind in GROUPS else "Added a line"
        return replace(held, working=change(held.working, key, line), what=what, opened=line.key)

    return act


def _begin(held: Outcome, key: str, name: str) -> Outcome:
    """Begin a list with the group that nearly every list is."""
    if name not in LISTS:
        raise OutlineError("A position has no such list.")
    kind = "fact" if name == "priorities" else "all_of"
    line = started(held.working, blank_line(next(fresh_keys()), kind), key)
    working = begin_list(held.working, key, name, line)
    return replace(held, working=working, what="Began a list", opened=line.key)


def _unread(held: Outcome, key: str, _more: str) -> Outcome:
    working = mark_unread(held.working, key)
    return replace(
        held, working=working, what="Said that the list was not read", focus=f"row:{key}"
    )


def _delete(held: Outcome, key: str, _more: str) -> Outcome:
    spot = find_spot(held.working, key)
    inside = len(list(walk(spot.line.members))) if spot else 0
    what = f"Deleted {name_of(held.working, key)}{_with_lines(inside)}"
    working = delete(held.working, key)
    after = _neighbor(spot) if spot else ""
    return replace(held, working=working, what=what, opened="", focus=f"row:{after}")


def _with_lines(number: int) -> str:
    """How many lines went along.

    >>> _with_lines(0), _with_lines(1), _with_lines(2)
    ('', ', with 1 line', ', with 2 lines')
    """
    return f", with {number} line{'s' if number > 1 else ''}" if number else ""


def _neighbor(spot: Spot) -> str:
    """Where one goes on after a line is gone: the next, the one before, or what was around it."""
    rest = [one.key for one in spot.siblings if one.key != spot.line.key]
    if rest:
        return rest[min(spot.index, len(rest) - 1)]
    return spot.parents[-1].key if spot.parents else spot.position.key


def _drop(held: Outcome, key: str, _more: str) -> Outcome:
    position = find_position(held.working, key)
    inside = len(list(lines_of(Working(positions=(position,))))) if position else 0
    what = f"Deleted {name_of(held.working, key)}{_with_lines(inside)}"
    working = delete_part(held.working, key)
    return replace(held, working=working, what=what, opened="", focus=f"row:{EDITION}")


def _part(verb: str, step: int, said: str) -> Act:
    def act(held: Outcome, key: str, _more: str) -> Outcome:
        what = f"{said} {name_of(held.working, key)}"
        working = move_part(held.working, key, step)
        return replace(held, working=working, what=what, opened=key, focus=verb)

    return act


def _position(held: Outcome, _key: str, _more: str) -> Outcome:
    position = started_position(held.working, next(fresh_keys()))
    working = add_position(held.working, position)
    return replace(held, working=working, what="Added a position", opened=position.key)


def _source(read: Mapping[str, str]) -> Act:
    def act(held: Outcome, _key: str, _more: str) -> Outcome:
        names = {one.name for one in held.working.sources}
        free = ("page", *(f"page{number}" for number in range(2, 999)))
        name = next(one for one in free if one not in names)
        fields = {field: value for field, value in read.items() if value}
        source = WorkingSource(next(fresh_keys()), name, fields)
        working = add_source(held.working, source)
        return replace(held, working=working, what="Added a source", opened=source.key)

    return act


def _define(held: Outcome, key: str, _more: str) -> Outcome:
    working = add_definition(held.working, key)
    spot = find_spot(working, key)
    where = spot.line.fields.get("where") if spot else None
    at = len(where) - 1 if isinstance(where, list) else 0
    what = f"Added a definition to {name_of(working, key)}"
    return replace(held, working=working, what=what, opened=key, focus=f"where.{at}.kind")


def _undefine(held: Outcome, key: str, at: str) -> Outcome:
    working = remove_definition(held.working, key, int(at) if at.isdecimal() else 0)
    what = f"Removed a definition of {name_of(working, key)}"
    return replace(held, working=working, what=what, opened=key, focus="min")


ACTIONS: Mapping[str, Act] = {
    "open": _open,
    "close": _close,
    "next": _next,
    "judge": _judge,
    "up": _lines("up", lambda working, key: move(working, key, -1), "Moved up:"),
    "down": _lines("down", lambda working, key: move(working, key, 1), "Moved down:"),
    "in": _lines("in", indent, "Indented"),
    "out": _lines("out", outdent, "Moved out of its group:"),
    "after": _add(add_after),
    "inside": _add(add_inside, is_inside=True),
    "wrap": _add(wrap),
    "begin": _begin,
    "unread": _unread,
    "delete": _delete,
    "drop": _drop,
    "partup": _part("partup", -1, "Moved up:"),
    "partdown": _part("partdown", 1, "Moved down:"),
    "position": _position,
    "define": _define,
    "undefine": _undefine,
}
