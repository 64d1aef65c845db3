"""Which other documents of an insurer answer for what an edition answers for."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policies import terms
from policies.catalogue import Document, Edition, EditionStatus, Position
from policies.situation import Treatment


@dataclass(frozen=True, slots=True)
class AlsoAnswering:
    """A document with the treatments for which it answers too."""

    document: Document
    treatments: tuple[Treatment, ...]


def also_answering(
    document: Document, edition: Edition, others: Iterable[Document], *, on: dt.date
) -> Iterator[AlsoAnswering]:
    """The insurer's other documents that speak today of a same treatment and condition."""
    for other in others:
        held = other.edition_in_force(on)
        if held is None or held.status is not EditionStatus.IN_FORCE:
            continue
        if other.stem == document.stem or not _is_for_the_same_plans(document, other):
            continue
        shared = {
            one.treatment: None
            for one in edition.positions
            if any(_is_about_the_same(one, theirs) for theirs in held.positions)
        }
        if shared:
            yield AlsoAnswering(other, tuple(shared))


def _is_for_the_same_plans(one: Document, other: Document) -> bool:
    pairs: tuple[tuple[tuple[object, ...], tuple[object, ...]], ...] = (
        (one.lines_of_business, other.lines_of_business),
        (one.states, other.states),
    )
    is_shared = all(not left or not right or {*left} & {*right} for left, right in pairs)
    return one.insurer.slug == other.insurer.slug and is_shared


def _is_about_the_same(one: Position, other: Position) -> bool:
    return one.treatment is other.treatment and any(
        _meet(left, right) for left in one.indications for right in other.indications
    )


def _meet(one: str, other: str) -> bool:
    """Whether two conditions are one, or lie within one another or overlap."""
    return one == other or other in _around(one) or one in _around(other)


def _around(name: str) -> frozenset[str]:
    condition = terms.conditions().get(name)
    if condition is None:
        return frozenset()
    return condition.within | condition.perhaps_within | condition.overlaps
