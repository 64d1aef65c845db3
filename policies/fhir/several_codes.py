"""Several codes of one diagnosis: what they agree on is found, and which code holds is asked.

One code of several that a document lists is enough for it, and two may say different things:
single or recurrent, how severe. So none of them is taken before a person has chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from policies import terms
from policies.fhir.found import Caution, Found, Kind, Sureness
from policies.terms.narrowing import narrowest


def mark_several_codes(found: Iterable[Found]) -> tuple[Found, ...]:
    """The finds, with each of several codes to be confirmed, and the condition that they share."""
    listed = tuple(found)
    codes = [one for one in listed if one.kind is Kind.CODE]
    pairs = [pair for pair in combinations(codes, 2) if _are_of_one(*(one.name for one in pair))]
    several = {one.name for pair in pairs for one in pair}
    shared = {one.key: one for one in _shared(pairs)}
    marked = tuple(
        replace(one, sureness=Sureness.TO_CONFIRM, cautions=(*one.cautions, Caution.SEVERAL_CODES))
        if one.kind is Kind.CODE and one.name in several
        else _joined(one, shared.pop(one.key, None))
        for one in listed
    )
    return (*marked, *shared.values())


def _joined(one: Found, other: Found | None) -> Found:
    """The same find from two sides, with what is to be minded about both."""
    if other is None:
        return one
    return replace(
        one if one.sureness is Sureness.STATED else other,
        origins=tuple(dict.fromkeys((*one.origins, *other.origins))),
        cautions=tuple(caution for caution in one.cautions if caution in other.cautions),
    )


def _are_of_one(code: str, other: str) -> bool:
    """Whether one code's condition is that of the other, or lies within it."""
    # A symptom, as R45.851, is added to a diagnosis and is no other code of it.
    return code[0] == other[0] and any(
        one in terms.wider_conditions(two) or two in terms.wider_conditions(one)
        for one in terms.conditions_of_code(code)
        for two in terms.conditions_of_code(other)
    )


def _shared(pairs: list[tuple[Found, Found]]) -> Iterator[Found]:
    """The condition that all codes of one diagnosis state, with the cautions of them all."""
    groups: list[dict[str, Found]] = []
    for pair in pairs:
        named = {one.name: one for one in pair}
        joined = [group for group in groups if group.keys() & named.keys()]
        groups = [group for group in groups if group not in joined]
        groups.append({name: one for group in (*joined, named) for name, one in group.items()})
    for group in groups:
        stated = [one for one in group.values() if one.sureness is Sureness.STATED]
        condition = _narrowest(stated)
        if condition is not None:
            yield Found(
                Kind.CONDITION,
                condition,
                condition,
                tuple(origin for one in stated for origin in one.origins),
                cautions=tuple(
                    one
                    for one in stated[0].cautions
                    if all(one in other.cautions for other in stated)
                ),
            )


def _narrowest(codes: list[Found]) -> str | None:
    """The narrowest condition within which every code lies; none where that is not one."""
    wider = [
        {
            wide
            for condition in terms.conditions_of_code(one.name)
            for wide in terms.wider_conditions(condition)
        }
        for one in codes
    ]
    common = set.intersection(*wider) if wider else set()
    shared = narrowest(common)
    return shared[0] if len(shared) == 1 else None
