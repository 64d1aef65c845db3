"""What happened in made-up cases: each a way through the stages, its last day around today."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from types import MappingProxyType

from appeals.clinics.casework import Due
from appeals.clinics.content import Approval, Happened
from appeals.clinics.following import (
    ASKED,
    NOTICES,
    after_approval,
    after_asking,
    after_notice,
    answered_next,
    first_decisions,
    steps_to_take,
)
from appeals.clinics.moves import CLOSED, MOVES
from appeals.denial import Denial, Notice
from appeals.denied import FIRST_DECISION
from appeals.law.finder import Outcome
from appeals.law.plans import stages
from appeals.law.reasons import ReasonId
from appeals.law.stages import Service
from appeals.models.cases import CaseEvent, Stage

Kind = CaseEvent.Kind
FIRST_NO = (Kind.SUBMITTED, Kind.DENIED)
WAYS: Mapping[tuple[Kind, ...], int] = MappingProxyType(
    {
        (): 18,
        (Kind.SUBMITTED,): 20,
        (Kind.SUBMITTED, Kind.APPROVED): 26,
        (Kind.SUBMITTED, Kind.PARTLY_APPROVED): 4,
        (Kind.SUBMITTED, Kind.PARTLY_APPROVED, Kind.ACCEPTED): 5,
        FIRST_NO: 24,
        (*FIRST_NO, Kind.APPEALED): 14,
        (*FIRST_NO, Kind.APPEALED, Kind.OVERTURNED): 16,
        (*FIRST_NO, Kind.APPEALED, Kind.PARTLY_APPROVED): 4,
        (*FIRST_NO, Kind.APPEALED, Kind.UPHELD): 10,
        (*FIRST_NO, Kind.APPEALED, Kind.UPHELD, Kind.SENT_TO_REVIEW): 6,
        (*FIRST_NO, Kind.APPEALED, Kind.UPHELD, Kind.SENT_TO_REVIEW, Kind.OVERTURNED): 6,
        (*FIRST_NO, Kind.APPEALED, Kind.UPHELD, Kind.SENT_TO_REVIEW, Kind.UPHELD): 4,
        (*FIRST_NO, Kind.WITHDRAWN): 4,
        (Kind.WITHDRAWN,): 2,
    }
)
"""What may happen in a case, and how often of some 160."""
WAIT: Mapping[Kind, tuple[int, int]] = MappingProxyType(
    {
        Kind.SUBMITTED: (1, 10),
        Kind.APPROVED: (2, 21),
        Kind.PARTLY_APPROVED: (4, 25),
        Kind.ACCEPTED: (1, 10),
        Kind.DENIED: (4, 25),
        Kind.APPEALED: (5, 60),
        Kind.OVERTURNED: (12, 45),
        Kind.UPHELD: (12, 45),
        Kind.SENT_TO_REVIEW: (5, 60),
        Kind.WITHDRAWN: (1, 20),
    }
)
"""The fewest and the most days before each."""
DUE_IN: Sequence[tuple[int, int]] = ((-9, -1), (0, 6), (7, 30), (7, 30), (31, 170), (31, 170))
PAST = (5, 700)
REASONS = (
    ReasonId.NOT_MEDICALLY_NECESSARY,
    ReasonId.NOT_MEDICALLY_NECESSARY,
    ReasonId.EXPERIMENTAL_INVESTIGATIONAL,
    ReasonId.EXPERIMENTAL_INVESTIGATIONAL,
    ReasonId.STEP_THERAPY,
    ReasonId.NO_PRIOR_AUTHORIZATION,
    ReasonId.MISSING_DOCUMENTATION,
    ReasonId.PLAN_EXCLUSION,
)


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """One thing that happened; `step` as the workspace itself records it."""

    kind: Kind
    on: dt.date
    happened: Happened
    step: str = ""

    @property
    def reasons(self) -> tuple[ReasonId, ...]:
        return self.happened.denial.reasons if self.happened.denial else ()


@dataclass(frozen=True, slots=True)
class Story:
    """A case from its opening: where it stands, and what is due next."""

    opened_on: dt.date
    stage: Stage
    events: tuple[SampleEvent, ...]
    due: Due

    @property
    def is_closed(self) -> bool:
        return self.stage in CLOSED and self.due.on is None


@dataclass(frozen=True, slots=True)
class Law:
    """What a plan stands under, with answers kept: many cases ask the same."""

    id: str
    outcome: Outcome

    def __hash__(self) -> int:
        return hash(self.id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Law) and other.id == self.id


def tell_story(chance: Random, law: Law, *, today: dt.date) -> Story:
    """Make up what happened in a case under this law."""
    way = chance.choices(tuple(WAYS), tuple(WAYS.values()))[0]
    waits = [chance.randint(*WAIT[kind]) for kind in way]
    last = _last_day(chance, law, way, today)
    days = [last - dt.timedelta(days=sum(waits[index + 1 :])) for index in range(len(way))]
    events = _events(chance, law, tuple(zip(way, days, strict=True)))
    opened_on = (days[0] if days else today) - dt.timedelta(
        days=waits[0] if waits else chance.randint(0, 20)
    )
    stage = Stage.PREPARING
    for one in way:
        stage = MOVES[stage][one]
    due = _due_after_approval(events, today) if stage in CLOSED else _due(law, events, today)
    return Story(opened_on, stage, events, due)


def _last_day(chance: Random, law: Law, way: tuple[Kind, ...], today: dt.date) -> dt.date:
    """When the last thing happened: so that what is due next falls around today."""
    stage = Stage.PREPARING
    for one in way:
        stage = MOVES[stage][one]
    if stage in CLOSED or not way:
        return today - dt.timedelta(days=chance.randint(*PAST))
    as_of_today = _events(chance, law, tuple((one, today) for one in way))
    due = _due(law, as_of_today, today)
    length = (due.on - today).days if due.on else 60
    due_in = chance.randint(*chance.choice(DUE_IN))
    return today - dt.timedelta(days=max(chance.randint(0, 3), length - due_in))


def _events(
    chance: Random, law: Law, way: tuple[tuple[Kind, dt.date], ...]
) -> tuple[SampleEvent, ...]:
    events: list[SampleEvent] = []
    for kind, on in way:
        if kind in ASKED:
            step = _step_taken(law, events)
            events.append(SampleEvent(kind, on, Happened(service=Service.PRE_SERVICE), step))
        elif kind in NOTICES:
            events.append(_notice(chance, law, kind, on, events))
        elif kind in (Kind.APPROVED, Kind.OVERTURNED):
            events.append(SampleEvent(kind, on, Happened(approval=_approval(chance, on))))
        else:
            events.append(SampleEvent(kind, on, Happened()))
    return tuple(events)


def _notice(
    chance: Random, law: Law, kind: Kind, on: dt.date, before: list[SampleEvent]
) -> SampleEvent:
    answers = _answered(law, before)
    denial = Denial(
        Notice(notice_on=on),
        answers,
        service=Service.PRE_SERVICE,
        reasons=(chance.choice(REASONS),),
        reference_numbers=(f"SAMPLE-REF-{chance.randint(10000, 99999)}",),
    )
    amount = "Eight of twelve visits" if kind is Kind.PARTLY_APPROVED else ""
    return SampleEvent(kind, on, Happened(denial=denial, amount=amount), answers)


def _approval(chance: Random, on: dt.date) -> Approval:
    return Approval(
        number=f"SAMPLE-AUTH-{chance.randint(10000, 99999)}",
        sessions=chance.choice((6, 8, 12)),
        begins_on=on,
        ends_on=on + dt.timedelta(days=chance.choice((60, 90, 180))),
    )


def _due_after_approval(events: tuple[SampleEvent, ...], today: dt.date) -> Due:
    following = after_approval(events[-1].happened.approval, on=today)
    return following.due if following is not None else Due()


def _answered(law: Law, before: list[SampleEvent]) -> str:
    """The step that a notice answers, as the form would offer it."""
    asked = before[-1].step if before else ""
    step = stages()[asked].step if asked in stages() else ""
    return answered_next(law.outcome, step)


def _step_taken(law: Law, before: list[SampleEvent]) -> str:
    """The step that the last notice opened; none for a first request."""
    notice = next((one for one in reversed(before) if one.happened.denial), None)
    if notice is None or notice.happened.denial is None:
        return ""
    opened = _opened_by(law, notice.happened.denial.answers, notice.on)
    return opened[0] if opened else ""


@lru_cache(maxsize=20_000)
def _opened_by(law: Law, answers: str, on: dt.date) -> tuple[str, ...]:
    following = after_notice(law.outcome, Happened(denial=_plain(answers, on)), on=on)
    return tuple(one.id for one in steps_to_take(following.denied)) if following.denied else ()


def _due(law: Law, events: tuple[SampleEvent, ...], today: dt.date) -> Due:
    if not events:
        return Due()
    last = events[-1]
    if last.happened.denial is not None:
        return _due_after_notice(law, last.happened.denial.answers, last.on, today)
    return _due_after_asking(law, last.step, last.on)


@lru_cache(maxsize=20_000)
def _due_after_notice(law: Law, answers: str, on: dt.date, today: dt.date) -> Due:
    # As on the day it came: what is past by now is overdue, and no step is left out for it.
    return after_notice(law.outcome, Happened(denial=_plain(answers, on)), on=min(on, today)).due


@lru_cache(maxsize=20_000)
def _due_after_asking(law: Law, step: str, on: dt.date) -> Due:
    steps = (stages()[step],) if step in stages() else first_decisions(law.outcome)
    return after_asking(steps, asked_on=on, service=Service.PRE_SERVICE, is_expedited=False).due


def _plain(answers: str, on: dt.date) -> Denial:
    return Denial(Notice(notice_on=on), answers or FIRST_DECISION, service=Service.PRE_SERVICE)
