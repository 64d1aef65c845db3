"""What comes next in a case, with how its day was counted and what answers the reasons given."""

import datetime as dt
from dataclasses import dataclass

from appeals.clinics.acting import WAITING
from appeals.clinics.casework import OpenCase, happened_in
from appeals.clinics.following import (
    ASKED,
    AnswerTime,
    Following,
    after_asking,
    denied_now,
    first_decisions,
    outcome_of,
)
from appeals.law.plans import stages
from appeals.law.stages import Stage as LawStage
from appeals.models.cases import Stage
from appeals.presenting import DeniedView, present_denied


@dataclass(frozen=True, slots=True)
class NextView:
    """The way on: `denied` where a notice opened it, `answers` where one is awaited.

    `needs_law` says that the kind of plan is not known yet, so that no day is counted.
    """

    is_waiting: bool
    denied: DeniedView | None
    answers: tuple[AnswerTime, ...]
    asked_on: dt.date | None
    needs_law: bool


def present_next(opened: OpenCase, *, on: dt.date) -> NextView:
    """What the page of a case shows of the way on."""
    is_waiting = Stage(opened.case.stage) in WAITING
    asked, asked_on = _asked(opened) if is_waiting else (None, None)
    denied = denied_now(opened, on=on)
    return NextView(
        is_waiting=is_waiting,
        denied=present_denied(denied) if denied is not None else None,
        answers=asked.answers if asked is not None else (),
        asked_on=asked_on,
        needs_law=outcome_of(opened.content) is None,
    )


def _asked(opened: OpenCase) -> tuple[Following | None, dt.date | None]:
    """What was asked last, and until when an answer is due to it."""
    event = opened.case.events.filter(kind__in=ASKED).last()
    found = outcome_of(opened.content)
    if event is None or found is None:
        return None, event.on if event is not None else None
    happened = happened_in(opened, event)
    steps = steps_named(event.step) or first_decisions(found)
    return (
        after_asking(
            steps,
            asked_on=event.on,
            service=happened.service,
            is_expedited=happened.is_expedited,
        ),
        event.on,
    )


def steps_named(step_id: str) -> tuple[LawStage, ...]:
    """The step of this id, where an event names one."""
    return (stages()[step_id],) if step_id in stages() else ()
