"""The drawing's numbers: in order, apart, and today where the days put it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.timeline import LINE, Event, Kind, Timeline, lay_out

DAY = dt.date(2026, 1, 1)
ROOM_FOR_WORDS = 24


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def draw(*events: Event, today: int) -> Timeline:
    return lay_out(events, today=day(today))


NOTICE = Event(Kind.ANSWERED, 2, day(0))
APPEAL = Event(Kind.NOW, 2, day(100))
REVIEW = Event(Kind.LATER, 2)


@pytest.mark.parametrize(
    ("today", "follows"),
    [
        pytest.param(0, 0, id="on the day of the notice"),
        pytest.param(50, 0, id="while there is time"),
        pytest.param(100, 0, id="on the last day"),
        pytest.param(101, 1, id="when the day has passed"),
        pytest.param(-5, 0, id="with a notice that bears a later date"),
    ],
)
def test_today_stands_after_what_is_past_and_before_what_is_to_come(
    today: int, follows: int
) -> None:
    drawn = draw(NOTICE, APPEAL, REVIEW, today=today)
    before = [mark for mark in drawn.marks if mark.at < drawn.today_at]
    assert len(before) == follows + 1


def test_today_moves_down_as_the_days_go_by() -> None:
    heights = [draw(NOTICE, APPEAL, REVIEW, today=one).today_at for one in range(0, 101, 5)]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


def test_without_a_date_on_the_notice_today_stands_halfway() -> None:
    drawn = draw(Event(Kind.ANSWERED, 1), APPEAL, today=3)
    assert drawn.today_at == sum(mark.at for mark in drawn.marks) / 2


def test_the_line_is_drawn_through_up_to_what_is_open_and_dashed_after_it() -> None:
    drawn = draw(NOTICE, APPEAL, REVIEW, today=20)
    assert drawn.solid_to == drawn.marks[1].at
    late = draw(NOTICE, APPEAL, REVIEW, today=120)
    assert late.solid_to == late.today_at


def test_after_the_last_step_today_ends_the_drawing() -> None:
    drawn = draw(NOTICE, today=20)
    assert drawn.today_at > drawn.marks[-1].at
    assert drawn.height > drawn.today_at


later = st.builds(Event, st.just(Kind.LATER), st.integers(1, 4))
opened = st.builds(
    Event, st.just(Kind.NOW), st.integers(1, 4), st.none() | st.integers(-50, 300).map(day)
)
beside = st.builds(Event, st.just(Kind.BESIDE), st.integers(1, 4))


@given(
    first=st.builds(
        Event, st.just(Kind.ANSWERED), st.integers(1, 4), st.none() | st.integers(0, 30).map(day)
    ),
    call=st.lists(beside, max_size=1),
    now=st.lists(opened, max_size=3),
    rest=st.lists(later, max_size=4),
    today=st.integers(0, 400),
)
def test_no_words_cover_others_whatever_the_steps_and_the_day(
    first: Event, call: list[Event], now: list[Event], rest: list[Event], today: int
) -> None:
    events = [first, *call, *sorted(now, key=lambda one: one.on or dt.date.max), *rest]
    drawn = lay_out(events, today=day(today))
    ends = [
        mark.at + (event.lines - 1) * LINE for mark, event in zip(drawn.marks, events, strict=True)
    ]
    for end, mark in zip(ends, drawn.marks[1:], strict=False):
        assert mark.at - end >= ROOM_FOR_WORDS
    for end, mark in zip(ends, drawn.marks, strict=True):
        is_clear_below = drawn.today_at - end >= ROOM_FOR_WORDS
        is_clear_above = mark.at - drawn.today_at >= ROOM_FOR_WORDS
        assert is_clear_below or is_clear_above
    assert max(*ends, drawn.today_at) < drawn.height
