"""The three screens of a check: the plan, the questions, the answer.

Nothing is stored between them. Each screen carries all earlier answers as hidden fields of its one
form, and every POST is checked again from the beginning.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django import forms
from django.http import QueryDict

from policies.catalogue import Catalogue
from policies.forms import PlanForm, QuestionForms
from policies.forms.plan import PREFIX as PLAN
from policies.forms.questions import FACTS, SCORES, TRIED
from policies.guidance import guide, side_by_side
from policies.presenting import AnswerView, present_answer
from policies.questions import questions_for
from policies.situation import Situation

QUESTION_PREFIXES = (f"{FACTS}-", f"{TRIED}-", f"{SCORES}-")
PLAN_PREFIXES = (f"{PLAN}-",)


class Go(StrEnum):
    """Where a pressed button leads; its value is the button's `go`."""

    PLAN = "plan"
    QUESTIONS = "questions"
    MORE = "more"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen; `to_correct` holds the forms in which something has to be put right."""

    template: str
    title: str
    step: int
    carried: tuple[tuple[str, str], ...] = ()
    plan: PlanForm | None = None
    questions: QuestionForms | None = None
    answer: AnswerView | None = None
    to_correct: tuple[forms.Form, ...] = ()
    back_to: Go = Go.PLAN
    takes_focus: bool = True

    @property
    def status(self) -> int:
        return 422 if self.to_correct else 200


def first_screen(catalogue: Catalogue) -> Screen:
    """The plan, before anything was answered."""
    return _plan_screen(PlanForm(catalogue=catalogue), QueryDict(), takes_focus=False)


def next_screen(data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> Screen:
    """The screen that the pressed button leads to, or the one in which something is wrong."""
    go = data.get("go", Go.QUESTIONS)
    if go == Go.PLAN:
        shown = PlanForm(catalogue=catalogue, initial=_plan_as_typed(data))
        return _plan_screen(shown, data)
    plan = PlanForm(data, catalogue=catalogue)
    if not plan.is_valid():
        return _plan_screen(plan, data, to_correct=(plan,))
    asked = questions_for(plan.situation(), catalogue=catalogue, on=on)
    if asked.are_none:
        return _answer_screen(plan.situation(), data, catalogue, on, asked_nothing=True)
    filled = QuestionForms(
        asked,
        plan=plan,
        on=on,
        data=data,
        is_checked=go == Go.ANSWER,
        adds_row=go == Go.MORE,
    )
    if go != Go.ANSWER:
        return _questions_screen(filled, data)
    if not filled.is_valid():
        return _questions_screen(filled, data, to_correct=tuple(filled.all))
    return _answer_screen(filled.situation(), data, catalogue, on)


def _plan_screen(plan: PlanForm, data: QueryDict, **options: Any) -> Screen:
    return Screen(
        template="policies/_plan.html",
        title="Your plan and the treatment",
        step=1,
        plan=plan,
        carried=_carried(data, QUESTION_PREFIXES),
        **options,
    )


def _questions_screen(questions: QuestionForms, data: QueryDict, **options: Any) -> Screen:
    carried = _carried(data, PLAN_PREFIXES + QUESTION_PREFIXES)
    return Screen(
        template="policies/_questions.html",
        title="What your plan's documents ask",
        step=2,
        questions=questions,
        # What another plan's documents asked is kept, in case the plan is changed back.
        carried=tuple((name, value) for name, value in carried if not questions.shows(name)),
        takes_focus=not questions.has_new_row,
        **options,
    )


def _answer_screen(
    situation: Situation,
    data: QueryDict,
    catalogue: Catalogue,
    on: dt.date,
    *,
    asked_nothing: bool = False,
) -> Screen:
    guidance = guide(situation, catalogue=catalogue, on=on)
    beside = side_by_side(guidance, catalogue=catalogue)
    return Screen(
        template="policies/_answer.html",
        title="Your answer",
        step=3,
        answer=present_answer(guidance, beside=beside, asked_nothing=asked_nothing),
        carried=_carried(data, PLAN_PREFIXES + QUESTION_PREFIXES),
        back_to=Go.PLAN if asked_nothing else Go.QUESTIONS,
    )


def _carried(data: QueryDict, prefixes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Earlier answers as they were sent; what was left empty need not travel."""
    return tuple(
        (name, value)
        for name, values in data.lists()
        if name.startswith(prefixes)
        for value in values
        if value
    )


def _plan_as_typed(data: QueryDict) -> dict[str, str]:
    inner = f"{PLAN}-"
    return {
        name.removeprefix(inner): value
        for name, value in data.dict().items()
        if name.startswith(inner) and isinstance(value, str)
    }
