"""When an answer is due: hours elapse through nights, weekends and changes of clocks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from appeals.counting import hours_later, last_day
from appeals.law.spans import Unit
from appeals.law.stages import Condition, DecisionTime, Service, Stage


@dataclass(frozen=True, slots=True)
class DecisionDue:
    """One time to decide, and the moment or day it ends; None where that can't be told.

    Nothing is counted from a figure that is not verified.
    """

    time: DecisionTime
    due_at: dt.datetime | None = None
    due_on: dt.date | None = None
    is_verified: bool = True


def times_for(
    stage: Stage,
    *,
    service: Service | None,
    is_expedited: bool,
    on: dt.date,
    conditions: Iterable[Condition] = (),
) -> tuple[DecisionTime, ...]:
    """The times for a request of that day; several where what they depend on is not known.

    A kind of service of its own goes before the general time; `conditions` are those known to hold.
    """
    known = {Condition.ALWAYS, *conditions}
    fitting = [
        one for one in stage.decision.times if one.is_expedited is is_expedited and one.holds(on)
    ]
    own = [one for one in fitting if one.service is service]
    found = fitting if service is None else own or [one for one in fitting if one.service is None]
    if len(known) > 1:
        settled = [one for one in found if one.when in known]
        found = settled or found
    return tuple(found)


def decisions_due(
    stage: Stage,
    asked: dt.datetime | dt.date,
    *,
    service: Service | None,
    is_expedited: bool,
    conditions: Iterable[Condition] = (),
) -> tuple[DecisionDue, ...]:
    """When an answer is due to a request received at a moment, or on a day.

    Hours need the moment; days run from its date where it was received.
    """
    is_verified = stage.decision.is_verified is True
    day = asked.date() if isinstance(asked, dt.datetime) else asked
    times = times_for(
        stage, service=service, is_expedited=is_expedited, on=day, conditions=conditions
    )
    return tuple(
        _due(one, asked, day) if is_verified else DecisionDue(one, is_verified=False)
        for one in times
    )


def starts_waiting_for_statement(
    stage: Stage, asked_on: dt.date, statement_at: dt.datetime | None, zone: dt.tzinfo
) -> dt.datetime:
    """When the time for an exception starts: with the prescriber's statement, or after the wait.

    The day of the request is day 0; the wait ends with the last day of it. ValueError says that
    this step waits for no statement.
    """
    wait = stage.decision.waits_for_statement_days
    if wait is None:
        raise ValueError(f"{stage.id} waits for no statement")
    end = dt.datetime.combine(asked_on + dt.timedelta(days=wait + 1), dt.time(), tzinfo=zone)
    return end if statement_at is None else min(statement_at, end)


def _due(time: DecisionTime, asked: dt.datetime | dt.date, day: dt.date) -> DecisionDue:
    within = time.within
    if within.unit is Unit.HOURS:
        # Hours run from the moment; a day alone tells none.
        due_at = hours_later(asked, within.amount) if isinstance(asked, dt.datetime) else None
        return DecisionDue(time, due_at=due_at)
    return DecisionDue(time, due_on=last_day(day, within))
