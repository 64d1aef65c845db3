"""Who has to act next in a case: the clinic, or whoever it asked."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from django.db.models import Q

from appeals.clinics.due_steps import ANSWER, due_words
from appeals.models import Case
from appeals.models.cases import Stage

WAITING = frozenset({Stage.SUBMITTED, Stage.APPEALED, Stage.IN_REVIEW})
"""Where an answer is out."""
FIRST_STEPS: Mapping[Stage, str] = MappingProxyType({Stage.PREPARING: "send the request"})
LATE = "ask for the answer that is overdue"
OPEN = "settle what follows"


class Actor(StrEnum):
    """Whose turn it is."""

    WE = "We"
    PLAN = "The plan"
    REVIEWER = "The reviewer"


def is_ours(*, on: dt.date) -> Q:
    """The cases in which the clinic has to act; an answer that is overdue is asked for."""
    return ~Q(stage__in=WAITING) | Q(due_on__lt=on)


def actor_of(case: Case, *, on: dt.date) -> Actor | None:
    """Whose turn it is in a case; nobody's once it is closed."""
    if case.closed_at is not None:
        return None
    is_late = case.due_on is not None and case.due_on < on
    if case.stage not in WAITING or is_late:
        return Actor.WE
    return Actor.REVIEWER if case.stage == Stage.IN_REVIEW else Actor.PLAN


def step_of(case: Case, *, on: dt.date) -> str:
    """What whoever's turn it is has to do.

    >>> step_of(Case(stage=Stage.SUBMITTED), on=dt.date(2026, 11, 26))
    'answer'
    """
    match actor_of(case, on=on):
        case None:
            return ""
        case Actor.WE if case.stage in WAITING:
            return LATE if case.due_step in ("", ANSWER) else due_words(case.due_step)
        case Actor.WE:
            return due_words(case.due_step) or FIRST_STEPS.get(Stage(case.stage), OPEN)
        case _:
            return "answer"
