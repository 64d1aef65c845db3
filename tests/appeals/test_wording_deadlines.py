"""The last days in words: one sentence for each way it can stand, and how it was counted."""

import datetime as dt
from collections.abc import Callable

import pytest

from appeals.deadlines import Status
from appeals.denial import Notice
from appeals.denied import DeniedCase
from appeals.foremost import foremost
from appeals.law.plans import stages
from appeals.law.spans import Span, Unit
from appeals.routes import COURT, PEER_TO_PEER, Place
from appeals.wording.deadlines import how_counted
from appeals.wording.headlines import NO_DAY, NO_DAY_WHY, headline, still_open, why_no_day
from appeals.wording.spans import days_left, span
from appeals.wording.steps import STEPS
from tests.appeals.denied_cases import NOT_KNOWN, NOTICE_ON, ON, PLANS, make_case
from tests.policies.reading_level import school_years

WITH_A_DAY = (Status.COUNTED, Status.AT_MOST)


def headline_of(case: DeniedCase) -> str:
    return headline(case, foremost(case))


def ago(days: int) -> Notice:
    return Notice(notice_on=ON - dt.timedelta(days=days))


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(make_case, "File your first appeal by April 28, 2027.", id="counted"),
        pytest.param(
            lambda: make_case(notice=ago(180)),
            "File your first appeal today: November 25, 2026 is the last day.",
            id="today",
        ),
        pytest.param(
            lambda: make_case(notice=ago(181)),
            "The last day was November 24, 2026. File now anyway, and say why you are late.",
            id="passed",
        ),
        pytest.param(
            lambda: make_case("medicaid_state"),
            "Ask for the state's fair hearing by January 28, 2027 at the latest.",
            id="the state may give less",
        ),
        pytest.param(
            lambda: make_case(notice=Notice()),
            "File as soon as you can, and find the date on your notice.",
            id="no date on the notice",
        ),
        pytest.param(
            lambda: make_case(answers="internal_2"),
            "File as soon as you can, and find the date of the plan's first final denial.",
            id="a second level, and the first final denial not dated",
        ),
        pytest.param(
            lambda: make_case("insured_job", answers="internal_1", state="MI"),
            "We could not check how long you have. File as soon as you can.",
            id="a state that was not checked",
        ),
        pytest.param(
            lambda: make_case("insured_job", answers="internal_1", state=NOT_KNOWN),
            "How long you have depends on the state that issued your plan. File as soon as you "
            "can.",
            id="the state of issue not known",
        ),
        pytest.param(
            lambda: make_case("insured_job", answers="internal_1", state="TX"),
            "The state's page prints no last day. File at once.",
            id="read, and no limit is printed",
        ),
        pytest.param(
            lambda: make_case("limited"),
            "Look for the last day in your notice or your plan. File as soon as you can.",
            id="set by the plan",
        ),
        pytest.param(
            lambda: make_case("federal", answers="opm_review"),
            "Ask a lawyer about going to court as soon as you can.",
            id="court",
        ),
        pytest.param(
            lambda: make_case("va"),
            "Write your clinical appeal as soon as you can.",
            id="no limit is named",
        ),
        pytest.param(
            lambda: make_case("medicare_advantage", answers="reconsideration"),
            "You have nothing to file now. The plan must send your case on.",
            id="it goes on by itself",
        ),
        pytest.param(
            lambda: make_case("grandfathered_job", answers="internal_2"),
            "An outside review will most likely not reach this denial.",
            id="out of reach",
        ),
        pytest.param(
            lambda: make_case("church"),
            "File by the last day printed on your notice, and as soon as you can.",
            id="only the notice counts",
        ),
        pytest.param(
            lambda: make_case("medicare_unknown"),
            "File your appeal by December 29, 2026.",
            id="safe whatever part of Medicare it is",
        ),
        pytest.param(
            lambda: make_case("medicare_unknown", answers="later_decision"),
            "File by the last day printed on your notice, and as soon as you can.",
            id="a later decision in Medicare, of a part not known",
        ),
        pytest.param(
            lambda: make_case("insured_or_self_funded_job"),
            "File your first appeal by April 28, 2027.",
            id="the same under both",
        ),
        pytest.param(
            lambda: make_case("insured_or_self_funded_job", answers="internal_1", state="KY"),
            "We could not check how long you have. File as soon as you can.",
            id="counted under one kind of plan, and not checked under the other",
        ),
    ],
)
def test_the_first_sentence_says_what_to_do_by_when_or_that_no_day_is_known(
    case: Callable[[], DeniedCase], expected: str
) -> None:
    assert headline_of(case()) == expected


def test_every_way_without_a_day_has_its_own_sentence_and_its_reason() -> None:
    without = [one for one in Status if one not in WITH_A_DAY]
    assert list(NO_DAY) == without
    assert list(NO_DAY_WHY) == without
    assert len(set(NO_DAY_WHY.values())) == len(without)


def test_every_step_that_can_come_next_has_its_words() -> None:
    following = {
        one.id for one in stages().values() if not one.is_decision and one.step != PEER_TO_PEER
    }
    assert set(STEPS) == following


def test_nobody_is_told_to_just_go_to_court() -> None:
    courts = [one.id for one in stages().values() if one.step == COURT]
    assert {STEPS[one].to_do for one in courts} == {"Ask a lawyer about going to court"}


@pytest.mark.parametrize(
    ("case", "until"),
    [
        pytest.param(
            lambda: make_case("medicare_advantage", notice=ago(62)),
            "November 28, 2026",
            id="the outside date",
        ),
        pytest.param(
            lambda: make_case(
                notice=Notice(notice_on=NOTICE_ON, printed_on=ON - dt.timedelta(days=1))
            ),
            "April 28, 2027",
            id="the notice prints an earlier day than the rule",
        ),
        pytest.param(
            lambda: make_case("medicaid_plan", answers="plan_appeal", notice=ago(100)),
            "December 15, 2026",
            id="the state may give more",
        ),
    ],
)
def test_after_the_safest_day_what_may_still_be_open_is_said(
    case: Callable[[], DeniedCase], until: str
) -> None:
    made = case()
    assert headline_of(made).endswith("has passed. File today.")
    assert still_open(made, foremost(made)) == (
        f"Your time may in fact run until {until}: do not count on it."
    )


def test_after_the_last_of_the_days_the_rule_on_late_appeals_is_said() -> None:
    case = make_case("medicare_advantage", notice=ago(90))
    assert still_open(case, foremost(case)) == (
        "Late does not always mean too late. The plan may give more time for good cause."
    )


@pytest.mark.parametrize(
    ("days", "at_most", "said"),
    [
        (2, False, "2 days are left."),
        (1, False, "1 day is left."),
        (9, True, "At most 9 days are left."),
        (0, False, "Today is the last day."),
        (-1, False, "That was 1 day ago."),
        (-6, True, "That was 6 days ago."),
    ],
)
def test_the_days_left(days: int, at_most: bool, said: str) -> None:
    assert days_left(days, at_most=at_most) == said


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Span(1, Unit.MONTHS), "1 month"),
        (Span(72, Unit.HOURS), "72 hours"),
        (Span(5, Unit.BUSINESS_DAYS), "5 business days"),
    ],
)
def test_a_length_of_time(one: Span, said: str) -> None:
    assert span(one) == said


def test_all_of_it_is_plain_enough_for_an_eighth_grader() -> None:
    texts = [str(text) for text in (*NO_DAY.values(), *NO_DAY_WHY.values())]
    for plan, (_told, steps) in PLANS.items():
        for answers in steps:
            case = make_case(plan, answers=answers, state="WA")
            texts.append(headline_of(case))
            for route in case.routes:
                for step in route.stages:
                    if step.place is Place.NOW:
                        texts += [
                            *how_counted(step, case.denial.notice),
                            why_no_day(step),
                        ]
    assert school_years([one for one in texts if one]) < 8
