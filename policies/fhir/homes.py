"""Reads in which state a person lives; nothing else of an address is looked at or kept."""

from collections.abc import Mapping
from functools import cache

from policies import terms
from policies.fhir.elements import Resource, date_of, object_of, objects, text_of
from policies.fhir.found import Kind, Reason
from policies.fhir.gathering import Gathering, origin_of

# Many exports mark no address at all; old and temporary ones, bills and work are no home.
_HOME, _UNMARKED = "home", ""


def read_home_state(patient: Resource, gathering: Gathering) -> None:
    """Find the one state of the home addresses that hold on the day; none where they differ."""
    current = [one for one in objects(patient.get("address")) if _holds(one, gathering)]
    for use in (_HOME, _UNMARKED):
        named = [text_of(one.get("state")) for one in current if text_of(one.get("use")) == use]
        told = list(filter(None, named))
        if not told:
            continue
        states = {_letters(one) for one in told}
        state = states.pop() if len(states) == 1 else None
        if state is not None:
            gathering.add(Kind.PLAN, "residence_state", state, origin_of(patient))
        else:
            reason = Reason.STATES_DIFFER if states else Reason.STATE_NOT_READ
            gathering.leave_out(origin_of(patient), reason)
        return


def _holds(address: Resource, gathering: Gathering) -> bool:
    """Whether someone may live there today: no mere postal address, and none of another time."""
    period = object_of(address.get("period"))
    start, end = date_of(period.get("start")), date_of(period.get("end"))
    is_over = end is not None and end.last < gathering.on
    is_to_come = start is not None and start.first > gathering.on
    return not (is_over or is_to_come or text_of(address.get("type")) == "postal")


def _letters(written: str) -> str | None:
    """The two letters of a state, however it is written; None where it is none of ours.

    >>> _letters("US-ma"), _letters("New York"), _letters("Bavaria")
    ('MA', 'NY', None)
    """
    return _states().get(written.casefold().removeprefix("us-"))


@cache
def _states() -> Mapping[str, str]:
    return {
        known.casefold(): letters
        for letters, name in terms.states().items()
        for known in (letters, name)
    }
