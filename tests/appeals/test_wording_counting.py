"""How a last day was counted, in words that a paper calendar can check."""

import datetime as dt
from collections.abc import Callable

import pytest

from appeals.denial import Notice
from appeals.denied import DeniedCase
from appeals.foremost import foremost
from appeals.law.spans import Span, Unit
from appeals.wording.deadlines import how_counted, to_confirm
from tests.appeals.denied_cases import NOTICE_ON, make_case


def counting_of(case: DeniedCase) -> str:
    step = foremost(case).step
    assert step is not None
    return " ".join((*how_counted(step, case.denial.notice), to_confirm(step, on=case.on)))


@pytest.mark.parametrize(
    ("notice", "said"),
    [
        pytest.param(
            Notice(notice_on=NOTICE_ON),
            "Counted from the date on the notice, October 30, 2026: 180 days end on April 28, "
            "2027. No days are added for the mail, and none for a weekend or a holiday.",
            id="the counting",
        ),
        pytest.param(
            Notice(notice_on=NOTICE_ON),
            "The law gives at least 180 days. Your plan may give more.",
            id="a floor",
        ),
        pytest.param(
            Notice(notice_on=NOTICE_ON, received_on=dt.date(2026, 11, 4)),
            "If you can prove that the notice came on November 4, 2026, the rule gives you until "
            "May 3, 2027.",
            id="by proved receipt",
        ),
        pytest.param(
            Notice(notice_on=NOTICE_ON, printed_on=dt.date(2027, 3, 1)),
            "Your notice prints March 1, 2027 as the last day. By the rule it would be April 28, "
            "2027. The earlier day stands first.",
            id="printed earlier",
        ),
        pytest.param(
            Notice(notice_on=NOTICE_ON, printed_on=dt.date(2027, 6, 1)),
            "Your notice prints June 1, 2027 as the last day. That is later than what we count. "
            "The earlier day is safe, so it stands first.",
            id="printed later",
        ),
        pytest.param(
            Notice(notice_on=NOTICE_ON, printed_on=dt.date(2027, 6, 1), is_printed_twice=True),
            "You typed that day twice, so it stands first. By the rule we count April 28, 2027, "
            "which is the safer day.",
            id="printed later, and typed twice",
        ),
        pytest.param(
            Notice(notice_on=NOTICE_ON, printed_on=dt.date(2027, 4, 28)),
            "That is the same day that we count.",
            id="printed the same",
        ),
        pytest.param(
            Notice(
                notice_on=NOTICE_ON,
                printed_on=dt.date(2026, 12, 29),
                printed_limit=Span(60, Unit.DAYS),
            ),
            "Your notice gives 60 days. Counted from its date, they end on December 29, 2026.",
            id="a length of time is printed",
        ),
    ],
)
def test_the_counting_of_a_first_appeal(notice: Notice, said: str) -> None:
    assert said in counting_of(make_case(notice=notice))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        pytest.param(
            lambda: make_case("medicare_advantage"),
            "The law presumes that a notice takes 5 days to arrive. So you may have until "
            "January 3, 2027: do not count on it.",
            id="the outside date",
        ),
        pytest.param(
            lambda: make_case("insured_job", answers="internal_1", state="WA"),
            "Some sources say as little as 120 days: to confirm. Beat the shorter time.",
            id="a shorter time to confirm",
        ),
        pytest.param(
            lambda: make_case("insured_job", answers="internal_1", state="NY"),
            "The request has to arrive by then: the day it comes in counts.",
            id="a request that has to arrive",
        ),
        pytest.param(
            lambda: make_case("medicaid_plan", answers="plan_appeal", state="TX"),
            "Your state sets the number, from 90 days to 120 days: your notice says which. We "
            "count the shortest. No state gives time past February 27, 2027.",
            id="the state sets the number",
        ),
        pytest.param(
            lambda: make_case("medicaid_state"),
            "This is the latest day. Your state may give less time, and we did not read how much: "
            "your notice says it.",
            id="a bound",
        ),
        pytest.param(
            lambda: make_case(
                answers="internal_1",
                notice=Notice(notice_on=dt.date(2026, 2, 27), received_on=dt.date(2026, 3, 4)),
            ),
            "It also moves a last day past weekends and federal holidays, which gives you until "
            "July 6, 2026.",
            id="a rule that rolls",
        ),
        pytest.param(
            lambda: make_case(
                answers="internal_2",
                notice=Notice(notice_on=NOTICE_ON, first_final_on=dt.date(2026, 8, 1)),
            ),
            "Counted from the plan's first final denial, dated August 1, 2026: 4 months end on "
            "December 1, 2026.",
            id="from the first final denial",
        ),
        pytest.param(
            lambda: make_case(
                "federal",
                answers="carrier_reconsideration",
                notice=Notice(asked_on=dt.date(2026, 9, 1)),
            ),
            "There was no answer, so it is counted from the day you asked, September 1, 2026: 120 "
            "days end on December 30, 2026.",
            id="from the request that was never answered",
        ),
        pytest.param(
            lambda: make_case("federal", answers="carrier_reconsideration"),
            "We read this time only second-hand. Check it with the office named on the notice.",
            id="a figure that others agree on",
        ),
    ],
)
def test_what_is_said_beside_the_day(case: Callable[[], DeniedCase], said: str) -> None:
    assert said in counting_of(case())
