"""The calendar file, read back: the last days that may stand, and nothing of anyone's health."""

import datetime as dt

import icalendar
import pytest

from appeals.calendar_file import dates_calendar
from appeals.denial import Notice
from appeals.denied import Contact, DeniedCase
from appeals.law.stages import Service
from tests.appeals.denied_cases import NOTICE_ON, ON, PLANS, make_case

TELLING = (
    "ketamin", "spravato", "depress", "crps", "medicare", "medicaid", "tricare", "opm", "erisa",
    "sample", "veteran", "ohio", "experimental",
)  # fmt: skip
NINE = dt.timedelta(hours=9)


def events_of(case: DeniedCase) -> list[icalendar.Event]:
    calendar = icalendar.Calendar.from_ical(dates_calendar(case))
    assert not calendar.errors
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    return [one for one in calendar.walk("VEVENT") if isinstance(one, icalendar.Event)]


def days_of(case: DeniedCase) -> dict[str, dt.date]:
    return {str(one["SUMMARY"]): starts_on(one) for one in events_of(case)}


def starts_on(event: icalendar.Event) -> dt.date:
    start = event.DTSTART
    assert isinstance(start, dt.date)
    assert not isinstance(start, dt.datetime)
    return start


def reminds(event: icalendar.Event) -> list[object]:
    return [one.TRIGGER for one in event.walk("VALARM") if isinstance(one, icalendar.Alarm)]


def test_the_last_day_is_a_whole_day_with_two_reminders_and_a_check_a_week_before() -> None:
    last_on = NOTICE_ON + dt.timedelta(days=180)
    assert days_of(make_case()) == {
        "Last day: first appeal to the health plan": last_on,
        "Check: first appeal to the health plan": last_on - dt.timedelta(days=7),
    }
    last = events_of(make_case())[0]
    assert b"DTSTART;VALUE=DATE:20270428" in dates_calendar(make_case())
    assert b"DTEND;VALUE=DATE:20270429" in dates_calendar(make_case())
    assert reminds(last) == [NINE - dt.timedelta(days=14), NINE - dt.timedelta(days=3)]
    assert "180 days from October 30, 2026" in str(last["DESCRIPTION"])


def test_reminders_that_would_lie_in_the_past_are_left_out() -> None:
    case = make_case(notice=Notice(notice_on=ON - dt.timedelta(days=175)))
    last = events_of(case)[0]
    assert reminds(last) == [NINE - dt.timedelta(days=3)]
    assert len(events_of(case)) == 1


def test_a_day_that_has_passed_makes_no_entry() -> None:
    assert not events_of(make_case(notice=Notice(notice_on=ON - dt.timedelta(days=400))))


def test_of_two_dates_only_the_one_that_stands_first_makes_an_entry() -> None:
    printed = dt.date(2027, 1, 15)
    case = make_case(notice=Notice(notice_on=NOTICE_ON, printed_on=printed))
    assert days_of(case)["Last day: first appeal to the health plan"] == printed
    assert NOTICE_ON + dt.timedelta(days=180) not in days_of(case).values()


def test_where_the_plan_may_be_either_of_two_kinds_only_the_day_that_is_safe_under_both() -> None:
    case = make_case("insured_or_self_funded_job", answers="internal_1", state="IL")
    # Four months from October 30 under either review.
    assert max(days_of(case).values()) == dt.date(2027, 2, 28)
    unsure = make_case("insured_or_self_funded_job", answers="internal_1", state="KY")
    assert not events_of(unsure)


def test_where_the_steps_of_two_kinds_differ_the_entry_names_neither() -> None:
    (last, *_others) = days_of(make_case("tricare_or_va"))
    assert "reconsideration" not in last


@pytest.mark.parametrize("state", ["KY", "MI", "SC", "GA", "TX", "WY", "CT"])
def test_a_figure_that_was_not_verified_makes_no_entry(state: str) -> None:
    case = make_case("insured_job", answers="internal_1", state=state)
    review = next(one.review for one in case.routes[0].stages if one.review is not None)
    assert bool(events_of(case)) is (review.computable is not None)


def test_care_that_is_cut_has_a_day_of_its_own() -> None:
    notice = Notice(notice_on=ON - dt.timedelta(days=2), action_on=ON + dt.timedelta(days=5))
    days = days_of(make_case("medicaid_plan", notice=notice, service=Service.CONCURRENT))
    assert days["Last day: ask that care goes on"] == ON + dt.timedelta(days=4)


def test_a_bound_set_by_the_state_says_that_the_notice_may_give_less() -> None:
    (last, _check) = events_of(make_case("medicaid_state"))
    assert "The notice may give less time." in str(last["DESCRIPTION"])


@pytest.mark.parametrize("plan", PLANS)
def test_no_entry_tells_what_is_wrong_with_whom_or_in_which_plan(plan: str) -> None:
    contact = Contact(plan="Sample Health Plan", address="Sample Street 1")
    for answers in PLANS[plan][1]:
        written = dates_calendar(make_case(plan, answers=answers, contact=contact)).decode()
        lines = written.replace("\r\n ", "").splitlines()
        told = [line for line in lines if not line.startswith("PRODID")]
        assert not [one for one in TELLING if one in "\n".join(told).lower()]


def test_the_same_case_writes_the_same_file() -> None:
    assert dates_calendar(make_case()) == dates_calendar(make_case())
