"""Whose denial it is: what decides which law binds, and where a text of the law is said."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from appeals.law.files import LawReader
from appeals.law.plan_types import PlanType, is_insured
from policies import terms
from policies.situation import Treatment

# The parity law protects care for substance use as it does care for mental health.
PSYCHIATRIC = "psychiatric_disorders"
SUBSTANCE_USE = "substance_use_disorder"
UNNAMED = "other"


def is_mental_health(condition: str | None) -> bool | None:
    """Whether care for a condition is mental health care; None where nobody named the condition.

    >>> is_mental_health("ptsd"), is_mental_health("crps"), is_mental_health(None)
    (True, False, None)
    """
    if condition is None or condition == UNNAMED or condition not in terms.conditions():
        return None
    return condition == SUBSTANCE_USE or PSYCHIATRIC in terms.wider_conditions(condition)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """A plan, a request and a day; `told_insured` counts only where the plan type leaves it open.

    `issue_state` is where the plan was issued, and not where the patient lives.
    """

    plan_type: PlanType
    on: dt.date
    told_insured: bool | None = None
    issue_state: str | None = None
    condition: str | None = None
    treatment: Treatment | None = None

    @property
    def is_insured(self) -> bool | None:
        return is_insured(self.plan_type, self.told_insured)

    @property
    def is_mental_health(self) -> bool | None:
        return is_mental_health(self.condition)


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom something is said; what is empty narrows nothing.

    Law of a state binds only plans that an insurer sells, issued there.
    """

    plan_types: frozenset[PlanType] = frozenset()
    states: frozenset[str] = frozenset()
    treatments: frozenset[Treatment] = frozenset()
    insured_only: bool = False
    effective_on: dt.date | None = None

    def covers(self, case: Circumstances) -> bool:
        """Whether it holds; a request for an unnamed treatment is none of a named one."""
        return (
            (not self.plan_types or case.plan_type in self.plan_types)
            and (not self.states or case.issue_state in self.states)
            and (not (self.states or self.insured_only) or case.is_insured is True)
            and (not self.treatments or case.treatment in self.treatments)
            and (self.effective_on is None or self.effective_on <= case.on)
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, and for whom it is said."""

    text: str
    scope: Scope = field(default_factory=Scope)


def said_in(notes: tuple[Note, ...], case: Circumstances) -> tuple[str, ...]:
    """The sentences that are said in these circumstances."""
    return tuple(one.text for one in notes if one.scope.covers(case))


SCOPE_FIELDS = ("plan_types", "states", "treatments", "insured", "effective_on")


class ScopeReader(LawReader):
    """Reads for whom something is said, and sentences with it."""

    def scope(self, entries: Mapping[str, object], place: str) -> Scope:
        return Scope(
            plan_types=frozenset(self.choices(entries, "plan_types", place, PlanType)),
            states=frozenset(self.states(entries, place)),
            treatments=frozenset(self.choices(entries, "treatments", place, Treatment)),
            insured_only=self.flag(entries, "insured", place),
            effective_on=self.day(entries, "effective_on", place),
        )

    def note(self, data: object, place: str) -> Note:
        """A sentence alone, or an object with the sentence and its scope."""
        if isinstance(data, str):
            data = {"text": data}
        entries = self.mapping(data, place, ("text", *SCOPE_FIELDS))
        return Note(
            self.text(entries, "text", place, wanted="a sentence"), self.scope(entries, place)
        )

    def notes(self, entries: Mapping[str, object], name: str, place: str) -> tuple[Note, ...]:
        """A list of sentences; missing is none."""
        return self.listed(entries, name, place, self.note) if name in entries else ()
