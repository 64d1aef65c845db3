"""The names insurers go by, and who is part of whom: each name leads to one of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policies.catalogue import Insurer


@dataclass(frozen=True, slots=True)
class NameClash:
    """A name that two insurers claim."""

    name: str
    first: Insurer
    second: Insurer


def folded(name: str) -> str:
    """A name without what nobody hears: capitals and spaces.

    >>> folded(" Acme  Health ")
    'acme health'
    """
    return " ".join(name.split()).casefold()


def clashing_names(insurers: Iterable[Insurer]) -> Iterator[NameClash]:
    """Each name that two insurers go by, unless one is the other's brand."""
    held: dict[str, list[Insurer]] = {}
    for insurer in insurers:
        names = {folded(one): one for one in (insurer.name, *insurer.also_known_as)}
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
