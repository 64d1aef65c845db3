"""What one POST holds: the plan, every answer so far, and what is still open."""

import datetime as dt
from functools import cached_property

from django.http import QueryDict

from policies.asked import TREATMENTS, Questions
from policies.catalogue import Catalogue
from policies.forms import PlanForm, QuestionForms
from policies.forms.history import SCORES, TRIED
from policies.forms.phq9 import names_thoughts_of_suicide
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import FACTS
from policies.forms.steps import PlanStep
from policies.questions import questions_for
from policies.screens.left import questions_left
from policies.screens.memory import Group, Memory
from policies.situation import Situation


class Posted:
    """One POST, read as far as it is asked for."""

    def __init__(self, data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> None:
        self.data = data
        self.catalogue = catalogue
        self.on = on
        self.memory = Memory.of(data)

    @cached_property
    def plan(self) -> PlanForm:
        """The plan, checked."""
        form = PlanForm(self.data, catalogue=self.catalogue)
        form.full_clean()
        return form

    @cached_property
    def step_to_correct(self) -> PlanStep | None:
        """The first of the plan's screens, up to this one, with something to be put right."""
        return self.plan.step_to_correct(self.memory.at.of_plan or PlanStep.TREATMENT)

    @cached_property
    def open_step(self) -> PlanStep | None:
        """The first of all the plan's screens with something missing or wrong."""
        return self.plan.step_to_correct(PlanStep.TREATMENT)

    @property
    def is_plan_whole(self) -> bool:
        """Whether nothing of the plan is missing or wrong, on no screen of it."""
        return self.open_step is None

    @cached_property
    def is_readable(self) -> bool:
        """Whether all of it can be read as a situation."""
        return self.is_plan_whole and self.given.is_valid()

    @cached_property
    def full_form(self) -> Questions:
        """Everything that the plan's documents may want to know."""
        return questions_for(self.plan.situation(), catalogue=self.catalogue, on=self.on)

    @cached_property
    def names_that_matter(self) -> frozenset[str]:
        """The questions that the plan's documents may want to know."""
        return frozenset(question.name for question in self.full_form.in_order)

    @cached_property
    def given(self) -> QuestionForms:
        """Every answer so far, held to the rules."""
        forms = self.forms(self.memory.showing, is_checked=True)
        # A form that nobody checked has no answers to read.
        forms.is_valid()
        return forms

    @cached_property
    def situation(self) -> Situation:
        return self.given.situation()

    def has_charted(self, scale: str) -> bool:
        """Whether a score on a scale was told that stands in the chart."""
        inner = f"{SCORES}-{scale}-"
        return self.data.get(f"{inner}origin") == "chart" and bool(self.data.get(f"{inner}score"))

    def holds(self, question: str) -> bool:
        """Whether something was sent for a question."""
        return any(self.data.get(name) for name in self._fields_of(question))

    def _fields_of(self, question: str) -> list[str]:
        inner = f"{TRIED}-" if question == TREATMENTS else f"{SCORES}-{question}-"
        return [
            name for name in self.data if name == f"{FACTS}-{question}" or name.startswith(inner)
        ]

    @cached_property
    def readable(self) -> Situation:
        """What was told, without the questions in whose answers something is wrong."""
        kept = self.data.copy()
        for question in self.given.faulty:
            for name in self._fields_of(question):
                del kept[name]
        rest = Posted(kept, catalogue=self.catalogue, on=self.on)
        return rest.situation if rest.given.is_valid() else self.plan.situation()

    @cached_property
    def asked(self) -> Memory:
        """The memory once the questions on the screen were asked."""
        return self.memory.with_asked(self.memory.showing)

    @cached_property
    def open_questions(self) -> Questions:
        """What can still change a verdict and was not asked yet."""
        return questions_left(
            self.situation, catalogue=self.catalogue, on=self.on, asked=self.asked.names
        )

    def forms(self, shown: Group, *, is_checked: bool, adds_row: bool = False) -> QuestionForms:
        """The questions of a screen, filled with what was sent."""
        return QuestionForms(
            shown,
            row_fields=self.full_form.treatment_fields if TREATMENTS in shown else (),
            plan=self.plan,
            on=self.on,
            data=self.data,
            is_checked=is_checked,
            adds_row=adds_row,
        )

    @property
    def speaks_of_suicide(self) -> bool:
        """Whether an answer, right or wrong, names thoughts of suicide."""
        ideation = self.data.get(f"{FACTS}-suicidal_ideation", "none")
        conditions = [
            *self.data.getlist(f"{PLAN}-condition"),
            *self.data.getlist(f"{PLAN}-other_conditions"),
        ]
        return (
            ideation not in ("", "none", "unknown")
            or "mdd_suicidal" in conditions
            or names_thoughts_of_suicide(self.data)
        )
