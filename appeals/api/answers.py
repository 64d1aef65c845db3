"""The shapes of what the API answers about appeals; the law's own records stand in them whole."""

import datetime as dt

from pydantic import Field

from appeals.deadlines import Deadline
from appeals.evidence import Direction, Kind, Meeting, Use
from appeals.evidence.study import Part
from appeals.law.plan_types import PlanType
from appeals.law.reasons import ReasonId
from appeals.law.stages import AmountInDispute, DecisionTime, Stage
from appeals.law.state_reviews import StateReview
from appeals.routes import Place
from policies.records import Record
from policies.situation import Treatment


class PlanKind(Record):
    """A kind of plan with a way of appeal of its own."""

    plan_type: PlanType
    label: str
    address: str = Field(description="Where its steps can be read.")
    laws: list[str]


class PlanKinds(Record):
    """Kinds of plans. For a line of business: those that it may turn out to be."""

    items: list[PlanKind]


class Step(Record):
    """A step of the way, and the outside review of the state where the state rules it."""

    stage: Stage
    is_stale: bool = Field(description="It was read more than a year ago and wants reading again.")
    review: StateReview | None


class RouteOfPlan(Record):
    """The steps of one kind of plan, in order."""

    on: dt.date
    plan_type: PlanType
    label: str
    is_insured: bool | None
    issue_state: str | None
    laws: list[str]
    notes: list[str]
    does_not_apply: list[str]
    steps: list[Step]


class StepOfDenial(Record):
    """A step after one denial, with its last day where this notice opens it."""

    step: str
    name: str
    place: Place
    is_front: bool
    deadline: Deadline | None
    is_past: bool | None = Field(
        description="The day in front, `deadline.headline_on`, is before the day asked about; null "
        "where there is none."
    )
    how_counted: list[str]
    keep_services_by: dt.date | None = Field(
        description="The last day to ask that care already approved goes on meanwhile."
    )
    is_keeping_past: bool | None = Field(description="The same of `keep_services_by`.")
    standard: list[DecisionTime]
    expedited: list[DecisionTime]
    in_dispute: AmountInDispute | None
    citations: list[str]
    url: str
    is_stale: bool


class Deadlines(Record):
    """The steps after one denial, as of a day; `next_step` is the one to take."""

    on: dt.date
    plan_type: PlanType
    answers: str
    next_step: str | None
    steps: list[StepOfDenial]


class StudyRecord(Record):
    """A record of the registry; only `uses` may be said in a letter, each with its limit."""

    id: str
    citation: str
    kind: Kind
    year: int | None
    doi: str
    pmid: str
    url: str
    participants: int | None
    population: str
    conditions: list[str]
    treatments: list[Treatment]
    studied: str
    compared_with: str
    finding: str
    direction: Direction
    limitations: str
    useful_against: list[ReasonId]
    is_honesty_check: bool
    verified: bool
    finding_verified: bool
    verified_from: str
    numbers_from: str
    not_confirmed: list[Part]
    read_on: dt.date
    uses: list[Use]
    meets: Meeting | None


class Studies(Record):
    """A part of the registry; `count` is how many there are in all."""

    count: int
    limit: int
    offset: int
    items: list[StudyRecord]
