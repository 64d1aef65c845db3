"""What changed in the fields around the lines: of the edition, its sources and its positions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policies import terms
from policies.catalogue import PrintedDate
from policies.effects.rows import State, Weight
from policies.effects.rules import NONE, in_words
from policies.effects.words import turn_on_other_words
from policies.outline import Working, WorkingPosition, WorkingSource
from policies.situation import Treatment


class FieldKind(StrEnum):
    """What a field decides: a rule, or nothing by itself."""

    RULE = "rule"
    SAYS = "says"


# In the order of a page, each with whether the rule goes by it.
OF_EDITION = {
    "effective": ("In effect from", FieldKind.SAYS),
    "revision": ("Revision", FieldKind.SAYS),
    "last_reviewed": ("Last reviewed", FieldKind.SAYS),
    "status": ("Status", FieldKind.RULE),
    "is_read_whole": ("Read to its end", FieldKind.RULE),
    "change_note": ("What this edition changes", FieldKind.SAYS),
    "notes": ("Notes", FieldKind.SAYS),
}
OF_POSITION = {
    "treatment": ("Treatment", FieldKind.RULE),
    "indications": ("Conditions", FieldKind.RULE),
    "coverage": ("Coverage", FieldKind.RULE),
    "prior_authorization": ("Prior authorization", FieldKind.RULE),
    "prior_authorization_note": ("On prior authorization", FieldKind.SAYS),
    "limits": ("Limits", FieldKind.RULE),
    "documents_wanted": ("Documents wanted", FieldKind.RULE),
    "codes.hcpcs": ("HCPCS codes", FieldKind.RULE),
    "codes.cpt": ("CPT codes", FieldKind.RULE),
    "codes.icd10": ("ICD-10-CM codes", FieldKind.RULE),
    "note": ("Note to the patient", FieldKind.SAYS),
    "source.section": ("Section", FieldKind.SAYS),
    "source.quote": ("Quote", FieldKind.SAYS),
    "source.from": ("Read in", FieldKind.SAYS),
}
# Every edition has its own, so they are shown and are no change of what it says.
OF_EVERY_EDITION = ("effective", "revision", "last_reviewed", "change_note")


@dataclass(frozen=True, slots=True)
class FieldEffect:
    """A field that changed, in words; “none” where nothing stood."""

    name: str
    label: str
    before: str
    after: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class SourceEffect:
    """A source that came, went or was read anew."""

    state: State
    name: str
    before: str
    after: str


def edition_fields(before: Working, after: Working) -> tuple[FieldEffect, ...]:
    """The fields of the edition itself."""
    return tuple(_changed(before.fields, after.fields, OF_EDITION))


def position_fields(before: WorkingPosition, after: WorkingPosition) -> tuple[FieldEffect, ...]:
    """The fields of a position that is in both editions."""
    return tuple(_changed(before.fields, after.fields, OF_POSITION))


def source_effects(before: Working, after: Working) -> tuple[SourceEffect, ...]:
    """Sources are the same by their names, to which lines refer."""
    old, new = ({one.name: _source(one) for one in side.sources} for side in (before, after))
    return tuple(
        SourceEffect(_state(name, old, new), name, old.get(name, ""), new.get(name, ""))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )


def _state(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> State:
    if name not in old:
        return State.NEW
    return State.CHANGED if name in new else State.GONE


def _source(source: WorkingSource) -> str:
    names = ("description", "kind", "read_on", "read_by", "url")
    found = [in_words(source.fields.get(name)).replace("_", " ") for name in names[:2]]
    found += [in_words(source.fields.get(name)) for name in names[2:]]
    return "; ".join(one for one in found if one != NONE)


def _changed(
    before: Mapping[str, Any], after: Mapping[str, Any], known: Mapping[str, tuple[str, FieldKind]]
) -> Iterator[FieldEffect]:
    for name, (label, kind) in known.items():
        old, new = (_shown(name, _at(fields, name)) for fields in (before, after))
        if old != new:
            yield FieldEffect(name, label, old, new, _weight(name, kind, old, new))


def _at(fields: Mapping[str, Any], name: str) -> Any:
    first, _, inner = name.partition(".")
    held = fields.get(first)
    if not inner:
        return held
    return held.get(inner) if isinstance(held, Mapping) else None


def _weight(name: str, kind: FieldKind, old: str, new: str) -> Weight:
    if kind is FieldKind.RULE:
        return Weight.RULE
    if name in OF_EVERY_EDITION:
        return Weight.NOTHING
    texts = ("" if one == NONE else one for one in (old, new))
    return Weight.LOOK if turn_on_other_words(*texts) else Weight.WORDS


def _shown(name: str, value: Any) -> str:
    return SHOWN.get(name, in_words)(value)


def _conditions(value: Any) -> str:
    known = terms.conditions()
    items = value if isinstance(value, list) else []
    return ", ".join(known[one].label if one in known else str(one) for one in items) or NONE


def _treatment(value: Any) -> str:
    labels = {one.value: one.label for one in Treatment}
    return labels.get(str(value), in_words(value))


def _spaced(value: Any) -> str:
    return in_words(value).replace("_", " ")


def _texts(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) and value else in_words(value)


def _date(value: Any) -> str:
    try:
        return str(PrintedDate(str(value))) if value else NONE
    except ValueError:
        # What was typed is no date, which is told where it is written.
        return str(value)


SHOWN: Mapping[str, Callable[[Any], str]] = {
    "effective": _date,
    "last_reviewed": _date,
    "revision": lambda value: str(value or 1),
    "status": lambda value: "withdrawn" if value == "withdrawn" else "in force",
    "is_read_whole": lambda value: "yes" if value else "no",
    "treatment": _treatment,
    "indications": _conditions,
    "coverage": _spaced,
    "prior_authorization": _spaced,
    "limits": _texts,
    "documents_wanted": _texts,
    "notes": _texts,
}
