"""One case while it is composed: what was typed, what is asked, and the case it comes to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from policies.admin.proving.answers import (
    AboutForm,
    CaseQuestions,
    asked_names,
    fields_of_case,
    read_typed_day,
)
from policies.admin.proving.wanted import (
    PREFIX,
    VERDICTS,
    WantedForm,
    has_nameless_lines,
    initial_of,
    named_lines,
)
from policies.asked import Questions
from policies.forms.choices import grouped_conditions
from policies.forms.fields import as_typed
from policies.forms.plan import PREFIX as PLAN
from policies.proofs import Proof
from policies.situation import Situation, Treatment
from policies.worked_cases import CameOut, WorkedCase, look_at
from policies.worked_cases.asking import questions_of_edition
from policies.worked_cases.cases import SOME_TIME


@dataclass(frozen=True)
class Composed:
    """A case as it was typed; `original` is the one it began with, `adds_row` one more treatment.

    Unchecked it is only shown again; checked, the forms hold it to the rules.
    """

    proof: Proof
    data: QueryDict
    original: WorkedCase | None = None
    is_checked: bool = False
    adds_row: bool = False

    @cached_property
    def about(self) -> AboutForm:
        """The treatment and the condition."""
        if self.is_checked:
            return AboutForm(self.data)
        return AboutForm(initial=as_typed(self.data, PLAN))

    @cached_property
    def treatment(self) -> Treatment:
        chosen = self.data.get(f"{PLAN}-treatment")
        return Treatment(chosen) if chosen in list(Treatment) else Treatment.IV_KETAMINE

    @cached_property
    def _about_checked(self) -> AboutForm:
        form = AboutForm(self.data)
        form.full_clean()
        return form

    @cached_property
    def on(self) -> dt.date:
        """The day of the case, or one like it while none can be read."""
        day = read_typed_day(self.data.get(f"{PREFIX}-on", "")) or SOME_TIME
        return day if isinstance(day, dt.date) else day.after(self.proof.edition.known_from)

    @cached_property
    def asked(self) -> Questions:
        """What this edition asks of such a treatment and condition."""
        form = self._about_checked
        situation = form.situation() if form.is_valid() else Situation(treatment=self.treatment)
        proof = self.proof
        return questions_of_edition(proof.document, proof.edition, situation, on=self.on)

    @cached_property
    def questions(self) -> CaseQuestions:
        """The patient's questions, filled with what was typed."""
        return CaseQuestions(
            self.asked,
            plan=self._about_checked,
            on=self.on,
            data=self.data,
            is_checked=self.is_checked,
            adds_row=self.adds_row,
        )

    @cached_property
    def wanted(self) -> WantedForm:
        """What the case wants."""
        lines = named_lines(self.proof.edition, self.treatment)
        if self.original is not None:
            # What a case says of a line that is gone is shown, to be taken out.
            gone = {name: name for name in self.original.findings if name not in lines}
            lines = {**lines, **{name: f"{name} (no such line)" for name in gone}}
        is_dated = self.proof.edition.effective is not None
        if self.is_checked:
            return WantedForm(self.data, lines=lines, is_dated=is_dated)
        return WantedForm(initial=self._typed_wanted(), lines=lines, is_dated=is_dated)

    def _typed_wanted(self) -> dict[str, Any]:
        inner = f"{PREFIX}-"
        return {
            name.removeprefix(inner): value
            for name, value in self.data.items()
            if name.startswith(inner)
        }

    @property
    def has_nameless(self) -> bool:
        """Whether there are lines of which no case can say what it wants."""
        return has_nameless_lines(self.proof.edition, self.treatment)

    @property
    def shown(self) -> str:
        """The questions on the page, which tells whether others are to be asked."""
        fields = [one.name for one in self.asked.treatment_fields]
        return ",".join([self.treatment, *asked_names(self.asked), *fields])

    @property
    def forms(self) -> list[forms.Form]:
        """Every form, in the order of the page."""
        return [self.wanted, self.about, *self.questions.on_screen]

    @property
    def has_verdict(self) -> bool:
        """Whether the editor has said what it must come to."""
        return self.data.get(f"{PREFIX}-verdict") in list(VERDICTS)

    @cached_property
    def case(self) -> WorkedCase | None:
        """The case, once every form is valid."""
        are_valid = [self.about.is_valid(), self.questions.is_valid(), self.wanted.is_valid()]
        return self._made(self.wanted.wanted()) if all(are_valid) else None

    @cached_property
    def outcome(self) -> CameOut | None:
        """What comes out, shown only to one who has said what must."""
        if not self.has_verdict or self.case is None:
            return None
        return look_at(self.case, self.proof.document)

    def _made(self, wanted: Mapping[str, Any]) -> WorkedCase:
        situation, dates = self.questions.told()
        if self.original is not None:
            # Who asks and how they are insured is no question of an edition, and stays.
            held = self.original.situation
            situation = replace(situation, plan=held.plan, asker=held.asker)
        return WorkedCase(situation=situation, dates=dates, **wanted)


def begun(proof: Proof) -> QueryDict:
    """An empty case on the first list of an edition."""
    data = QueryDict(mutable=True)
    data[f"{PREFIX}-on"] = str(SOME_TIME)
    with_list = [one for one in proof.edition.positions if one.criteria or one.continuation]
    for position in with_list[:1]:
        data[f"{PLAN}-treatment"] = position.treatment.value
        known = {name for _, group in grouped_conditions() for name, _ in group}
        fitting = [name for name in position.indications if name in known]
        data[f"{PLAN}-condition"] = fitting[0] if fitting else ""
    return data


def begun_from(case: WorkedCase, *, is_copy: bool) -> QueryDict:
    """A case as its fields; a copy wants a name of its own, and its own verdict."""
    data = fields_of_case(case)
    for name, value in initial_of(case).items():
        if value is not None and value is not False and value != "":
            data[f"{PREFIX}-{name}"] = str(value)
    if is_copy:
        for name in [one for one in data if one.startswith(PREFIX)]:
            del data[name]
        data[f"{PREFIX}-name"] = f"{case.name}, but "
        data[f"{PREFIX}-on"] = initial_of(case)["on"]
    return data
