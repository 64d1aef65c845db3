"""Where the plan may be of two kinds: what the notice can be, and what is safe under both."""

import datetime as dt

import pytest

from appeals.denial import Denial, Notice
from appeals.denied import (
    FIRST_DECISION,
    LATER_DECISION,
    Contact,
    denied_case,
    knows_every_step,
    steps_to_choose,
)
from appeals.foremost import foremost
from appeals.law.finder import finder, next_question, outcome
from appeals.presenting import present_denied
from policies import terms
from tests.appeals.denied_cases import NOTICE_ON, ON, make_case


def test_the_steps_are_those_that_both_kinds_have_in_common_from_the_first() -> None:
    job = outcome({"source": "job", "payer": "dont_know", "grandfathered": "no", **OHIO})
    assert [one.step for one in steps_to_choose(job)] == [
        "initial_claim",
        "internal_1",
        "internal_2",
    ]
    medicare = outcome({"source": "medicare", "card": "dont_know", "benefit": "medical"})
    # The same word names another level in each.
    assert steps_to_choose(medicare) == ()
    assert not knows_every_step(medicare)


@pytest.mark.parametrize(
    ("plan", "day"),
    [
        ("medicare_original_or_advantage", dt.date(2026, 12, 29)),
        ("medicaid_unknown", None),
        ("tricare_or_va", dt.date(2027, 1, 28)),
        ("bought_or_limited", None),
    ],
)
def test_a_first_decision_has_the_day_that_is_safe_under_both(
    plan: str, day: dt.date | None
) -> None:
    assert foremost(make_case(plan)).on == day


def test_a_later_step_of_an_open_kind_goes_by_the_notice_alone() -> None:
    case = make_case("medicare_original_or_advantage", answers=LATER_DECISION)
    assert case.routes == ()
    assert foremost(case).on is None
    printed = Notice(notice_on=NOTICE_ON, printed_on=dt.date(2026, 12, 20))
    told = make_case("medicare_original_or_advantage", answers=LATER_DECISION, notice=printed)
    assert foremost(told).on == dt.date(2026, 12, 20)


def test_every_way_through_the_interview_and_every_notice_comes_to_a_page() -> None:
    open_ways: list[dict[str, str]] = [{}]
    seen = 0
    while open_ways:
        answers = open_ways.pop()
        question = next_question(answers)
        if question is not None:
            # The states differ in their data, which other tests go through.
            few = [one for one in question.answers if one not in terms.states()]
            some = [one for one in question.answers if one in ("NY", "KY")]
            open_ways += [{**answers, question.id: one} for one in (*few, *some)]
            continue
        found = outcome(answers)
        if found.not_handled:
            continue
        steps = [one.step for one in steps_to_choose(found)]
        if not knows_every_step(found):
            steps = [*(steps or [FIRST_DECISION]), LATER_DECISION]
        for step in steps:
            case = denied_case(found, Denial(Notice(notice_on=NOTICE_ON), step), Contact(), on=ON)
            assert present_denied(case).first.headline
            seen += 1
    assert seen > 200
    assert finder().endings


OHIO = {"issue_state": "OH"}
