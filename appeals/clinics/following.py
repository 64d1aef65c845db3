"""What follows on what happened: the next step of the route, its last day, and how it was counted.

A no opens the next step, and its notice says until when. A request or an appeal waits for the
plan's answer, which the law gives a time.
"""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from appeals.clinics.casework import Due, OpenCase, happened_in
from appeals.clinics.content import Approval, CaseContent, Happened
from appeals.clinics.due_steps import ANSWER, APPEAL, CONTINUE, KEEP_SERVICES
from appeals.counting import last_day
from appeals.decisions import times_for
from appeals.denial import Denial
from appeals.denied import (
    FIRST_DECISION,
    LATER_DECISION,
    DeniedCase,
    denied_case,
    steps_to_choose,
)
from appeals.foremost import foremost, is_cut, keep_services_by
from appeals.law.finder import AnswerError, Outcome, answers_from, outcome
from appeals.law.plans import plan_law, stages
from appeals.law.spans import Span, Unit
from appeals.law.stages import DecisionTime, Service, Stage
from appeals.models import CaseEvent
from appeals.presenting.cited import grade_label
from appeals.wording.answers_due import answer_due
from policies.wording.dates import date

Kind = CaseEvent.Kind
NOTICES = frozenset({Kind.DENIED, Kind.UPHELD, Kind.PARTLY_APPROVED})
"""What comes with a notice that says no, or no to a part."""
ASKED = frozenset({Kind.SUBMITTED, Kind.APPEALED, Kind.SENT_TO_REVIEW})
"""What waits for an answer."""
HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class AnswerTime:
    """How long whoever was asked has to answer, and where that was read."""

    words: str
    citations: tuple[str, ...]
    grade: str
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Following:
    """What follows: the day to keep, and what it rests on.

    `denied` holds the route where a notice opens it; `answers` the times to decide where an answer
    is awaited.
    """

    due: Due
    denied: DeniedCase | None = None
    answers: tuple[AnswerTime, ...] = ()


def outcome_of(content: CaseContent) -> Outcome | None:
    """Which law the plan stands under; None while a question of the interview is open."""
    try:
        return outcome({**answers_from(content.situation.plan), **content.finder})
    except AnswerError:
        return None


def after_notice(found: Outcome, happened: Happened, *, on: dt.date) -> Following:
    """What a notice opens, as of the day `on`."""
    if happened.denial is None:
        raise ValueError("a notice says what was refused")
    case = denied_case(found, _fitting(happened.denial, found), happened.contact, on=on)
    return Following(due_of(case), case)


def after_approval(approval: Approval | None, *, on: dt.date) -> Following | None:
    """Until when more has to be asked for; nothing where no end was told, or it is past."""
    ends_on = approval.ends_on if approval is not None else None
    return Following(Due(ends_on, CONTINUE)) if ends_on is not None and ends_on >= on else None


def due_of(case: DeniedCase) -> Due:
    """The day to keep: that of the step in front, or the earlier one to ask that care goes on."""
    first = foremost(case)
    keep_by = keep_services_by(case) if is_cut(case) else None
    if keep_by is not None and case.on <= keep_by and (first.on is None or keep_by < first.on):
        return Due(keep_by, KEEP_SERVICES)
    if first.step is not None:
        return Due(first.on, first.step.stage.id)
    return Due(first.on, APPEAL if first.on is not None else "")


def after_asking(
    steps: Iterable[Stage], *, asked_on: dt.date, service: Service | None, is_expedited: bool
) -> Following:
    """Until when an answer has to come; where the law leaves several times open, the latest.

    A time that was not checked counts no day. Hours run from a moment that nobody noted, so they
    are taken as the days that they fill.
    """
    told: list[AnswerTime] = []
    days: list[dt.date | None] = []
    for stage in steps:
        times = times_for(stage, service=service, is_expedited=is_expedited, on=asked_on)
        for time in times:
            is_counted = stage.decision.is_verified is True
            day = _ends(asked_on, time.within) if is_counted else None
            days.append(day)
            told.append(_answer_time(stage, time, service, day))
    known = [one for one in days if one is not None]
    is_sure = bool(known) and len(known) == len(days)
    due = Due(max(known), ANSWER) if is_sure else Due(None, ANSWER)
    return Following(due, answers=tuple(dict.fromkeys(told)))


def _ends(start: dt.date, span: Span) -> dt.date | None:
    match span.unit:
        case Unit.DAYS | Unit.MONTHS:
            return last_day(start, span)
        case Unit.HOURS:
            return start + dt.timedelta(days=math.ceil(span.amount / HOURS_OF_A_DAY))
        case Unit.BUSINESS_DAYS:
            return None


def _answer_time(
    stage: Stage, time: DecisionTime, service: Service | None, day: dt.date | None
) -> AnswerTime:
    within = answer_due(time, names_service=service is None)
    words = f"{within}, until {date(day)}" if day else f"{within} (to confirm)"
    return AnswerTime(
        words=f"{stage.name}: {words}.",
        citations=stage.citations,
        grade=grade_label(stage.grade),
        is_counted=day is not None,
    )


def first_decisions(found: Outcome) -> tuple[Stage, ...]:
    """The first decision of each kind of plan that is still open."""
    return tuple(
        one
        for plan_type in found.plan_types
        for one in plan_law(plan_type).stages(is_insured=found.is_insured)
        if one.is_decision
    )


def steps_to_take(denied: DeniedCase) -> tuple[Stage, ...]:
    """The steps that a notice opened, the one in front first."""
    front = foremost(denied).step
    opened = [one for route in denied.routes for one in route.open_now]
    ordered = sorted(opened, key=lambda one: one is not front)
    return tuple(dict.fromkeys(one.stage for one in ordered))


def answered_next(found: Outcome, step: str) -> str:
    """What a notice answers that comes after this step was asked for: the first decision, if none.

    Where several kinds of plan are open, the steps may have no name in common.
    """
    steps = steps_to_choose(found)
    if step and step in {one.step for one in steps}:
        return step
    first = next((one.step for one in steps if one.is_decision), FIRST_DECISION)
    return first if not step else LATER_DECISION


def last_notice(opened: OpenCase) -> tuple[CaseEvent, Happened] | None:
    """The newest notice of a case, and what it holds."""
    event = opened.case.events.filter(kind__in=NOTICES).exclude(sealed=None).last()
    return None if event is None else (event, happened_in(opened, event))


def denied_now(opened: OpenCase, *, on: dt.date) -> DeniedCase | None:
    """The route as the newest notice opened it, as of a day; None without a notice or a law."""
    notice = last_notice(opened)
    return denied_by(notice[1], outcome_of(opened.content), on=on) if notice is not None else None


def denied_by(notice: Happened, found: Outcome | None, *, on: dt.date) -> DeniedCase | None:
    """The route as this notice opened it; None where it denies nothing, or without a law."""
    if found is None or notice.denial is None:
        return None
    return denied_case(found, _fitting(notice.denial, found), notice.contact, on=on)


def _fitting(denial: Denial, found: Outcome) -> Denial:
    """The same, though the plan turned out to be of another kind since the notice was told."""
    known = {FIRST_DECISION, LATER_DECISION, *(one.step for one in steps_to_choose(found))}
    if denial.answers in known:
        return denial
    is_first = any(one.step == denial.answers and one.is_decision for one in stages().values())
    return replace(denial, answers=FIRST_DECISION if is_first else LATER_DECISION)
