"""Whether someone outside the plan can look at a denial: whose review, and by what rule."""

from dataclasses import dataclass, replace

from appeals.law.circumstances import Circumstances, said_in
from appeals.law.external_review_data import StateTrack, Track, Way, WayId, Whose, review_data
from appeals.law.plan_types import PlanType
from appeals.law.reasons import Reaches, ReasonId, denial_reason
from appeals.law.state_reviews import Process, StateReview, state_review


@dataclass(frozen=True, slots=True)
class ReasonReach:
    """Whether the review reaches one reason, and why."""

    reason: ReasonId
    reaches: Reaches
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whether an outside review can look at a denial, by what rule, and what comes first.

    `before` says what has to come before it in that state; `may_skip_internal`, that in some cases
    the plan's own appeal need not. `track` is the way for experimental treatment, where the plan
    called it that, and `state_track` what that state's law says of it.
    """

    reaches: Reaches
    way: Way
    by_reason: tuple[ReasonReach, ...]
    before: str = ""
    may_skip_internal: bool = False
    track: Track | None = None
    state_track: StateTrack | None = None


def external_review_for(reasons: tuple[ReasonId, ...], case: Circumstances) -> Reach:
    """Whether an outside review can look at a denial for these reasons."""
    way = way_for(case)
    if way.whose is Whose.NOBODY:
        none = tuple(ReasonReach(one, Reaches.NOT_ELIGIBLE, (way.text,)) for one in reasons)
        return Reach(Reaches.NOT_ELIGIBLE, way, none)
    by_reason = tuple(_reach_of(one, case) for one in reasons)
    reach = Reach(_together(by_reason), way, by_reason)
    if ReasonId.EXPERIMENTAL_INVESTIGATIONAL in reasons:
        reach = replace(reach, track=review_data().track)
    review = state_review(case.issue_state or "") if way.whose is Whose.STATE else None
    return reach if review is None else _as_in_state(reach, review, reasons)


def way_for(case: Circumstances) -> Way:
    """Whose outside review it is for a plan."""
    ways = review_data().ways
    own = ways.get(case.plan_type)
    if own is not None:
        return own
    if case.is_insured:
        return _way_of_state(case)
    if case.is_insured is None:
        return ways[WayId.FUNDING_NOT_KNOWN]
    match case.plan_type:
        case PlanType.NONFEDERAL_GOVERNMENTAL:
            return ways[WayId.GOVERNMENT_SELF_FUNDED]
        case PlanType.CHURCH:
            return ways[WayId.CHURCH_SELF_FUNDED]
        case _:
            return ways[WayId.SELF_FUNDED]


def _way_of_state(case: Circumstances) -> Way:
    data = review_data()
    if not case.issue_state:
        return data.ways[WayId.STATE_NOT_KNOWN]
    review = state_review(case.issue_state)
    process = review.process if review else Process.UNKNOWN
    since = data.state_review_since.get(case.issue_state)
    if review and process is Process.STATE and (since is None or since <= case.on):
        way = data.ways[WayId.STATE]
        return replace(
            way,
            is_verified=review.is_verified,
            citations=(*review.citation, *way.citations),
            grade=review.grade,
        )
    if process is Process.STATE:
        return data.ways[WayId.STATE_WAS_FEDERAL]
    if process is Process.FEDERAL:
        return data.ways[WayId.STATE_SAID_FEDERAL]
    return data.ways[WayId.STATE_NOT_READ]


def _reach_of(reason: ReasonId, case: Circumstances) -> ReasonReach:
    review = denial_reason(reason).external_review
    return ReasonReach(reason, review.reaches, (review.text, *said_in(review.notes, case)))


def _together(by_reason: tuple[ReasonReach, ...]) -> Reaches:
    """One answer for several reasons: where they differ, it depends."""
    answers = {one.reaches for one in by_reason}
    return answers.pop() if len(answers) == 1 else Reaches.DEPENDS


def _as_in_state(reach: Reach, review: StateReview, reasons: tuple[ReasonId, ...]) -> Reach:
    data = review_data()
    skips = data.before_internal_appeal.get(review.state)
    track = data.track.states.get(review.state) if reach.track else None
    if track is not None and review.experimental:
        track = replace(track, says=(review.experimental, *track.says))
    return replace(
        reach,
        before=review.exhaustion,
        may_skip_internal=skips is not None and (not skips or any(one in skips for one in reasons)),
        state_track=track,
    )
