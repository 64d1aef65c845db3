"""Where another app tells how many of its open cases an edition touches.

Policies know no app that uses them, so each says so itself: `counts.add(affected)`, in the `ready`
of its configuration. While none has, the desk says nothing of open cases.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from policies.catalogue import Document, Edition


@dataclass(frozen=True, slots=True)
class OpenCases:
    """How many open cases an edition touches; `link` leads whoever may see them to the list.

    `whose` says what they are, as in “open cases of clinics”. A number under `fewest` would tell of
    people, and is not said: neither that of the touched nor that of the rest.
    """

    whose: str
    touched: int
    of: int
    link: str = ""
    fewest: int = 0

    @property
    def words(self) -> str:
        """The sentence for the page, without a number that is too small.

        >>> OpenCases("open cases of clinics", 1, 5).words
        '1 of 5 open cases of clinics is touched.'
        >>> OpenCases("open cases of clinics", 3, 40, fewest=11).words
        'Fewer than 11 of 40 open cases of clinics are touched.'
        >>> OpenCases("open cases of clinics", 36, 40, fewest=11).words
        'All but fewer than 11 of 40 open cases of clinics are touched.'
        """
        if self.of < self.fewest:
            return f"Fewer than {self.fewest} {self.whose} stand under this document."
        if self.touched < self.fewest:
            return f"Fewer than {self.fewest} of {self.of} {self.whose} are touched."
        if self.of - self.touched < self.fewest:
            return f"All but fewer than {self.fewest} of {self.of} {self.whose} are touched."
        is_or_are = "is" if self.touched == 1 else "are"
        return f"{self.touched} of {self.of} {self.whose} {is_or_are} touched."


Affected: TypeAlias = Callable[[Document, Edition, Edition, dt.date], OpenCases | None]


@dataclass(slots=True)
class Counts:
    """Those who count open cases, each asked in turn."""

    asked: list[Affected] = field(default_factory=list)

    def add(self, affected: Affected) -> Affected:
        """Ask this one too, once however often it is added."""
        if affected not in self.asked:
            self.asked.append(affected)
        return affected

    def of(
        self, document: Document, before: Edition, after: Edition, *, on: dt.date
    ) -> tuple[OpenCases, ...]:
        """What each has to tell of the way from one edition to the other, on a day."""
        told = (affected(document, before, after, on) for affected in self.asked)
        return tuple(one for one in told if one is not None)


counts = Counts()
