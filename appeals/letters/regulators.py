"""The agency that takes a complaint about a plan, where we can tell which one that is."""

from dataclasses import dataclass

from appeals.denied import DeniedCase
from appeals.law.circumstances import Circumstances
from appeals.law.plan_types import PlanType, is_insured
from appeals.law.state_reviews import Agency, state_review

# What the steps of such a plan call it; its address was not read.
EBSA = "Employee Benefits Security Administration (EBSA)"
# Roles of offices in a state's outside review that take no complaints.
NO_COMPLAINTS = frozenset({"Runs the federal review", "Takes the request"})
# The one office known of this state runs its outside review; the state's insurance office is
# another one.
REVIEW_ONLY = frozenset({"MA"})
# They may be sold by an insurer, or paid by an employer; that was not asked of them.
MAY_BE_EITHER = frozenset({PlanType.GRANDFATHERED, PlanType.SHORT_TERM_LIMITED_SHARING})


@dataclass(frozen=True, slots=True)
class Regulator:
    """An agency by its name; `address` is empty where none was read."""

    name: str
    address: tuple[str, ...] = ()


def regulator_for(case: DeniedCase) -> Regulator | None:
    """The agency that watches over the plan; None where several may, or none is known."""
    if len(case.routes) != 1:
        return None
    (route,) = case.routes
    if route.law.plan_type is PlanType.ERISA_SELF_FUNDED:
        return Regulator(EBSA)
    state = route.issue_state
    is_sold = is_insured(route.law.plan_type, route.is_insured)
    if not is_sold or not state or state in REVIEW_ONLY:
        return None
    review = state_review(state)
    offices: tuple[Agency, ...] = review.agencies if review is not None else ()
    taking = [one for one in offices if one.role not in NO_COMPLAINTS]
    return Regulator(taking[0].name) if len(taking) == 1 else None


def takes_complaints(case: Circumstances) -> bool:
    """Whether some agency takes complaints about plans of this kind, or may."""
    is_known = case.plan_type is PlanType.ERISA_SELF_FUNDED or case.plan_type in MAY_BE_EITHER
    return is_known or case.is_insured is not False
