"""Whatever is done to a record, reading ends with a record or the one error, and loses no code."""

import contextlib
import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.fhir import RecordError, read_record, record_from
from policies.fhir.bundles import READ_TYPES, name_of
from policies.fhir.review import apply, proposal
from policies.situation import Situation
from tests.policies.fhir.bundles import MINE, ON, PATIENT, SAMPLES

MOST_ENTRIES = 12
CODED = ("code", "medicationCodeableConcept")


def seeds() -> list[dict[str, Any]]:
    """Every sample; of the long ones what is read, so that a change seldom misses."""
    found = []
    for path in sorted(SAMPLES.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        entries = document.get("entry", [{"resource": document}, {"resource": PATIENT}])
        kept = [
            one
            for one in entries
            if one["resource"]["resourceType"] in (*READ_TYPES, "Patient", "Bundle")
        ]
        found.append({"resourceType": "Bundle", "type": "collection", "entry": kept[:MOST_ENTRIES]})
    return found


SEEDS = seeds()
SMALL = (SAMPLES / "us-core.QuestionnaireResponse-phq-9-example.json").read_bytes()
odd = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "0000-00-00",
            "9999-12-31",
            "2026-02-30",
            "Patient/",
            "#",
            "urn:uuid:",
            "entered-in-error",
        ]
    ),
    st.just([]),
    st.just({}),
    st.just([[]]),
    st.just({"coding": [None, {"code": {}}, {"system": [], "code": "F33.2"}]}),
    st.just(MINE),
    st.just({"value": "x", "unit": [], "code": {}}),
)


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside."""
    inner: Any = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for name, one in inner:
        yield (*path, name)
        yield from places(one, (*path, name))


PLACES = [list(places(one)) for one in SEEDS]


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """A sample with up to four places changed, taken out or put elsewhere."""
    at = draw(st.integers(0, len(SEEDS) - 1))
    document = copy.deepcopy(SEEDS[at])
    for path in draw(st.lists(st.sampled_from(PLACES[at]), min_size=1, max_size=4)):
        holder: Any = document
        for name in path[:-1]:
            try:
                holder = holder[name]
            except (KeyError, IndexError, TypeError):
                holder = None
                break
        change = draw(st.sampled_from(["put", "put", "drop", "twice"]))
        _change(holder, path[-1], change, draw(odd))
    return document


def _change(holder: Any, name: Any, change: str, value: object) -> None:
    is_there = (isinstance(holder, dict) and name in holder) or (
        isinstance(holder, list) and isinstance(name, int) and name < len(holder)
    )
    if not is_there:
        return
    if change == "put":
        holder[name] = value
    elif change == "drop":
        del holder[name]
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(holder[name]))
    else:
        holder[f"{name}2"] = holder[name]


@settings(max_examples=150)
@given(document=mutated())
def test_a_changed_record_is_read_or_refused_and_no_code_is_lost(document: dict[str, Any]) -> None:
    try:
        record = record_from(document, on=ON)
    except RecordError:
        return
    origins = [
        *(origin for one in record.found for origin in one.origins),
        *(one.origin for one in record.left_out),
    ]
    resources = {origin.resource for origin in origins}
    listed = {coding.code for one in origins for coding in one.codings}
    listed |= {one.coding.code for one in record.not_understood}
    for resource, code in coded(document):
        assert code in listed or resource in resources, (resource, code)
    assert len(proposal(record)) == len(record.found)
    grown = apply(Situation(), record.found)
    assert Situation.from_json(grown.to_json()) == grown


@settings(max_examples=100)
@given(at=st.integers(0, 4_000), length=st.integers(0, 40), change=st.binary(max_size=40))
def test_bytes_that_were_damaged_are_read_or_refused(at: int, length: int, change: bytes) -> None:
    # Another error than the one named would fail here.
    with contextlib.suppress(RecordError):
        read_record(SMALL[:at] + change + SMALL[at + length :], on=ON)


def coded(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each resource of the types that are read, by name, with each of its codes."""
    entries = document.get("entry")
    for entry in entries if isinstance(entries, list) else ():
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict) or resource.get("resourceType") not in READ_TYPES:
            continue
        for name in CODED:
            concept = resource.get(name)
            listed = concept.get("coding") if isinstance(concept, dict) else None
            for coding in listed if isinstance(listed, list) else ():
                code = coding.get("code") if isinstance(coding, dict) else None
                if isinstance(code, str) and code.strip() and code.isprintable() and len(code) < 50:
                    yield name_of(resource), " ".join(code.split())
