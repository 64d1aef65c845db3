"""How long a patient's record takes: 5 MB are to be read in under a second."""

import datetime as dt
import json

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from policies.fhir import read_record
from tests.policies.fhir.bundles import SAMPLES

ON = dt.date(2026, 11, 25)
SIZE = 5_000_000


@pytest.fixture(scope="module")
def large() -> bytes:
    """A whole record with its resources again and again, each time under other ids."""
    document = json.loads((SAMPLES / "synthea-r4.Milan_Beatty-full.json").read_text("utf-8"))
    patient, *rest = document["entry"]
    copies = SIZE // len(json.dumps(rest)) + 2
    entries = [
        {
            "fullUrl": f"urn:sample:{copy}-{at}",
            "resource": {**one["resource"], "id": f"{copy}-{at}"},
        }
        for copy in range(copies)
        for at, one in enumerate(rest)
    ]
    return json.dumps({**document, "entry": [patient, *entries]}).encode()


@pytest.mark.benchmark(group="a record")
def test_a_record_of_5_mb(benchmark: BenchmarkFixture, large: bytes) -> None:
    assert len(large) > SIZE
    assert len(benchmark(read_record, large, on=ON).found) == 5


@pytest.mark.benchmark(group="a record")
def test_a_file_of_5_mb_that_is_no_record(benchmark: BenchmarkFixture) -> None:
    deep = b'{"a":' * (SIZE // 5)

    def refuse() -> str:
        try:
            read_record(deep, on=ON)
        except ValueError as error:
            return str(error)
        return ""

    assert "too many parts" in benchmark(refuse)
