"""All that is said of one denial: the plan it stands under, its routes, reasons and contacts."""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import takewhile

from appeals.counting import last_day
from appeals.denial import Denial
from appeals.law.finder import Outcome
from appeals.law.plan_types import PlanType
from appeals.law.spans import Span, Unit
from appeals.law.stages import Stage
from appeals.routes import Route, route_for, steps_answered

# What a notice can be where the steps are not the same under every kind that is still open.
FIRST_DECISION, LATER_DECISION = "first_decision", "later_decision"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the notice names, word for word; empty where it names none."""

    plan: str = ""
    administrator: str = ""
    phone: str = ""
    fax: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class DeniedCase:
    """A denial against the law of its plan.

    One route; two where the plan may be either kind; none where it may be still more, with
    `safe_on` as the day that is safe under all of them.
    """

    outcome: Outcome
    denial: Denial
    routes: tuple[Route, ...]
    contact: Contact
    on: dt.date

    @property
    def safe_on(self) -> dt.date | None:
        """The last day that is enough under whatever is still open; None where none is known."""
        notice_on = self.denial.notice.notice_on
        is_first = self.denial.answers == FIRST_DECISION
        if self.routes or not is_first or notice_on is None or self.outcome.safe_days is None:
            return None
        return last_day(notice_on, Span(self.outcome.safe_days, Unit.DAYS))


def steps_to_choose(outcome: Outcome) -> tuple[Stage, ...]:
    """The steps whose decision the notice can be: as far as all kinds still open are the same."""
    several = [steps_answered(one, is_insured=outcome.is_insured) for one in outcome.plan_types]
    if len(several) < 2:
        return several[0] if several else ()
    same = takewhile(lambda row: len({one.step for one in row}) == 1, zip(*several, strict=False))
    return tuple(row[0] for row in same)


def knows_every_step(outcome: Outcome) -> bool:
    """Whether those steps are all there are; else the notice may be one of another name."""
    return len(outcome.plan_types) == 1


def denied_case(outcome: Outcome, denial: Denial, contact: Contact, *, on: dt.date) -> DeniedCase:
    """The case of a denial under the plans that the interview left open.

    A later step that is not the same under all of them leaves no route: only the notice counts.
    """
    routes = tuple(
        route_for(
            one,
            replace(denial, answers=_answered(denial.answers, one, outcome)),
            is_insured=outcome.is_insured,
            issue_state=outcome.issue_state,
            goes_by_notice=outcome.goes_by_notice,
            on=on,
        )
        for one in outcome.plan_types
        if denial.answers != LATER_DECISION
    )
    return DeniedCase(outcome, denial, routes, contact, on)


def _answered(answers: str, plan_type: PlanType, outcome: Outcome) -> str:
    """The step that the notice answers, by the name it has under one kind of plan."""
    if answers != FIRST_DECISION:
        return answers
    steps = steps_answered(plan_type, is_insured=outcome.is_insured)
    return next(one.step for one in steps if one.is_decision)
