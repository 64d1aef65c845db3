"""The open part of a draft: its fields with what stands in them, and what is wrong there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from policies.admin.writing.fields import fields_of, groups_of
from policies.admin.writing.specs import Input, Spec, SpecGroup
from policies.admin.writing.values import shown
from policies.language import twins
from policies.outline import Working, find_spot, part_fields
from policies.outline.faulty import PartFault

ROW_LETTERS = 34  # of half the page
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field with what stands in it, and what is wrong there."""

    spec: Spec
    value: Any
    options: tuple[tuple[str, str, bool], ...]
    faults: tuple[str, ...]
    spanish: str
    spanish_so_far: str

    @property
    def id(self) -> str:
        return f"f-{self.spec.name.replace('.', '-')}"

    @property
    def text(self) -> str:
        """What stands in it, as one types it."""
        if isinstance(self.value, list):
            return ("\n" if self.spec.input is Input.LINES else " ").join(self.value)
        return "" if self.value is None else str(self.value)

    @property
    def rows(self) -> int:
        """How many rows a long field has, so that what stands in it is seen whole."""
        if self.spec.input is Input.LINES:
            return 4
        return max(2, min(MOST_ROWS, 1 + len(self.text) // ROW_LETTERS))


@dataclass(frozen=True, slots=True)
class FieldGroupView:
    """Fields that belong together."""

    group: SpecGroup
    fields: tuple[FieldView, ...]

    @property
    def is_open(self) -> bool:
        """What is rare is folded away while nothing is said there."""
        return not self.group.is_rare or any(
            (one.value not in (None, "", [], False) and one.spec.name != "id")
            or one.faults
            or one.spanish
            for one in self.fields
        )


@dataclass(frozen=True, slots=True)
class EditorView:
    """The open part: its fields, and the faults that are about no single one of them."""

    key: str
    groups: tuple[FieldGroupView, ...]
    faults: tuple[str, ...]
    definitions: int  # of a count, and none of anything else
    is_line: bool


def editor_of(
    working: Working, key: str, faults: Iterable[PartFault], *, tells_all: bool
) -> EditorView | None:
    """The fields of the open part; nothing where no part is open.

    What is yet to be filled in is told at its field where `tells_all`: once it was saved so.
    """
    groups = groups_of(working, key)
    if not groups:
        return None
    at_field: dict[str, list[str]] = defaultdict(list)
    for fault in faults:
        if fault.key == key and (tells_all or not fault.is_still_to_say):
            at_field[field_name(fault.field)].append(fault.text)
    fields = fields_of(working, key)
    spanish = (part_fields(working, key) or ({}, {}))[1]
    views = tuple(
        FieldGroupView(
            group,
            tuple(
                _field(spec, fields, spanish, at_field.pop(spec.name, [])) for spec in group.specs
            ),
        )
        for group in groups
    )
    rest = tuple(text for texts in at_field.values() for text in texts)
    where = fields.get("where")
    definitions = len(where) if isinstance(where, list) else int(fields.get("kind") == "count")
    is_line = find_spot(working, key) is not None
    return EditorView(key, views, rest, definitions, is_line)


def field_name(field: str) -> str:
    """The field of the page for a place inside a part.

    >>> field_name("where.kind"), field_name("where[1].min_weeks"), field_name("limits[2]")
    ('where.0.kind', 'where.1.min_weeks', 'limits')
    """
    name = re.sub(r"\[(\d+)\]", r".\1", field)
    name = re.sub(r"^where(\.(?!\d)|$)", r"where.0.", name)
    return name.rstrip(".") if name.startswith("where") else re.sub(r"\.\d+$", "", name)


def _field(
    spec: Spec, fields: Mapping[str, Any], spanish: Mapping[str, Any], faults: list[str]
) -> FieldView:
    value = shown(spec, fields)
    words = spanish.get(spec.name, "")
    english = value if isinstance(value, str) else ""
    twin = twins().get(english)
    return FieldView(
        spec,
        value,
        _options(spec, value),
        tuple(faults),
        "\n".join(words) if isinstance(words, list) else str(words),
        twin.text if spec.has_spanish and twin and not words else "",
    )


def _options(spec: Spec, value: Any) -> tuple[tuple[str, str, bool], ...]:
    chosen = value if isinstance(value, list) else [value]
    options = [(one, label, one in chosen) for one, label in spec.choices]
    known = {one for one, _ in spec.choices} | {
        one for _, choices in spec.groups for one, _ in choices
    }
    # What stands there and is no choice any more is kept until another is chosen.
    if spec.input in (Input.CHOICE, Input.RADIO, Input.TICKS):
        options += [(one, one, True) for one in chosen if one and one not in known]
    return tuple(options)
