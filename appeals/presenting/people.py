"""Who helps with an appeal, by the kind of plan."""

from collections.abc import Iterator

from appeals.denied import DeniedCase
from appeals.law.plan_types import PlanType
from appeals.law.state_reviews import StateReview, state_review
from appeals.presenting.rows import Row
from appeals.presenting.state_reviews import agency_row
from policies.guide.facts import people_who_help
from policies.presenting.guide import HelperView, present_helper

# Those who help at a private job's plan say themselves that they do not help with others.
PRIVATE_JOB = frozenset({PlanType.ERISA_SELF_FUNDED, PlanType.ERISA_INSURED})
MEDICARE = frozenset(
    {PlanType.ORIGINAL_MEDICARE, PlanType.MEDICARE_ADVANTAGE, PlanType.MEDICARE_PART_D}
)
# Where an insurer sells it, the state's department is the one to ask.
MAYBE_SOLD = frozenset(
    {
        PlanType.ERISA_INSURED,
        PlanType.INDIVIDUAL_ACA,
        PlanType.NONFEDERAL_GOVERNMENTAL,
        PlanType.CHURCH,
    }
)
MAYBE_SELF_FUNDED = frozenset(
    {PlanType.ERISA_SELF_FUNDED, PlanType.NONFEDERAL_GOVERNMENTAL, PlanType.CHURCH}
)


def present_people(case: DeniedCase) -> tuple[HelperView, ...]:
    """Those who help with a plan of this kind, in the order of the list."""
    wanted = set(_wanted(case))
    return tuple(present_helper(one) for one in people_who_help() if one.id in wanted)


def present_offices(case: DeniedCase) -> tuple[Row, ...]:
    """The state's own offices, where an insurer sells the plan and we know the state."""
    review = _review(case)
    return tuple(agency_row(one) for one in review.agencies) if review is not None else ()


def _wanted(case: DeniedCase) -> Iterator[str]:
    kinds = {one.law.plan_type for one in case.routes} | {
        one.plan_type for one in case.outcome.rests_on
    }
    if kinds & PRIVATE_JOB or (PlanType.GRANDFATHERED in kinds and not case.outcome.goes_by_notice):
        yield "ebsa"
    if kinds & MEDICARE:
        yield "ship"
    if _may_be_insured(case, kinds) and _review(case) is None:
        yield "state_insurance_department"
    if kinds & MAYBE_SELF_FUNDED and case.outcome.is_insured is not True:
        yield "plan_and_employer"
    yield "legal_aid"


def _may_be_insured(case: DeniedCase, kinds: set[PlanType]) -> bool:
    is_sold = bool(kinds & MAYBE_SOLD) and case.outcome.is_insured is not False
    return is_sold or PlanType.SHORT_TERM_LIMITED_SHARING in kinds


def _review(case: DeniedCase) -> StateReview | None:
    kinds = {one.law.plan_type for one in case.routes}
    # Who does not know where the plan was issued asks at home which state's rules apply.
    state = case.outcome.issue_state or case.outcome.residence_state
    return state_review(state) if state and _may_be_insured(case, kinds) else None
