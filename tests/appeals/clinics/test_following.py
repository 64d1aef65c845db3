"""What follows on a move: last days counted by hand from the records of the law."""

import datetime as dt
from typing import Any

from appeals.clinics.casework import Due
from appeals.clinics.content import CaseContent, Happened
from appeals.clinics.due_steps import ANSWER, KEEP_SERVICES, OWN_WORDS, due_words
from appeals.clinics.following import (
    after_asking,
    after_notice,
    answered_next,
    first_decisions,
    outcome_of,
    steps_to_take,
)
from appeals.denial import Denial, Notice
from appeals.denied import FIRST_DECISION
from appeals.law.finder import Outcome
from appeals.law.plans import stages
from appeals.law.stages import Service
from appeals.wording.steps import STEPS
from policies.situation import LineOfBusiness
from tests.factories import make_situation

DAY = dt.date
JOB = {"source": "job", "payer": "employer", "grandfathered": "no"}
NOTICE_ON = DAY(2026, 10, 1)
ON = DAY(2026, 11, 25)


def found(line: LineOfBusiness, finder: dict[str, str], **plan: Any) -> Outcome:
    situation = make_situation(line_of_business=line, **plan)
    outcome = outcome_of(CaseContent(situation, finder))
    assert outcome is not None
    return outcome


def job() -> Outcome:
    return found(LineOfBusiness.COMMERCIAL, JOB)


def denial(answers: str = FIRST_DECISION, **fields: Any) -> Happened:
    notice = Notice(notice_on=NOTICE_ON, **fields)
    service = Service.CONCURRENT if "action_on" in fields else Service.PRE_SERVICE
    return Happened(denial=Denial(notice, answers, service=service))


def test_while_the_interview_is_open_no_law_is_known() -> None:
    situation = make_situation(line_of_business=LineOfBusiness.COMMERCIAL)
    assert outcome_of(CaseContent(situation)) is None


def test_a_first_no_of_a_self_funded_job_plan_gives_180_days() -> None:
    # Day 1 is October 2; 30 days end in October, then 30, 31, 31, 28 make 150; day 180 is March 30.
    following = after_notice(job(), denial(), on=ON)
    assert following.due == Due(DAY(2027, 3, 30), "job-appeal")


def test_its_last_no_gives_four_months_for_the_outside_review() -> None:
    following = after_notice(job(), denial("internal_1"), on=ON)
    assert following.denied is not None
    external = next(one for one in steps_to_take(following.denied) if one.is_external)
    day = next(
        one.deadline.headline_on
        for one in following.denied.routes[0].open_now
        if one.stage is external and one.deadline
    )
    assert (external.id, day) == ("federal-review", DAY(2027, 2, 1))


def test_a_no_of_medicare_advantage_gives_60_days_without_those_of_the_mail() -> None:
    # October has 30 days left, and 30 more end on November 30; the mail's five are not counted on.
    advantage = found(
        LineOfBusiness.MEDICARE_ADVANTAGE, {"source": "medicare", "benefit": "medical"}
    )
    following = after_notice(advantage, denial(), on=ON)
    assert following.due == Due(DAY(2026, 11, 30), "advantage-reconsideration")


def test_care_that_is_cut_brings_the_earlier_day_to_ask_that_it_goes_on() -> None:
    medicaid = found(
        LineOfBusiness.MEDICAID_MANAGED_CARE, {"source": "medicaid"}, residence_state="NY"
    )
    told = denial(action_on=DAY(2026, 10, 21))
    following = after_notice(medicaid, told, on=DAY(2026, 10, 5))
    # Ten days from the notice end on October 11, before the cut.
    assert following.due == Due(DAY(2026, 10, 11), KEEP_SERVICES)
    # Once it is past, the appeal's own 60 days stand in front: October 30, November 30.
    later = after_notice(medicaid, told, on=DAY(2026, 10, 25))
    assert later.due == Due(DAY(2026, 11, 30), "medicaid-plan-appeal")


def test_a_day_that_the_notice_prints_stands_in_front_where_it_is_earlier() -> None:
    following = after_notice(job(), denial(printed_on=DAY(2027, 1, 4)), on=ON)
    assert following.due.on == DAY(2027, 1, 4)


def test_a_request_before_treatment_waits_fifteen_days_for_the_plan() -> None:
    asked = after_asking(
        first_decisions(job()), asked_on=ON, service=Service.PRE_SERVICE, is_expedited=False
    )
    assert asked.due == Due(DAY(2026, 12, 10), ANSWER)
    assert "15 days, until December 10, 2026" in asked.answers[0].words
    assert asked.answers[0].citations


def test_hours_are_taken_as_the_days_they_fill() -> None:
    asked = after_asking(
        first_decisions(job()), asked_on=ON, service=Service.PRE_SERVICE, is_expedited=True
    )
    assert asked.due.on == DAY(2026, 11, 28)


def test_of_two_times_that_are_open_the_later_is_the_day_by_which_it_is_late() -> None:
    asked = after_asking(
        [stages()["job-appeal"]], asked_on=ON, service=Service.PRE_SERVICE, is_expedited=False
    )
    assert asked.due.on == DAY(2026, 12, 25)
    assert len(asked.answers) == 2


def test_a_time_that_was_not_checked_counts_no_day() -> None:
    asked = after_asking(
        [stages()["own-plan-appeal"]], asked_on=ON, service=Service.PRE_SERVICE, is_expedited=False
    )
    unchecked = stages()["own-plan-appeal"].decision.is_verified
    assert asked.due == (Due(DAY(2026, 12, 25), ANSWER) if unchecked else Due(None, ANSWER))


def test_a_notice_answers_what_was_asked_last() -> None:
    assert answered_next(job(), "") == "initial_claim"
    assert answered_next(job(), "internal_1") == "internal_1"


def test_every_step_that_may_be_due_has_words() -> None:
    assert all(due_words(step) for step in (*STEPS, *OWN_WORDS))
