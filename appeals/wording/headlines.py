"""The one sentence at the top: what to do by when, or why no day stands there."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.deadlines import Headline, Status
from appeals.denied import DeniedCase
from appeals.foremost import Foremost, stages_in_front
from appeals.routes import COURT, RouteStage
from appeals.wording.steps import to_do
from policies.language import said
from policies.wording.dates import date

NO_DAY = {
    Status.NO_NOTICE_DATE: N_("File as soon as you can, and find the date on your notice."),
    Status.FIRST_FINAL_MISSING: N_(
        "File as soon as you can, and find the date of the plan's first final denial."
    ),
    Status.NOT_CHECKED: N_("We could not check how long you have. File as soon as you can."),
    Status.STATE_NOT_KNOWN: N_(
        "How long you have depends on the state that issued your plan. File as soon as you can."
    ),
    Status.READ_WITHOUT_LIMIT: N_("The state's page prints no last day. File at once."),
    Status.SET_ELSEWHERE: N_(
        "Look for the last day in your notice or your plan. File as soon as you can."
    ),
    Status.BY_ITSELF: N_("You have nothing to file now. The plan must send your case on."),
    Status.OUT_OF_REACH: N_("An outside review will most likely not reach this denial."),
    Status.FAST_NOT_COUNTED: N_("Call at once: the time for the fast way is very short."),
    Status.GOES_BY_NOTICE: N_(
        "File by the last day printed on your notice, and as soon as you can."
    ),
}
NO_DAY_WHY = {
    Status.NO_NOTICE_DATE: N_("The time runs from the notice, and we do not have its date."),
    Status.FIRST_FINAL_MISSING: N_(
        "A second appeal inside the plan may not give you more time. So we count from the plan's "
        "first final denial, and we do not have its date."
    ),
    Status.NOT_CHECKED: N_(
        "We did not read the rule that sets this time, so we count nothing from it. The notice "
        "or the office that runs the step can tell you."
    ),
    Status.STATE_NOT_KNOWN: N_("Ask your plan which state's rules apply, then come back."),
    Status.READ_WITHOUT_LIMIT: N_(
        "We read the page, and it names no limit. That is not a promise that there is none."
    ),
    Status.SET_ELSEWHERE: N_("No rule that we read sets a number of days for this step."),
    Status.BY_ITSELF: N_(
        "If the plan keeps its no or misses its time, the case goes to the independent reviewer by "
        "itself."
    ),
    Status.OUT_OF_REACH: N_("The outside review of a plan like yours is for other disputes."),
    Status.FAST_NOT_COUNTED: N_("It runs from the day you got the notice. We count nothing here."),
    Status.GOES_BY_NOTICE: N_(
        "The rules that we read may not bind a plan like yours, so we count nothing from them."
    ),
}


def headline(case: DeniedCase, first: Foremost) -> str:
    """The sentence at the largest size."""
    if first.on is None:
        return _no_day(case, first)
    if first.on < case.on and _days_after(case, first):
        return _("The safest day, %(date)s, has passed. File today.") % {"date": date(first.on)}
    if first.on < case.on:
        return _("The last day was %(date)s. File now anyway, and say why you are late.") % {
            "date": date(first.on)
        }
    return file_by(case, first)


def file_by(case: DeniedCase, first: Foremost) -> str:
    """What to file and by when, as one of the things to do."""
    do, on = _to_do(case, first), first.on
    if on is None:
        return _("%(do)s as soon as you can.") % {"do": do}
    words = {"do": do, "date": date(on)}
    if on < case.on:
        return _("%(do)s now, though %(date)s has passed.") % words
    if on == case.on:
        return _("%(do)s today: %(date)s is the last day.") % words
    if first.whose is Headline.AT_MOST:
        return _("%(do)s by %(date)s at the latest.") % words
    return _("%(do)s by %(date)s.") % words


def still_open(case: DeniedCase, first: Foremost) -> str:
    """What may still hold where the day in front has passed."""
    if first.on is None or first.on >= case.on or first.step is None:
        return ""
    later = _days_after(case, first)
    if later:
        return _("Your time may in fact run until %(date)s: do not count on it.") % {
            "date": date(min(later))
        }
    text = _("Late does not always mean too late.")
    return f"{text} {said(first.step.stage.filing.late)}".strip()


def _days_after(case: DeniedCase, first: Foremost) -> list[dt.date]:
    """Days that are not past, where the one in front, the safest, is; those of other tracks too."""
    steps = [one for route in case.routes for one in route.open_now if one.is_front]
    if first.step is not None and first.step not in steps:
        steps.append(first.step)
    days = (
        day
        for one in steps
        if one.deadline is not None
        for day in (
            one.deadline.safe_on,
            one.deadline.outside_on,
            one.deadline.rule_on,
            one.deadline.printed_on,
            one.deadline.no_later_than,
        )
    )
    return [day for day in days if day is not None and day >= case.on]


def why_no_day(step: RouteStage) -> str:
    """Why no day is counted at a step; empty where one is."""
    deadline = step.deadline
    if deadline is None or deadline.status not in NO_DAY_WHY:
        return ""
    if step.stage.filing.is_without_limit:
        return said(step.stage.filing.how)
    why = _(NO_DAY_WHY[deadline.status])
    return f"{why} {said(step.stage.filing.set_by)}".strip()


def _no_day(case: DeniedCase, first: Foremost) -> str:
    if case.outcome.not_handled:
        return _("Go by your denial notice: we hold no steps for this kind of coverage.")
    if not case.routes:
        return _(NO_DAY[Status.GOES_BY_NOTICE])
    if first.step is None:
        return _("This notice answers the last step that we know of.")
    stage = first.step.stage
    if first.status not in NO_DAY or stage.filing.is_without_limit or stage.step == COURT:
        return file_by(case, first)
    return _(NO_DAY[first.status])


def _to_do(case: DeniedCase, first: Foremost) -> str:
    """What to do, by the names of all the steps that the day is for."""
    return to_do(*stages_in_front(case, first))
