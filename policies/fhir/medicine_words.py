"""What the words of an order say beside the drug: its form, a refusal, and what it was for."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from policies import terms
from policies.fhir.codes import snomed_meanings
from policies.fhir.conditions import icd10_code
from policies.fhir.elements import ICD10CM, SNOMED, Coding, codings, words_of
from policies.fhir.found import Reason
from policies.terms import Drug

# Whose kind depends on what they were given for.
_KINDS = ("antidepressant", "augmentation")
_ANESTHETICS = ("ketamine", "esketamine")
_DEPRESSIONS = frozenset({"depression", "bipolar_depression"})


class Use(StrEnum):
    """What a medicine was given for, as far as the record says."""

    DEPRESSION = "depression"
    OTHER = "other"


def why_no_trial(words: str) -> Reason | None:
    """Why an order that names a drug is none of its trials, by its own words."""
    small = words.casefold()
    if _pattern("local_forms").search(small):
        return Reason.LOCAL_FORM
    return Reason.NOT_TAKEN_BY_WORDS if _pattern("not_taken").search(small) else None


def use_of(drug: Drug, reasons: Iterable[object]) -> Use | None:
    """What the reasons of a prescription tell; depression where it is one of them."""
    if drug.drug_class.kind not in _KINDS:
        return None
    uses = {_use(one) for one in reasons}
    if Use.DEPRESSION in uses:
        return Use.DEPRESSION
    return Use.OTHER if Use.OTHER in uses else None


def is_for_anesthesia(kind: str | None, words: Iterable[str]) -> bool:
    """Whether words say that ketamine was given to sedate, and name no depression or pain."""
    said = " | ".join(words).casefold()
    if kind not in _ANESTHETICS or not _pattern("anesthesia").search(said):
        return False
    return not any(_pattern(one).search(said) for one in ("depression", "pain"))


def _use(concept: object) -> Use | None:
    listed = codings(concept)
    conditions = {held for one in listed for held in _conditions(one)}
    words = " | ".join([words_of(concept), *(one.display for one in listed)]).casefold()
    icd10 = [icd10_code(one.code) for one in listed if one.system == ICD10CM]
    if (
        conditions & _DEPRESSIONS
        or any(map(_pattern("depression_codes").match, icd10))
        or _pattern("depression").search(words)
    ):
        return Use.DEPRESSION
    is_disease = bool(conditions) or any(map(_pattern("disease_codes").match, icd10))
    is_known = any(one.system == SNOMED and one.code in snomed_meanings() for one in listed)
    return Use.OTHER if is_disease or is_known or _pattern("other_uses").search(words) else None


def _conditions(coding: Coding) -> frozenset[str]:
    """The conditions that a code stands for, with all that they lie within."""
    named: frozenset[str] = frozenset()
    if coding.system == ICD10CM:
        named = terms.conditions_of_code(icd10_code(coding.code))
    elif coding.system == SNOMED and coding.code in snomed_meanings():
        named = frozenset({snomed_meanings()[coding.code].condition} - {""})
    return frozenset(wider for one in named for wider in terms.wider_conditions(one))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    file = Path(__file__).with_name("medicines.yaml")
    return re.compile("|".join(yaml.safe_load(file.read_text(encoding="utf-8"))[name]))
