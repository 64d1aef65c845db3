"""Builders of small bundles for one sample patient."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from policies.fhir import Found, Kind, Record, read_record
from policies.fhir.review import stated

SAMPLES = Path(__file__).parent / "samples"
SITE = "https://example.org"
ON = dt.date(2026, 11, 25)
PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "sample",
    "name": [{"text": "Sample Patient"}],
    "birthDate": "1980-05-03",
}
MINE = {"reference": "Patient/sample"}
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
YEARS_AGO: dict[str, Any] = {"recordedDate": "2012-01-01"}
UNDATED: dict[str, Any] = {"recordedDate": None}
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"


def bundle(*resources: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A collection of the sample patient and these resources, each with an id of its own."""
    named = [{"id": f"r{number}", **one} for number, one in enumerate(resources)]
    entries = [{"resource": one} for one in (PATIENT, *named)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries, **fields}


def read(document: object, **options: Any) -> Record:
    """What is read of a document on the sample site, which its own questionnaires name."""
    return read_record(json.dumps(document).encode(), on=ON, **{"site": SITE, **options})


def read_all(*resources: dict[str, Any], **options: Any) -> Record:
    return read(bundle(*resources), **options)


def concept(system: str, code: str, display: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": display}]}


def condition(system: str, code: str, **fields: Any) -> dict[str, Any]:
    """A diagnosis of three months ago that is active and confirmed."""
    return {
        "resourceType": "Condition",
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "verificationStatus": {"coding": [{"code": "confirmed"}]},
        "code": concept(system, code),
        "subject": MINE,
        "recordedDate": "2026-09-01",
        **fields,
    }


def order(code: str, display: str = "", **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": concept(RXNORM, code, display),
        "subject": MINE,
        "authoredOn": "2026-09-01",
        **fields,
    }


def supply(code: str, handed_on: str, days: float) -> dict[str, Any]:
    return {
        "resourceType": "MedicationDispense",
        "status": "completed",
        "medicationCodeableConcept": concept(RXNORM, code),
        "subject": MINE,
        "whenHandedOver": handed_on,
        "daysSupply": {"value": days, "code": "d"},
    }


def observation(code: str, system: str = LOINC, **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": concept(system, code),
        "subject": MINE,
        "effectiveDateTime": "2026-11-01",
        **fields,
    }


def keys(record: Record) -> set[str]:
    return {one.key for one in record.found}


def find(record: Record, kind: Kind, name: str) -> Found:
    (found,) = [one for one in record.found if (one.kind, one.name) == (kind, name)]
    return found


def reasons(record: Record) -> set[tuple[str, str]]:
    """What was left out, by type of resource, and why."""
    return {(one.origin.resource.split("/")[0], one.reason.value) for one in record.left_out}


def is_stated(record: Record) -> set[str]:
    """What is used without anyone's word, the sample patient's age apart."""
    return {one.key for one in stated(record)} - {"answer:age:46"}


def to_confirm(record: Record) -> set[str]:
    """What waits for a person's word."""
    return keys(record) - {"answer:age:46"} - is_stated(record)
