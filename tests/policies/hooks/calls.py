"""Builders of small calls of a hook for one sample patient."""

import json
from pathlib import Path
from typing import Any

from django.test import Client

from policies.hooks.answering import cards_for
from policies.hooks.requests import read_request
from policies.hooks.services import ORDER_SELECT, ORDER_SIGN
from tests.policies.fhir.bundles import (
    ICD10CM,
    MINE,
    ON,
    PATIENT,
    RXNORM,
    concept,
    condition,
    observation,
    order,
)
from tests.real_catalogue import real_catalogue

SAMPLES = Path(__file__).parent / "samples"
SIGN = "/cds-services/ketamine-coverage-sign"
SITE = "https://coverage.example.org"
HCPCS = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
SPRAVATO = concept(RXNORM, "2201625")
KETAMINE = {"text": "Ketamine IV infusion"}
PAYER = "Blue Cross Blue Shield of Massachusetts"


def sample(name: str) -> Any:
    return json.loads((SAMPLES / name).read_text(encoding="utf-8"))


def medication(concept: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A draft order of a medicine."""
    named = {"id": "draft", "status": "draft", "intent": "order", "subject": MINE}
    what = {"resourceType": "MedicationRequest", "medicationCodeableConcept": concept}
    return {**named, **what, **fields}


def service(concept: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A draft order of something that is done."""
    named = {"id": "draft", "status": "draft", "intent": "order", "subject": MINE}
    return {**named, "resourceType": "ServiceRequest", "code": concept, **fields}


def found(*resources: dict[str, Any], key: str = "r") -> dict[str, Any]:
    """What a search of a CDS client found."""
    named = [{"id": f"{key}{at}", **one} for at, one in enumerate(resources)]
    entries = [{"resource": one, "search": {"mode": "match"}} for one in named]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries}


def coverage(payer: str = PAYER) -> dict[str, Any]:
    return {
        "resourceType": "Coverage",
        "status": "active",
        "beneficiary": MINE,
        "payor": [{"display": payer}],
    }


def prefetch(**other: Any) -> dict[str, Any]:
    """A sample patient with severe depression, one antidepressant, a score and a payer."""
    return {
        "patient": PATIENT,
        "conditions": found(condition(ICD10CM, "F33.2"), key="c"),
        "medicationRequests": found(order("312940", "sertraline 25 MG Oral Tablet"), key="m"),
        "medicationStatements": None,
        "observations": found(observation("44261-6", valueInteger=21), key="o"),
        "coverages": found(coverage(), key="p"),
        **other,
    }


def call(*orders: dict[str, Any], hook: str = ORDER_SIGN, **fields: Any) -> dict[str, Any]:
    """A call with draft orders, all of which are selected."""
    names = [f"{one['resourceType']}/{one['id']}" for one in orders]
    context = {
        "userId": "Practitioner/sample",
        "patientId": "sample",
        **({"selections": names} if hook == ORDER_SELECT else {}),
        "draftOrders": {"resourceType": "Bundle", "entry": [{"resource": one} for one in orders]},
    }
    return {
        "hook": hook,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": context,
        "prefetch": prefetch(),
        **fields,
    }


def cards(document: dict[str, Any], hook: str = ORDER_SIGN) -> list[dict[str, Any]]:
    """The cards from the whole catalogue on a fixed day, without a server."""
    asked = read_request(document, hook=hook)
    assert asked is not None
    return cards_for(asked, catalogue=real_catalogue(), on=ON, site=SITE)


def sent(client: Client, body: Any, address: str = SIGN, **asked: Any) -> Any:
    """The answer to a call over HTTP."""
    return client.post(address, body, **({"content_type": "application/json"} | asked))
