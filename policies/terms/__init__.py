"""The clinical terms that a situation and a criterion share: conditions, drugs, scales, codes.

Each term stands in a YAML file beside this one, with the source it was read in; an entry without
a source for some detail (a dose, a range) leaves that detail out rather than guessing it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policies.terms.product_names import plain, product_name

HERE = Path(__file__).parent
ICD10_RELEASE = "FY2026, not checked for FY2027"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that documents speak about, and the wider ones that it lies within.

    A group is spoken of by documents alone; nobody is diagnosed with it.
    """

    id: str
    label: str
    within: frozenset[str] = frozenset()
    perhaps_within: frozenset[str] = frozenset()
    overlaps: frozenset[str] = frozenset()
    icd10: tuple[str, ...] = ()
    too_vague_for_appeal: tuple[str, ...] = ()
    coding_note: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class DrugClass:
    """A class of drugs. Where `members_differ`, two of its drugs may or may not be two classes."""

    id: str
    label: str
    kind: str
    members_differ: bool = False


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug by its generic name, with the usual adult daily dose in mg where one was read.

    A drug that `has_other_uses` counts as its kind only where that kind was named.
    """

    name: str
    drug_class: DrugClass
    brands: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    usual_dose_mg_day: tuple[float, float] | None = None
    route: str = "oral"
    has_other_uses: bool = False
    rxnorm_ingredient: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RatingScale:
    """A rating scale; `range` is None where the possible scores were not read."""

    id: str
    label: str
    name: str
    measures: str
    rater: str
    range: tuple[int, int] | None = None
    loinc: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Implied:
    """An answer that a diagnosis, a code or another yes carries with it, or that it excludes."""

    fact: str
    value: bool | str | None
    excluded: str | None
    means: str
    conditions: frozenset[str]
    codes: tuple[str, ...]
    facts: frozenset[str]

    def allows(self, answer: object) -> bool:
        """Whether an answer goes with what is carried."""
        return answer != self.excluded if self.value is None else answer == self.value

    def carried_by(
        self, conditions: frozenset[str], codes: tuple[str, ...], answers: Mapping[str, object]
    ) -> list[str]:
        """What of a situation carries it, by name; nothing where nothing does."""
        return [
            *(code for code in codes if code.startswith(self.codes)),
            *sorted(self.conditions & conditions),
            *sorted(name for name in self.facts if answers.get(name) is True),
        ]


@dataclass(frozen=True, slots=True)
class Icd10Code:
    """An ICD-10-CM code of the CMS list for fiscal year 2026."""

    code: str
    description: str
    billable: bool


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


@cache
def conditions() -> Mapping[str, Condition]:
    """Every condition by its id, in the order a list should show them."""
    return {
        entry["id"]: Condition(
            id=entry["id"],
            label=entry["label"],
            within=frozenset(entry.get("within", ())),
            perhaps_within=frozenset(entry.get("perhaps_within", ())),
            overlaps=frozenset(entry.get("overlaps", ())),
            icd10=tuple(entry.get("icd10", ())),
            too_vague_for_appeal=tuple(entry.get("too_vague_for_appeal", ())),
            coding_note=entry.get("coding_note", ""),
            is_group=entry.get("is_group", False),
        )
        for entry in _read("conditions.yaml")
    }


@cache
def rating_scales() -> Mapping[str, RatingScale]:
    """Every rating scale by its id."""
    found = {}
    for entry in _read("scales.yaml"):
        limits = entry.pop("range", None)
        found[entry["id"]] = RatingScale(**entry, range=tuple(limits) if limits else None)
    return found


@cache
def drug_classes() -> Mapping[str, DrugClass]:
    """Every drug class by its id."""
    return {
        entry["id"]: DrugClass(
            entry["id"], entry["label"], entry["kind"], entry.get("members_differ", False)
        )
        for entry in _read("drugs.yaml")["classes"]
    }


@cache
def medicine_kinds() -> frozenset[str]:
    """The kinds of treatment that are medicines; the others are no drug."""
    return frozenset(item.kind for item in drug_classes().values())


@cache
def drugs() -> Mapping[str, Drug]:
    """Every drug by its generic name."""
    classes = drug_classes()
    found = {}
    for group in _read("drugs.yaml")["classes"]:
        for entry in group["drugs"]:
            dose = entry.get("usual_dose_mg_day")
            found[entry["name"]] = Drug(
                name=entry["name"],
                drug_class=classes[group["id"]],
                brands=tuple(entry.get("brands", ())),
                also=tuple(entry.get("also", ())),
                usual_dose_mg_day=(dose[0], dose[1]) if dose else None,
                route=entry.get("route", "oral"),
                has_other_uses=entry.get("has_other_uses", False),
                rxnorm_ingredient=entry.get("rxnorm_ingredient", ""),
                note=entry.get("note") or "",
            )
    return found


@cache
def combinations() -> Mapping[str, tuple[str, ...]]:
    """The brands of products that hold two drugs, which are a trial of neither, with both."""
    listed = _read("drugs.yaml")["combinations_left_out"]
    return {brand: tuple(parts) for brand, parts in listed.items()}


@cache
def only_drug_of(kind: str | None) -> Drug | None:
    """The drug of a kind that has but one, as esketamine has: it need not be named again."""
    of_kind = [one for one in drugs().values() if one.drug_class.kind == kind]
    return of_kind[0] if len(of_kind) == 1 else None


@cache
def _drugs_by_any_name() -> Mapping[str, Drug]:
    names = {}
    for drug in drugs().values():
        for name in (drug.name, *drug.brands, *drug.also):
            names[plain(name)] = drug
    for english, spanish in _read("../spanish/drugs.yaml")["texts"].items():
        names.setdefault(plain(spanish), names[plain(english)])
    return names


def find_drug(typed: str) -> Drug | None:
    """Find a drug by brand or by generic name, English or Spanish; None: we do not know it.

    >>> find_drug("Zoloft 100 mg").name, find_drug("Bupropión").name
    ('sertraline', 'bupropion')
    """
    names = _drugs_by_any_name()
    whole = names.get(plain(typed))
    if whole is not None:
        return whole
    named = product_name(typed)
    joined = names.get(" / ".join(named.holds))
    each = {names.get(one) or names.get(_without_route(one)) for one in named.holds}
    found = {joined} if joined is not None else each
    # Silenor is doxepin for sleep: a brand beside the name has to be one that we know for it.
    found |= {names.get(one) for one in named.beside}
    return next(iter(found)) if len(found) == 1 else None


def _without_route(name: str) -> str:
    """A name without its patch, where the drug is the same by any other way."""
    return name.removesuffix(" transdermal")


@cache
def icd10_codes() -> Mapping[str, Icd10Code]:
    """The ICD-10-CM codes we hold: a subset of the CMS list, fiscal year 2026."""
    with (HERE / "icd10cm.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Icd10Code(row["code"], row["description"], row["billable"] == "1")
            for row in csv.DictReader(lines)
        }


@cache
def implied_facts() -> tuple[Implied, ...]:
    """What diagnoses and codes carry with them."""
    return tuple(
        Implied(
            fact=entry["fact"],
            value=entry.get("is"),
            excluded=entry.get("is_not"),
            means=entry.get("means") or str(entry.get("is")).lower(),
            conditions=frozenset(entry.get("conditions", ())),
            codes=tuple(entry.get("codes", ())),
            facts=frozenset(entry.get("facts", ())),
        )
        for entry in _read("implied.yaml")
    )


def conditions_of_code(code: str) -> frozenset[str]:
    """The conditions that an ICD-10-CM code stands for; empty when it is none of ours."""
    return _conditions_by_code().get(code, frozenset())


@cache
def _conditions_by_code() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for item in conditions().values():
        for code in item.icd10:
            found[code] = found.get(code, frozenset()) | {item.id}
    return found


@cache
def wider_conditions(condition_id: str) -> Mapping[str, int]:
    """The condition itself and all it certainly lies within, each with its distance in steps."""
    distances = {condition_id: 0}
    edge = [condition_id]
    while edge:
        current = edge.pop(0)
        for wider in sorted(conditions()[current].within):
            if wider not in distances:
                distances[wider] = distances[current] + 1
                edge.append(wider)
    return distances


@cache
def states() -> Mapping[str, str]:
    """The states and territories by their two letters."""
    return {str(letters): name for letters, name in _read("states.yaml").items()}
