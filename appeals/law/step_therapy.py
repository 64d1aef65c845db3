"""The state laws on exceptions to step therapy: which may be named, and what was read of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from appeals.law.circumstances import SCOPE_FIELDS, Circumstances, Scope, ScopeReader
from appeals.law.files import is_stale, read_data
from policies import terms
from policies.faults import join
from policies.guide.grades import Grade


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a law says, in our words, with its section.

    `in_letter` is how a letter puts it, without a full stop; empty where no letter says it.
    """

    text: str
    in_letter: str
    citation: str
    scope: Scope
    mental_health_only: bool

    def covers(self, case: Circumstances) -> bool:
        return self.scope.covers(case) and not (
            self.mental_health_only and case.is_mental_health is False
        )


@dataclass(frozen=True, slots=True)
class StepTherapyLaw:
    """A state's law on exceptions; `covers_medical_benefit` is None where that was not read."""

    state: str
    grade: Grade
    effective_on: dt.date | None
    covers_medical_benefit: bool | None
    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    read_as: str
    read_on: dt.date

    @property
    def citations(self) -> tuple[str, ...]:
        return tuple(one.citation for one in self.parts)

    def is_stale(self, on: dt.date) -> bool:
        """Whether it was read more than a year ago."""
        return is_stale(self.read_on, on)


@dataclass(frozen=True, slots=True)
class StepTherapyLaws:
    """All of them, with whom they bind and what they have in common."""

    reach: tuple[str, ...]
    pattern: tuple[str, ...]
    pattern_sources: tuple[str, ...]
    by_state: Mapping[str, StepTherapyLaw]


def law_for(case: Circumstances) -> StepTherapyLaw | None:
    """The law that may be named in these circumstances, with the parts that bear on them."""
    law = laws().by_state.get(case.issue_state or "")
    if law is None or case.is_insured is not True:
        return None
    if law.effective_on is not None and case.on < law.effective_on:
        return None
    parts = tuple(one for one in law.parts if one.covers(case))
    return replace(law, parts=parts) if parts else None


@cache
def laws() -> StepTherapyLaws:
    """The laws as the file has them."""
    return read_data("step_therapy.yaml", read_laws)


def read_laws(data: object) -> StepTherapyLaws:
    """Read the file of laws; InputError names every fault by place."""
    reader = LawsReader()
    entries = reader.mapping(data, "", ("reach", "pattern", "pattern_sources", "laws"))
    listed = reader.listed(entries, "laws", "", reader.law)
    reader.distinct(tuple(one.state for one in listed), "laws")
    found = StepTherapyLaws(
        reach=reader.texts(entries, "reach", ""),
        pattern=reader.texts(entries, "pattern", ""),
        pattern_sources=reader.urls(entries, "pattern_sources", ""),
        by_state={one.state: one for one in listed},
    )
    reader.raise_faults()
    return found


class LawsReader(ScopeReader):
    """Reads laws on step therapy."""

    def law(self, data: object, place: str) -> StepTherapyLaw:
        known = ("state", "grade", "effective_on", "covers_medical_benefit", "parts")
        entries = self.mapping(data, place, (*known, "sources", "read_as", "read_on"))
        state = self.text(entries, "state", place, wanted="a state's two letters, for example OH")
        if state not in terms.states():
            self.add(join(place, "state"), f"{state!r} is not a state's two letters, as OH")
        named = "covers_medical_benefit" in entries
        return StepTherapyLaw(
            state=state,
            grade=self.choice(entries, "grade", place, Grade),
            effective_on=self.day(entries, "effective_on", place),
            covers_medical_benefit=(
                self.flag(entries, "covers_medical_benefit", place) if named else None
            ),
            parts=self.listed(entries, "parts", place, self.part),
            sources=self.urls(entries, "sources", place),
            read_as=self.text(entries, "read_as", place, wanted="what was read"),
            read_on=self.required_date(entries, "read_on", place).first_day,
        )

    def part(self, data: object, place: str) -> Part:
        known = ("text", "in_letter", "citation", "mental_health_only", *SCOPE_FIELDS)
        entries = self.mapping(data, place, known)
        return Part(
            text=self.text(entries, "text", place, wanted="what it says, in our words"),
            in_letter=self.text(entries, "in_letter", place),
            citation=self.text(entries, "citation", place, wanted="its section"),
            scope=self.scope(entries, place),
            mental_health_only=self.flag(entries, "mental_health_only", place),
        )
