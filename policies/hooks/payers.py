"""What the record tells of the plan: its kind, and why no payer could be told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from policies.fhir import Caution, Found, Kind, Reason, Record
from policies.situation import LineOfBusiness, Situation

COVERAGES = "coverages"
NOT_SENT = "no coverage was sent"
FAILED = "the coverage sent can't be read"
NONE = "the record holds no coverage"
WHY = {
    Reason.NOT_IN_FORCE: "no coverage sent is in force",
    Reason.OF_SOMEONE_ELSE: "the coverage sent is another patient's",
    Reason.OF_NOBODY: "the coverage sent does not say whose it is",
    Reason.ENTERED_IN_ERROR: "the coverage was entered in error",
    Reason.NO_VALUE: "the coverage sent names no payer",
}
# As a clinician says it: the labels of the check speak to patients, and are longer.
KINDS = {
    LineOfBusiness.COMMERCIAL: "commercial",
    LineOfBusiness.FEDERAL_EMPLOYEES: "federal employees (FEHB)",
    LineOfBusiness.ORIGINAL_MEDICARE: "Original Medicare",
    LineOfBusiness.MEDICARE_ADVANTAGE: "Medicare Advantage",
    LineOfBusiness.MEDICAID: "Medicaid from the state",
    LineOfBusiness.MEDICAID_MANAGED_CARE: "Medicaid through a health plan",
    LineOfBusiness.TRICARE: "TRICARE",
    LineOfBusiness.VA: "VA",
    LineOfBusiness.WORKERS_COMPENSATION: "workers' compensation",
    LineOfBusiness.CHIP: "CHIP",
}
KIND_TAKEN = "Plan taken as {kind} by its coverage, not confirmed."
SEVERAL_KINDS = "The record's coverage names several kinds of plan; none was taken."


def with_kind(told: Situation, record: Record) -> tuple[Situation, str]:
    """The situation with the kind of plan that the payer's coverage tells, and what to say of it.

    It is not confirmed, and is used all the same: without it a patient of Medicaid would be
    answered by the rule for another kind of plan.
    """
    payers = payers_in(record)
    lines = [one for one in _of_plan(record) if one.name == "line_of_business"]
    used = [one for one in payers if one.value in (told.plan.insurer, told.plan.insurer_name)]
    places = {origin.resource for one in used for origin in one.origins}
    if places:
        lines = [one for one in lines if places & {origin.resource for origin in one.origins}]
    kinds = [one.value for one in lines if Caution.COVERAGE_ENDED not in one.cautions]
    if len(kinds) != 1:
        return told, SEVERAL_KINDS if kinds else ""
    line = LineOfBusiness(str(kinds[0]))
    plan = replace(told.plan, line_of_business=line)
    return replace(told, plan=plan), KIND_TAKEN.format(kind=KINDS[line])


def payers_in(record: Record) -> list[Found]:
    """Every payer that the record's coverage names, held by us or not."""
    return [one for one in _of_plan(record) if one.name in ("insurer", "insurer_name")]


def why_no_payer(record: Record, prefetch: Mapping[str, Any]) -> str:
    """Why the record tells no payer in force."""
    if any(Caution.COVERAGE_ENDED in one.cautions for one in _of_plan(record)):
        return WHY[Reason.NOT_IN_FORCE]
    left = [one.reason for one in record.left_out if one.origin.resource.startswith("Coverage")]
    for reason, words in WHY.items():
        if reason in left:
            return words
    sent = prefetch.get(COVERAGES)
    if sent is None:
        return NOT_SENT
    return FAILED if _is_failure(sent) else NONE


def _is_failure(sent: object) -> bool:
    """Whether the search failed, or brought something that is no coverage."""
    if not isinstance(sent, dict) or sent.get("resourceType") != "Bundle":
        return True
    return bool(sent.get("entry"))


def _of_plan(record: Record) -> list[Found]:
    return [one for one in record.found if one.kind is Kind.PLAN]
