"""How long the server takes to make a page, with the whole catalogue published."""

import pytest
from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture
from pytest_django import DjangoAssertNumQueries

from policies.published import published_catalogue
from tests.policies.html import FULL, HTMX, PLAN, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

PAGES = {
    "a screen of the plan": PLAN | {"at": "who", "go": "next"},
    "all answers": PLAN | FULL | {"at": "questions", "go": "review"},
    "the answer": PLAN | FULL | {"at": "review", "go": "answer"},
}
MOST_QUERIES = 8


@pytest.mark.benchmark(group="pages")
@pytest.mark.parametrize("name", PAGES)
def test_a_screen_of_the_check(
    benchmark: BenchmarkFixture,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    name: str,
) -> None:
    published_catalogue()
    with django_assert_max_num_queries(MOST_QUERIES):
        assert post(client, PAGES[name], headers=HTMX).status_code == 200
    response = benchmark(post, client, PAGES[name], headers=HTMX)
    assert ("answer__verdict" in response.content.decode()) == (name == "the answer")
    if benchmark.stats is not None:
        milliseconds = benchmark.stats.stats.median * 1000
        benchmark.extra_info["said"] = f"{name}: {milliseconds:.1f} ms on the server, median"
