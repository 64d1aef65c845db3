"""What the record tells of the plan: its kind, and why no payer could be told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from policies.catalogue import Insurer
from policies.fhir import Caution, Found, Kind, Reason, Record, Sureness
from policies.fhir.bundles import name_of
from policies.fhir.elements import Resource, number_of, object_of, objects
from policies.hooks.services import COVERAGES
from policies.hooks.words import escaped
from policies.situation import LineOfBusiness, Situation

LAST = float("inf")
OTHER_PAYER = "one we do not hold"
ORDER_NOT_TOLD = "Who pays first is not told."
NOT_SENT = "no coverage was sent"
FAILED = "the coverage sent can't be read"
UNSURE = "the payer that the record names wants a person's yes"
NONE = "the record holds no coverage"
WHY = {
    Reason.NOT_IN_FORCE: "no coverage sent is in force",
    Reason.OF_SOMEONE_ELSE: "the coverage sent is another patient's",
    Reason.OF_NOBODY: "the coverage sent does not say whose it is",
    Reason.ENTERED_IN_ERROR: "the coverage was entered in error",
    Reason.NOT_MEDICAL: "the coverage sent is not for medical care",
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
KIND_TAKEN = "Plan taken as {kind} by its coverage, unconfirmed."
SEVERAL_KINDS = "The record's coverage names several kinds of plan; none was taken."


@dataclass(frozen=True, slots=True)
class Payers:
    """Who pays first, by the order that the coverages tell, the names of the others, or why none.

    `first` is None where nobody is named in force, or what is named wants a person's yes.
    """

    first: Found | None = None
    others: tuple[str, ...] = ()
    is_first_told: bool = False
    why_none: str = ""

    def lines(self) -> Iterator[str]:
        """That others pay too, each by a rule of its own."""
        if self.others:
            named = ", ".join(map(escaped, self.others))
            yield f"Other payers, each by its own rule: {named}."
        if self.others and not self.is_first_told:
            yield ORDER_NOT_TOLD


def payers_of(
    record: Record, prefetch: Mapping[str, Any], insurers: Mapping[str, Insurer]
) -> Payers:
    """The payers in force; where no order is told, one that we hold goes before others."""
    named = payers_in(record)
    if not named:
        return Payers(why_none=why_no_payer(record, prefetch))
    places = _places(prefetch)
    told = {one.key: [places.get(o.resource, LAST) for o in one.origins] for one in named}
    least, *more = sorted(place for held in told.values() for place in held)
    # Two that pay in the same place, or in none, tell no order.
    is_first_told = least < min(more, default=LAST)
    first, *others = sorted(
        named, key=lambda one: min(told[one.key]) if is_first_told else one.name != "insurer"
    )
    is_sure = first.sureness is Sureness.STATED
    return Payers(
        first=first if is_sure else None,
        others=tuple(dict.fromkeys(_named(one, insurers) for one in others)),
        is_first_told=is_first_told,
        why_none="" if is_sure else UNSURE,
    )


def without_others(finds: Iterable[Found], payers: Payers) -> tuple[Found, ...]:
    """The finds with the first payer alone: each other one has a rule of its own."""
    names = ("insurer", "insurer_name")
    return tuple(
        one
        for one in finds
        if one.kind is not Kind.PLAN or one.name not in names or one == payers.first
    )


def with_kind(told: Situation, record: Record, payers: Payers) -> tuple[Situation, str]:
    """The situation with the kind of plan that the payer's coverage tells, and what to say of it.

    It is not confirmed, and is used all the same: without it a patient of Medicaid would be
    answered by the rule for another kind of plan.
    """
    lines = [one for one in _of_plan(record) if one.name == "line_of_business"]
    origins = payers.first.origins if payers.first is not None else ()
    # Of several coverages of one payer the first counts, where the record tells which that is.
    places = {one.resource for one in (origins[:1] if payers.is_first_told else origins)}
    if places:
        lines = [one for one in lines if places & {origin.resource for origin in one.origins}]
    kinds = [one.value for one in lines if Caution.COVERAGE_ENDED not in one.cautions]
    if len(kinds) != 1:
        return told, SEVERAL_KINDS if kinds else ""
    line = LineOfBusiness(str(kinds[0]))
    plan = replace(told.plan, line_of_business=line)
    return replace(told, plan=plan), KIND_TAKEN.format(kind=KINDS[line])


def _places(prefetch: Mapping[str, Any]) -> dict[str, float]:
    """In which place each coverage sent pays, by its name."""
    bundles = [object_of(prefetch.get(key)) for key in COVERAGES]
    entries = [entry for one in bundles for entry in objects(one.get("entry"))]
    sent = [object_of(one.get("resource")) for one in entries]
    return {name_of(one): place_of(one) for one in sent}


def place_of(resource: Resource) -> float:
    """The place in which a coverage pays; last where none is told."""
    is_coverage = resource.get("resourceType") == "Coverage"
    return (number_of(resource.get("order")) if is_coverage else None) or LAST


def _named(payer: Found, insurers: Mapping[str, Insurer]) -> str:
    """A payer by the name that we have for it; the record's own words are not repeated."""
    held = insurers.get(str(payer.value)) if payer.name == "insurer" else None
    return held.name.split(" (")[0] if held is not None else OTHER_PAYER


def payers_in(record: Record) -> list[Found]:
    """Every payer that a coverage in force names, held by us or not."""
    return [
        one
        for one in _of_plan(record)
        if one.name in ("insurer", "insurer_name") and Caution.COVERAGE_ENDED not in one.cautions
    ]


def why_no_payer(record: Record, prefetch: Mapping[str, Any]) -> str:
    """Why the record tells no payer in force."""
    if any(Caution.COVERAGE_ENDED in one.cautions for one in _of_plan(record)):
        return WHY[Reason.NOT_IN_FORCE]
    left = [one.reason for one in record.left_out if one.origin.resource.startswith("Coverage")]
    for reason, words in WHY.items():
        if reason in left:
            return words
    sent = [one for key in COVERAGES if (one := prefetch.get(key)) is not None]
    if not sent:
        return NOT_SENT
    return FAILED if all(map(_is_failure, sent)) else NONE


def _is_failure(sent: object) -> bool:
    """Whether the search failed, or brought something that is no coverage."""
    if not isinstance(sent, dict) or sent.get("resourceType") != "Bundle":
        return True
    return bool(sent.get("entry"))


def _of_plan(record: Record) -> list[Found]:
    return [one for one in record.found if one.kind is Kind.PLAN]
