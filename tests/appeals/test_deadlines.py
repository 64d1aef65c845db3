"""The last day to file, against cases counted by hand from the law records."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appeals.deadlines import Deadline, Status, deadline_for, keep_services_by
from appeals.denial import Notice
from appeals.law.plan_types import PlanType
from appeals.law.plans import plan_laws
from appeals.law.spans import Span, span_of
from appeals.law.stages import Service, Stage, Track
from appeals.law.state_reviews import state_review
from policies import terms
from policies.guide.grades import Grade
from tests.appeals.deadline_rows import rows, stage_of

TRACKS = {"medical_necessity": Track.MEDICAL, "factual": Track.FACTUAL, None: Track.BOTH}
UNVERIFIED = (Status.NOT_CHECKED, Status.STATE_NOT_KNOWN)
STATES = [*terms.states(), None]
STAGES = [
    (law.plan_type, stage)
    for law in plan_laws().values()
    for stage in {one.id: one for one in (*law.route, *law.insured_route)}.values()
]
days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


def counted(stage: Stage, notice: Notice, state: str | None = None, **options: Any) -> Deadline:
    review = state_review(state) if state and stage.filing.is_by_state else None
    return deadline_for(stage, notice, review=review, issue_state=state, **options)


def days_of(row: dict[str, Any]) -> Notice:
    names = ("notice_on", "received_on", "printed_on", "first_final_on", "action_on", "asked_on")
    return Notice(
        **{name: row.get(name) for name in names},
        is_printed_twice=row.get("is_printed_twice", False),
    )


@pytest.mark.parametrize("row", rows("filing.yaml"))
def test_last_day_to_file(row: dict[str, Any]) -> None:
    found = counted(
        stage_of(row),
        days_of(row),
        row.get("state"),
        is_expedited=row.get("is_expedited", False),
        track=TRACKS[row.get("track")],
    )
    expect = row["expect"]
    assert {
        "safe_on": found.safe_on,
        "no_later_than": found.no_later_than,
        "outside_on": found.outside_on,
        "rule_on": found.rule_on,
        "headline_on": found.headline_on,
        "is_unverified": found.status in UNVERIFIED,
        "to_confirm": found.to_confirm,
    } == {**expect, "to_confirm": span_of(expect["to_confirm"] or "")}


@pytest.mark.parametrize("row", rows("keep_services.yaml"))
def test_last_day_to_keep_services(row: dict[str, Any]) -> None:
    approved = row.get("is_already_approved", False)
    service = Service.CONCURRENT if approved else Service.PRE_SERVICE
    found = keep_services_by(stage_of(row), days_of(row), service=service)
    assert found == row["expect"]["last_on"]


@given(st.sampled_from(STAGES), st.sampled_from(STATES), days, days, st.booleans())
def test_a_later_notice_never_gives_an_earlier_day(
    which: tuple[PlanType, Stage], state: str | None, one: dt.date, other: dt.date, fast: bool
) -> None:
    early, late = sorted((one, other))
    stage = which[1]
    first = counted(stage, Notice(notice_on=early), state, is_expedited=fast)
    second = counted(stage, Notice(notice_on=late), state, is_expedited=fast)
    for name in ("safe_on", "outside_on", "no_later_than", "headline_on"):
        before, after = getattr(first, name), getattr(second, name)
        assert (before is None) is (after is None)
        assert before is None or before <= after


@given(st.sampled_from(STAGES), st.sampled_from(STATES), days, st.integers(0, 60))
def test_the_safe_date_is_never_after_the_others(
    which: tuple[PlanType, Stage], state: str | None, notice_on: dt.date, mail: int
) -> None:
    notice = Notice(notice_on=notice_on, received_on=notice_on + dt.timedelta(days=mail))
    found = counted(which[1], notice, state)
    assume(found.safe_on is not None)
    assert found.safe_on is not None
    assert notice_on < found.safe_on
    for later in (found.outside_on, found.rule_on, found.no_later_than):
        assert later is None or found.safe_on <= later


@given(st.sampled_from(STAGES), st.sampled_from(STATES), days, days, st.booleans())
def test_a_later_printed_day_stands_first_only_when_typed_twice(
    which: tuple[PlanType, Stage],
    state: str | None,
    notice_on: dt.date,
    printed_on: dt.date,
    twice: bool,
) -> None:
    notice = Notice(notice_on=notice_on, printed_on=printed_on, is_printed_twice=twice)
    found = counted(which[1], notice, state)
    if found.safe_on is None:
        return
    wanted = printed_on if twice or printed_on < found.safe_on else found.safe_on
    assert found.headline_on == wanted


@pytest.mark.parametrize("which", STAGES, ids=lambda which: f"{which[0]}/{which[1].step}")
def test_a_counted_day_rests_on_what_was_read(which: tuple[PlanType, Stage]) -> None:
    stage = which[1]
    for state in STATES:
        found = counted(stage, Notice(notice_on=dt.date(2026, 1, 15)), state)
        if found.safe_on is None and found.no_later_than is None:
            assert found.headline_on is None
        elif stage.filing.is_by_state:
            review = state_review(state or "")
            assert review is not None
            assert review.is_verified
            assert review.grade in (Grade.SOURCE, Grade.COPY)
        else:
            assert stage.filing.is_verified is True
            # Two dated accounts that agree count as read; the records say so of one step.
            assert stage.grade in (Grade.SOURCE, Grade.COPY) or stage.id == "fehb-opm"


def test_a_call_between_doctors_has_no_day_of_its_own() -> None:
    calls = [stage for _, stage in STAGES if stage.step == "peer_to_peer"]
    assert calls
    for one in calls:
        assert counted(one, Notice(notice_on=dt.date(2026, 1, 15))).safe_on is None
        assert one.keep_services.is_available is False


def test_a_printed_day_stands_even_where_nothing_is_counted() -> None:
    stage = stage_of({"plan_type": "church", "stage": "internal_1"})
    printed = dt.date(2026, 5, 1)
    found = counted(stage, Notice(notice_on=dt.date(2026, 1, 15), printed_on=printed))
    assert (found.status, found.headline_on, found.safe_on) == (Status.NOT_CHECKED, printed, None)


def test_a_length_of_time_is_read_as_the_data_writes_it() -> None:
    assert span_of("45") is None
    assert isinstance(span_of("45 days"), Span)
