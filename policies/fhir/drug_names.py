"""Finds the one drug that the words of an order name; two in one product are none of ours."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from policies import terms
from policies.terms import Drug
from policies.terms.product_names import NOT_A_NAME, parts_of, product_name

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# RxNorm writes the brand of a product in such brackets, behind all else.
_BRAND = re.compile(r"\[([^\[\]]*)\]")
_NOT_A_DRUG = NOT_A_NAME | {"nasal"}


class CombinationError(ValueError):
    """Words that name more than one medicine; `parts` are their names in the order of letters."""

    def __init__(self, parts: Iterable[str]) -> None:
        self.parts = tuple(sorted(set(parts)))
        super().__init__(*self.parts)


def drug_in(words: str) -> Drug | None:
    """The drug that words name; CombinationError where they name it together with another.

    >>> drug_in("24 HR bupropion hydrochloride 150 MG Extended Release Oral Tablet").name
    'bupropion'
    """
    brand = f" {_plain(words)} "
    for name, held in _combinations().items():
        if f" {name} " in brand:
            raise CombinationError(held)
    parts = parts_of(words)
    named = [set(_drugs_of(part)) for part in parts]
    drugs = {name for names in named for name in names}
    if not drugs:
        return None
    is_joined = any(
        not names and _names_something(part) for names, part in zip(named, parts, strict=True)
    )
    if len(drugs) > 1 or is_joined or any(map(_joins_another, words.split())):
        raise CombinationError([*drugs, *_others(parts)])
    return terms.drugs()[drugs.pop()]


def _others(parts: Iterable[str]) -> Iterator[str]:
    """The names of what a product holds beside our drugs."""
    for part in parts:
        for piece in part.split("-"):
            if not set(_drugs_of(piece)) and _names_something(piece):
                yield from product_name(piece).holds


def _drugs_of(words: str) -> Iterator[str]:
    """The drugs whose names stand in the words, the longest name first."""
    plain = f" {_plain(words)} "
    for name, drug in _names().items():
        if f" {name} " in plain:
            yield drug.name
            plain = plain.replace(f" {name} ", " | ")


def _joins_another(word: str) -> bool:
    """Whether a word with strokes in it, as OLANZapine-FLUoxetine, names a drug and another."""
    pieces = word.split("-")
    ours = [any(_drugs_of(one)) for one in pieces]
    others = (one for one, is_ours in zip(pieces, ours, strict=True) if not is_ours)
    return any(ours) and any(map(_names_something, others))


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _names_something(words: str) -> bool:
    return bool(set(_LONG_WORD.findall(words.casefold())) - _NOT_A_DRUG)


@cache
def _combinations() -> Mapping[str, tuple[str, ...]]:
    """What each brand of a combination holds, the longest name first."""
    found = {_plain(brand): parts for brand, parts in terms.combinations().items()}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


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


def has_another_brand(drug: Drug, words: str) -> bool:
    """Whether words name a brand that we do not know for the drug, and may be for another use.

    Silenor is doxepin for sleep, and Zyban bupropion to stop smoking.
    """
    return any(terms.find_drug(brand) != drug for brand in _BRAND.findall(words))
