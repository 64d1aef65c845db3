"""What codes stand for: SNOMED CT, RxNorm, LOINC and procedure codes in our own terms.

The numbers stand in the YAML files beside this one, each with the source it was read in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policies import terms
from policies.fhir.elements import CPT, HCPCS, LOINC, SNOMED
from policies.terms import Drug

HERE = Path(__file__).parent
_SYSTEMS = {"loinc": LOINC, "snomed": SNOMED, "cpt": CPT, "hcpcs": HCPCS}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a diagnosis code says: a condition, and facts beside it."""

    condition: str = ""
    facts: Mapping[str, bool | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """A questionnaire by its items, in their order, and the scores of its answers."""

    scale: str
    code: str
    items: tuple[str, ...]
    answers: Mapping[str, int]


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def snomed_meanings() -> Mapping[str, Meaning]:
    """What each SNOMED CT number stands for."""
    found = {}
    for group in _read("snomed.yaml")["groups"]:
        facts = {
            name: value
            for name, value in group.items()
            if name not in ("source", "condition", "codes")
        }
        for code in group["codes"]:
            found[code] = Meaning(group.get("condition", ""), facts)
    return found


def facts_of_icd10(code: str) -> dict[str, bool | str]:
    """What an ICD-10-CM code says beyond the list of our own, by how it begins."""
    return {
        fact: value for pattern, fact, value in _icd10_patterns() if pattern.match(code) is not None
    }


@cache
def _icd10_patterns() -> tuple[tuple[re.Pattern[str], str, bool | str], ...]:
    return tuple(
        (re.compile("|".join(one["codes"])), one["fact"], one["is"])
        for one in _read("icd10.yaml")["facts"]
    )


@cache
def drugs_by_rxnorm() -> Mapping[str, Drug]:
    """The drug of each RxNorm code, be it of an ingredient or of a product."""
    drugs = terms.drugs()
    data = _read("rxnorm.yaml")
    found = {one.rxnorm_ingredient: one for one in drugs.values() if one.rxnorm_ingredient}
    for listed in (data["products"], data["further"]):
        for name, codes in listed.items():
            found.update(dict.fromkeys(codes, drugs[name]))
    return found


@cache
def ingredient_codes() -> frozenset[str]:
    """The RxNorm codes that name an ingredient, and so no form or route."""
    return frozenset(one.rxnorm_ingredient for one in terms.drugs().values()) - {""}


@cache
def rxnorm_of_other_use() -> frozenset[str]:
    """Products of our drugs that are made for something else."""
    return frozenset(_read("rxnorm.yaml")["other_use"])


@cache
def scale_totals() -> Mapping[tuple[str, str], str]:
    """The scale of each code that means a total score."""
    return {
        (_SYSTEMS[one["system"]], one["code"]): one["scale"]
        for one in _read("scales.yaml")["totals"]
    }


@cache
def panels() -> tuple[Panel, ...]:
    """The questionnaires whose items we know."""
    return tuple(
        Panel(one["scale"], one["code"], tuple(one["items"]), one["answers"])
        for one in _read("scales.yaml")["panels"]
    )


@cache
def scale_names() -> Mapping[str, re.Pattern[str]]:
    """What finds a scale without a known code by its names, in small letters."""
    return {
        scale: re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
        for scale, names in _read("scales.yaml")["names"].items()
    }


@cache
def procedure_kinds() -> Mapping[tuple[str, str], str]:
    """The kind of treatment that a procedure code stands for."""
    return {
        (_SYSTEMS[group["system"]], code): group["kind"]
        for group in _read("procedures.yaml")["codes"]
        for code in group["codes"]
    }


@cache
def procedure_words() -> Mapping[str, tuple[str, ...]]:
    """The words that name a kind of treatment, the narrower kinds first."""
    return {kind: tuple(words) for kind, words in _read("procedures.yaml")["words"].items()}


@cache
def phq9_wording() -> Any:
    """The PHQ-9 in its published English words: stem, items and answers."""
    path = Path(terms.__file__).with_name("phq9.yaml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))["en"]
