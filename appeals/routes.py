"""The steps after a denial, in order, with the last day of those that its notice opens."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum

from appeals.counting import last_day
from appeals.deadlines import Deadline, Status, deadline_for, keep_services_by, uncounted
from appeals.decisions import times_for
from appeals.denial import Denial, Notice
from appeals.law.plan_types import PlanType
from appeals.law.plans import amount_in_dispute, plan_law
from appeals.law.stages import AmountInDispute, DecisionTime, InDispute, PlanLaw, Stage, Track
from appeals.law.state_reviews import StateReview, state_review

PEER_TO_PEER = "peer_to_peer"
SECOND_INTERNAL = "internal_2"
COURT = "court"


class Place(StrEnum):
    """Where a step stands: before the notice, open now, or after an answer still to come."""

    BEFORE = "before"
    ANSWERED = "answered"
    BESIDE = "beside"
    NOW = "now"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class RouteStage:
    """One step of the route; `deadline` stands where this notice starts its time.

    `is_front` marks the step to take of those open now, or the first of each track.

    `expedited` and `standard` are the times to decide, several where what they depend on is not
    known.
    """

    stage: Stage
    place: Place
    is_front: bool
    deadline: Deadline | None
    standard: tuple[DecisionTime, ...]
    expedited: tuple[DecisionTime, ...]
    keep_services_by: dt.date | None
    review: StateReview | None
    in_dispute: AmountInDispute | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Route:
    """The way of appeal of one plan against one denial, as of the day `on`."""

    law: PlanLaw
    is_insured: bool | None
    issue_state: str | None
    stages: tuple[RouteStage, ...]
    on: dt.date

    @property
    def open_now(self) -> tuple[RouteStage, ...]:
        """The steps that this notice opens, the one that comes first in front."""
        return tuple(one for one in self.stages if one.place is Place.NOW)

    @property
    def next_step(self) -> RouteStage | None:
        """The step to take; of two tracks that are both open, the one that ends first."""
        front = [one for one in self.open_now if one.is_front]
        dated = [one for one in front if one.deadline and one.deadline.headline_on]
        return min(dated, key=_last_day, default=next(iter(front), None))


def route_for(
    plan_type: PlanType,
    denial: Denial,
    *,
    is_insured: bool | None = None,
    issue_state: str | None = None,
    goes_by_notice: bool = False,
    on: dt.date,
) -> Route:
    """The route of a plan of this kind; ValueError says that `denial.answers` is no step of it.

    With `goes_by_notice` no day is counted: what the records say need not bind this plan.
    """
    law = plan_law(plan_type)
    taken = _taken(law.stages(is_insured=is_insured), denial)
    answered = [one.step for one in taken].index(denial.answers)
    places = _places(taken, answered)
    front = _front([one for one, place in zip(taken, places, strict=True) if place is Place.NOW])
    track = _track(taken, denial)
    stages = tuple(
        _route_stage(
            one,
            place,
            denial,
            is_front=one in front,
            track=track,
            issue_state=issue_state,
            goes_by_notice=goes_by_notice,
            on=on,
        )
        for one, place in zip(taken, places, strict=True)
    )
    return Route(law, is_insured, issue_state, stages, on)


def steps_answered(plan_type: PlanType, *, is_insured: bool | None = None) -> tuple[Stage, ...]:
    """The steps whose decision a notice can be, the first decision in front."""
    stages = plan_law(plan_type).stages(is_insured=is_insured)
    return tuple(one for one in stages if one.step not in (PEER_TO_PEER, COURT))


def _taken(stages: tuple[Stage, ...], denial: Denial) -> tuple[Stage, ...]:
    """The steps that this denial can come to: of two tracks its own, both where that is open."""
    track = _track(stages, denial)
    return tuple(
        one
        for one in stages
        if Track.BOTH in (track, one.track) or one.track is track or one.step == denial.answers
    )


def _track(stages: tuple[Stage, ...], denial: Denial) -> Track:
    """The track that was taken already, else the one of the reasons."""
    answered = next((one for one in stages if one.step == denial.answers), None)
    if answered is None or answered.track is Track.BOTH:
        return denial.track
    return answered.track


def _front(opened: list[Stage]) -> list[Stage]:
    """What to do first of the steps that are open: one that must be taken and can be."""
    for fits in (
        lambda one: not one.is_optional and not one.filing.is_out_of_reach,
        lambda one: one.is_optional,
    ):
        if found := [one for one in opened if fits(one)]:
            return found
    return opened


def _last_day(step: RouteStage) -> dt.date:
    day = step.deadline and step.deadline.headline_on
    return day or dt.date.max


def _places(stages: tuple[Stage, ...], answered: int) -> tuple[Place, ...]:
    """Where each step stands; after an answer, optional steps and the next one are open."""
    places: list[Place] = []
    is_open = True
    for index, one in enumerate(stages):
        if _stands_beside(one):
            places.append(Place.BESIDE if stages[answered].is_decision else Place.BEFORE)
        elif index < answered:
            places.append(Place.BEFORE)
        elif index == answered:
            places.append(Place.ANSWERED)
        elif is_open:
            places.append(Place.NOW)
            # The steps of one track each stand side by side.
            following = stages[index + 1 : index + 2]
            is_open = one.is_optional or any(
                Track.BOTH not in (one.track, other.track) and one.track is not other.track
                for other in following
            )
        else:
            places.append(Place.LATER)
    return tuple(places)


def _stands_beside(stage: Stage) -> bool:
    """A call between doctors comes before no step and after none."""
    return stage.step == PEER_TO_PEER


def _route_stage(
    stage: Stage,
    place: Place,
    denial: Denial,
    *,
    is_front: bool,
    track: Track,
    issue_state: str | None,
    goes_by_notice: bool,
    on: dt.date,
) -> RouteStage:
    takes_printed = stage.step == denial.printed_for if denial.printed_for else is_front
    review = state_review(issue_state) if stage.filing.is_by_state and issue_state else None
    return RouteStage(
        stage=stage,
        place=place,
        is_front=is_front,
        deadline=_deadline(
            stage,
            denial,
            review,
            issue_state=issue_state,
            takes_printed=takes_printed,
            track=track,
            goes_by_notice=goes_by_notice,
        )
        if place is Place.NOW
        else None,
        standard=times_for(stage, service=denial.service, is_expedited=False, on=on),
        expedited=times_for(stage, service=denial.service, is_expedited=True, on=on),
        keep_services_by=keep_services_by(stage, denial.notice, service=denial.service)
        if place is Place.NOW
        else None,
        review=review,
        in_dispute=amount_in_dispute(on.year) if stage.in_dispute is not InDispute.NOBODY else None,
        is_stale=stage.is_stale(on),
    )


def _deadline(
    stage: Stage,
    denial: Denial,
    review: StateReview | None,
    *,
    issue_state: str | None,
    takes_printed: bool,
    track: Track,
    goes_by_notice: bool,
) -> Deadline:
    notice = denial.notice
    if not takes_printed:
        notice = replace(notice, printed_on=None, printed_limit=None)
    if goes_by_notice:
        return uncounted(Status.GOES_BY_NOTICE, notice)
    is_after_second = denial.answers == SECOND_INTERNAL and stage.is_external
    if is_after_second:
        notice = _from_first_final(notice)
    deadline = deadline_for(
        stage,
        notice,
        review=review,
        issue_state=issue_state,
        # Where the fast way has no day that can be counted, the ordinary one still has.
        is_expedited=denial.is_expedited and not stage.filing.is_fast_uncounted,
        track=track,
    )
    if is_after_second and deadline.status is Status.NO_NOTICE_DATE:
        return replace(deadline, status=Status.FIRST_FINAL_MISSING)
    return deadline


def _from_first_final(notice: Notice) -> Notice:
    """A second level may not extend the time, so its own notice starts nothing."""
    first, limit = notice.first_final_on, notice.printed_limit
    if limit is not None:
        # A length of time runs from the same day as the rule's.
        printed_on = last_day(first, limit) if first is not None else None
        notice = replace(notice, printed_on=printed_on, printed_limit=limit if first else None)
    return notice if first is not None else replace(notice, notice_on=None)
