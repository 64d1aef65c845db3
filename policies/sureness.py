"""How sure a document's word is: one scale, computed here and worded everywhere the same."""

import datetime as dt
from enum import StrEnum

from policies.catalogue import Edition, ReadingKind
from policies.days import years_before

CURRENT_FOR_DAYS = 365
DATED_FOR_YEARS = 2


class Sureness(StrEnum):
    """How far a document's word can be relied on, the surest first."""

    CURRENT = "current"
    DATED = "dated"
    OLD_OR_UNDATED = "old_or_undated"
    SECOND_HAND = "second_hand"

    @property
    def label(self) -> str:
        return {
            "current": "Current",
            "dated": "Insurer's own, dated",
            "old_or_undated": "Insurer's own, old or undated",
            "second_hand": "Second-hand",
        }[self]

    @property
    def explanation(self) -> str:
        """What it means, for a reader."""
        return {
            "current": "An editor read the live document within the last year.",
            "dated": "We read the insurer's own document, and its printed date is less than two "
            "years old. Ask the plan whether it still holds.",
            "old_or_undated": "We read the insurer's own document, but it is old or shows no date. "
            "It may have changed: ask the plan for the version in force.",
            "second_hand": "We did not read the insurer's own document, only someone else's "
            "account of it. Ask the plan for the document itself.",
        }[self]


def sureness_of(edition: Edition, *, on: dt.date) -> Sureness:
    """Place an edition on the scale as of the day `on`.

    Readings after `on` do not count yet, unless there are no others: for a day in the past, what
    was read later still shows whose words they are. A printed month means its first day. Where the
    positions name their readings, a copy of an old version beside them makes them no surer.
    """
    live = [
        one.read_on.first_day
        for one in edition.readings
        if one.kind is ReadingKind.LIVE_DOCUMENT and one.read_on.first_day <= on
    ]
    if live and (on - max(live)).days <= CURRENT_FOR_DAYS:
        return Sureness.CURRENT
    named = {position.source.origin for position in edition.positions}
    behind = [one for one in edition.readings if one.key in named] or list(edition.readings)
    readings = [reading for reading in behind if reading.read_on.first_day <= on]
    if all(one.kind is ReadingKind.SECOND_HAND for one in readings or behind):
        return Sureness.SECOND_HAND
    printed = [date.first_day for date in (edition.effective, edition.last_reviewed) if date]
    if printed and max(printed) >= years_before(on, DATED_FOR_YEARS):
        return Sureness.DATED
    return Sureness.OLD_OR_UNDATED
