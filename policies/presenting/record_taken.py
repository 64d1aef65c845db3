"""What was taken from a record, in words: what stands now, what stood before, and of which day."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from policies.catalogue import Catalogue
from policies.fhir import Found
from policies.forms.decisions import sure_part
from policies.forms.record import FindForms, RecordForms
from policies.presenting.record_words import held_told, told
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class TakenView:
    """One fact that was taken; `before` and `recorded` are empty where there is nothing to say."""

    now: str
    before: str
    recorded: str


def present_taken(
    forms: RecordForms, *, catalogue: Catalogue, on: dt.date
) -> tuple[TakenView, ...]:
    """Each fact that changed an answer."""
    return tuple(_taken(forms, catalogue, on))


def _taken(forms: RecordForms, catalogue: Catalogue, on: dt.date) -> Iterator[TakenView]:
    for one in forms.taken:
        if one.accepted is not None:
            now = told(one.accepted, catalogue=catalogue, on=on)
            yield TakenView(now, _before(one, catalogue, on), last_day(one.found))


def _before(one: FindForms, catalogue: Catalogue, on: dt.date) -> str:
    if one.proposed.held is None and not one.proposed.conflicts:
        return ""
    return held_told(one, catalogue=catalogue, on=on)


def last_day(found: Found) -> str:
    """The latest day that the record gives for a find; empty where it gives none."""
    # The date of the person's own details is that of their birth.
    dated = (one for one in found.origins if not one.resource.startswith("Patient"))
    days = [one.on for one in dated if one.on is not None]
    return date(max(days)) if days else ""


def present_stayed_out(forms: RecordForms, *, catalogue: Catalogue, on: dt.date) -> tuple[str, ...]:
    """Each find that was left out."""
    return tuple(told(sure_part(one.found), catalogue=catalogue, on=on) for one in forms.stayed_out)
