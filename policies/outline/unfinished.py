"""The next line of a draft of which something is still to be said."""

from collections.abc import Iterable

from policies.outline import Working, lines_of
from policies.outline.faulty import faults


def next_unfinished(working: Working, key: str) -> tuple[str, str]:
    """Its key and the field, from a line on and then from the top; empty where none is left."""
    order = [one.key for one in lines_of(working)]
    at = order.index(key) + 1 if key in order else 0
    return first_unfinished(working, [*order[at:], *order[:at]])


def first_unfinished(working: Working, order: Iterable[str]) -> tuple[str, str]:
    """The first of some lines that wants something, and the field."""
    wanting: dict[str, str] = {}
    for fault in faults(working):
        wanting.setdefault(fault.key, fault.field)
    return next(((one, wanting[one]) for one in order if one in wanting), ("", ""))
