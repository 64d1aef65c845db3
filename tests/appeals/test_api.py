"""What the API answers about appeals is what the law's records, the count and the registry say."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from appeals.denial import Denial, Notice
from appeals.evidence import studies
from appeals.law.plan_types import PlanType
from appeals.law.plans import plan_law
from appeals.law.reachable import plan_types_of
from appeals.routes import route_for
from policies.situation import LineOfBusiness

pytestmark = pytest.mark.django_db

ON = "2026-11-25"
# No plan of these lines has a way of appeal that we know.
UNKNOWN = {LineOfBusiness.WORKERS_COMPENSATION, LineOfBusiness.CHIP}


def asked(client: Client, address: str, **parameters: str) -> Any:
    response = client.get(f"/api/v1/{address}", query_params=parameters)
    assert response.status_code == 200, response.content
    return response.json()


def counted(client: Client, told: dict[str, Any], on: str = ON) -> Any:
    return client.post(
        "/api/v1/deadlines", told, content_type="application/json", query_params={"on": on}
    )


@pytest.mark.parametrize("plan_type", PlanType)
def test_a_route_has_every_step_of_the_law_with_its_source(
    client: Client, plan_type: PlanType
) -> None:
    answered = asked(client, f"routes/{plan_type}", on=ON)
    steps = plan_law(plan_type).stages(is_insured=answered["is_insured"])
    told = [one["stage"] for one in answered["steps"]]
    assert [one["id"] for one in told] == [one.id for one in steps]
    assert [one["citations"] for one in told] == [list(one.citations) for one in steps]
    assert [one["filing"]["is_verified"] for one in told] == [
        one.filing.is_verified for one in steps
    ]


def test_the_review_of_the_state_of_issue_stands_beside_the_step_it_rules(client: Client) -> None:
    steps = asked(client, "routes/erisa_insured", state="OH")["steps"]
    reviews = [one["review"]["state"] for one in steps if one["review"]]
    assert reviews == ["OH"]
    assert all(one["review"] is None for one in asked(client, "routes/erisa_insured")["steps"])


@pytest.mark.parametrize("line", LineOfBusiness)
def test_the_kinds_of_plans_of_a_line_are_those_the_interview_may_end_at(
    client: Client, line: LineOfBusiness
) -> None:
    items = asked(client, "routes", line_of_business=line.value)["items"]
    assert [one["plan_type"] for one in items] == list(plan_types_of(line))
    assert bool(items) == (line not in UNKNOWN)


@pytest.mark.parametrize("plan_type", PlanType)
def test_a_last_day_is_the_one_that_the_count_gives(client: Client, plan_type: PlanType) -> None:
    told = {"plan_type": plan_type.value, "notice": {"notice_on": "2026-11-02"}}
    response = counted(client, told)
    assert response.status_code == 200, response.content
    answered = response.json()
    denial = Denial(Notice(notice_on=dt.date(2026, 11, 2)), answered["answers"])
    route = route_for(plan_type, denial, on=dt.date.fromisoformat(ON))
    wanted = {one.stage.step: one.deadline and one.deadline.headline_on for one in route.stages}
    given = {
        one["step"]: one["deadline"] and one["deadline"]["headline_on"] for one in answered["steps"]
    }
    assert given == {step: day and day.isoformat() for step, day in wanted.items()}
    assert answered["next_step"] == (route.next_step and route.next_step.stage.step)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        pytest.param({"notice_on": "2027-05-01"}, "notice_on", id="a notice still to come"),
        pytest.param({"received_on": "2026-11-26"}, "received_on", id="it came tomorrow"),
        pytest.param({"asked_on": "2026-11-26"}, "asked_on", id="asked tomorrow"),
        pytest.param({"notice_on": "2020-11-02"}, "notice_on", id="many years ago"),
        pytest.param({"printed_limit": "25 months"}, "printed_limit", id="a limit of years"),
        pytest.param({"printed_on": "2029-11-25"}, "printed_on", id="a last day years ahead"),
        pytest.param({"first_final_on": "2026-11-03"}, "first_final_on", id="no second appeal"),
    ],
)
def test_a_day_that_the_form_of_the_pages_refuses_is_refused(
    client: Client, told: dict[str, str], field: str
) -> None:
    response = counted(client, {"plan_type": "erisa_insured", "notice": told})
    assert response.status_code == 422
    assert {one["field"] for one in response.json()["errors"]} == {f"notice.{field}"}


@pytest.mark.parametrize(
    ("on", "is_past"),
    [
        pytest.param("2027-05-01", False, id="on the last day"),
        pytest.param("2027-05-02", True, id="the day after"),
    ],
)
def test_a_last_day_that_has_passed_is_said(client: Client, on: str, is_past: bool) -> None:
    told = {"plan_type": "erisa_insured", "notice": {"notice_on": "2026-11-02"}}
    answered = counted(client, told, on).json()
    (front,) = [one for one in answered["steps"] if one["step"] == answered["next_step"]]
    assert (front["deadline"]["headline_on"], front["is_past"]) == ("2027-05-01", is_past)
    assert all(one["is_past"] is None for one in answered["steps"] if one["deadline"] is None)


def test_a_printed_length_of_time_is_counted_and_the_counting_told(client: Client) -> None:
    notice = {"notice_on": "2026-11-02", "printed_limit": "60 days"}
    told = {"plan_type": "erisa_insured", "notice": notice}
    answered = counted(client, told).json()
    (front,) = [one for one in answered["steps"] if one["step"] == answered["next_step"]]
    assert front["deadline"]["printed_on"] == "2027-01-01"
    assert any("60 days" in line for line in front["how_counted"])


def test_the_registry_is_whole_for_and_against(client: Client) -> None:
    listed = asked(client, "evidence")
    assert listed["count"] == len(studies())
    against = asked(client, "evidence", direction="against")["items"]
    assert {one["id"] for one in against} == {
        one.id for one in studies().values() if one.direction == "against"
    }
    for one in against:
        assert asked(client, f"evidence/{one['id']}") == one


def test_evidence_of_a_condition_holds_what_is_brought_up_for_it(client: Client) -> None:
    items = asked(client, "evidence", condition="ptsd", treatment="iv_ketamine")["items"]
    assert items
    assert {one["id"] for one in items} < set(studies())
