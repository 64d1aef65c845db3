"""The order of the steps, which of them a notice opens, and what a route never holds."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from appeals.deadlines import Status
from appeals.denial import Denial, Notice
from appeals.law.plan_types import PlanType
from appeals.law.plans import plan_law, plan_laws
from appeals.law.reasons import ReasonId
from appeals.law.spans import Span, Unit
from appeals.law.stages import Service
from appeals.routes import Place, Route, route_for, steps_answered
from policies import terms

ON = dt.date(2026, 11, 25)
NOTICE_ON = dt.date(2026, 11, 2)
NOTICE = Notice(notice_on=NOTICE_ON)


def route(
    plan_type: str,
    answers: str,
    state: str | None = None,
    *,
    notice: Notice = NOTICE,
    is_insured: bool | None = None,
    goes_by_notice: bool = False,
    reasons: tuple[str, ...] = (),
    **told: Any,
) -> Route:
    return route_for(
        PlanType(plan_type),
        Denial(notice, answers, reasons=tuple(map(ReasonId, reasons)), **told),
        is_insured=is_insured,
        issue_state=state,
        goes_by_notice=goes_by_notice,
        on=ON,
    )


def day_in_front(found: Route) -> dt.date | None:
    step = found.next_step
    return step.deadline.headline_on if step is not None and step.deadline is not None else None


@pytest.mark.parametrize(
    ("plan_type", "answers", "opened"),
    [
        ("erisa_self_funded", "initial_claim", ["internal_1"]),
        ("erisa_self_funded", "internal_1", ["internal_2", "external_federal"]),
        ("erisa_self_funded", "internal_2", ["external_federal"]),
        ("erisa_self_funded", "external_federal", ["court"]),
        ("erisa_insured", "internal_1", ["internal_2", "external_state"]),
        ("individual_aca", "internal_1", ["external_state"]),
        ("grandfathered", "internal_1", ["internal_2", "external_limited"]),
        ("nonfederal_governmental", "internal_1", ["internal_2", "external_federal"]),
        ("church", "initial_claim", ["internal_1"]),
        ("medicaid_managed_care", "authorization", ["plan_appeal"]),
        ("medicaid_managed_care", "plan_appeal", ["state_fair_hearing"]),
        ("medicaid_ffs", "action", ["state_fair_hearing"]),
        ("original_medicare", "initial_determination", ["redetermination"]),
        ("original_medicare", "reconsideration", ["alj"]),
        ("medicare_advantage", "organization_determination", ["reconsideration"]),
        ("medicare_advantage", "reconsideration", ["independent_review"]),
        ("medicare_advantage", "independent_review", ["alj"]),
        ("medicare_part_d", "redetermination", ["reconsideration"]),
        ("va", "decision", ["clinical_appeal"]),
        ("fehb", "carrier_reconsideration", ["opm_review"]),
        ("short_term_limited_sharing", "decision", ["contract_appeal"]),
    ],
)
def test_a_notice_opens_the_next_steps(plan_type: str, answers: str, opened: list[str]) -> None:
    assert [one.stage.step for one in route(plan_type, answers).open_now] == opened


@pytest.mark.parametrize(
    ("reasons", "answers", "opened"),
    [
        (("not_medically_necessary",), "reconsideration", ["second_reconsideration"]),
        (("plan_exclusion",), "reconsideration", ["formal_review"]),
        ((), "reconsideration", ["second_reconsideration", "formal_review"]),
        (("plan_exclusion",), "formal_review", ["independent_hearing"]),
        (("not_medically_necessary",), "second_reconsideration", ["independent_hearing"]),
    ],
)
def test_tricare_has_two_ways(reasons: tuple[str, ...], answers: str, opened: list[str]) -> None:
    found = route("tricare", answers, reasons=reasons)
    assert [one.stage.step for one in found.open_now] == opened


def test_of_two_open_tracks_the_one_that_ends_first_stands_in_front() -> None:
    found = route("tricare", "reconsideration").next_step
    assert found is not None
    assert found.stage.step == "formal_review"
    assert found.deadline is not None
    assert found.deadline.headline_on == dt.date(2027, 1, 1)


def test_a_track_that_was_taken_is_kept_whatever_the_reasons() -> None:
    after_formal = route("tricare", "formal_review", reasons=("not_medically_necessary",))
    assert [one.stage.step for one in after_formal.open_now] == ["independent_hearing"]
    assert day_in_front(after_formal) == dt.date(2027, 1, 1)
    after_second = route("tricare", "second_reconsideration")
    assert [one.stage.step for one in after_second.open_now] == ["independent_hearing"]


def test_a_second_appeal_stands_in_front_where_no_outside_review_is_in_reach() -> None:
    found = route("grandfathered", "internal_1").next_step
    assert found is not None
    assert found.stage.step == "internal_2"


def test_nothing_is_printed_for_a_step_that_nobody_files() -> None:
    told = Notice(notice_on=NOTICE_ON, printed_on=dt.date(2026, 12, 15))
    found = route("medicare_advantage", "reconsideration", notice=told).next_step
    assert found is not None
    assert found.deadline is not None
    assert found.deadline.headline_on is None


def test_the_hearing_of_tricare_has_a_day_on_the_factual_way_only() -> None:
    factual = route("tricare", "formal_review", reasons=("plan_exclusion",)).next_step
    medical = route(
        "tricare", "second_reconsideration", reasons=("not_medically_necessary",)
    ).next_step
    assert factual is not None
    assert factual.deadline is not None
    assert factual.deadline.safe_on == dt.date(2027, 1, 1)
    assert medical is not None
    assert medical.deadline is not None
    assert (medical.deadline.safe_on, medical.deadline.status) == (None, Status.NOT_CHECKED)


def test_part_c_goes_on_by_itself_and_part_d_does_not() -> None:
    part_c = route("medicare_advantage", "reconsideration").next_step
    part_d = route("medicare_part_d", "redetermination").next_step
    assert part_c is not None
    assert part_c.deadline is not None
    assert part_c.deadline.status is Status.BY_ITSELF
    assert part_d is not None
    assert part_d.deadline is not None
    assert part_d.deadline.safe_on == dt.date(2027, 1, 1)
    assert part_d.deadline.outside_on == dt.date(2027, 1, 6)


def test_after_a_second_level_the_time_runs_from_the_first_final_answer() -> None:
    told = Notice(notice_on=NOTICE_ON, first_final_on=dt.date(2026, 8, 31))
    known = route("erisa_insured", "internal_2", "NY", notice=told).next_step
    open_ = route("erisa_insured", "internal_2", "NY").next_step
    assert known is not None
    assert known.deadline is not None
    assert known.deadline.safe_on == dt.date(2026, 12, 31)
    assert open_ is not None
    assert open_.deadline is not None
    assert (open_.deadline.safe_on, open_.deadline.status) == (None, Status.FIRST_FINAL_MISSING)


def test_a_printed_day_is_for_the_next_step_that_is_not_optional() -> None:
    told = Notice(notice_on=NOTICE_ON, printed_on=dt.date(2026, 12, 15))
    second, outside = route("erisa_self_funded", "internal_1", notice=told).open_now
    assert second.deadline is not None
    assert second.deadline.printed_on is None
    assert outside.deadline is not None
    assert outside.deadline.headline_on == dt.date(2026, 12, 15)
    named = route("erisa_self_funded", "internal_1", notice=told, printed_for="internal_2").open_now
    assert [one.deadline and one.deadline.printed_on for one in named] == [
        dt.date(2026, 12, 15),
        None,
    ]


def test_where_only_the_notice_counts_no_day_is_counted() -> None:
    found = route("grandfathered", "initial_claim", goes_by_notice=True)
    assert day_in_front(found) is None
    told = Notice(notice_on=NOTICE_ON, printed_on=dt.date(2026, 12, 15))
    found = route("grandfathered", "initial_claim", goes_by_notice=True, notice=told)
    assert day_in_front(found) == dt.date(2026, 12, 15)


def test_care_that_was_approved_can_go_on_in_medicaid_only() -> None:
    for law in plan_laws().values():
        for answers in steps_answered(law.plan_type):
            if answers.step in ("opm_review", "independent_hearing", "decision_review"):
                continue
            found = route(law.plan_type, answers.step, service=Service.CONCURRENT)
            days = [one.keep_services_by for one in found.stages if one.keep_services_by]
            is_medicaid = law.plan_type in (PlanType.MEDICAID_MANAGED_CARE, PlanType.MEDICAID_FFS)
            assert not days or is_medicaid


def test_the_states_review_is_only_for_what_an_insurer_sells() -> None:
    for law in plan_laws().values():
        steps = {one.step for one in law.route}
        assert ("external_state" in steps) == (
            law.plan_type in (PlanType.ERISA_INSURED, PlanType.INDIVIDUAL_ACA)
        )
        assert "external_state" in {one.step for one in law.insured_route} or not law.insured_route
    assert plan_law(PlanType.CHURCH).stage("external_state", is_insured=True).filing.is_by_state


def test_every_step_of_every_plan_can_be_answered_in_every_state() -> None:
    for law in plan_laws().values():
        for is_insured in (None, True, False):
            for answers in steps_answered(law.plan_type, is_insured=is_insured):
                for state in (*terms.states(), None):
                    found = route(law.plan_type, answers.step, state, is_insured=is_insured)
                    places = [one.place for one in found.stages]
                    assert places.count(Place.ANSWERED) == 1
                    for one in found.stages:
                        assert (one.deadline is not None) is (one.place is Place.NOW)


def test_what_was_read_more_than_a_year_ago_is_marked() -> None:
    denial = Denial(NOTICE, "initial_claim")
    for on, stale in ((dt.date(2027, 9, 25), False), (dt.date(2027, 9, 26), True)):
        found = route_for(PlanType.ERISA_SELF_FUNDED, denial, on=on)
        (appeal,) = [one for one in found.stages if one.stage.step == "internal_1"]
        assert appeal.is_stale is stale


def test_a_judge_wants_an_amount_in_dispute_of_the_year() -> None:
    (judge,) = route("original_medicare", "reconsideration").open_now
    assert judge.in_dispute is not None
    assert (judge.in_dispute.year, judge.in_dispute.judge) == (2026, 200)


def test_a_length_of_time_that_is_printed_runs_from_the_first_final_answer_too() -> None:
    printed = Notice(
        notice_on=NOTICE_ON,
        printed_on=dt.date(2027, 3, 2),
        printed_limit=Span(4, Unit.MONTHS),
    )
    open_ = route("erisa_self_funded", "internal_2", notice=printed).next_step
    assert open_ is not None
    assert open_.deadline is not None
    assert open_.deadline.headline_on is None
    first = replace(printed, first_final_on=dt.date(2026, 8, 31))
    known = route("erisa_self_funded", "internal_2", notice=first).next_step
    assert known is not None
    assert known.deadline is not None
    assert known.deadline.printed_on == known.deadline.safe_on == dt.date(2026, 12, 31)
