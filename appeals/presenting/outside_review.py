"""Whether someone outside the plan can look at the denial, and by what rule."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.denied import DeniedCase
from appeals.law.external_review import Reach, external_review_for
from appeals.law.external_review_data import Track, Whose, review_data
from appeals.law.reasons import Reaches, denial_reason
from appeals.presenting.circumstances import circumstances_of
from appeals.presenting.cited import CitedView, grade_label, read_in
from policies.language import said
from policies.truth import Truth
from policies.wording.dates import date

STATES = {
    Reaches.ELIGIBLE: (Truth.MET, N_("It can look at this")),
    Reaches.NOT_ELIGIBLE: (Truth.NOT_MET, N_("It does not reach this")),
    Reaches.DEPENDS: (Truth.UNKNOWN, N_("It depends")),
}


@dataclass(frozen=True, slots=True)
class ReachView:
    """The review of one kind of plan; `plan` is named only where two are open."""

    plan: str
    truth: str
    label: str
    text: str
    by_reason: tuple[tuple[str, tuple[str, ...]], ...]
    before: str
    may_skip_internal: bool
    cited: CitedView


@dataclass(frozen=True, slots=True)
class TrackView:
    """The track for experimental treatment; its limbs are for a clinician to mark, none is set."""

    text: str
    conditions: tuple[str, ...]
    one_of: tuple[str, ...]
    and_also: tuple[str, ...]
    for_a_fast_review: tuple[str, ...]
    rule: str
    cited: CitedView
    state_says: tuple[str, ...]
    state_cited: CitedView | None


@dataclass(frozen=True, slots=True)
class OutsideReviewView:
    """The whole part; `reached` and `not_reached` are what such a review is for, and not for."""

    reaches: tuple[ReachView, ...]
    reached: tuple[str, ...]
    not_reached: tuple[str, ...]
    scope_cited: CitedView
    track: TrackView | None


def present_outside_review(case: DeniedCase) -> OutsideReviewView | None:
    """The outside review under each route; None where no kind of plan was found."""
    reasons = case.denial.reasons
    found = [(one, external_review_for(reasons, one)) for one in circumstances_of(case)]
    if not found:
        return None
    scope = review_data().scope
    has_any = any(reach.way.whose is not Whose.NOBODY for _case, reach in found)
    tracked = next((reach for _case, reach in found if reach.track is not None), None)
    return OutsideReviewView(
        reaches=tuple(
            _present(reach, said(one.plan_type.label) if len(found) > 1 else "")
            for one, reach in found
        ),
        reached=_said_all(scope.reaches) if has_any else (),
        not_reached=_said_all(scope.does_not_reach) if has_any else (),
        scope_cited=CitedView(
            citations=(),
            grade=grade_label(scope.grade),
            read_on=date(scope.read_on),
            read_in=read_in(scope.sources),
        ),
        track=_track(tracked, tracked.track) if tracked and tracked.track else None,
    )


def _present(reach: Reach, plan: str) -> ReachView:
    truth, label = STATES[reach.reaches]
    # Where plans have no such review, another step takes its place: that is no bad news.
    is_told = bool(reach.by_reason) and reach.way.whose is not Whose.NOBODY
    return ReachView(
        plan=plan,
        truth=truth.value if is_told else "",
        label=_(label),
        text=said(reach.way.text),
        by_reason=tuple(
            (said(denial_reason(one.reason).label), _said_all(one.texts))
            for one in reach.by_reason
            if is_told
        ),
        before=said(reach.before),
        may_skip_internal=reach.may_skip_internal,
        cited=CitedView(
            citations=_said_all(reach.way.citations), grade=grade_label(reach.way.grade)
        ),
    )


def _track(reach: Reach, track: Track) -> TrackView:
    state = reach.state_track
    return TrackView(
        text=said(track.text),
        conditions=_said_all(track.conditions),
        one_of=tuple(said(one.text) for one in track.one_of),
        and_also=tuple(said(one.text) for one in track.and_also),
        for_a_fast_review=tuple(said(one.text) for one in track.for_a_fast_review),
        rule=said(track.rule),
        cited=CitedView(
            citations=(),
            grade=grade_label(track.grade),
            read_on=date(track.read_on),
            read_in=read_in(track.sources),
        ),
        state_says=_said_all(state.says) if state else (),
        state_cited=CitedView(citations=_said_all(state.citations), grade=grade_label(state.grade))
        if state
        else None,
    )


def _said_all(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(said(one) for one in texts)
