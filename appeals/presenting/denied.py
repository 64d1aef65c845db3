"""The page at the end, for a person who holds a denial: every word of it, finished."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from appeals.denied import DeniedCase
from appeals.foremost import foremost, last_days
from appeals.presenting.codes import CodesView, present_codes
from appeals.presenting.deadlines import FirstView, present_first
from appeals.presenting.first_things import FirstThing, first_things
from appeals.presenting.outcome import OutcomeView, present_outcome
from appeals.presenting.outside_review import OutsideReviewView, present_outside_review
from appeals.presenting.people import present_offices, present_people
from appeals.presenting.reasons import ReasonsView, present_reasons
from appeals.presenting.rights import RightView, present_rights
from appeals.presenting.rows import Row
from appeals.presenting.steps import StepView, present_steps
from appeals.presenting.timelines import TimelineView, present_timeline
from appeals.presenting.told import LawView, present_law, present_told
from policies.language import said
from policies.presenting.guide import HelperView
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class RouteView:
    """The steps of one kind of plan, drawn and listed; `as_above` names those told already."""

    plan: str
    timeline: TimelineView
    steps: tuple[StepView, ...]
    as_above: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class DeniedView:
    """The whole page; `routes` are two where the plan may be either kind, none where more."""

    first: FirstView
    first_things: tuple[FirstThing, ...]
    told: tuple[tuple[str, str], ...]
    outcome: OutcomeView
    laws: tuple[LawView, ...]
    routes: tuple[RouteView, ...]
    reasons: ReasonsView
    codes: CodesView
    outside_review: OutsideReviewView | None
    rights: tuple[tuple[str, tuple[RightView, ...]], ...]
    people: tuple[HelperView, ...]
    offices: tuple[Row, ...]
    has_days: bool
    on: str

    @property
    def is_one_of_two(self) -> bool:
        return len(self.routes) > 1


def present_denied(case: DeniedCase) -> DeniedView:
    """Finish every word of the page."""
    first = foremost(case)
    return DeniedView(
        first=present_first(case, first),
        first_things=first_things(case, first),
        told=present_told(case),
        outcome=present_outcome(case.outcome),
        laws=tuple(present_law(one.law) for one in case.routes),
        routes=tuple(_routes(case)),
        reasons=present_reasons(case),
        codes=present_codes(case),
        outside_review=present_outside_review(case),
        rights=present_rights(case),
        people=present_people(case),
        offices=present_offices(case),
        has_days=any(one.on >= case.on for one in last_days(case)),
        on=date(case.on),
    )


def _routes(case: DeniedCase) -> Iterator[RouteView]:
    """Each route; a step that reads the same as in an earlier one is told once."""
    told: list[StepView] = []
    for number, route in enumerate(case.routes, 1):
        steps = present_steps(route, case)
        new = tuple(one for one in steps if not any(_reads_as(one, other) for other in told))
        yield RouteView(
            plan=said(route.law.plan_type.label),
            timeline=present_timeline(route, case, number=number),
            steps=new,
            as_above=tuple(one for one in steps if one not in new),
        )
        told += new


def _reads_as(one: StepView, other: StepView) -> bool:
    """Whether two steps say the same; the rules they stand in may differ."""
    return _uncited(one) == _uncited(other)


def _uncited(step: StepView) -> StepView:
    deadline = replace(step.deadline, cited=()) if step.deadline is not None else None
    return replace(step, cited=(), deadline=deadline)
