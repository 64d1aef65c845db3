"""Requests that stand beside an appeal, under a plan that they fit and with all told."""

from collections.abc import Mapping

from appeals.letters import LetterContent
from appeals.letters.case import Value
from appeals.letters.content import Items
from tests.appeals.denied_cases import make_case
from tests.appeals.letter_cases import TOLD
from tests.appeals.letter_reading import letter

KINDS = (
    "documents_request",
    "parity_request",
    "keep_services",
    "good_cause",
    "representative",
    "complaint",
    "employer_exception",
)
LATE: Mapping[str, Value] = {
    "late_reason": "I was in the hospital.",
    "proof": "The discharge paper.",
}
HELPER: Mapping[str, Value] = {
    "representative_name": "Sample Helper",
    "representative_address": "2 Sample Street\nSampletown, OH 00000",
    "representative_phone": "555-0105",
    "representative_relation": "Sister",
}
WRONG: Mapping[str, Value] = {
    "regulator_name": "Sample Department of Insurance",
    "regulator_address": "3 Sample Street\nSampletown, OH 00000",
    "what_happened": "I called on November 3, 2026 and nobody called back.",
    "complaint_asks": "Whether the plan has to name the rule that it used.",
}
AT_WORK: Mapping[str, Value] = {
    "employer_name": "Sample Works",
    "employer_contact": "Benefits office\n4 Sample Street",
    "benefit_case": "With this care I could come back to full hours.",
}


def items_of(content: LetterContent, name: str) -> list[str]:
    block = next(one for one in content.blocks if one.id == name)
    listed = next(one for one in block.elements if isinstance(one, Items))
    return [" ".join(one.text for one in item) for item in listed.items]


def by_kind(kind: str, voice: str = "patient") -> LetterContent:
    """A letter of this kind under a plan that it fits, with all that it must be told."""
    plan = {"keep_services": "medicaid_plan", "good_cause": "original_medicare"}
    facts = {"appeal_follows": "follows", "care_ends_on": TOLD["starts_on"]}
    return letter(
        kind,
        voice,
        denied=make_case(plan.get(kind, "self_funded_job")),
        enclosures=("denial_notice", "representative_form"),
        facts={**facts, **LATE, **HELPER, **WRONG, **AT_WORK},
    )
