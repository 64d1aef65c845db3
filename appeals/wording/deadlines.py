"""How a last day was counted, line by line, so that it can be checked with a paper calendar."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.counting import last_day
from appeals.deadlines import Deadline, Headline, Status
from appeals.denial import Notice
from appeals.denied import DeniedCase
from appeals.foremost import keep_services_by
from appeals.law.spans import Start
from appeals.law.state_reviews import READ_ITSELF
from appeals.routes import RouteStage
from appeals.wording.spans import span
from policies.language import said
from policies.wording.dates import date

COUNTED = {
    "notice": N_("Counted from the date on the notice, %(start)s: %(time)s end on %(end)s."),
    "first final": N_(
        "Counted from the plan's first final denial, dated %(start)s: %(time)s end on %(end)s. A "
        "second appeal inside the plan may not give you more time."
    ),
    "request": N_(
        "There was no answer, so it is counted from the day you asked, %(start)s: %(time)s end on "
        "%(end)s."
    ),
}
NOTHING_ADDED = N_("No days are added for the mail, and none for a weekend or a holiday.")
LATEST = N_(
    "This is the latest day. Your state may give less time, and we did not read how much: your "
    "notice says it."
)
PRINTED_LIMIT = N_("Your notice gives %(time)s. Counted from its date, they end on %(printed)s.")
PRINTED_DAY = N_("Your notice prints %(printed)s as the last day.")
BESIDE = {
    "alone": N_("We have no day of our own to set beside it."),
    "same": N_("That is the same day that we count."),
    "earlier": N_("By the rule it would be %(counted)s. The earlier day stands first."),
    "later": N_("That is later than what we count. The earlier day is safe, so it stands first."),
    "typed twice": N_(
        "You typed that day twice, so it stands first. By the rule we count %(counted)s, which is "
        "the safer day."
    ),
}
FROM_RECEIPT = N_(
    "The rule itself counts from %(start)s. The date on the notice comes before it, so it is safe."
)
OUTSIDE = N_(
    "The law presumes that a notice takes %(days)s days to arrive. So you may have until %(date)s: "
    "do not count on it."
)
BY_RECEIPT = N_(
    "If you can prove that the notice came on %(received)s, the rule gives you until %(rule)s."
)
BY_RECEIPT_ROLLED = N_(
    "If you can prove that the notice came on %(received)s, the rule counts from there. It also "
    "moves a last day past weekends and federal holidays, which gives you until %(rule)s."
)
FLOOR = N_("The law gives at least %(time)s. Your plan may give more.")
STATE_PICKS = N_(
    "Your state sets the number, from %(least)s to %(most)s: your notice says which. We count the "
    "shortest. No state gives time past %(date)s."
)
KEEP_BEFORE_THE_CUT = N_(
    "To keep your care: it is cut on %(cut)s, so the day before is the safe one."
)
KEEP_FROM_NOTICE = N_(
    "To keep your care: %(days)s days from the date on the notice end on %(end)s."
)
TO_CONFIRM_OVER = N_(
    "Some sources say as little as %(time)s, and that has passed: to confirm. File now."
)
UNCHECKED = N_("Sources that we could not check say %(time)s: to confirm.")
TO_CONFIRM = N_("Some sources say as little as %(time)s: to confirm. Beat the shorter time.")
MUST_ARRIVE = N_("The request has to arrive by then: the day it comes in counts.")
SECOND_HAND = N_(
    "We read this time only second-hand. Check it with the office named on the notice."
)


def how_counted(step: RouteStage, notice: Notice) -> tuple[str, ...]:
    """The counting of a step that is open, the day in front first."""
    deadline = step.deadline
    if deadline is None:
        return ()
    return (
        *_counted(deadline, notice),
        *printed_beside(deadline),
        *_other_days(step, deadline, notice),
        *_bounds(step, deadline),
        *_how_to_file(step, deadline),
    )


def printed_beside(deadline: Deadline) -> tuple[str, ...]:
    """What the notice itself prints, and why the one or the other day stands first."""
    printed = deadline.printed_on
    if printed is None:
        return ()
    counted, limit = deadline.safe_on or deadline.no_later_than, deadline.printed_limit
    if counted is None:
        beside = "alone"
    elif printed == counted:
        beside = "same"
    elif printed < counted:
        beside = "earlier"
    else:
        beside = "typed twice" if deadline.headline is Headline.PRINTED else "later"
    words = {
        "printed": date(printed),
        "counted": date(counted) if counted else "",
        "time": span(limit) if limit else "",
    }
    return (_(PRINTED_LIMIT if limit else PRINTED_DAY) % words, _(BESIDE[beside]) % words)


def keep_counted(case: DeniedCase) -> str:
    """How the day to ask that care goes on was counted; empty where none was."""
    day, notice = keep_services_by(case), case.denial.notice
    if day is None:
        return ""
    if notice.action_on is not None and day == notice.action_on - dt.timedelta(days=1):
        return _(KEEP_BEFORE_THE_CUT) % {"cut": date(notice.action_on)}
    days = (day - notice.notice_on).days if notice.notice_on is not None else 0
    return _(KEEP_FROM_NOTICE) % {"days": days, "end": date(day)}


def to_confirm(step: RouteStage, *, on: dt.date) -> str:
    """A shorter time that some source gives: in words, and never as a day."""
    deadline, review = step.deadline, step.review
    if deadline is None or review is None:
        return ""
    shorter = deadline.to_confirm
    if shorter is None:
        is_unchecked = deadline.status is Status.NOT_CHECKED and review.limit is not None
        return _(UNCHECKED) % {"time": span(review.limit)} if is_unchecked and review.limit else ""
    start = deadline.counted_from
    is_over = start is not None and last_day(start, shorter) < on
    text = _(TO_CONFIRM_OVER if is_over else TO_CONFIRM) % {"time": span(shorter)}
    # The words of a record are about its ordinary way.
    words = "" if shorter == review.expedited_to_confirm else said(review.to_confirm_words)
    return f"{text} {words}".strip()


def _counted(deadline: Deadline, notice: Notice) -> Iterator[str]:
    """The start, the time and the end."""
    start, limit = deadline.counted_from, deadline.limit
    end = deadline.safe_on or deadline.no_later_than
    if start is None or limit is None or end is None:
        return
    which = "notice"
    if start != notice.notice_on:
        which = "first final" if start == notice.first_final_on else "request"
    yield _(COUNTED[which]) % {"start": date(start), "time": span(limit), "end": date(end)}
    yield _(LATEST if deadline.status is Status.AT_MOST else NOTHING_ADDED)


def _other_days(step: RouteStage, deadline: Deadline, notice: Notice) -> Iterator[str]:
    """The days that the law may give beyond the safe one."""
    if deadline.starts is Start.RECEIPT and deadline.safe_on is not None:
        yield _(FROM_RECEIPT) % {"start": said(step.stage.filing.from_words)}
    if deadline.outside_on is not None:
        words = {"days": deadline.presumed_receipt_days, "date": date(deadline.outside_on)}
        yield _(OUTSIDE) % words
    if deadline.rule_on is not None and notice.received_on is not None:
        text = BY_RECEIPT_ROLLED if deadline.is_rolled else BY_RECEIPT
        yield _(text) % {"received": date(notice.received_on), "rule": date(deadline.rule_on)}


def _bounds(step: RouteStage, deadline: Deadline) -> Iterator[str]:
    """Whether the time may be longer or shorter than what was counted."""
    filing = step.stage.filing
    if deadline.is_minimum and deadline.limit is not None:
        yield _(FLOOR) % {"time": span(deadline.limit)}
    least, most, latest = filing.at_least, filing.limit, deadline.no_later_than
    if least and most and latest is not None and deadline.safe_on is not None:
        words = {"least": span(least), "most": span(most), "date": date(latest)}
        yield _(STATE_PICKS) % words


def _how_to_file(step: RouteStage, deadline: Deadline) -> Iterator[str]:
    filing, review = step.stage.filing, step.review
    if review is not None and review.must_arrive:
        yield _(MUST_ARRIVE)
    if filing.how and not filing.is_by_state and not filing.is_without_limit:
        yield _("How to ask: %(how)s") % {"how": said(filing.how)}
    grade = review.grade if review is not None else step.stage.grade
    if deadline.safe_on is not None and grade not in READ_ITSELF:
        yield _(SECOND_HAND)
