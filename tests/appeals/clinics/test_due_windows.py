"""When a case is due, in windows: overdue first, then within seven days."""

import datetime as dt

import pytest

from appeals.clinics.due_windows import Window, days_in_words, window_of

ON = dt.date(2026, 11, 26)


@pytest.mark.parametrize(
    ("due_on", "window", "words"),
    [
        pytest.param(dt.date(2025, 12, 31), Window.OVERDUE, "330 days ago", id="last year"),
        pytest.param(dt.date(2026, 11, 25), Window.OVERDUE, "yesterday", id="the day before"),
        pytest.param(dt.date(2026, 11, 26), Window.SOON, "today", id="the last day itself"),
        pytest.param(dt.date(2026, 11, 27), Window.SOON, "tomorrow", id="the day after"),
        pytest.param(dt.date(2026, 11, 29), Window.SOON, "in 3 days", id="a Sunday counts"),
        pytest.param(dt.date(2026, 12, 3), Window.SOON, "in 7 days", id="the seventh day"),
        pytest.param(dt.date(2026, 12, 4), Window.LATER, "in 8 days", id="the eighth day"),
        pytest.param(dt.date(2027, 3, 1), Window.LATER, "in 95 days", id="next year"),
    ],
)
def test_the_window_of_a_last_day(due_on: dt.date, window: Window, words: str) -> None:
    assert window_of(due_on, on=ON) is window
    assert days_in_words(due_on, on=ON) == words


def test_a_case_without_a_day_has_a_window_of_its_own() -> None:
    assert window_of(None, on=ON) is Window.NO_DAY
