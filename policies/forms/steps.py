"""The screens of the plan's questions, and which of them a kind of insurance needs."""

from enum import StrEnum

from policies.check import NOT_HANDLED
from policies.situation import LineOfBusiness


class PlanStep(StrEnum):
    """One screen of the plan's questions; `PlanForm` knows which of them a plan needs."""

    WHO = "who"
    INSURER = "insurer"
    PLACE = "place"
    TREATMENT = "treatment"


FIELDS = {
    PlanStep.WHO: ("asker", "line_of_business"),
    PlanStep.INSURER: ("insurer", "insurer_name", "administrator_name", "funding"),
    PlanStep.PLACE: ("residence_state", "issue_state"),
    PlanStep.TREATMENT: ("treatment", "condition", "other_conditions", "icd10_codes"),
}
# Few people need these, so they stand folded up at the end of their screen.
FOLDED = ("administrator_name", "other_conditions", "icd10_codes")
# In these the state, or nothing, says who pays.
PAYER_IS_KNOWN = (
    LineOfBusiness.VA,
    LineOfBusiness.ORIGINAL_MEDICARE,
    LineOfBusiness.MEDICAID,
    *NOT_HANDLED,
)
PLACE_IS_NOTHING = (LineOfBusiness.VA, *NOT_HANDLED)
# Only here does the state where the plan was issued decide which documents apply.
ISSUED_ELSEWHERE = (LineOfBusiness.COMMERCIAL, LineOfBusiness.FEDERAL_EMPLOYEES, None)
HAS_EMPLOYER = (LineOfBusiness.COMMERCIAL, None)


def steps_for(line: LineOfBusiness | None) -> tuple[PlanStep, ...]:
    """The screens that a kind of insurance needs."""
    if line in NOT_HANDLED:
        return (PlanStep.WHO,)
    left_out = {PlanStep.INSURER} if line in PAYER_IS_KNOWN else set()
    left_out |= {PlanStep.PLACE} if line in PLACE_IS_NOTHING else set()
    return tuple(one for one in PlanStep if one not in left_out)


def fields_on(step: PlanStep, line: LineOfBusiness | None) -> tuple[str, ...]:
    """The fields of a screen, for a kind of insurance."""
    left_out = set() if line in ISSUED_ELSEWHERE else {"issue_state"}
    left_out |= set() if line in HAS_EMPLOYER else {"funding"}
    return tuple(name for name in FIELDS[step] if name not in left_out)
