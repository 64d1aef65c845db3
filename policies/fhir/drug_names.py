"""Finds the one drug that the words of an order name; two in one product are none of ours."""

import re
from collections.abc import Mapping
from functools import cache

from policies import terms
from policies.terms import Drug

# Strengths, volumes and release times: "20 MG/ML", "24 HR", "14 MG/ACTUAT", "8mg/2mg".
_AMOUNT = re.compile(
    r"\d[\d.,]*\s*(?:mg|mcg|g|ml|hr|unt|meq|actuat|%)?"
    r"(?:\s*/\s*(?:\d[\d.,]*\s*)?(?:mg|mcg|ml|hr|actuat|day|spray)\b)?",
    re.IGNORECASE,
)
# A pack holds the same drug in two strengths, each in brackets of its own.
_PACK = re.compile(r"\{(.*)\}", re.DOTALL)
_JOINS = re.compile(r"/|\+|&|\band\b|\bwith\b", re.IGNORECASE)
_NOT_A_DRUG = frozenset(
    {"no", "nasal", "oral", "product", "containing", "sprinkle", "tablet", "capsule"}
)


class CombinationError(ValueError):
    """Words that name more than one medicine."""


def drug_in(words: str) -> Drug | None:
    """The drug that words name; CombinationError where they name it together with another.

    >>> drug_in("24 HR bupropion hydrochloride 150 MG Extended Release Oral Tablet").name
    'bupropion'
    """
    pack = _PACK.search(words)
    parts = [part for part in _JOINS.split(_AMOUNT.sub(" ", pack[1] if pack else words)) if part]
    named = [_drug_of(part) for part in parts]
    drugs = {one.name: one for one in named if one is not None}
    if not drugs:
        return None
    is_joined = any(
        one is None and _names_something(part) for one, part in zip(named, parts, strict=True)
    )
    if len(drugs) > 1 or is_joined:
        raise CombinationError
    return next(iter(drugs.values()))


def _drug_of(words: str) -> Drug | None:
    """The drug whose name stands in the words, the longest name first."""
    plain = f" {_plain(words)} "
    for name, drug in _names().items():
        if f" {name} " in plain:
            return drug
    return None


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _names_something(words: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]{4,}", words.casefold())) - _NOT_A_DRUG)


@cache
def _names() -> Mapping[str, Drug]:
    """Every generic and brand name in small letters, without the route, which is told apart."""
    found: dict[str, Drug] = {}
    for drug in terms.drugs().values():
        for name in (drug.name, *drug.brands, *drug.also):
            bare = name.casefold().removesuffix(f" {drug.route}")
            found[_plain(bare)] = drug
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def names_route(drug: Drug, words: str) -> bool:
    """Whether the words tell that a drug is given in the way that makes it ours."""
    said = words.casefold()
    brands = any(brand.casefold() in said for brand in drug.brands)
    return drug.route == "oral" or drug.route in said or "patch" in said or brands
