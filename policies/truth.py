"""Three answers instead of two: met, not met, and not known yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn


class Truth(StrEnum):
    """Whether a requirement holds, in strong Kleene logic."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("A Truth is not a yes or no: compare it, as in `truth is Truth.MET`.")

    def __invert__(self) -> "Truth":
        """Turn met into not met and back; what is not known stays so.

        >>> ~Truth.UNKNOWN
        <Truth.UNKNOWN: 'unknown'>
        """
        if self is MET:
            return NOT_MET
        return MET if self is NOT_MET else self


# A name of the module is found three times as fast as a member of its enumeration.
MET, NOT_MET, UNKNOWN = Truth.MET, Truth.NOT_MET, Truth.UNKNOWN


def truth_of(known: bool | None) -> Truth:
    """Read a yes, a no, or no answer."""
    if known is None:
        return Truth.UNKNOWN
    return Truth.MET if known else Truth.NOT_MET


def at_least(needed: int, truths: Iterable[Truth]) -> Truth:
    """Settle "at least `needed` of these" as soon as the known answers allow."""
    known = list(truths)
    met = known.count(MET)
    if met >= needed:
        return MET
    return UNKNOWN if met + known.count(UNKNOWN) >= needed else NOT_MET


def every(truths: Iterable[Truth]) -> Truth:
    """Settle "all of these", looking no further than the first that fails; of none it is true."""
    found = MET
    for truth in truths:
        if truth is NOT_MET:
            return truth
        if truth is UNKNOWN:
            found = truth
    return found


def some(truths: Iterable[Truth]) -> Truth:
    """Settle "any one of these", looking no further than the first; of none it is false."""
    found = NOT_MET
    for truth in truths:
        if truth is MET:
            return truth
        if truth is UNKNOWN:
            found = truth
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """How many, while some answers are missing: no fewer than `low`, no more than `high`.

    `high` is None while the list itself is unfinished: more could still be named.
    """

    low: int
    high: int | None

    def reaches(self, limit: int) -> Truth:
        """Settle "at least `limit`"."""
        if self.low >= limit:
            return Truth.MET
        return Truth.NOT_MET if self.high is not None and self.high < limit else Truth.UNKNOWN
