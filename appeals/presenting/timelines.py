"""The steps as a drawing: its marks, and the words beside them."""

import datetime as dt
import textwrap
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.deadlines import Headline, Status
from appeals.denied import DeniedCase
from appeals.foremost import day_of
from appeals.routes import PEER_TO_PEER, Place, Route, RouteStage
from appeals.timeline import LINE, Event, Kind, lay_out
from policies.language import said
from policies.wording.dates import date

WIDTH = 320
COLUMNS = 34  # letters that fit beside the marks
KINDS = {
    Place.BEFORE: Kind.BEFORE,
    Place.ANSWERED: Kind.ANSWERED,
    Place.BESIDE: Kind.BESIDE,
    Place.NOW: Kind.NOW,
    Place.LATER: Kind.LATER,
}
NOTES = {
    Status.NO_NOTICE_DATE: N_("The date on the notice is missing"),
    Status.FIRST_FINAL_MISSING: N_("The date of the first final denial is missing"),
    Status.NOT_CHECKED: N_("We could not check the time"),
    Status.STATE_NOT_KNOWN: N_("The time depends on the state of issue"),
    Status.READ_WITHOUT_LIMIT: N_("No limit is printed: at once"),
    Status.SET_ELSEWHERE: N_("The last day stands in the notice or the plan"),
    Status.BY_ITSELF: N_("The plan sends it on by itself"),
    Status.OUT_OF_REACH: N_("It will most likely not reach this"),
    Status.FAST_NOT_COUNTED: N_("Call at once"),
    Status.GOES_BY_NOTICE: N_("Go by the notice"),
}


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of words at its height; `is_name` is the name of a step."""

    at: int
    text: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class MarkView:
    kind: str
    at: int
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A drawing, `width` by `height` whole units; `told` says the same in a sentence each.

    Whole, for a fraction is written with a comma in some languages, which no drawing can read.
    """

    id: str
    plan: str
    marks: tuple[MarkView, ...]
    starts_at: int
    solid_to: int
    ends_at: int
    today_at: int
    today: str
    height: int
    told: tuple[str, ...]
    width: int = WIDTH


def present_timeline(route: Route, case: DeniedCase, *, number: int) -> TimelineView:
    """The drawing of a route: what was answered, today, the last days, what may follow."""
    steps = in_time(route)
    words = [_words(one, case) for one in steps]
    drawn = lay_out(
        [
            Event(KINDS[step.place], len(lines), _day(step, case))
            for step, lines in zip(steps, words, strict=True)
        ],
        today=case.on,
    )
    today = _("Today, %(date)s") % {"date": date(case.on)}
    return TimelineView(
        id=f"timeline-{number}",
        plan=said(route.law.plan_type.label),
        marks=tuple(
            MarkView(
                mark.kind.value,
                round(mark.at),
                tuple(
                    LineView(round(mark.at + index * LINE), text, is_name)
                    for index, (text, is_name) in enumerate(lines)
                ),
            )
            for mark, lines in zip(drawn.marks, words, strict=True)
        ),
        starts_at=round(drawn.marks[0].at),
        solid_to=round(drawn.solid_to),
        ends_at=round(max(drawn.marks[-1].at, drawn.today_at)),
        today_at=round(drawn.today_at),
        today=today,
        height=round(drawn.height),
        told=(
            f"{today}.",
            *(f"{said(one.stage.name)}: {_note(one, case)}." for one in steps),
        ),
    )


def in_time(route: Route) -> tuple[RouteStage, ...]:
    """The steps as time brings them: those that are open by their last days, unknown ones last.

    A call between doctors opens with the first notice, and is left out once it is past.
    """
    steps = [
        one
        for one in route.stages
        if one.place is not Place.BEFORE or one.stage.step != PEER_TO_PEER
    ]
    order = list(Place)
    return tuple(
        sorted(
            steps,
            key=lambda one: (order.index(one.place), day_of(one) or dt.date.max),
        )
    )


def _day(step: RouteStage, case: DeniedCase) -> dt.date | None:
    if step.place is Place.ANSWERED:
        return case.denial.notice.notice_on
    return day_of(step)


def _words(step: RouteStage, case: DeniedCase) -> list[tuple[str, bool]]:
    """The lines beside a mark, as (text, whether it is the name)."""
    names = textwrap.wrap(said(step.stage.name), COLUMNS)
    notes = textwrap.wrap(_note(step, case), COLUMNS)
    return [*((one, True) for one in names), *((one, False) for one in notes)]


def _note(step: RouteStage, case: DeniedCase) -> str:
    match step.place:
        case Place.BEFORE:
            return _("Done")
        case Place.ANSWERED:
            on = case.denial.notice.notice_on
            return _("Your notice of %(date)s") % {"date": date(on)} if on else _("Your notice")
        case Place.BESIDE:
            return _("Beside the appeal: it stops no clock")
        case Place.NOW:
            return _open_note(step)
        case Place.LATER:
            return _("After an answer still to come")


def _open_note(step: RouteStage) -> str:
    deadline, on = step.deadline, day_of(step)
    if deadline is None:
        return ""
    if on is None:
        return _(NOTES[deadline.status])
    is_most = deadline.headline is Headline.AT_MOST
    text = _("Last day: %(date)s at the latest") if is_most else _("Last day: %(date)s")
    return text % {"date": date(on)}
