"""What would follow from an event that is being told, beside its form."""

from dataclasses import dataclass

from appeals.clinics.following import AnswerTime
from appeals.clinics.moves import GIVEN
from appeals.foremost import foremost
from appeals.forms.clinics.telling import Telling
from appeals.presenting.deadlines import FirstView, present_first
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class FollowsView:
    """The next last day with how it was counted, or why none stands there."""

    day: str
    first: FirstView | None
    answers: tuple[AnswerTime, ...]
    why_none: str


def present_follows(telling: Telling) -> FollowsView:
    """What the form comes to as it stands; a form that is not whole yet is no fault."""
    if not telling.is_sent:
        return FollowsView("", None, (), _before(telling))
    telling.check()
    following = telling.following()
    if following is None:
        return FollowsView("", None, (), _before(telling))
    denied = following.denied
    day = date(following.due.on) if following.due.on else ""
    return FollowsView(
        day=day,
        first=present_first(denied, foremost(denied)) if denied is not None else None,
        answers=following.answers,
        why_none="" if day else "No day is counted: go by what the notice or the plan says.",
    )


def _before(telling: Telling) -> str:
    if telling.kind in GIVEN and not telling.is_notice:
        return "Once it is told until when it is approved, that day is the next one to keep."
    if telling.needs_law or telling.posted.outcome is None:
        return "Which law the plan stands under is not settled, so no day can be counted yet."
    if telling.is_notice:
        return "Once the notice is told, the next step and its last day stand here."
    return (
        "Once the day is told, it stands here until when an answer is due."
        if (telling.is_asking)
        else "Nothing is due after this."
    )
