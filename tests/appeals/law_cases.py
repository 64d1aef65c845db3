"""Circumstances for the tests of the law, with fixed defaults."""

import datetime as dt

from appeals.law.circumstances import Circumstances
from appeals.law.plan_types import INSURED, INSURED_OR_NOT, PlanType
from policies.situation import Treatment

ON = dt.date(2026, 11, 25)
NEVER_INSURED = tuple(one for one in PlanType if one not in INSURED | INSURED_OR_NOT)


def case_of(
    plan_type: PlanType = PlanType.ERISA_INSURED,
    *,
    state: str | None = None,
    told_insured: bool | None = None,
    condition: str | None = "depression",
    treatment: Treatment | None = Treatment.IV_KETAMINE,
    on: dt.date = ON,
) -> Circumstances:
    return Circumstances(
        plan_type,
        on,
        told_insured=told_insured,
        issue_state=state,
        condition=condition,
        treatment=treatment,
    )
