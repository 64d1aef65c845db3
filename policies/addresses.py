"""Which of an insurer's addresses takes a plan's request; a plan never borrows another's."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from policies.catalogue import AddressUse, AppealAddress, Benefit
from policies.days import years_before
from policies.situation import LineOfBusiness


@dataclass(frozen=True, slots=True)
class AddressChoice:
    """The one address that fits best; or `several` that fit as well and differ, and none of them.

    Both are empty where none fits.
    """

    chosen: AppealAddress | None = None
    several: tuple[AppealAddress, ...] = ()


def address_for(
    addresses: Iterable[AppealAddress],
    *,
    use: AddressUse,
    benefit: Benefit | None,
    line: LineOfBusiness | None,
    state: str | None,
    on: dt.date,
) -> AddressChoice:
    """Choose the most exact of one insurer's addresses, which has to name the line.

    One that names the state beats one for the whole country, and one that names the benefit one for
    any. While state or benefit is not known, the address has to be the same whatever it is.
    """
    current = [
        one
        for one in addresses
        if one.use is use and line in one.lines_of_business and is_current(one, on=on)
    ]
    named = {state for one in current for state in one.states}
    found = [
        _most_exact(current, one_state, one_benefit)
        # The empty state stands for all that no address names.
        for one_state in ([state] if state is not None else ["", *sorted(named)])
        for one_benefit in ([benefit] if benefit is not None else Benefit)
    ]
    fitting = list(dict.fromkeys(one for best in found for one in best))
    if len({one.leads_to for one in fitting}) > 1:
        return AddressChoice(several=tuple(fitting))
    if not all(found):
        return AddressChoice()
    return AddressChoice(chosen=max(fitting, key=lambda one: one.read_on.first_day))


def _most_exact(
    addresses: Iterable[AppealAddress], state: str, benefit: Benefit
) -> list[AppealAddress]:
    """Those that fit and that no other one beats."""
    fitting = [
        one
        for one in addresses
        if (not one.states or state in one.states) and one.benefit in (None, benefit)
    ]
    return [one for one in fitting if not any(_beats(other, one) for other in fitting)]


def in_conflict(
    addresses: Iterable[AppealAddress], *, on: dt.date
) -> tuple[tuple[AppealAddress, ...], ...]:
    """Addresses of one insurer that differ for the very same requests, so that none is offered."""
    current = [one for one in addresses if is_current(one, on=on)]
    found: dict[frozenset[AppealAddress], None] = {}
    for use, benefit, line in itertools.product(AddressUse, Benefit, LineOfBusiness):
        for_line = [one for one in current if one.use is use and line in one.lines_of_business]
        for state in {"", *(state for one in for_line for state in one.states)}:
            best = _most_exact(for_line, state, benefit)
            if len({one.leads_to for one in best}) > 1:
                found[frozenset(best)] = None
    return tuple(tuple(one for one in current if one in together) for together in found)


def is_current(address: AppealAddress, *, on: dt.date) -> bool:
    """Whether nobody says that it has ended by the day."""
    return address.ended_on is None or on < address.ended_on


def is_to_confirm(address: AppealAddress, *, on: dt.date) -> bool:
    """Whether it was read so long ago that it may have changed."""
    return address.read_on.first_day < years_before(on, 1)


def _beats(one: AppealAddress, other: AppealAddress) -> bool:
    """Whether one is more exact in something, and less so in nothing."""
    ours, theirs = _exactness(one), _exactness(other)
    return ours != theirs and all(a >= b for a, b in zip(ours, theirs, strict=True))


def _exactness(address: AppealAddress) -> tuple[bool, bool]:
    return bool(address.states), address.benefit is not None
