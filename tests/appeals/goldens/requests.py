"""Requests beside an appeal, complaints, networks, bills and claims."""

import datetime as dt

from tests.appeals.goldens.samples import (
    BILL,
    LATE,
    REGULATOR,
    REPRESENTATIVE,
    Goldens,
    before_a_denial,
    letter,
)
from tests.appeals.letter_cases import TOLD

REQUESTS: Goldens = {
    "documents_request_medicaid_patient": lambda: letter(
        "documents_request",
        "patient",
        plan="medicaid_plan",
        facts={**TOLD, "appeal_follows": "follows"},
        enclosures=("denial_notice",),
    ),
    "documents_request_self_funded_representative": lambda: letter(
        "documents_request",
        "representative",
        facts={**TOLD, "writer_relation": "Sister", "appeal_follows": "follows"},
        enclosures=("denial_notice", "representative_form"),
    ),
    "parity_request_self_funded_patient": lambda: letter(
        "parity_request",
        "patient",
        facts={**TOLD, "limit": "prior authorization", "appeal_follows": "follows"},
        enclosures=(),
    ),
    "keep_services_medicaid_parent": lambda: letter(
        "keep_services",
        "parent",
        plan="medicaid_plan",
        facts={**TOLD, "care_ends_on": dt.date(2026, 12, 5), "appeal_follows": "enclosed"},
        enclosures=("denial_notice",),
    ),
    "good_cause_original_medicare_patient": lambda: letter(
        "good_cause",
        "patient",
        plan="original_medicare",
        facts={**TOLD, **LATE},
        enclosures=("denial_notice",),
    ),
    "representative_self_funded_patient": lambda: letter(
        "representative",
        "patient",
        facts={**TOLD, **REPRESENTATIVE},
        enclosures=(),
    ),
    "complaint_insured_patient": lambda: letter(
        "complaint",
        "patient",
        plan="insured_job",
        facts={
            **TOLD,
            **REGULATOR,
            "what_happened": "On November 10, 2026 I asked for the rule that was used. By "
            "November 24, 2026 nothing had come.",
            "complaint_asks": "Whether the plan has to send the rule that it used.",
        },
        enclosures=("denial_notice",),
    ),
    "employer_exception_self_funded_patient": lambda: letter(
        "employer_exception",
        "patient",
        reasons=("plan_exclusion",),
        facts={
            **TOLD,
            "employer_name": "Sample Company",
            "employer_contact": "Benefits office\n3 Sample Road\nSampletown, OH 00000",
            "benefit_case": "With this treatment I expect to be back at work part time.",
        },
        enclosures=(),
    ),
    "network_gap_insured_patient": lambda: letter(
        "network_gap",
        "patient",
        plan="insured_job",
        reasons=("out_of_network_or_site",),
        facts={
            **TOLD,
            "searched": "November 2, 2026, Sample Hospital: does not give infusions.\n"
            "November 3, 2026, Sample Pain Center: takes no new patients.",
            "why_site": "It is the one clinic within two hours that gives the infusions.",
            "rate": "$450 a session",
        },
        enclosures=("denial_notice", "network_search_log"),
    ),
    "retrospective_authorization_clinician": lambda: letter(
        "retrospective_authorization",
        "clinician",
        plan="insured_job",
        reasons=("no_prior_authorization",),
        facts={
            **TOLD,
            "service_on": "October 5, 7 and 9, 2026",
            "authorization_reason": "The plan's line said on October 2, 2026 that none was "
            "needed (call SAMPLE-CALL-1).",
            "proof": "The clinic's log of the call.",
        },
        enclosures=("denial_notice", "authorization_proof"),
    ),
    "corrected_claim_clinician": lambda: letter(
        "corrected_claim",
        "clinician",
        plan="insured_job",
        reasons=("wrong_or_unlisted_code",),
        facts={
            **TOLD,
            "service_on": "October 5, 2026",
            "units": "50",
            "place_of_service": "11",
            "correction": "The claim went out with 5 units. The record shows 50.",
            "proof": "The infusion record of October 5, 2026.",
        },
        enclosures=("remittance", "corrected_claim", "itemized_bill"),
    ),
    "out_of_network_claim_parent": lambda: before_a_denial(
        "out_of_network_claim",
        "parent",
        {**TOLD, **BILL},
        enclosures=("itemized_bill",),
    ),
}
