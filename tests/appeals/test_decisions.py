"""When an answer is due, against cases counted by hand from the law records."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.counting import hours_later
from appeals.decisions import decisions_due, starts_waiting_for_statement
from appeals.law.stages import Condition, Service
from tests.appeals.deadline_rows import moment, rows, stage_of

NEW_YORK = ZoneInfo("America/New_York")


def conditions(row: dict[str, Any]) -> list[Condition]:
    """What the row knows besides the service."""
    found = []
    for name, yes, no in (
        ("is_two_level_plan", Condition.TWO_LEVELS, Condition.ONE_LEVEL),
        ("is_prior_authorization", Condition.PRIOR_AUTHORIZATION, Condition.NO_PRIOR_AUTHORIZATION),
    ):
        if row.get(name) is not None:
            found.append(yes if row[name] else no)
    return found


@pytest.mark.parametrize("row", rows("decisions.yaml"))
def test_an_answer_is_due(row: dict[str, Any]) -> None:
    stage, expect = stage_of(row), row["expect"]
    asked = moment(row["asked_at"])
    assert asked is not None
    if row.get("waits_for_statement"):
        assert isinstance(asked, dt.datetime)
        assert asked.tzinfo is not None
        statement = moment(row.get("statement_on"))
        assert statement is None or isinstance(statement, dt.datetime)
        asked = starts_waiting_for_statement(stage, asked.date(), statement, asked.tzinfo)
    found = decisions_due(
        stage,
        asked,
        service=Service(row["service"]),
        is_expedited=row.get("is_expedited", False),
        conditions=conditions(row),
    )
    if expect["is_unverified"]:
        assert [(one.due_at, one.due_on) for one in found] == [(None, None)] * len(found)
        assert not any(one.is_verified for one in found)
        return
    if expect["due_at"] is None:
        assert found == ()
        return
    wanted = expect["due_at"] if isinstance(expect["due_at"], list) else [expect["due_at"]]
    assert [one.due_at or one.due_on for one in found] == [moment(one) for one in wanted]
    amounts = expect.get("amounts") or [expect["amount"]]
    assert [one.time.within.amount for one in found] == amounts


@given(st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1)), st.times(), st.integers(1, 400))
def test_hours_elapse_whatever_the_clocks_do(day: dt.date, time: dt.time, hours: int) -> None:
    local = dt.datetime.combine(day, time, tzinfo=NEW_YORK)
    end = hours_later(local, hours)
    assert end.astimezone(dt.UTC) - local.astimezone(dt.UTC) == dt.timedelta(hours=hours)
    assert end.tzinfo is NEW_YORK


def test_hours_need_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        hours_later(dt.datetime(2026, 3, 7, 20), 72)  # noqa: DTZ001 -- that is the point
