"""How long a clinician waits for cards: under 500 ms for 95 of 100 calls, with 1 MB sent along."""

import gc
import json
from typing import Any

import pytest
from django.test import Client
from pytest_benchmark.fixture import BenchmarkFixture

from tests.policies.fhir.bundles import MINE, SAMPLES
from tests.policies.hooks.calls import SPRAVATO, call, medication, prefetch, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_policies")]

SIZE = 1_000_000


@pytest.fixture(scope="module")
def large() -> str:
    """A call with a whole record again and again, each time under other ids."""
    document = json.loads((SAMPLES / "synthea-r4.Milan_Beatty-full.json").read_text("utf-8"))
    kept: list[dict[str, Any]] = []
    size = copy = 0
    while size < SIZE:
        for at, one in enumerate(document["entry"][1:]):
            resource = {**one["resource"], "id": f"{copy}-{at}"}
            resource |= {"subject": MINE} if "subject" in resource else {}
            kept.append({"resource": resource})
            size += len(json.dumps(resource))
        copy += 1
    record = {"resourceType": "Bundle", "type": "searchset", "entry": kept}
    return json.dumps(call(medication(SPRAVATO), prefetch=prefetch(record=record)))


@pytest.mark.benchmark(group="cds hooks", min_rounds=100)
def test_the_cards_of_a_call_with_1_mb(
    benchmark: BenchmarkFixture, client: Client, large: str
) -> None:
    assert sent(client, large).status_code == 200
    # What is loaded is kept from the collector, as a process of the server keeps it.
    gc.freeze()
    response = benchmark(sent, client, large)
    gc.unfreeze()
    assert response.json()["cards"]
    if benchmark.stats is not None:
        times = sorted(benchmark.stats.stats.data)
        slow = times[int(len(times) * 0.95)] * 1000
        benchmark.extra_info["said"] = f"cards on an order: {slow:.0f} ms on the server, p95"
