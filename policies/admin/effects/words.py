"""The words of the page: each line in two columns, and what a change of it means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from policies.effects import EditionEffect, LineEffect, PositionEffect, State, Weight
from policies.effects.fields import FieldEffect
from policies.effects.rows import LIST_TITLES, said
from policies.effects.rules import NONE, RuleChange, joined
from policies.effects.words import Pieces, decides_by_words, marked, turn_on_other_words
from policies.outline import Line
from policies.outline.in_short import in_short
from policies.situation import Treatment
from policies.wording import conditions_named

KINDS = {
    Weight.RULE: "Rule",
    Weight.LOOK: "Look",
    Weight.WORDS: "Words",
    Weight.NOTHING: "",
}
LOOK = "The words say something else; the rule is as it was."
LONG = 40
UNTOLD = "Its words still say what they said before."
LISTS = ("criteria", "continuation", "priorities", "applies_if")


@dataclass(frozen=True, slots=True)
class Cell:
    """A line as one edition has it; what the other has otherwise is marked.

    `name` is that in worked cases, filled only where it changed.
    """

    label: SafeString
    asks: SafeString
    quote: SafeString
    section: SafeString
    note: SafeString
    name: SafeString


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both columns; `is_around` where it stands only for what changed inside it."""

    anchor: str
    depth: int
    kind: str
    weight: str
    meaning: tuple[str, ...]
    left: Cell | None
    right: Cell | None
    is_around: bool = False


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of an edition, a source or a position in both columns."""

    label: str
    kind: str
    weight: str
    left: SafeString
    right: SafeString


@dataclass(frozen=True, slots=True)
class ListView:
    """The lines of one list that are shown; `hidden` of them are the same and left out."""

    title: str
    rows: tuple[Row, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position in both columns."""

    anchor: str
    heading: str
    state: str
    fields: tuple[FieldRow, ...]
    lists: tuple[ListView, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A change told by itself, with the place on the page where it stands."""

    anchor: str
    where: str
    label: str
    meaning: tuple[str, ...]


def present_positions(effect: EditionEffect, *, is_all: bool) -> tuple[PositionView, ...]:
    """Every position, or those in which something changed."""
    return tuple(
        _position(one, is_all=is_all)
        for one in effect.positions
        if is_all or one.state is not State.SAME
    )


def present_fields(fields: Iterable[FieldEffect]) -> tuple[FieldRow, ...]:
    return tuple(
        FieldRow(one.label, KINDS[one.weight], one.weight.value, *_both(one.before, one.after))
        for one in fields
    )


def present_sources(effect: EditionEffect) -> tuple[FieldRow, ...]:
    return tuple(
        FieldRow(
            f"Source “{one.name}”", one.state.value.capitalize(), "", *_both(one.before, one.after)
        )
        for one in effect.sources
    )


def told_by(effect: EditionEffect, weight: Weight) -> tuple[Told, ...]:
    """Every change of a weight in one list, in the order of the page."""
    return (
        *(
            _of_field("edition", "The edition", one)
            for one in effect.fields
            if one.weight is weight
        ),
        *(told for one in effect.positions for told in _of_position(one, weight)),
    )


def _both(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Two wordings with their marks, which a screen reader says in words."""
    left, right = marked(before, after)
    return _html(left, "del", "gone"), _html(right, "ins", "new")


def _html(pieces: Pieces, tag: str, word: str) -> SafeString:
    mark = (
        f'<{tag}><span class="visually-hidden">[{word}: </span>{{}}'
        f'<span class="visually-hidden">]</span></{tag}>'
    )
    shown = ((format_html(mark, one.text) if one.is_marked else one.text,) for one in pieces)
    return format_html_join("", "{}", shown)


def heading(position: PositionEffect) -> str:
    """The treatment and the conditions of a position, as it is now."""
    fields = position.position.fields
    treatments = {one.value: one.label for one in Treatment}
    treatment = treatments.get(str(fields.get("treatment")), "A treatment not chosen yet")
    conditions = fields.get("indications")
    if not isinstance(conditions, list) or not conditions:
        return treatment
    return f"{treatment} for {conditions_named(tuple(map(str, conditions)), most=2)}"


def meaning_of(change: RuleChange) -> str:
    """A change of the rule in one phrase.

    >>> meaning_of(RuleChange("At least", "2", "3"))
    'At least: from 2 to 3'
    """
    if change.before and change.after:
        before, after = _quoted(change.before, change.after)
        return f"{change.what}: from {before} to {after}"
    told = change.before or change.after
    return f"{change.what}: {told}" if told else change.what


def _quoted(*texts: str) -> Iterator[str]:
    """Texts as they go on inside a sentence: whole sentences in quotation marks."""
    is_long = any(len(one) > LONG and "“" not in one for one in texts)
    return (f"“{one}”" if is_long and one != NONE else one for one in texts)


def _of_field(anchor: str, where: str, field: FieldEffect) -> Told:
    change = RuleChange(field.label, field.before, field.after)
    return Told(anchor, where, field.label, (meaning_of(change),))


def _of_position(position: PositionEffect, weight: Weight) -> Iterator[Told]:
    where, anchor = heading(position), position.anchor
    if position.state in (State.NEW, State.GONE):
        if weight is Weight.RULE:
            came = position.state is State.NEW
            what = "Said of now, and not before" if came else "No longer said of"
            yield Told(anchor, where, "", (what,))
        return
    yield from (_of_field(anchor, where, one) for one in position.fields if one.weight is weight)
    for name in LISTS:
        for line in position.lists.get(name, ()):
            if line.weight is weight and line.is_top:
                place = where if name == "criteria" else f"{where}, {LIST_TITLES[name].lower()}"
                yield Told(line.anchor, place, said(line.line, "label"), _meaning(line))


def _position(position: PositionEffect, *, is_all: bool) -> PositionView:
    states = {
        State.NEW: "New in this edition",
        State.GONE: "No longer in this edition",
        State.SAME: "Nothing changes here",
    }
    lists = tuple(
        _list(name, position.lists[name], is_all=is_all) for name in LISTS if name in position.lists
    )
    return PositionView(
        position.anchor,
        heading(position),
        states.get(position.state, ""),
        present_fields(position.fields),
        tuple(one for one in lists if one.rows),
    )


def _list(name: str, lines: tuple[LineEffect, ...], *, is_all: bool) -> ListView:
    around = _around(lines)
    rows = tuple(
        _row(line, is_around=line.state is State.SAME and not is_all)
        for index, line in enumerate(lines)
        if is_all or line.state is not State.SAME or index in around
    )
    # Where only groups around a change would be shown, nothing changed.
    is_shown = is_all or any(line.state is not State.SAME for line in lines)
    return ListView(LIST_TITLES[name], rows if is_shown else (), len(lines) - len(rows))


def _around(lines: tuple[LineEffect, ...]) -> set[int]:
    """The groups in which something changed, by their rank."""
    found: set[int] = set()
    path: list[int] = []
    for index, line in enumerate(lines):
        del path[line.depth :]
        if line.state is not State.SAME:
            found.update(path)
        path.append(index)
    return found


def _row(line: LineEffect, *, is_around: bool) -> Row:
    left, right = _cells(line)
    return Row(
        line.anchor,
        min(line.depth, 6),
        "" if is_around else _kind(line),
        line.weight.value,
        _meaning(line),
        left,
        right,
        is_around,
    )


def _kind(line: LineEffect) -> str:
    if line.state in (State.NEW, State.GONE):
        return line.state.value.capitalize()
    return "Order" if line.state is State.MOVED and not line.rules else KINDS[line.weight]


def _meaning(line: LineEffect) -> tuple[str, ...]:
    if line.weight is Weight.LOOK:
        return (LOOK,)
    meaning = tuple(meaning_of(one) for one in line.rules)
    return (*meaning, UNTOLD) if _is_untold(line) else meaning


def _is_untold(line: LineEffect) -> bool:
    """Whether a line asks something else while its words go on to say what it asked."""
    if line.before is None or line.after is None or line.state is not State.CHANGED:
        return False
    old, new = (
        [said(one, name) for name in ("label", "quote")] for one in (line.before, line.after)
    )
    is_told = any(turn_on_other_words(*both) for both in zip(old, new, strict=True))
    return bool(line.rules) and not is_told and any(map(decides_by_words, new))


def _cells(line: LineEffect) -> tuple[Cell | None, Cell | None]:
    old, new = line.before or line.line, line.after or line.line
    pairs = [_both(*both) for both in zip(_texts(old), _texts(new), strict=True)]
    left, right = (Cell(*side) for side in zip(*pairs, strict=True))
    if said(old, "id") == said(new, "id"):
        left, right = (replace(one, name=SafeString()) for one in (left, right))
    return (left if line.before else None), (right if line.after else None)


def _texts(line: Line) -> tuple[str, ...]:
    names = ("quote", "section", "note", "id")
    return (
        said(line, "label"),
        joined(line) or in_short(line),
        *(said(line, one) for one in names),
    )
