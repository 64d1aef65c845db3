"""The kinds of plan that the law tells apart, and who they are for."""

from enum import StrEnum


class PlanType(StrEnum):
    """A kind of plan with a way of appeal of its own."""

    ERISA_SELF_FUNDED = "erisa_self_funded"
    ERISA_INSURED = "erisa_insured"
    INDIVIDUAL_ACA = "individual_aca"
    GRANDFATHERED = "grandfathered"
    NONFEDERAL_GOVERNMENTAL = "nonfederal_governmental"
    CHURCH = "church"
    MEDICAID_MANAGED_CARE = "medicaid_managed_care"
    MEDICAID_FFS = "medicaid_ffs"
    ORIGINAL_MEDICARE = "original_medicare"
    MEDICARE_ADVANTAGE = "medicare_advantage"
    MEDICARE_PART_D = "medicare_part_d"
    TRICARE = "tricare"
    VA = "va"
    FEHB = "fehb"
    SHORT_TERM_LIMITED_SHARING = "short_term_limited_sharing"

    @property
    def label(self) -> str:
        return {
            "erisa_self_funded": "A private job's plan whose claims the employer pays",
            "erisa_insured": "A private job's plan that an insurer sells",
            "individual_aca": "A plan bought directly or through a marketplace",
            "grandfathered": "A grandfathered plan (unchanged since March 23, 2010)",
            "nonfederal_governmental": "A plan of a state, county, city or public school",
            "church": "A church plan",
            "medicaid_managed_care": "Medicaid through a health plan",
            "medicaid_ffs": "Medicaid directly from the state",
            "original_medicare": "Original Medicare",
            "medicare_advantage": "Medicare Advantage (Part C)",
            "medicare_part_d": "Medicare drug coverage (Part D)",
            "tricare": "TRICARE",
            "va": "VA health care",
            "fehb": "A plan for federal or postal workers (FEHB)",
            "short_term_limited_sharing": "A short-term, limited or sharing plan",
        }[self]


# Sold by an insurer, so that the law of the state of issue binds them.
INSURED = frozenset({PlanType.ERISA_INSURED, PlanType.INDIVIDUAL_ACA})
# Sold by an insurer or paid by the sponsor itself: that has to be asked.
INSURED_OR_NOT = frozenset({PlanType.NONFEDERAL_GOVERNMENTAL, PlanType.CHURCH})


def is_insured(plan_type: PlanType, told: bool | None) -> bool | None:
    """Whether an insurer bears the risk of the plan; None where that is not known."""
    if plan_type in INSURED_OR_NOT:
        return told
    return plan_type in INSURED
