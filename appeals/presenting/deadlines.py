"""The last day of a step, ready for the page."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from appeals.deadlines import Headline
from appeals.denied import DeniedCase
from appeals.foremost import Foremost, day_of, is_cut, is_first_decision, keep_services_by
from appeals.law.spans import Span, Unit
from appeals.presenting.cited import CitedView, cite_review, cite_step, grade_label
from appeals.presenting.rows import Row
from appeals.presenting.state_reviews import agency_row
from appeals.routes import RouteStage
from appeals.wording.deadlines import (
    BESIDE,
    COUNTED,
    how_counted,
    keep_counted,
    to_confirm,
)
from appeals.wording.headlines import headline, still_open, why_no_day
from appeals.wording.spans import days_left, span
from appeals.wording.steps import to_do
from policies.language import said
from policies.wording.dates import date


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One last day: the day, how much time that leaves, and how it was counted.

    `iso` is the day for machines; both are empty where nothing is counted or printed.
    """

    day: str
    iso: str
    left: str
    how: tuple[str, ...]
    beat: str
    why_none: str
    cited: tuple[CitedView, ...]


@dataclass(frozen=True, slots=True)
class FirstView:
    """The top of the page; `accent` is its color: time left, none left, or not known.

    `beat` is a shorter time that some sources give, in words. `then` is the second day to know
    where care is cut: the one to ask that it goes on, or that of the appeal. `do_first` is what is
    safe whatever is still open of the plan; `offices` are whom to ask where nothing is counted.
    """

    headline: str
    accent: str
    left: str
    still_open: str
    beat: str
    then: str
    do_first: str
    do_first_grade: str
    deadline: DeadlineView | None
    offices: tuple[Row, ...]


def present_first(case: DeniedCase, first: Foremost) -> FirstView:
    """What stands at the top, and how it was counted."""
    outcome = case.outcome
    words = _do_first(case)
    keep_by = keep_services_by(case) if is_cut(case) else None
    keep = present_keep_services(case) if is_cut(case) else ""
    top, then = headline(case, first), keep
    left, accent = _left(first.on, first.whose, case), _accent(case, first)
    deadline = _first_deadline(case, first)
    if keep_by is not None and case.on <= keep_by and (first.on is None or keep_by < first.on):
        # Care that is cut cannot wait for the last day of the appeal.
        top, left = keep, _left(keep_by, Headline.SAFE, case)
        last = _("The appeal itself has until %(date)s.")
        then = last % {"date": date(first.on)} if first.on is not None else ""
        accent = ""
        if deadline is not None:
            deadline = replace(deadline, how=(keep_counted(case), *deadline.how))
    return FirstView(
        headline=top,
        accent=accent,
        left=left,
        still_open=still_open(case, first),
        beat=to_confirm(first.step, on=case.on) if first.step is not None else "",
        then=then,
        do_first=words,
        do_first_grade=grade_label(outcome.grade) if outcome.grade and words else "",
        deadline=deadline,
        offices=_offices(first),
    )


def present_deadline(step: RouteStage, case: DeniedCase) -> DeadlineView | None:
    """The last day of a step that is open; None where its time starts later."""
    if step.deadline is None:
        return None
    day = day_of(step)
    # What need not bind this plan is no reason for its day.
    cited = [] if case.outcome.goes_by_notice else [cite_step(step)]
    if step.review is not None:
        cited.insert(0, cite_review(step.review, on=case.on))
    return DeadlineView(
        day=_day_in_words(step, case),
        iso=day.isoformat() if day else "",
        left=_left(day, step.deadline.headline, case),
        how=how_counted(step, case.denial.notice),
        beat=to_confirm(step, on=case.on),
        why_none=why_no_day(step),
        cited=tuple(cited),
    )


def present_keep_services(case: DeniedCase) -> str:
    """Until when to ask that care goes on, as a sentence; empty where nothing is counted."""
    day = keep_services_by(case)
    if day is None:
        return _ask_before_the_cut(case)
    if day < case.on and not is_cut(case):
        return ""
    cut_on = case.denial.notice.action_on
    if day < case.on and cut_on is not None and cut_on > case.on:
        text = _(
            "Ask today that your care goes on. The safe day, %(date)s, has passed, but the rule "
            "may give you until the change starts."
        )
    elif day < case.on:
        text = _("The day to ask that your care goes on was %(date)s. Ask today all the same.")
    elif is_cut(case):
        text = _("Ask by %(date)s that the care you already get goes on, and appeal by that day.")
    else:
        text = _("If the notice cuts care that you already get, ask by %(date)s that it goes on.")
    return text % {"date": date(day)}


def _ask_before_the_cut(case: DeniedCase) -> str:
    """Where no rule that we read sets a day, there is still the cut itself."""
    cut_on = case.denial.notice.action_on
    if not is_cut(case) or not case.routes:
        return ""
    if cut_on is None or cut_on <= case.on:
        return _("Ask today that the care you already get goes on during the appeal.")
    return _(
        "Before %(date)s, when care is cut, ask by phone and in writing that it goes on during the "
        "appeal."
    ) % {"date": date(cut_on)}


def _do_first(case: DeniedCase) -> str:
    """What is said of the first appeal holds for that alone."""
    return said(case.outcome.do_first) if is_first_decision(case) else ""


def _offices(first: Foremost) -> tuple[Row, ...]:
    """The state's offices, where we count nothing and they can tell the time."""
    if first.on is not None or first.step is None or first.step.review is None:
        return ()
    return tuple(agency_row(one) for one in first.step.review.agencies)


def _first_deadline(case: DeniedCase, first: Foremost) -> DeadlineView | None:
    if first.step is not None:
        return present_deadline(first.step, case)
    if first.on is None:
        return None
    start, days = case.denial.notice.notice_on, case.outcome.safe_days
    beside, which = "alone", "notice"
    how = _(BESIDE[beside])
    if first.whose is Headline.SAFE and start is not None and days is not None:
        words = {"start": date(start), "time": span(Span(days, Unit.DAYS)), "end": date(first.on)}
        how = _(COUNTED[which]) % words
    return DeadlineView(
        day=date(first.on),
        iso=first.on.isoformat(),
        left=_left(first.on, first.whose, case),
        how=(how,),
        beat="",
        why_none="",
        cited=(),
    )


def _left(day: dt.date | None, whose: Headline, case: DeniedCase) -> str:
    if day is None:
        return ""
    return days_left((day - case.on).days, at_most=whose is Headline.AT_MOST)


def _day_in_words(step: RouteStage, case: DeniedCase) -> str:
    day = day_of(step)
    if day is None:
        return ""
    is_most = step.deadline is not None and step.deadline.headline is Headline.AT_MOST
    text = _("%(do)s by %(date)s at the latest.") if is_most else _("%(do)s by %(date)s.")
    if day < case.on:
        text = _("The last day was %(date)s.")
    return text % {"do": to_do(step.stage), "date": date(day)}


def _accent(case: DeniedCase, first: Foremost) -> str:
    """Met while there is time, not met when it has run out, unknown where no day stands."""
    if first.on is None:
        return "unknown"
    return "not-met" if first.on < case.on else ""
