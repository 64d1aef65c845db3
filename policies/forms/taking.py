"""What a treatment reads like once the record's word stands over what was answered to the same."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from policies.fhir import Found
from policies.fhir.review import Proposed, over
from policies.forms.decisions import sure_part
from policies.situation import Situation, TreatmentTried

# Where a record tells another course, what somebody judged of theirs is not carried over to it.
COURSE = ("weeks", "highest_dose_mg", "this_episode", "ended_on")
JUDGED = (
    *("adequate_dose", "maximum_dose", "highest_tolerated_dose", "sufficient_length"),
    *("adherence_percent", "adequate_adherence", "outcome", "improvement_percent"),
    *("dose_limiting_side_effects", "led_to_change", "this_episode"),
)


def over_theirs(proposed: Proposed, *, keeps_judged: bool = False) -> Found:
    """What is sure of the find; of a treatment over what the person answered to the same.

    What they judged of another course is left open, unless it is shown to be confirmed.
    """
    found, held = sure_part(proposed.found), proposed.held
    if not isinstance(found.value, TreatmentTried) or not isinstance(held, TreatmentTried):
        return found
    blank: dict[str, Any] = {} if keeps_judged else dict.fromkeys(asked_again(proposed))
    return replace(found, value=over(replace(held, **blank), found.value))


def asked_again(proposed: Proposed) -> tuple[str, ...]:
    """What was judged of the person's own course, and the record's other course leaves open."""
    found, held = sure_part(proposed.found).value, proposed.held
    if not isinstance(found, TreatmentTried) or not isinstance(held, TreatmentTried):
        return ()
    if not any(_is_replaced(held, found, name) for name in COURSE):
        return ()
    judged = (one for one in JUDGED if getattr(held, one) is not None)
    return tuple(one for one in judged if getattr(found, one) is None)


def is_their_course(proposed: Proposed, told: Mapping[str, Any]) -> bool:
    """Whether what was entered is the course that the person had answered."""
    held = proposed.held
    return all(told.get(one) == getattr(held, one, None) for one in COURSE)


def reopens_judgements(before: Situation, after: Situation) -> bool:
    """Whether something that was judged of a treatment is open again."""
    return any(
        getattr(mine, name) is not None and getattr(its, name) is None
        for mine, its in _pairs(before, after)
        for name in JUDGED
    )


def _pairs(before: Situation, after: Situation) -> Iterator[tuple[TreatmentTried, TreatmentTried]]:
    """Each treatment as it was, with what stands in its place; a record adds only after them."""
    return zip(before.treatments_tried or (), after.treatments_tried or (), strict=False)


def _is_replaced(held: TreatmentTried, found: TreatmentTried, name: str) -> bool:
    mine, its = getattr(held, name), getattr(found, name)
    return mine is not None and its is not None and mine != its
