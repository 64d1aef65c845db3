"""The texts of an edition that a reader meets, by place, and the edition with its own Spanish.

A text that brings its Spanish along reads, compares and matches as the English that it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from policies.catalogue import Edition, Position
from policies.criteria import Group, Node, Operator

Change = Callable[[str, str], str]


class Spoken(str):
    """An English text with its Spanish, and whether someone has reviewed that."""

    spanish: str
    is_reviewed: bool


def spoken(text: str, spanish: str, *, is_reviewed: bool) -> Spoken:
    """The text, which brings its Spanish along."""
    found = Spoken(text)
    found.spanish, found.is_reviewed = spanish, is_reviewed
    return found


def texts_of(edition: Edition) -> Iterator[tuple[str, str]]:
    """Each text by its place, as `positions[0].criteria.label`, in reading order."""
    found: list[tuple[str, str]] = []

    def note(place: str, text: str) -> str:
        found.append((place, text))
        return text

    _changed(edition, note)
    yield from found


def with_spanish(edition: Edition, texts: Mapping[str, tuple[str, bool]]) -> Edition:
    """The edition whose texts bring along the Spanish of their places, and whether it is reviewed.

    The same edition comes back where there is none.
    """
    if not texts:
        return edition

    def speak(place: str, text: str) -> str:
        spanish, is_reviewed = texts.get(place, ("", False))
        return spoken(text, spanish, is_reviewed=is_reviewed) if spanish else text

    return _changed(edition, speak)


def _changed(edition: Edition, change: Change) -> Edition:
    return replace(
        edition,
        change_note=_text(edition.change_note, "change_note", change),
        positions=tuple(
            _position(one, f"positions[{index}]", change)
            for index, one in enumerate(edition.positions)
        ),
        notes=_listed(edition.notes, "notes", change),
    )


def _position(position: Position, place: str, change: Change) -> Position:
    criteria = _tree(position.criteria, f"{place}.criteria", change)
    return replace(
        position,
        prior_authorization_note=_text(
            position.prior_authorization_note, f"{place}.prior_authorization_note", change
        ),
        applies_if=_tree(position.applies_if, f"{place}.applies_if", change),
        criteria=criteria,
        continuation=_tree(position.continuation, f"{place}.continuation", change, criteria),
        priorities=tuple(
            _node(one, f"{place}.priorities[{index}]", change, None)
            for index, one in enumerate(position.priorities)
        ),
        limits=_listed(position.limits, f"{place}.limits", change),
        documents_wanted=_listed(position.documents_wanted, f"{place}.documents_wanted", change),
        note=_text(position.note, f"{place}.note", change),
    )


def _tree(
    tree: Node | None, place: str, change: Change, first_list: Node | None = None
) -> Node | None:
    return None if tree is None else _node(tree, place, change, first_list)


def _node(node: Node, place: str, change: Change, first_list: Node | None) -> Node:
    label = _text(node.label, f"{place}.label", change)
    note = _text(node.note, f"{place}.note", change)
    if not isinstance(node, Group):
        return replace(node, label=label, note=note)
    if node.operator is Operator.FIRST_LIST and first_list is not None:
        # What it stands for has its texts at its own place.
        return replace(node, label=label, note=note, members=(first_list,))
    # As the data form calls it.
    held = "of" if node.operator is Operator.AT_LEAST else node.operator.value
    members = tuple(
        _node(one, f"{place}.{held}[{index}]", change, first_list)
        for index, one in enumerate(node.members)
    )
    return replace(node, label=label, note=note, members=members)


def _listed(texts: tuple[str, ...], place: str, change: Change) -> tuple[str, ...]:
    return tuple(_text(one, f"{place}[{index}]", change) for index, one in enumerate(texts))


def _text(text: str, place: str, change: Change) -> str:
    return change(place, text) if text else text
