"""What was taken from a record, in words: what stands now, what stood before, and of which day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from policies.catalogue import Catalogue
from policies.fhir import Kind
from policies.forms.decisions import sure_part
from policies.forms.record import FindForms, RecordForms
from policies.forms.taking import over_theirs
from policies.presenting.record_marks import held_against, key_of
from policies.presenting.record_origins import last_day
from policies.presenting.record_words import held_told, told


@dataclass(frozen=True, slots=True)
class TakenView:
    """One fact that was taken; `before` and `recorded` are empty where there is nothing to say.

    `instead_of` is what the record says where something else was entered. `mark` is the key by
    which its answer is known again, `in_record` what later answers are held against.
    """

    now: str
    before: str
    recorded: str
    mark: str
    instead_of: str
    in_record: str


def present_taken(
    forms: RecordForms, *, catalogue: Catalogue, on: dt.date
) -> tuple[TakenView, ...]:
    """Each fact that changed an answer."""
    return tuple(_taken(forms, catalogue, on))


def _taken(forms: RecordForms, catalogue: Catalogue, on: dt.date) -> Iterator[TakenView]:
    for one in forms.taken:
        if one.accepted is not None:
            yield TakenView(
                now=told(one.accepted, catalogue=catalogue, on=on),
                before=_before(one, catalogue, on),
                recorded=last_day(one.found),
                mark=key_of(one.accepted),
                instead_of=_instead_of(one, catalogue, on),
                in_record=held_against(one, over_theirs(one.proposed)),
            )


def _instead_of(one: FindForms, catalogue: Catalogue, on: dt.date) -> str:
    """What the record says, where something else was entered than its word comes to."""
    if one.accepted is None or one.accepted.value == over_theirs(one.proposed).value:
        return ""
    return told(sure_part(one.found), catalogue=catalogue, on=on)


def _before(one: FindForms, catalogue: Catalogue, on: dt.date) -> str:
    if one.found.kind in (Kind.CONDITION, Kind.CODE):
        # They join what stood there.
        return ""
    if one.proposed.held is None:
        is_added = one.found.kind is Kind.TREATMENT and one.proposed.conflicts
        return "not in the list, which was called complete" if is_added else ""
    return held_told(one, catalogue=catalogue, on=on)


def present_stayed_out(forms: RecordForms, *, catalogue: Catalogue, on: dt.date) -> tuple[str, ...]:
    """Each find that was left out."""
    return tuple(told(sure_part(one.found), catalogue=catalogue, on=on) for one in forms.stayed_out)
