"""What a person can demand or ask of the plan: by what authority, how surely read, with limits."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from appeals.law.circumstances import (
    SCOPE_FIELDS,
    Circumstances,
    Note,
    Scope,
    ScopeReader,
)
from appeals.law.files import is_stale, read_data
from appeals.law.state_reviews import READ_ITSELF
from policies.faults import join
from policies.guide.grades import Grade


class Wording(StrEnum):
    """How a right may be said: as what the plan must do, or only as a request."""

    MUST = "must"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Authority:
    """What a right rests on, and whom it binds; `only_if` is what we can't know of the plan."""

    citation: str
    grade: Grade
    scope: Scope
    only_if: str = ""

    @property
    def is_settled(self) -> bool:
        return self.grade in READ_ITSELF and not self.only_if


@dataclass(frozen=True, slots=True)
class Right:
    """One thing to demand or to ask for; `must` is empty where it may only be asked for.

    `request` is how a letter puts it, without a full stop; empty where no letter asks it.

    A right is left out where one of `unless` holds, which says the same and more.
    """

    id: str
    must: str
    ask: str
    request: str
    authorities: tuple[Authority, ...]
    limits: tuple[Note, ...]
    mental_health_only: bool
    unless: tuple[str, ...]
    sources: tuple[str, ...]
    read_as: str
    read_on: dt.date

    @property
    def asks(self) -> Wording:
        """Whether it may be said that the plan must."""
        settled = any(one.is_settled for one in self.authorities)
        return Wording.MUST if self.must and settled else Wording.ASK

    @property
    def demand(self) -> str:
        """The right in the patient's words, as strongly as it was read."""
        return self.must if self.asks is Wording.MUST else self.ask

    @property
    def grade(self) -> Grade:
        """How the surest of its authorities was read."""
        return surest(one.grade for one in self.authorities)

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.citation for one in self.authorities))

    @property
    def settled_citations(self) -> tuple[str, ...]:
        """The citations that a letter may print as law: read, and with no condition left open."""
        return tuple(dict.fromkeys(one.citation for one in self.authorities if one.is_settled))

    @property
    def conditions(self) -> tuple[str, ...]:
        """What has to be so for it to hold, where we can't know it."""
        return tuple(dict.fromkeys(one.only_if for one in self.authorities if one.only_if))

    def is_stale(self, on: dt.date) -> bool:
        """Whether it was read more than a year before the day `on`, and wants reading again."""
        return is_stale(self.read_on, on)

    def narrowed(self, case: Circumstances) -> "Right | None":
        """The right as it stands in these circumstances, or None where it is none of theirs."""
        authorities = tuple(one for one in self.authorities if one.scope.covers(case))
        if not authorities or (self.mental_health_only and case.is_mental_health is False):
            return None
        limits = tuple(one for one in self.limits if one.scope.covers(case))
        return replace(self, authorities=authorities, limits=limits)


def surest(grades: Iterable[Grade]) -> Grade:
    """The surest of some grades.

    >>> surest([Grade.TO_CONFIRM, Grade.COPY])
    <Grade.COPY: 'copy'>
    """
    order = list(Grade)
    return min(grades, key=order.index)


def rights_for(case: Circumstances) -> tuple[Right, ...]:
    """The rights that hold in these circumstances, each with the authorities that bind them."""
    held = {
        one.id: narrowed
        for one in rights().values()
        if (narrowed := one.narrowed(case)) is not None
    }
    return tuple(one for one in held.values() if not any(other in held for other in one.unless))


@cache
def rights() -> Mapping[str, Right]:
    """Every right by its id, in the order of the file."""
    return {one.id: one for one in read_data("rights.yaml", read_rights)}


def read_rights(data: object) -> tuple[Right, ...]:
    """Read the list of rights; InputError names every fault by place."""
    reader = RightReader()
    found = reader.whole_list(data, reader.right)
    reader.distinct(tuple(one.id for one in found), "")
    known = [one.id for one in found]
    for index, one in enumerate(found):
        for other in one.unless:
            if other not in known:
                reader.add(f"[{index}].unless", f"there is no right {other!r}")
    reader.raise_faults()
    return found


class RightReader(ScopeReader):
    """Reads rights and what they rest on."""

    def right(self, data: object, place: str) -> Right:
        known = ("id", "must", "ask", "request", "authorities", "limits", "unless")
        more = ("mental_health_only", "sources", "read_as", "read_on")
        entries = self.mapping(data, place, (*known, *more))
        found = Right(
            id=self.text(entries, "id", place, wanted="a name, as claim_file"),
            must=self.text(entries, "must", place),
            ask=self.text(entries, "ask", place, wanted="the right as a request"),
            request=self.text(entries, "request", place),
            authorities=self.listed(entries, "authorities", place, self.authority),
            limits=self.notes(entries, "limits", place),
            mental_health_only=self.flag(entries, "mental_health_only", place),
            unless=self.texts(entries, "unless", place),
            sources=self.urls(entries, "sources", place),
            read_as=self.text(entries, "read_as", place),
            read_on=self.required_date(entries, "read_on", place).first_day,
        )
        if not found.authorities:
            self.add(join(place, "authorities"), "missing: give at least one, with its grade")
        if not found.sources and not found.read_as:
            self.add(join(place, "sources"), "missing: give the addresses, or `read_as`")
        if found.must and not any(one.is_settled for one in found.authorities):
            self.add(join(place, "must"), "nothing was read that settles it; leave it out")
        return found

    def authority(self, data: object, place: str) -> Authority:
        entries = self.mapping(data, place, ("citation", "grade", "only_if", *SCOPE_FIELDS))
        found = Authority(
            citation=self.text(entries, "citation", place, wanted="the rule, as 42 CFR 422.578"),
            grade=self.choice(entries, "grade", place, Grade),
            scope=self.scope(entries, place),
            only_if=self.text(entries, "only_if", place),
        )
        if not found.scope.plan_types and not found.scope.states:
            self.add(place, "name the plan_types or the states that it binds")
        return found
