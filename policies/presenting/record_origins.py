"""Where something stands in a record, as its review says it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies.fhir import Found, Origin
from policies.fhir.elements import CPT, HCPCS, ICD10CM, LOINC, RXNORM, SNOMED, Coding
from policies.wording.dates import date

SYSTEMS = {
    ICD10CM: "ICD-10-CM",
    SNOMED: "SNOMED CT",
    LOINC: "LOINC",
    RXNORM: "RxNorm",
    CPT: "CPT",
    HCPCS: "HCPCS",
}
RESOURCES = {
    "Patient": N_("The person's own details"),
    "Condition": N_("A diagnosis"),
    "MedicationRequest": N_("A prescription"),
    "MedicationStatement": N_("A list of medicines"),
    "MedicationDispense": N_("A supply from the pharmacy"),
    "MedicationAdministration": N_("A dose that was given"),
    "Observation": N_("A measurement"),
    "QuestionnaireResponse": N_("A questionnaire that was filled in"),
    "Procedure": N_("A procedure"),
    "Coverage": N_("The insurance"),
    "Bundle": N_("A second file"),
}


@dataclass(frozen=True, slots=True)
class OriginView:
    """Where something was read; `words` and `codes` are the record's own."""

    resource: str
    name: str
    day: str
    words: str
    codes: tuple[str, ...]


def seen_of(found: Found, title: str) -> tuple[str, str]:
    """What is seen of a find's origins at once: the days, and the record's words for it.

    What the title says already is not said again.
    """
    listed = [origin_view(one) for one in found.origins]
    days = sorted({one.on for one in found.origins if one.on is not None})
    if len(days) > 1:
        day = _("%(first)s to %(last)s") % {"first": date(days[0]), "last": date(days[-1])}
    else:
        day = next((one.day for one in listed if one.day), "")
    told = [one.words for one in listed if one.words]
    words = told[-1] if told and told[-1].casefold() not in title.casefold() else ""
    return "" if day in title else day, words


def last_day(found: Found) -> str:
    """The latest day that the record gives for a find; empty where it gives none."""
    day = latest_on(found)
    return "" if day is None else date(day)


def latest_on(found: Found) -> dt.date | None:
    """The same as a day."""
    # The date of the person's own details is that of their birth.
    dated = (one for one in found.origins if not one.resource.startswith("Patient"))
    return max((one.on for one in dated if one.on is not None), default=None)


def origin_view(origin: Origin) -> OriginView:
    kind = origin.resource.partition("/")[0]
    day = "" if origin.on is None else date(origin.on)
    if kind == "Patient" and day:
        day = _("born %(date)s") % {"date": day}
    return OriginView(
        _(RESOURCES[kind]) if kind in RESOURCES else "",
        kind,
        day,
        origin.words,
        tuple(dict.fromkeys(map(_coding, origin.codings))),
    )


def _coding(coding: Coding) -> str:
    return " ".join(
        part for part in (SYSTEMS.get(coding.system, coding.system), coding.code) if part
    )
