"""Denials of every kind of plan, as the interview finds them, for tests of page and calendar."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from appeals.denial import Denial, Notice
from appeals.denied import Contact, DeniedCase, denied_case
from appeals.law.finder import outcome
from appeals.law.reasons import ReasonId
from appeals.law.stages import Service
from policies.situation import Treatment

ON = dt.date(2026, 11, 25)
NOTICE_ON = dt.date(2026, 10, 30)
NOT_KNOWN = "dont_know"

# The answers that lead to a plan, and the steps whose decision its notice can be.
PLANS: Mapping[str, tuple[dict[str, str], tuple[str, ...]]] = MappingProxyType(
    {
        "self_funded_job": (
            {"source": "job", "payer": "employer", "grandfathered": "no"},
            ("initial_claim", "internal_1", "internal_2", "external_federal"),
        ),
        "insured_job": (
            {"source": "job", "payer": "insurer", "grandfathered": "no", "issue_state": "?"},
            ("initial_claim", "internal_1", "internal_2", "external_state"),
        ),
        "insured_or_self_funded_job": (
            {"source": "job", "payer": "dont_know", "grandfathered": "no", "issue_state": "?"},
            ("initial_claim", "internal_1", "internal_2"),
        ),
        "grandfathered_job": (
            {"source": "job", "payer": "employer", "grandfathered": "yes"},
            ("initial_claim", "internal_1"),
        ),
        "grandfathered_bought": (
            {"source": "bought", "document": "grandfathered"},
            ("initial_claim", "internal_1"),
        ),
        "bought": (
            {"source": "bought", "document": "neither", "issue_state": "?"},
            ("initial_claim", "internal_1", "external_state"),
        ),
        "government": (
            {"source": "government", "payer": "employer", "grandfathered": "no"},
            ("initial_claim", "internal_1"),
        ),
        "government_insured": (
            {"source": "government", "payer": "insurer", "grandfathered": "no", "issue_state": "?"},
            ("initial_claim", "internal_1", "internal_2"),
        ),
        "church": (
            {
                "source": "church",
                "church_erisa": "no",
                "payer": "insurer",
                "grandfathered": "no",
                "issue_state": "?",
            },
            ("initial_claim", "internal_1"),
        ),
        "medicaid_plan": (
            {"source": "medicaid", "plan_on_card": "plan", "medicaid_state": "?"},
            ("authorization", "plan_appeal"),
        ),
        "medicaid_state": (
            {"source": "medicaid", "plan_on_card": "state", "medicaid_state": "?"},
            ("action",),
        ),
        "original_medicare": (
            {"source": "medicare", "card": "original", "benefit": "medical"},
            ("initial_determination", "redetermination", "reconsideration", "alj", "council"),
        ),
        "medicare_advantage": (
            {"source": "medicare", "card": "advantage", "benefit": "medical"},
            ("organization_determination", "reconsideration", "independent_review", "alj"),
        ),
        "medicare_drug": (
            {"source": "medicare", "card": "advantage", "benefit": "drug"},
            ("coverage_determination", "redetermination", "reconsideration", "alj"),
        ),
        "medicare_unknown": (
            {"source": "medicare", "card": "dont_know", "benefit": "dont_know"},
            ("first_decision", "later_decision"),
        ),
        "medicare_original_or_advantage": (
            {"source": "medicare", "card": "dont_know", "benefit": "medical"},
            ("first_decision", "later_decision"),
        ),
        "medicaid_unknown": (
            {"source": "medicaid", "plan_on_card": "dont_know", "medicaid_state": "?"},
            ("first_decision", "later_decision"),
        ),
        "bought_or_limited": (
            {"source": "bought", "document": "dont_know", "issue_state": "?"},
            ("first_decision", "later_decision"),
        ),
        "tricare_or_va": (
            {"source": "military", "program": "dont_know"},
            ("decision", "later_decision"),
        ),
        "tricare": (
            {"source": "military", "program": "tricare"},
            ("decision", "reconsideration", "formal_review"),
        ),
        "va": ({"source": "military", "program": "va"}, ("decision", "clinical_appeal")),
        "federal": ({"source": "federal"}, ("decision", "carrier_reconsideration", "opm_review")),
        "limited": ({"source": "limited"}, ("decision",)),
    }
)


def make_case(
    plan: str = "self_funded_job",
    *,
    answers: str = "",
    state: str = "OH",
    notice: Notice | None = None,
    reasons: tuple[str, ...] = ("experimental_investigational", "step_therapy"),
    condition: str = "treatment_resistant_depression",
    treatment: Treatment | None = Treatment.IV_KETAMINE,
    service: Service | None = None,
    is_expedited: bool = False,
    contact: Contact | None = None,
    on: dt.date = ON,
) -> DeniedCase:
    """A denial of this plan; the first decision unless another is named."""
    told, steps = PLANS[plan]
    denial = Denial(
        notice=notice or Notice(notice_on=NOTICE_ON),
        answers=answers or steps[0],
        treatment=treatment,
        service=service,
        is_expedited=is_expedited,
        reasons=tuple(map(ReasonId, reasons)),
        condition=condition,
        carc=("55", "45", "48"),
        reference_numbers=("SAMPLE-77",),
    )
    given = {name: state if answer == "?" else answer for name, answer in told.items()}
    if state == NOT_KNOWN:
        given["residence_state"] = NOT_KNOWN
    return denied_case(outcome(given), denial, contact or Contact(), on=on)
