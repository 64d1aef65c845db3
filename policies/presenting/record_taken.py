"""What was taken from a record, in words: what stands now, what stood before, and of which day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from policies.catalogue import Catalogue
from policies.fhir import Kind
from policies.forms.decisions import sure_part
from policies.forms.record import FindForms, RecordForms
from policies.presenting.record_marks import key_of
from policies.presenting.record_origins import last_day
from policies.presenting.record_words import held_told, told


@dataclass(frozen=True, slots=True)
class TakenView:
    """One fact that was taken; `before` and `recorded` are empty where there is nothing to say.

    `mark` is the key by which its answer is known again.
    """

    now: str
    before: str
    recorded: str
    mark: str


def present_taken(
    forms: RecordForms, *, catalogue: Catalogue, on: dt.date
) -> tuple[TakenView, ...]:
    """Each fact that changed an answer."""
    return tuple(_taken(forms, catalogue, on))


def _taken(forms: RecordForms, catalogue: Catalogue, on: dt.date) -> Iterator[TakenView]:
    for one in forms.taken:
        if one.accepted is not None:
            now = told(one.accepted, catalogue=catalogue, on=on)
            yield TakenView(
                now, _before(one, catalogue, on), last_day(one.found), key_of(one.accepted)
            )


def _before(one: FindForms, catalogue: Catalogue, on: dt.date) -> str:
    if one.proposed.held is None and not one.proposed.conflicts:
        return ""
    if one.proposed.held is None and one.found.kind is Kind.TREATMENT:
        return "not in the list, which was called complete"
    return held_told(one, catalogue=catalogue, on=on)


def present_stayed_out(forms: RecordForms, *, catalogue: Catalogue, on: dt.date) -> tuple[str, ...]:
    """Each find that was left out."""
    return tuple(told(sure_part(one.found), catalogue=catalogue, on=on) for one in forms.stayed_out)
