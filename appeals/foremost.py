"""What stands first for a denial: the step to take now, and the day that may stand beside it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from appeals.deadlines import Headline, Status
from appeals.denied import FIRST_DECISION, DeniedCase
from appeals.law.stages import Service, Stage
from appeals.routes import Place, RouteStage

# Nothing is to be filed there, so its missing day takes nothing from another route's day.
NOTHING_TO_FILE = (Status.BY_ITSELF, Status.OUT_OF_REACH)


@dataclass(frozen=True, slots=True)
class Foremost:
    """The step in front and its day; `on` is None where no day may stand there.

    `is_under_all` says that the day is safe whichever of two routes turns out to be the one.
    """

    step: RouteStage | None
    on: dt.date | None = None
    whose: Headline = Headline.NONE
    is_under_all: bool = False

    @property
    def status(self) -> Status | None:
        """Why there is a day or none; None where there is no step."""
        if self.step is None or self.step.deadline is None:
            return None
        return self.step.deadline.status


@dataclass(frozen=True, slots=True)
class LastDay:
    """A day to keep: the step it is for, or None where no kind of plan was found.

    `stages` are all that it may be for, where two kinds of plan are open.

    `is_for_services`: it is the day to ask that care goes on.
    """

    step: RouteStage | None
    on: dt.date
    whose: Headline
    stages: tuple[Stage, ...] = ()
    is_for_services: bool = False


def foremost(case: DeniedCase) -> Foremost:
    """What to do first, and by when.

    Where the plan may be either of two kinds, a day stands only if it is safe under both.
    """
    steps = [one.next_step for one in case.routes if one.next_step is not None]
    if not steps:
        return _without_steps(case)
    to_file = [one for one in steps if _status(one) not in NOTHING_TO_FILE] or steps
    undated = [one for one in to_file if day_of(one) is None]
    days = sorted(
        ((day, one) for one in to_file if (day := day_of(one)) is not None),
        key=lambda pair: pair[0],
    )
    if days and (not undated or (case.outcome.safe_days and is_first_decision(case))):
        day, step = days[0]
        return Foremost(step, day, _whose(step), is_under_all=len(case.routes) > 1)
    return Foremost((undated or to_file)[0])


def last_days(case: DeniedCase) -> tuple[LastDay, ...]:
    """The days to keep, the earliest first; where two routes are open, only the safe one."""
    return tuple(sorted(_last_days(case), key=lambda one: one.on))


def keep_services_by(case: DeniedCase) -> dt.date | None:
    """The earliest last day to ask that care goes on; None where none is counted."""
    return min(
        (
            one.keep_services_by
            for route in case.routes
            for one in route.open_now
            if one.keep_services_by is not None
        ),
        default=None,
    )


def stages_in_front(case: DeniedCase, first: Foremost) -> tuple[Stage, ...]:
    """The step in front; where its day is safe under two kinds of plan, that of each."""
    if first.step is None:
        return ()
    if not first.is_under_all:
        return (first.step.stage,)
    return tuple(one.next_step.stage for one in case.routes if one.next_step is not None)


def is_cut(case: DeniedCase) -> bool:
    """Whether the person told that care which already goes on is stopped."""
    return case.denial.notice.action_on is not None or case.denial.service is Service.CONCURRENT


def is_first_decision(case: DeniedCase) -> bool:
    """Whether the notice is the first decision: what an outcome says to do is for that alone."""
    if not case.routes:
        return case.denial.answers == FIRST_DECISION
    return any(
        one.stage.is_decision
        for route in case.routes
        for one in route.stages
        if one.place is Place.ANSWERED
    )


def day_of(step: RouteStage) -> dt.date | None:
    """The last day of a step that may stand as one."""
    return step.deadline.headline_on if step.deadline is not None else None


def _last_days(case: DeniedCase) -> Iterator[LastDay]:
    keep_by = keep_services_by(case)
    if keep_by is not None and is_cut(case):
        yield LastDay(None, keep_by, Headline.SAFE, is_for_services=True)
    first = foremost(case)
    if first.on is not None:
        yield LastDay(first.step, first.on, first.whose, stages_in_front(case, first))
    if len(case.routes) == 1:
        for one in case.routes[0].open_now:
            day = day_of(one)
            if one is not first.step and day is not None:
                yield LastDay(one, day, _whose(one), (one.stage,))


def _without_steps(case: DeniedCase) -> Foremost:
    """No kind of plan was found, or none of its steps is left."""
    days = [(case.safe_on, Headline.SAFE), (case.denial.notice.printed_on, Headline.PRINTED)]
    known = sorted(((day, whose) for day, whose in days if day is not None), key=lambda one: one[0])
    return Foremost(None, *known[0], is_under_all=True) if known else Foremost(None)


def _status(step: RouteStage) -> Status | None:
    return step.deadline.status if step.deadline is not None else None


def _whose(step: RouteStage) -> Headline:
    return step.deadline.headline if step.deadline is not None else Headline.NONE
