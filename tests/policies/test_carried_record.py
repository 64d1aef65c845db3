"""A record on its way to the review: it comes whole, and what is none of ours is refused."""

import json
from typing import Any

import pytest

from policies.fhir import Caution, Kind
from policies.screens.carried_record import (
    CarriedRecordError,
    read_carried_record,
    write_record,
)
from tests.policies.fhir.bundles import ICD10CM, condition, observation, order, read_all, supply


def test_a_record_travels_whole() -> None:
    record = read_all(
        condition(ICD10CM, "F33.2"),
        order("36437", "sertraline"),
        supply("36437", "2026-09-01", 60),
        observation("44261-6", valueInteger=21),
        observation("8480-6"),
    )
    came = read_carried_record(write_record(record))
    assert came == record
    assert all(isinstance(one.kind, Kind) for one in came.found)
    assert all(isinstance(one, Caution) for find in came.found for one in find.cautions)


def one_find(**fields: Any) -> str:
    plain = {"kind": "answer", "name": "age", "value": 46, "origins": []}
    return json.dumps({"on": "2026-11-25", "found": [plain | fields]})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("[]", id="a list"),
        pytest.param("[" * 100_000, id="nested"),
        pytest.param('{"on": "2026-11-25", "found": 7}', id="no finds"),
        pytest.param(one_find(kind="odd"), id="no kind of ours"),
        pytest.param(one_find(name="odd"), id="no fact of ours"),
        pytest.param(one_find(value="odd"), id="a word for a number"),
        pytest.param(one_find(value=460), id="out of range"),
        pytest.param(one_find(kind="plan", name="odd", value="x"), id="no field of a plan"),
        pytest.param(one_find(kind="plan", name="residence_state", value="ZZ"), id="no state"),
        pytest.param(one_find(kind="code", name="ODD", value="ODD"), id="no code"),
        pytest.param(
            one_find(kind="treatment", value={"drug": "x", "kind": "odd"}), id="no treatment"
        ),
        pytest.param(
            one_find(kind="score", value={"scale": "odd", "score": 1, "origin": "chart"}),
            id="no scale",
        ),
        pytest.param(one_find(origins=[{"resource": "\ud800"}]), id="half a sign"),
        pytest.param(" " * 700_000, id="too long"),
    ],
)
def test_what_is_no_record_of_ours_is_refused(text: str) -> None:
    with pytest.raises(CarriedRecordError):
        read_carried_record(text)
