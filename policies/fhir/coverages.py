"""Reads who pays, and for what kind of plan.

An insurer is ours by a name that it goes by alone, else it stays the name as the record has it.
"""

from collections.abc import Mapping
from dataclasses import replace

from policies.catalogue import Insurer, InsurerKind
from policies.catalogue.names import insurers_called, known_names, name_words
from policies.fhir.elements import Resource, date_of, object_of, objects, text_of
from policies.fhir.found import Caution, Kind, Reason, Sureness
from policies.fhir.gathering import Gathering, origin_of, sure_if
from policies.fhir.plan_kinds import KindTold, is_not_medical, kind_of_plan

# What stands in the payer's place without naming one.
_NO_NAME = ("private", "unknown", "self", "self pay", "self-pay", "no_insurance", "none", "other")

_NO_COMPANIES = (InsurerKind.MEDICAID_PROGRAM, InsurerKind.RULE_MAKER, InsurerKind.FEDERAL_PROGRAM)


def read_coverage(
    coverage: Resource, gathering: Gathering, insurers: Mapping[str, Insurer]
) -> str | None:
    """Find the payer; the member's number comes back, and is no part of any find."""
    payer = _payer(coverage, gathering)
    origin = origin_of(coverage, payer)
    status = text_of(coverage.get("status"))
    if status == "entered-in-error":
        gathering.leave_out(origin, Reason.ENTERED_IN_ERROR)
        return None
    if status not in ("active", ""):
        gathering.leave_out(origin, Reason.NOT_IN_FORCE)
        return None
    if is_not_medical(coverage, payer):
        gathering.leave_out(origin, Reason.NOT_MEDICAL)
        return None
    cautions = [Caution.COVERAGE_ENDED] if _is_over(coverage, gathering) else []
    called = insurers_called(payer, insurers)
    slug = called[0] if len(called) == 1 else None
    is_company = _is_company(payer, slug, insurers)
    told = kind_of_plan(coverage, payer, is_company=is_company)
    if slug is not None and told.is_silent:
        told = replace(told, line=insurers[slug].pays_for)
    _add_kind(coverage, told, gathering, cautions)
    if not payer or payer.casefold() in _NO_NAME:
        gathering.leave_out(origin, Reason.NO_VALUE)
        return None
    if slug is not None:
        gathering.add(Kind.PLAN, "insurer", slug, origin, *cautions, sureness=sure_if(cautions))
    else:
        gathering.add(
            Kind.PLAN,
            "insurer_name",
            payer,
            origin,
            *cautions,
            Caution.PAYER_IS_SEVERAL if called else Caution.PAYER_NOT_HELD,
            sureness=sure_if(cautions),
        )
    return text_of(coverage.get("subscriberId")) or None


def _add_kind(
    coverage: Resource, told: KindTold, gathering: Gathering, cautions: list[Caution]
) -> None:
    """Note the kind of plan, which a person must always confirm, and what says nothing of it."""
    if told.line is not None:
        origin = origin_of(coverage, told.words, told.codings)
        gathering.add(
            Kind.PLAN,
            "line_of_business",
            told.line.value,
            origin,
            *cautions,
            Caution.KIND_OF_PLAN,
            sureness=Sureness.TO_CONFIRM,
        )
    if told.not_understood or told.words_not_understood:
        gathering.not_understood(coverage, told.not_understood, told.words_not_understood)


def _is_company(payer: str, slug: str | None, insurers: Mapping[str, Insurer]) -> bool:
    """Whether the payer is a company, by its own name or by one that we hold at its start.

    A program of the nation or of a state is none.
    """
    if slug is not None:
        return _covers_as_company(insurers[slug])
    words = tuple(name_words(payer))
    return any(
        words[: len(brand)] == brand
        for insurer in insurers.values()
        if _covers_as_company(insurer)
        for brand in known_names(insurer)
    )


def _covers_as_company(insurer: Insurer) -> bool:
    return insurer.pays_for is None and insurer.kind not in _NO_COMPANIES


def _payer(coverage: Resource, gathering: Gathering) -> str:
    for reference in objects(coverage.get("payor")):
        held = gathering.contents.resolve(reference, coverage)
        name = text_of(held.get("name")) if held is not None else ""
        if name or text_of(reference.get("display")):
            return name or text_of(reference.get("display"))
    return ""


def _is_over(coverage: Resource, gathering: Gathering) -> bool:
    period = object_of(coverage.get("period"))
    start, end = date_of(period.get("start")), date_of(period.get("end"))
    return (end is not None and end.last < gathering.on) or (
        start is not None and start.first > gathering.on
    )
