"""The last days as a calendar file that tells nothing of health; no other file knows icalendar."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Alarm, Calendar, Event

from appeals.deadlines import Deadline, Headline
from appeals.denied import DeniedCase
from appeals.foremost import LastDay, last_days
from appeals.wording.deadlines import keep_counted, to_confirm
from appeals.wording.spans import span
from appeals.wording.steps import entry
from policies.wording.dates import date

# The name of the site names a drug.
PRODUCT = "-//Health plan dates//Last days//EN"
REMIND_DAYS = (14, 3)
RING_AT = dt.timedelta(hours=9)
# Time enough to send it again where it did not arrive.
CONFIRM_DAYS = 7


def dates_calendar(case: DeniedCase) -> bytes:
    """Every last day that is still to come, with reminders before it."""
    days = (one for one in last_days(case) if one.on >= case.on)
    return _written(event for one in days for event in _events(one, case))


@dataclass(frozen=True, slots=True)
class PlainDay:
    """A day with the few words that may stand in a calendar; `mark` stays while the day moves."""

    on: dt.date
    words: str
    mark: str


def plain_calendar(days: Iterable[PlainDay], *, made_on: dt.date) -> bytes:
    """The days as they are, with no reminders: whoever subscribes sets their own."""
    return _written(_event(one.on, one.words, "", made_on, mark=one.mark) for one in days)


def _written(events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in events:
        calendar.add_component(one)
    written: bytes = calendar.to_ical()
    return written


def _events(day: LastDay, case: DeniedCase) -> Iterator[Event]:
    name = _name(day)
    last = _event(day.on, _("Last day: %(what)s") % {"what": name}, _counting(day, case), case.on)
    for days in REMIND_DAYS:
        if day.on - dt.timedelta(days=days) >= case.on:
            last.add_component(_alarm(days, name))
    yield last
    check_on = day.on - dt.timedelta(days=CONFIRM_DAYS)
    if check_on > case.on and not day.is_for_services:
        text = _("Sent already? Check that they got it. Not sent yet? The last day is %(date)s.")
        yield _event(
            check_on,
            _("Check: %(what)s") % {"what": name},
            text % {"date": date(day.on)},
            case.on,
        )


def _event(
    on: dt.date, summary: str, description: str, made_on: dt.date, *, mark: str = ""
) -> Event:
    event = Event()
    # The same day and words make the same entry, so that a file read twice adds nothing.
    mark = mark or hashlib.sha256(f"{on}|{summary}".encode()).hexdigest()[:24]
    event.add("uid", f"{mark}@last-day.invalid")
    event.add("dtstamp", dt.datetime.combine(made_on, dt.time(), tzinfo=dt.UTC))
    event.add("dtstart", on)
    event.add("dtend", on + dt.timedelta(days=1))
    event.add("summary", summary)
    if description:
        event.add("description", description)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event


def _alarm(days: int, name: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    text = ngettext(
        "In %(days)d day is the last day: %(what)s",
        "In %(days)d days is the last day: %(what)s",
        days,
    )
    alarm.add("description", text % {"days": days, "what": name})
    # A whole day begins at midnight, when nobody wants to be rung.
    alarm.add("trigger", RING_AT - dt.timedelta(days=days))
    return alarm


def _name(day: LastDay) -> str:
    if day.is_for_services:
        return _("ask that care goes on")
    return entry(*day.stages)


def _counting(day: LastDay, case: DeniedCase) -> str:
    """How the day was counted; a printed one says that it was, a shorter time is to be beaten."""
    if day.is_for_services:
        return keep_counted(case)
    counted = _("Counted from the date on the notice.")
    deadline = day.step.deadline if day.step is not None else None
    if day.whose is Headline.PRINTED:
        counted = _("This day is printed on the notice, or counted from a time that it prints.")
    elif deadline is not None and deadline.limit is not None and deadline.counted_from is not None:
        counted = " ".join(_sentences(deadline))
    beat = to_confirm(day.step, on=case.on) if day.step is not None else ""
    return f"{counted} {beat}".strip()


def _sentences(deadline: Deadline) -> Iterator[str]:
    if deadline.limit is not None and deadline.counted_from is not None:
        yield _("%(time)s from %(start)s. No days for the mail, none for a weekend or holiday.") % {
            "time": span(deadline.limit),
            "start": date(deadline.counted_from),
        }
    if deadline.headline is Headline.AT_MOST:
        yield _("This is the latest day. The notice may give less time.")
    elif deadline.is_minimum:
        yield _("The plan may give more.")
