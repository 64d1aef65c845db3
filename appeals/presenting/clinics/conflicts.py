"""What two people wrote into one case at once, field by field, in words."""

import datetime as dt
from dataclasses import dataclass

from appeals.clinics.casework import OpenCase
from appeals.forms.clinics.case import CaseForms
from appeals.forms.clinics.merging import CHOOSE, Merged


@dataclass(frozen=True, slots=True)
class Differing:
    """One field that both changed; `name` is that of the choice between the two."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Who saved meanwhile and when; what only they changed stands in the form already."""

    by: str
    at: dt.datetime | None
    taken: tuple[tuple[str, str], ...]
    both: tuple[Differing, ...]


def present_conflict(
    opened: OpenCase, merged: Merged, *, mine: CaseForms, theirs: CaseForms
) -> ConflictView:
    event = opened.case.events.exclude(by=None).last()
    return ConflictView(
        by=event.by.get_username() if event is not None and event.by else "",
        at=event.at if event is not None else None,
        taken=tuple((_label(mine, one), _value(mine, one)) for one in merged.taken),
        both=tuple(
            Differing(f"{CHOOSE}.{one}", _label(mine, one), _value(mine, one), _value(theirs, one))
            for one in merged.both
        ),
    )


def _label(forms: CaseForms, name: str) -> str:
    """A field by its label, and by the row or scale that it stands in."""
    field = forms.field(name)
    if field is None:
        return name
    title = getattr(field.form, "title", "")
    return f"{title}: {field.label}" if title else str(field.label)


def _value(forms: CaseForms, name: str) -> str:
    """What stands in a field, by the labels of its choices."""
    values = [str(one) for one in forms.data.getlist(name) if one]
    field = forms.field(name)
    choices = dict(_flat(getattr(field.field, "choices", ()))) if field is not None else {}
    return ", ".join(choices.get(one, one) for one in values) or "empty"


def _flat(choices: object) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for value, label in choices:  # type: ignore[attr-defined]
        if isinstance(label, list | tuple):
            found += _flat(label)
        else:
            found.append((str(value), str(label)))
    return found
