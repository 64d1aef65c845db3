"""The calculator: its arithmetic, its form, and that nothing of it stays anywhere."""

from decimal import Decimal

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from policies.guide.costs import Course, Dollars, PlanTerms, left_to_pay, paid_back
from tests.policies.html import text_of

PAGE = "/guide/other-ways-to-pay/"
PLAN = {"allowed": "300", "deductible_left": "1,000", "share_percent": "40"}

money = st.decimals(0, 5000, places=2)
prices = st.tuples(money, money).map(lambda pair: Dollars(min(pair), max(pair)))
courses = st.builds(Course, st.integers(1, 60), prices, st.integers(0, 60), money)
terms = st.builds(PlanTerms, money, money, st.integers(0, 100).map(Decimal))


@given(course=courses, plan=terms)
def test_a_plan_pays_back_part_of_the_infusions_and_never_more(
    course: Course, plan: PlanTerms
) -> None:
    back = paid_back(course, plan)
    left = left_to_pay(course, plan)
    assert Decimal(0) <= back.low <= back.high <= course.infusions.high
    assert course.other_visits <= left.low <= left.high
    assert left.high <= course.total.high


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filled", "told"),
    [
        pytest.param(
            {"sessions": "6", "session_price": "450"}, ["It would cost $2,700"], id="a known price"
        ),
        pytest.param(
            {"sessions": "6"},
            ["It would cost $2,400 to $4,800", "what is often advertised"],
            id="no price: what is often advertised",
        ),
        pytest.param(
            {"sessions": "6", "session_price": "$1,250", "visits": "1", "visit_price": "350"},
            ["It would cost $7,850", "1 other visit at $350"],
            id="with a visit",
        ),
        pytest.param(
            {"sessions": "6", "session_price": "500"} | PLAN,
            ["The plan may pay back $480", "Then left for you $2,520"],
            id="a plan that pays back",
        ),
        pytest.param(
            {"sessions": "1", "session_price": "500"} | PLAN,
            ["The plan may pay back $0", "Then left for you $500"],
            id="all within the deductible",
        ),
    ],
)
def test_a_cost_worked_out(client: Client, filled: dict[str, str], told: list[str]) -> None:
    response = client.post(PAGE, filled)
    assert response.status_code == 200
    words = text_of(response)
    assert all(one in words for one in told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("filled", "told"),
    [
        pytest.param({}, "Enter how many infusions, for example 6.", id="nothing"),
        pytest.param({"sessions": "0"}, "Enter how many infusions, for example 6.", id="none"),
        pytest.param({"sessions": "61"}, "Enter a whole number from 0 to 60.", id="too many"),
        pytest.param({"sessions": "2.5"}, "Enter a whole number from 0 to 60.", id="a half"),
        pytest.param(
            {"sessions": "6", "session_price": "much"},
            "Enter dollars in figures, for example 450.",
            id="no figures",
        ),
        pytest.param(
            {"sessions": "6", "visits": "2"},
            "Enter what one visit costs, or 0.",
            id="visits without a price",
        ),
        pytest.param(
            {"sessions": "6", "allowed": "300"},
            "Fill in all three answers on your plan, or leave all three empty.",
            id="a part of the plan",
        ),
    ],
)
def test_what_has_to_be_put_right_is_said_beside_the_field(
    client: Client, filled: dict[str, str], told: str
) -> None:
    response = client.post(PAGE, filled)
    assert response.status_code == 422
    assert told in text_of(response)
    assert "It would cost" not in text_of(response)


@pytest.mark.django_db
def test_what_was_worked_out_is_kept_by_no_cache(client: Client) -> None:
    response = client.post(PAGE, {"sessions": "6"})
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_the_address_of_the_page_fills_nothing_in(client: Client) -> None:
    assert "It would cost" not in text_of(client.get(PAGE, {"sessions": "6"}))


@pytest.mark.django_db
def test_a_page_without_the_calculator_takes_no_answers(client: Client) -> None:
    assert client.post("/guide/appeals/", {"sessions": "6"}).status_code == 405
