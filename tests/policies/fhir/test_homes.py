"""In which state a person lives, and nothing else of where."""

from typing import Any

import pytest

from tests.policies.fhir.bundles import PATIENT, read, reasons

HOME = {"use": "home", "state": "MA"}


@pytest.mark.parametrize(
    ("addresses", "state"),
    [
        pytest.param([HOME], "MA", id="a home"),
        pytest.param([{"state": "massachusetts"}], "MA", id="an address without a use, in full"),
        pytest.param([{"use": "home", "state": "US-MA"}], "MA", id="with the country"),
        pytest.param([HOME, {"use": "old", "state": "NH"}], "MA", id="an old one"),
        pytest.param([HOME, {"use": "temp", "state": "NH"}], "MA", id="a temporary one"),
        pytest.param([HOME, {"state": "NH"}], "MA", id="a home before one of no use"),
        pytest.param([HOME, HOME | {"city": "Other"}], "MA", id="two in one state"),
        pytest.param(
            [HOME, {"use": "home", "state": "NH", "period": {"end": "2026-11-24"}}],
            "MA",
            id="one that has ended",
        ),
        pytest.param([HOME | {"period": {"start": "2026-11-26"}}], None, id="one to come"),
        pytest.param([HOME | {"period": {"end": "2026-11-25"}}], "MA", id="one that ends today"),
        pytest.param([HOME | {"type": "postal"}], None, id="for letters alone"),
        pytest.param([{"use": "work", "state": "MA"}], None, id="where someone works"),
        pytest.param([{"use": "home"}], None, id="no state"),
    ],
)
def test_the_home_state(addresses: list[dict[str, Any]], state: str | None) -> None:
    record = read({**PATIENT, "address": addresses})
    named = [one.value for one in record.found if one.name == "residence_state"]
    assert named == ([state] if state else [])
    assert reasons(record) == set()


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        pytest.param([HOME, {"use": "home", "state": "NH"}], "states_differ", id="two states"),
        pytest.param([{"use": "home", "state": "ON"}], "state_not_read", id="none of ours"),
    ],
)
def test_a_home_state_that_is_unclear_is_listed_and_not_found(
    addresses: list[dict[str, Any]], reason: str
) -> None:
    record = read({**PATIENT, "address": addresses})
    assert reasons(record) == {("Patient", reason)}
    assert "plan:residence_state" not in {f"{one.kind}:{one.name}" for one in record.found}


def test_of_an_address_nothing_but_the_state_is_kept() -> None:
    written = {"line": ["marked"], "city": "marked", "postalCode": "marked", "text": "marked"}
    assert "marked" not in repr(read({**PATIENT, "address": [HOME | written, written]}))
