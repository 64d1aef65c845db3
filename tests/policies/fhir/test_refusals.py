"""A file that is no record of one person in R4 is refused, by name, in bounded time and memory."""

import json
from typing import Any

import pytest

from policies.fhir import RecordError, Refusal, read_record
from policies.fhir.decoding import MAX_BYTES
from tests.policies.fhir.bundles import (
    MINE,
    ON,
    PATIENT,
    SNOMED,
    bundle,
    condition,
    keys,
    order,
    read,
    reasons,
)

NESTED = {"resourceType": "Bundle", "id": "inner", "type": "collection"}


def refusal_of(data: bytes) -> RecordError:
    with pytest.raises(RecordError) as caught:
        read_record(data, on=ON)
    return caught.value


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        pytest.param(b" " * (MAX_BYTES + 1), Refusal.TOO_LARGE, id="too large"),
        pytest.param(b"[" * 400_000, Refusal.TOO_MANY, id="a million brackets"),
        pytest.param(b"[" * 100_000 + b"]" * 100_000, Refusal.TOO_DEEP, id="too deep to parse"),
        pytest.param(
            b'{"a":' * 80 + b"1" + b"}" * 80, Refusal.TOO_DEEP, id="too deep for a record"
        ),
        pytest.param(b'{"a": NaN}', Refusal.NOT_JSON, id="not a number"),
        pytest.param(b'{"a": -Infinity}', Refusal.NOT_JSON, id="minus infinity"),
        pytest.param(b'{"a": 1e999}', Refusal.NOT_JSON, id="a number past all"),
        pytest.param(b'{"a": ' + b"9" * 5_000 + b"}", Refusal.NOT_JSON, id="a number too long"),
        pytest.param(b'{"a": 1, "a": 2}', Refusal.NOT_JSON, id="a name twice"),
        pytest.param(b'{"a": 1', Refusal.NOT_JSON, id="cut off"),
        pytest.param(b"\xff\xfe{\x00}\x00", Refusal.NOT_UTF8, id="UTF-16 with a mark"),
        pytest.param("{}".encode("utf-16-le"), Refusal.NOT_UTF8, id="UTF-16 without a mark"),
        pytest.param(b'{"a": "\xe9"}', Refusal.NOT_UTF8, id="Latin-1"),
        pytest.param(b"[]", Refusal.NOT_FHIR, id="a list"),
        pytest.param(b"{}", Refusal.NOT_FHIR, id="no resource"),
        pytest.param(b'{"resourceType": 7}', Refusal.NOT_FHIR, id="a resourceType of a number"),
        pytest.param(b'{"resourceType": "ValueSet"}', Refusal.NOT_FHIR, id="no part of a record"),
        pytest.param(b'{"resourceType": "MedicationOrder"}', Refusal.WRONG_VERSION, id="DSTU2"),
        pytest.param(b"", Refusal.NOT_JSON, id="nothing"),
    ],
)
def test_what_is_no_json_of_a_record_is_refused(data: bytes, refusal: Refusal) -> None:
    assert refusal_of(data).refusal is refusal


@pytest.mark.parametrize(
    ("resource", "version"),
    [
        pytest.param({"resourceType": "MedicationOrder"}, "DSTU2", id="MedicationOrder"),
        pytest.param(
            {"resourceType": "Condition", "patient": MINE, "clinicalStatus": "active"},
            "DSTU2",
            id="a condition's patient",
        ),
        pytest.param(
            {"resourceType": "Condition", "subject": MINE, "clinicalStatus": "active"},
            "STU3",
            id="a status that is a text",
        ),
        pytest.param(
            {"resourceType": "MedicationStatement", "subject": MINE, "taken": "y"},
            "STU3",
            id="taken",
        ),
        pytest.param(
            {"resourceType": "MedicationRequest", "subject": MINE, "medication": {"concept": {}}},
            "R5",
            id="medication.concept",
        ),
        pytest.param(
            {"resourceType": "Coverage", "beneficiary": MINE, "insurer": {}}, "R5", id="insurer"
        ),
        pytest.param(
            {"resourceType": "Encounter", "subject": MINE, "class": [{}]}, "R5", id="class a list"
        ),
        pytest.param(
            {
                "resourceType": "Observation",
                "subject": MINE,
                "meta": {"profile": ["http://hl7.org/fhir/3.0/StructureDefinition/Observation"]},
            },
            "STU3",
            id="a profile of its release",
        ),
    ],
)
def test_another_release_is_named(resource: dict[str, Any], version: str) -> None:
    error = refusal_of(json.dumps(bundle(resource)).encode())
    assert (error.refusal, error.version) == (Refusal.WRONG_VERSION, version)
    assert version in str(error)


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        pytest.param(bundle(type="history"), Refusal.WRONG_BUNDLE, id="a history"),
        pytest.param(bundle(type="message"), Refusal.WRONG_BUNDLE, id="a message"),
        pytest.param({"resourceType": "Bundle"}, Refusal.WRONG_BUNDLE, id="no type"),
        pytest.param(bundle(entry={}), Refusal.NOT_FHIR, id="entries that are no list"),
        pytest.param(bundle(entry=[{}] * 20_001), Refusal.TOO_MANY, id="too many entries"),
        pytest.param(
            bundle({**NESTED, "entry": [{"resource": NESTED}]}),
            Refusal.TOO_DEEP,
            id="a bundle in a bundle in a bundle",
        ),
        pytest.param(
            bundle({**PATIENT, "id": "other"}), Refusal.SEVERAL_PATIENTS, id="two patients"
        ),
        pytest.param(
            bundle(condition(SNOMED, "1", id="a"), condition(SNOMED, "2", id="a")),
            Refusal.DUPLICATE_ID,
            id="one id for two that differ",
        ),
        pytest.param(
            {
                "resourceType": "Bundle",
                "type": "searchset",
                "entry": [
                    {"resource": condition(SNOMED, "1", subject={"reference": f"Patient/{name}"})}
                    for name in "ab"
                ],
            },
            Refusal.SEVERAL_PATIENTS,
            id="no patient, and two spoken of",
        ),
    ],
)
def test_what_is_not_one_persons_record_is_refused(
    document: dict[str, Any], refusal: Refusal
) -> None:
    assert refusal_of(json.dumps(document).encode()).refusal is refusal


def test_no_refusal_quotes_the_file() -> None:
    error = refusal_of(b'{"secret": "words of a patient", "secret": NaN}')
    assert "secret" not in str(error)


@pytest.mark.parametrize("kind", ["collection", "searchset", "transaction", "batch", "document"])
def test_the_kinds_of_bundles_that_hold_a_record_are_taken(kind: str) -> None:
    record = read(bundle(condition(SNOMED, "370143000"), type=kind))
    assert "condition:mdd:mdd" in keys(record)


def test_a_mark_before_utf8_is_no_fault() -> None:
    assert read_record(b"\xef\xbb\xbf" + json.dumps(PATIENT).encode(), on=ON).found


def test_the_same_resource_twice_is_read_once_and_told() -> None:
    twin = condition(SNOMED, "370143000", id="a")
    record = read(bundle(twin, twin))
    assert [one.value for one in record.notices] == ["same_twice"]
    assert "condition:mdd:mdd" in keys(record)


def test_what_belongs_to_someone_else_or_nobody_is_left_out_and_listed() -> None:
    other = condition(SNOMED, "13746004", subject={"reference": "Patient/another"})
    nobody = {**order("36437"), "subject": {"display": "Sample Patient"}}
    elsewhere = condition(SNOMED, "58214004", subject={"reference": "urn:uuid:another"})
    record = read(bundle(other, nobody, elsewhere))
    assert keys(record) == {"answer:age:46"}
    assert reasons(record) == {
        ("Condition", "of_someone_else"),
        ("MedicationRequest", "of_nobody"),
    }


@pytest.mark.parametrize(
    ("address", "reference", "is_taken"),
    [
        ("urn:uuid:1b", "urn:uuid:1b", True),
        ("https://a.example/fhir/Patient/sample", "Patient/sample", True),
        ("https://a.example/fhir/Patient/sample", "Patient/sample/_history/3", True),
        (
            "https://a.example/fhir/Patient/sample",
            "https://a.example/fhir/Patient/sample",
            True,
        ),
        (
            "https://a.example/fhir/Patient/sample",
            "https://b.example/fhir/Patient/sample",
            False,
        ),
        ("urn:uuid:1b", "urn:uuid:2c", False),
    ],
)
def test_a_reference_means_the_patient_by_address_or_by_type_and_id(
    address: str, reference: str, is_taken: bool
) -> None:
    diagnosis = condition(SNOMED, "370143000", subject={"reference": reference})
    entries = [{"fullUrl": address, "resource": PATIENT}, {"resource": diagnosis}]
    record = read({"resourceType": "Bundle", "type": "collection", "entry": entries})
    assert ("condition:mdd:mdd" in keys(record)) is is_taken


def test_what_a_transaction_deletes_is_not_read() -> None:
    entries = [
        {"resource": PATIENT},
        {
            "resource": condition(SNOMED, "370143000"),
            "request": {"method": "DELETE", "url": "Condition/a"},
        },
    ]
    record = read({"resourceType": "Bundle", "type": "transaction", "entry": entries})
    assert reasons(record) == {("Condition", "not_to_keep")}


def test_the_first_page_of_a_longer_answer_says_so() -> None:
    record = read(bundle(type="searchset", link=[{"relation": "next", "url": "https://a.example"}]))
    assert [one.value for one in record.notices] == ["more_pages"]
