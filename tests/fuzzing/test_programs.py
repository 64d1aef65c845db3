"""Whatever a program sends is answered in the form that is promised or refused as a problem."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from coverage_site.privacy import LogFormatter
from policies.hooks import services
from tests.coverage_site.api_calls import PROBLEM, post
from tests.fuzzing.mutating import in_suite, mutated, mutated_bytes
from tests.policies.fhir.bundles import ICD10CM, concept, condition, order
from tests.policies.hooks.calls import (
    HCPCS,
    KETAMINE,
    SPRAVATO,
    call,
    coverage,
    found,
    medication,
    prefetch,
    sent,
    service,
)
from tests.real_catalogue import real_folder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_policies")]

MARK = "Qwmark"
SITUATIONS: list[Any] = [
    one.situation.to_json() | {"plan": one.situation.to_json()["plan"] | {"insurer_name": MARK}}
    for cases in real_folder().cases.values()
    for one in cases[:1]
]
DENIALS: list[Any] = [
    {"plan_type": "erisa_insured", "notice": {"notice_on": "2026-11-02"}},
    {
        "plan_type": "erisa_insured",
        "issue_state": "MA",
        "answers": "internal_1",
        "is_expedited": True,
        "reasons": ["not_medically_necessary"],
        "notice": {
            "notice_on": "2026-11-02",
            "received_on": "2026-11-05",
            "printed_limit": "4 months",
        },
    },
    {
        "plan_type": "fehb",
        "service": "pre_service",
        "notice": {"notice_on": "2026-06-02", "printed_on": "2026-12-02", "is_printed_twice": True},
    },
]
ENDED = {"status": "stopped", "statusReason": {"text": MARK}}
SENT = prefetch(
    conditions=found(condition(ICD10CM, "F33.2"), condition(ICD10CM, "G89.4"), key="c"),
    medicationRequests=found(
        order("312940", "sertraline 25 MG Oral Tablet"), order("1", MARK, **ENDED), key="m"
    ),
    coverages=found(coverage() | {"type": concept("https://nahdo.org/sopt", "512")}, key="p"),
)
CALLS: list[Any] = [
    call(medication(SPRAVATO), prefetch=SENT),
    call(medication(KETAMINE), hook=services.ORDER_SELECT, prefetch=SENT),
    call(service(concept(HCPCS, "J3490") | {"text": f"Ketamine infusion {MARK}"}), prefetch=SENT),
]
SERVICES = {one.hook: f"/cds-services/{one.id}" for one in services.SERVICES.values()}
# A fixture serves all inputs of a test: nothing that is sent changes anything.
kept = settings(in_suite(40), suppress_health_check=list(HealthCheck))


def bodies(valid: list[Any]) -> st.SearchStrategy[bytes]:
    """Valid bodies that were changed in their members, or in their bytes."""
    return mutated(valid).map(lambda data: json.dumps(data).encode()) | mutated_bytes(
        [json.dumps(one).encode() for one in valid]
    )


class Kept(logging.Handler):
    """Everything that is logged, as it stands in the log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(LogFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Kept]:
    handler, root = Kept(), logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


def is_kept_to(response: Any, log: Kept) -> bool:
    """Hold a refusal to its form, and the log to silence; whether it was no refusal."""
    assert MARK not in "".join(log.lines)
    log.lines.clear()
    assert "no-store" in response["Cache-Control"]
    event(f"answered with {response.status_code}")
    if response.status_code == 200:
        return True
    assert 400 <= response.status_code < 500
    assert response["Content-Type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["detail"].strip()
    for one in problem.get("errors", ()):
        assert one["field"].strip()
        assert one["message"].strip()
    return False


def test_each_body_that_is_changed_is_good_as_it_is(client: Client) -> None:
    for one in SITUATIONS:
        assert post(client, one).status_code == 200
    for one in DENIALS:
        assert post(client, one, "deadlines?on=2026-11-25").status_code == 200, one
    for one in CALLS:
        assert sent(client, one, SERVICES[one["hook"]]).json()["cards"]


@kept
@given(body=bodies(SITUATIONS))
def test_a_check_is_answered_or_refused_with_its_fields(log: Kept, body: bytes) -> None:
    response = post(Client(), body, "check?on=2026-11-25")
    if is_kept_to(response, log):
        answer = response.json()
        assert answer["version"] == 1
        assert answer["headline"]["sentence"]


@kept
@given(body=bodies(DENIALS))
def test_deadlines_are_counted_or_refused_with_their_fields(log: Kept, body: bytes) -> None:
    response = post(Client(), body, "deadlines?on=2026-11-25")
    if is_kept_to(response, log):
        assert response.json()["on"] == "2026-11-25"


@kept
@given(
    asked=st.sampled_from(CALLS).flatmap(lambda one: st.tuples(st.just(one["hook"]), bodies([one])))
)
def test_a_hook_is_answered_with_cards_that_clients_can_show_or_refused(
    log: Kept, asked: tuple[str, bytes]
) -> None:
    hook, body = asked
    response = sent(Client(), body, SERVICES[hook])
    if not is_kept_to(response, log):
        return
    found = response.json()
    assert found.keys() == {"cards"}
    for card in found["cards"]:
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning")
        assert 0 < len(card["detail"]) <= 900
        assert card["source"]["label"]
        assert all(one["type"] == "absolute" for one in card["links"])
