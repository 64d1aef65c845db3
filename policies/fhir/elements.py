"""Looks into a resource without trusting its shape: what is not as it should be is as if not there.

A fault in one field of a resource costs that field, and never the resource or the file.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from policies.faults import printable

Resource: TypeAlias = Mapping[str, Any]

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"

# The identifiers that older exports give instead of the addresses.
_SAME_SYSTEM = {
    "urn:oid:2.16.840.1.113883.6.90": ICD10CM,
    "urn:oid:2.16.840.1.113883.6.96": SNOMED,
    "urn:oid:2.16.840.1.113883.6.1": LOINC,
    "urn:oid:2.16.840.1.113883.6.88": RXNORM,
    "urn:oid:2.16.840.1.113883.6.12": CPT,
    "urn:oid:2.16.840.1.113883.6.285": HCPCS,
    "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets": HCPCS,
    "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes": HCPCS,
}
_MOST_LETTERS = 200
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Coding:
    """One code with its system and the words that stand beside it."""

    system: str
    code: str
    display: str = ""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is told; `first` and `last` are the days that it may mean."""

    first: dt.date
    last: dt.date

    @property
    def day(self) -> dt.date | None:
        """The day, where the whole of it is told."""
        return self.first if self.first == self.last else None


def text_of(value: object) -> str:
    """A text in one line and of bounded length; nothing where it is no text."""
    if not isinstance(value, str):
        return ""
    value = value[: 4 * _MOST_LETTERS]
    return " ".join((value if value.isprintable() else printable(value)).split())[:_MOST_LETTERS]


def objects(value: object) -> Iterator[Resource]:
    """The objects of a list, or the one that stands where a list may."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one


def object_of(value: object) -> Resource:
    """An object, or an empty one; of a list the first."""
    return next(objects(value), {})


def codings(concept: object) -> tuple[Coding, ...]:
    """The codes of a CodeableConcept, in their order."""
    return tuple(
        coding
        for coding in map(coding_of, objects(object_of(concept).get("coding")))
        if coding.code
    )


def coding_of(value: Resource) -> Coding:
    system = text_of(value.get("system")).rstrip("/")
    return Coding(
        _SAME_SYSTEM.get(system, system), text_of(value.get("code")), text_of(value.get("display"))
    )


def code_of(concept: object) -> str:
    """The code of a status, which has one."""
    return next((one.code for one in codings(concept)), "")


def words_of(concept: object) -> str:
    """What a CodeableConcept says in words: its own text, else that of a code."""
    own = text_of(object_of(concept).get("text"))
    return own or next((one.display for one in codings(concept) if one.display), "")


def number_of(value: object) -> float | None:
    """A number, be it written as a text of digits; a yes or no is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,6}(\.\d{1,6})?\s*", value):
        return float(value)
    return None


def date_of(value: object) -> PartialDate | None:
    """A date or moment as far as it is told; a moment is the day that it names.

    >>> date_of("2026-02").last
    datetime.date(2026, 2, 28)
    """
    found = _DATE.fullmatch(value) if isinstance(value, str) and len(value) < 60 else None
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = dt.date(year or 0, month or 1, day or 1)
        if day is not None:
            return PartialDate(first, first)
        if month is not None:
            later = dt.date(first.year + month // 12, month % 12 + 1, 1)
            return PartialDate(first, later - dt.timedelta(days=1))
        return PartialDate(first, dt.date(first.year, 12, 31))
    except ValueError:
        # There is no such day, or its month ends past the last year that there is.
        return None


def first_date(resource: Resource, *names: str) -> PartialDate | None:
    """The first of several fields that tells a date; of a period its end, else its start."""
    for name in names:
        value = resource.get(name)
        if isinstance(value, dict):
            value = value.get("end") or value.get("start")
        found = date_of(value)
        if found is not None:
            return found
    return None
