"""Which laws bind a plan on a day: nothing that does not, and nothing before it takes effect."""

from dataclasses import dataclass
from enum import StrEnum

from appeals.law.circumstances import Circumstances
from appeals.law.external_review import way_for
from appeals.law.external_review_data import Whose
from appeals.law.plan_types import PlanType
from appeals.law.rights import rights_for
from appeals.law.step_therapy import StepTherapyLaw, law_for

PARITY_RIGHT = "parity_analysis"
# The records rule the parity law out for these, and for care of pain under any plan.
WITHOUT_PARITY = frozenset({PlanType.ORIGINAL_MEDICARE, PlanType.SHORT_TERM_LIMITED_SHARING})
# The contractor's freedom is over Part B drugs; what Part D asks was not read.
PART_B = frozenset({PlanType.ORIGINAL_MEDICARE, PlanType.MEDICARE_ADVANTAGE})


class Binds(StrEnum):
    """Whether a law binds; `unverified`: it may, and we could not confirm it."""

    YES = "yes"
    NO = "no"
    UNVERIFIED = "unverified"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class Binding:
    """The laws that may be named for a plan; `parity` depends while the condition is not known."""

    state_external_review: Binds
    federal_external_review: Binds
    parity: Binds
    state_step_therapy: StepTherapyLaw | None
    medicare_accepted_use: bool


def laws_for(case: Circumstances) -> Binding:
    """The laws that bind in these circumstances."""
    way = way_for(case)
    return Binding(
        state_external_review=Binds.YES if way.whose is Whose.STATE else Binds.NO,
        federal_external_review=_federal(way.whose, is_verified=way.is_verified),
        parity=_parity(case),
        state_step_therapy=law_for(case),
        medicare_accepted_use=case.plan_type in PART_B,
    )


def _federal(whose: Whose, *, is_verified: bool) -> Binds:
    match whose:
        case Whose.FEDERAL:
            return Binds.YES if is_verified else Binds.UNVERIFIED
        case Whose.UNKNOWN:
            return Binds.UNVERIFIED
        case _:
            return Binds.NO


def _parity(case: Circumstances) -> Binds:
    if not any(one.id == PARITY_RIGHT for one in rights_for(case)):
        return Binds.NO
    return Binds.YES if case.is_mental_health else Binds.DEPENDS
