"""The records around the criteria trees: every fault with its place and the fix."""

from typing import Any

import pytest

from policies.catalogue.fields import RecordError
from policies.catalogue.insurers import read_insurers
from policies.catalogue.reading import read_document, read_edition
from tests.factories import make_insurer
from tests.policies.criteria_data import ADULT, LONG_QUOTE

EDITION: dict[str, Any] = {
    "effective": "2026-01-01",
    "sources": {
        "page": {
            "kind": "stored_copy",
            "read_on": "2026-11",
            "read_by": "A tester",
            "description": "The page.",
        }
    },
    "positions": [
        {
            "treatment": "iv_ketamine",
            "indications": ["ptsd"],
            "coverage": "covered_with_criteria",
            "criteria": ADULT,
        }
    ],
}
DOCUMENT: dict[str, Any] = {
    "insurer": "acme",
    "slug": "ketamine",
    "title": "Ketamine",
    "kind": "medical_policy",
    "lines_of_business": ["commercial"],
    "editions": [EDITION],
}


def record_faults(data: Any) -> list[str]:
    with pytest.raises(RecordError) as caught:
        read_document(data, {"acme": make_insurer()})
    return [str(fault) for fault in caught.value.faults]


def edition_faults(position: dict[str, Any] | None = None, **changes: Any) -> list[str]:
    positions = [EDITION["positions"][0] | position] if position is not None else []
    with pytest.raises(RecordError) as caught:
        read_edition(EDITION | ({"positions": positions} if positions else {}) | changes)
    return [str(fault) for fault in caught.value.faults]


def test_a_record_whose_answer_was_never_seen_loads_as_such() -> None:
    edition = read_edition(EDITION | {"positions": []})
    assert edition.positions == ()
    unread = EDITION["positions"][0] | {"criteria": None}
    assert read_edition(EDITION | {"positions": [unread]}).positions[0].criteria is None


@pytest.mark.parametrize(
    ("position", "fault"),
    [
        pytest.param(
            {"indications": []},
            "positions[0].indications: names none; say for which conditions",
            id="for no condition",
        ),
        pytest.param(
            {"coverage": "investigational"},
            "positions[0].criteria: does not go with investigational; remove it",
            id="criteria of what is not covered",
        ),
        pytest.param(
            {"coverage": "maybe", "criteria": None},
            "positions[0].coverage: 'maybe' is not one of: covered, covered_with_criteria, "
            "investigational, excluded, not_medically_necessary, individual_consideration, "
            "not_addressed, unread",
            id="a position nobody knows",
        ),
        pytest.param(
            {"criteria": ADULT | {"source": {"from": "form"}}},
            "positions[0].criteria.source.from: there is no source 'form'. Sources: page",
            id="a source that the edition does not list",
        ),
        pytest.param(
            {"source": {"from": "page", "quote": LONG_QUOTE}},
            "positions[0].source.quote: longer than 25 words; quote less",
            id="a quote of 26 words",
        ),
        pytest.param(
            {"codes": {"cpt": [96365]}},
            "positions[0].codes.cpt: expected a list of texts (quote what looks like a number)",
            id="a code that is a number",
        ),
    ],
)
def test_the_fault_of_a_position_says_where_and_what(position: dict[str, Any], fault: str) -> None:
    assert edition_faults(position) == [fault]


def test_a_list_that_is_wanted_is_given_or_null() -> None:
    position = {
        name: value for name, value in EDITION["positions"][0].items() if name != "criteria"
    }
    assert edition_faults(None, positions=[position]) == [
        "positions[0].criteria: missing: give the list, or null when it was not read"
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"sources": {}},
            "sources: names no source; say what was read, under a short key",
            id="no source",
        ),
        pytest.param(
            {"effective": "2026-02-30"},
            "effective: '2026-02-30' is not a day of the calendar",
            id="a day that never is",
        ),
        pytest.param(
            {"effective": "May 2026"},
            "effective: 'May 2026' is not a date like 2024-11-05, 2024-11 or 2024",
            id="a date in words",
        ),
        pytest.param(
            {"revision": 2},
            "change_note: missing: a later revision says what it corrects",
            id="a correction without a note",
        ),
        pytest.param(
            {"revision": True},
            "revision: True is not a whole number from 1 to 1000",
            id="a revision that is true",
        ),
    ],
)
def test_the_fault_of_an_edition_says_where_and_what(changes: dict[str, Any], fault: str) -> None:
    assert edition_faults(**changes) == [fault]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"insurer": "nobody"},
            "insurer: there is no insurer 'nobody' in insurers.yaml",
            id="an insurer nobody knows",
        ),
        pytest.param(
            {"lines_of_business": []},
            "lines_of_business: names none; a document speaks for some kind of plan",
            id="for no kind of plan",
        ),
        pytest.param(
            {"states": ["Mass"]},
            "states: 'Mass' is not a state's two letters, for example MA",
            id="a state that is none",
        ),
        pytest.param(
            {"slug": "CPB 0938"},
            "slug: 'CPB 0938': use small letters, digits and hyphens, as bcbs-ma",
            id="a slug with a space",
        ),
        pytest.param(
            {"editions": []},
            "editions: holds none; a document has at least one edition",
            id="no edition",
        ),
        pytest.param(
            {"editions": [EDITION, EDITION]},
            "editions[1].revision: revision 1 of January 1, 2026 stands twice; give the later one "
            "the next number",
            id="one edition twice",
        ),
        pytest.param(
            {"number": 87},
            "number: missing: give a text, or leave it out",
            id="a number that is a number",
        ),
    ],
)
def test_the_fault_of_a_document_says_where_and_what(changes: dict[str, Any], fault: str) -> None:
    assert record_faults(DOCUMENT | changes) == [fault]


def test_a_vendor_is_linked_only_to_insurers_that_are_listed() -> None:
    acme = {"slug": "acme", "name": "Acme", "kind": "commercial"}
    link = {
        "insurer": "acme",
        "administrator": "vendor",
        "benefit": "behavioral",
        "source_url": "https://example.org",
        "quote": "decides",
        "read_on": "2026-11",
    }
    with pytest.raises(RecordError) as caught:
        read_insurers(
            {
                "insurers": [acme, acme, acme | {"slug": "b", "name": "B", "parent": "c"}],
                "administrations": [link],
            }
        )
    assert [str(fault) for fault in caught.value.faults] == [
        "insurers[1].slug: 'acme' stands twice; keep one",
        "insurers[2].parent: there is no insurer 'c'",
        "administrations[0].administrator: there is no insurer 'vendor'",
    ]
