"""The names insurers go by, and who is part of whom: each name leads to one of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from policies import terms
from policies.catalogue import Insurer

# How a company's name may end without being another's; before "insurance" also what it insures.
_LEGAL_ENDINGS = frozenset(
    ("insurance", "ins", "company", "co", "corporation", "corp", "incorporated", "inc", "llc")
)
_INSURED = ("life", "health")
_NOT_HEARD = frozenset({"and", "the"})


@dataclass(frozen=True, slots=True)
class NameClash:
    """A name that two insurers claim."""

    name: str
    first: Insurer
    second: Insurer


def spelled_out(name: str) -> str:
    """A name in small letters; BCBS is what Blue Cross Blue Shield plans are called for short."""
    return name.casefold().replace("bcbs", "blue cross blue shield ").replace("&", " and ")


def normal(name: str) -> str:
    """A name as it is compared: small letters, without spaces and a company's legal ending.

    A state stays, since it tells one Blue plan from another; its two letters stand for its name.

    >>> normal("UNITED HEALTHCARE INSURANCE COMPANY, INC.") == normal("UnitedHealthcare")
    True
    >>> normal("BCBSMA") == normal("Blue Cross and Blue Shield of Massachusetts")
    True
    """
    return "".join(name_words(name))


def name_words(name: str) -> list[str]:
    """The words of a name that tell it from another."""
    letters = re.sub(r"(?<=\w)['.\N{RIGHT SINGLE QUOTATION MARK}](?=\w)", "", spelled_out(name))
    words = [one for one in re.findall(r"\w+", letters) if one not in _NOT_HEARD]
    words = _without_legal_ending(words)
    state = terms.states().get(words[-1].upper()) if len(words) > 1 else None
    if state is None:
        return words
    return [*words[:-1], *(() if words[-2] == "of" else ("of",)), *state.casefold().split()]


def _without_legal_ending(words: list[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL_ENDINGS:
        kept.pop()
    if {"insurance", "ins"} & set(words[len(kept) :]):
        while len(kept) > 1 and kept[-1] in _INSURED:
            kept.pop()
    return kept


def insurers_called(name: str, insurers: Mapping[str, Insurer]) -> list[str]:
    """The insurers that go by a name; else, where it is the brand of several, all of those."""
    brand = name_words(name)
    if not brand:
        return []
    wanted = "".join(brand)
    names = {slug: known_names(one) for slug, one in insurers.items()}
    exact = [slug for slug, held in names.items() if any("".join(one) == wanted for one in held)]
    if exact:
        return exact
    of_brand = [
        slug
        for slug, held in names.items()
        if any(one[: len(brand)] == tuple(brand) for one in held)
    ]
    # The only one that we hold of a brand need not be the one that is meant.
    return of_brand if len(of_brand) > 1 else []


def known_names(insurer: Insurer) -> tuple[tuple[str, ...], ...]:
    """The words of every name that an insurer goes by."""
    return tuple(map(_words_of_ours, (insurer.name, *insurer.also_known_as)))


# Kept for the names of the catalogue alone: nothing that a record or a person names stays here.
@lru_cache(maxsize=2_000)
def _words_of_ours(name: str) -> tuple[str, ...]:
    return tuple(name_words(name))


def clashing_names(insurers: Iterable[Insurer]) -> Iterator[NameClash]:
    """Each name that two insurers go by, unless one is the other's brand."""
    held: dict[str, list[Insurer]] = {}
    for insurer in insurers:
        names = {normal(one): one for one in (insurer.name, *insurer.also_known_as)}
        for key, name in names.items():
            for other in held.setdefault(key, []):
                if other.parent != insurer.slug and insurer.parent != other.slug:
                    yield NameClash(name, other, insurer)
            held[key].append(insurer)


def in_a_circle(insurers: Mapping[str, Insurer]) -> list[str]:
    """The insurers that are, by way of their parents, part of themselves."""
    return [slug for slug in insurers if slug in _above(slug, insurers)]


def _above(slug: str, insurers: Mapping[str, Insurer]) -> list[str]:
    """The parents of an insurer, the nearest first; a circle is gone round once."""
    found: list[str] = []
    while slug in insurers and (slug := insurers[slug].parent) and slug not in found:
        found.append(slug)
    return found


def parents_first(insurers: Mapping[str, Insurer]) -> list[Insurer]:
    """In an order in which each can name the row of its parent."""
    return sorted(insurers.values(), key=lambda one: len(_above(one.slug, insurers)))
