"""The last day to file at a step, how it was counted, and why nothing is counted where it is not.

Three dates, always in this order: the safe date, from the date printed on the notice, with no days
for the mail and nothing rolled; the outside date, where the law presumes receipt some days later;
the rule date, from receipt that can be proved, as the rule itself counts.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from appeals.counting import federal_review_day, last_day
from appeals.denial import Notice
from appeals.law.spans import Span, Start
from appeals.law.stages import Filing, Service, Stage, Track
from appeals.law.state_reviews import StateReview


class Status(StrEnum):
    """Whether a last day is counted, and if not, why."""

    COUNTED = "counted"
    AT_MOST = "at_most"
    NO_NOTICE_DATE = "no_notice_date"
    FIRST_FINAL_MISSING = "first_final_missing"
    NOT_CHECKED = "not_checked"
    STATE_NOT_KNOWN = "state_not_known"
    READ_WITHOUT_LIMIT = "read_without_limit"
    SET_ELSEWHERE = "set_elsewhere"
    BY_ITSELF = "by_itself"
    OUT_OF_REACH = "out_of_reach"
    FAST_NOT_COUNTED = "fast_not_counted"
    GOES_BY_NOTICE = "goes_by_notice"


class Headline(StrEnum):
    """Which date stands first."""

    SAFE = "safe"
    PRINTED = "printed"
    AT_MOST = "at_most"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to file. `limit` was counted from `counted_from`, which `starts` explains.

    `printed_limit` stands where the notice prints a length of time, from which `printed_on` was
    counted.
    `no_later_than` is the outer bound where a state sets the number. `to_confirm` is a shorter
    time that some sources give: words only, never counted.
    """

    status: Status
    headline_on: dt.date | None = None
    headline: Headline = Headline.NONE
    safe_on: dt.date | None = None
    outside_on: dt.date | None = None
    rule_on: dt.date | None = None
    no_later_than: dt.date | None = None
    printed_on: dt.date | None = None
    printed_limit: Span | None = None
    limit: Span | None = None
    counted_from: dt.date | None = None
    starts: Start = Start.UNKNOWN
    presumed_receipt_days: int | None = None
    is_rolled: bool = False
    is_minimum: bool = False
    to_confirm: Span | None = None


def deadline_for(
    stage: Stage,
    notice: Notice,
    *,
    review: StateReview | None = None,
    issue_state: str | None = None,
    is_expedited: bool = False,
    track: Track = Track.BOTH,
) -> Deadline:
    """The last day to file at this step against a decision with this notice.

    `review` is the record of the state that issued the plan, for a step that the state rules.
    """
    filing = stage.filing
    if filing.is_by_state:
        rule = _state_rule(review, issue_state, notice, is_expedited=is_expedited)
    else:
        rule = _own_rule(filing, issue_state, is_expedited=is_expedited, track=track)
    if rule.status is Status.BY_ITSELF:
        # Nothing is to be filed, so a printed day is for something else.
        return Deadline(Status.BY_ITSELF)
    if rule.status is not Status.COUNTED or rule.limit is None:
        return uncounted(rule.status, notice, rule.to_confirm)
    if filing.if_silent is not None and notice.notice_on is None and notice.asked_on is not None:
        return _counted(notice, rule, filing.if_silent, notice.asked_on)
    start = notice.notice_on
    if stage.is_external and notice.first_final_on is not None:
        start = notice.first_final_on
    if start is None:
        return uncounted(Status.NO_NOTICE_DATE, notice, rule.to_confirm)
    if filing.is_most:
        return _at_most(notice, rule.limit, start)
    return _counted(notice, rule, rule.limit, start)


def uncounted(status: Status, notice: Notice, to_confirm: Span | None = None) -> Deadline:
    """Nothing is counted; what the notice itself prints still stands."""
    printed = notice.printed_on
    return Deadline(
        status=status,
        headline_on=printed,
        headline=Headline.NONE if printed is None else Headline.PRINTED,
        printed_on=printed,
        printed_limit=notice.printed_limit,
        to_confirm=to_confirm,
    )


def keep_services_by(stage: Stage, notice: Notice, *, service: Service | None) -> dt.date | None:
    """The last day to ask that care goes on during the appeal; None where there is none.

    The earlier of so many days after the notice and the day before care is cut. It is only for care
    that was already approved.
    """
    within = stage.keep_services.within
    if service not in (None, Service.CONCURRENT):
        return None
    if within is None or not stage.keep_services.is_available:
        return None
    days = []
    if notice.notice_on is not None:
        days.append(last_day(notice.notice_on, within))
    if notice.action_on is not None:
        days.append(notice.action_on - dt.timedelta(days=1))
    return min(days, default=None)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is counted at a step: `longest` is set where a state picks a time up to it."""

    limit: Span | None
    starts: Start = Start.UNKNOWN
    longest: Span | None = None
    presumed: int | None = None
    rolls: bool = False
    is_minimum: bool = False
    to_confirm: Span | None = None
    status: Status = Status.COUNTED


def _own_rule(
    filing: Filing, issue_state: str | None, *, is_expedited: bool, track: Track
) -> _Rule:
    """The step's own time, or why none of its is counted."""
    of_state = filing.limits_by_state.get(issue_state or "")
    limit = of_state or filing.at_least or filing.limit
    starts = filing.expedited_starts if is_expedited else filing.starts
    reasons = {
        Status.OUT_OF_REACH: filing.is_out_of_reach,
        Status.BY_ITSELF: filing.is_automatic,
        Status.FAST_NOT_COUNTED: is_expedited and filing.is_fast_uncounted,
        Status.NOT_CHECKED: filing.is_verified is False
        or filing.only_track not in (Track.BOTH, track),
        Status.SET_ELSEWHERE: limit is None,
    }
    return _Rule(
        limit=limit,
        starts=starts,
        longest=filing.limit if filing.at_least and not of_state else None,
        presumed=filing.presumed_receipt_days if starts is Start.RECEIPT else None,
        rolls=filing.rolls,
        is_minimum=filing.is_minimum,
        status=next((why for why, holds in reasons.items() if holds), Status.COUNTED),
    )


def _state_rule(
    review: StateReview | None, issue_state: str | None, notice: Notice, *, is_expedited: bool
) -> _Rule:
    """The time of the state that issued the plan; only one that was read is counted."""
    if review is None:
        return _Rule(None, status=Status.NOT_CHECKED if issue_state else Status.STATE_NOT_KNOWN)
    status = Status.NOT_CHECKED
    if review.is_read_without_limit:
        status = Status.READ_WITHOUT_LIMIT
    elif review.computable is not None:
        status = Status.COUNTED
    to_confirm = review.to_confirm
    if is_expedited and review.expedited_to_confirm is not None:
        to_confirm = review.expedited_to_confirm
    elif notice.first_final_on is not None and review.second_level_to_confirm is not None:
        to_confirm = review.second_level_to_confirm
    return _Rule(review.computable, review.starts, to_confirm=to_confirm, status=status)


def _counted(notice: Notice, rule: _Rule, limit: Span, start: dt.date) -> Deadline:
    safe = last_day(start, limit)
    from_receipt = _rule_day(notice, rule, limit, start)
    headline_on, headline = _first(safe, notice)
    presumed = rule.presumed
    return Deadline(
        status=Status.COUNTED,
        headline_on=headline_on,
        headline=headline,
        safe_on=safe,
        outside_on=last_day(start + dt.timedelta(days=presumed), limit) if presumed else None,
        rule_on=from_receipt,
        no_later_than=last_day(start, rule.longest) if rule.longest else None,
        printed_on=notice.printed_on,
        printed_limit=notice.printed_limit,
        limit=limit,
        counted_from=start,
        starts=rule.starts,
        presumed_receipt_days=presumed,
        is_rolled=rule.rolls and from_receipt is not None,
        is_minimum=rule.is_minimum,
        to_confirm=rule.to_confirm,
    )


def _rule_day(notice: Notice, rule: _Rule, limit: Span, start: dt.date) -> dt.date | None:
    """From proved receipt of the notice that is counted from, as the rule itself counts."""
    received = notice.received_on
    if received is None or rule.starts is not Start.RECEIPT or start != notice.notice_on:
        return None
    return federal_review_day(received, limit) if rule.rolls else last_day(received, limit)


def _at_most(notice: Notice, limit: Span, start: dt.date) -> Deadline:
    """A state may set less, and how much less was not read."""
    bound = last_day(start, limit)
    printed = notice.printed_on
    is_printed = printed is not None and (printed <= bound or notice.is_printed_twice)
    return Deadline(
        status=Status.AT_MOST,
        headline_on=printed if is_printed else bound,
        headline=Headline.PRINTED if is_printed else Headline.AT_MOST,
        no_later_than=bound,
        printed_on=printed,
        printed_limit=notice.printed_limit,
        limit=limit,
        counted_from=start,
        starts=Start.NOTICE,
    )


def _first(safe: dt.date, notice: Notice) -> tuple[dt.date, Headline]:
    """The earlier of the printed and the safe date; a later one only if it was typed twice."""
    printed = notice.printed_on
    if printed is None or printed == safe:
        return safe, Headline.SAFE
    if printed < safe or notice.is_printed_twice:
        return printed, Headline.PRINTED
    return safe, Headline.SAFE
