"""Insurers: their names lead to one of them, and no insurer is a part of itself."""

from typing import Any

import pytest

from policies.catalogue.fields import RecordError
from policies.catalogue.insurers import read_insurers
from policies.catalogue.names import clashing_names, in_a_circle, parents_first
from policies.catalogue.yaml_text import read_yaml
from tests.factories import make_insurer

ADDRESS = """\
insurers:
  - slug: acme
    name: Acme
    kind: commercial
    appeal_addresses:
      - use: appeal
        lines_of_business: [commercial]
        fax: 800-555-0100
        source_url: https://example.org/appeals
        source_kind: live_document
        read_on: 2026-11-05
        read_by: A tester
administrations: []
"""


def test_two_insurers_claim_one_name_only_where_one_is_the_others_brand() -> None:
    acme = make_insurer("acme", name="Acme Health", also_known_as=("ACME",))
    brand = make_insurer("brand", name="Brand", also_known_as=("acme  health",), parent="acme")
    stranger = make_insurer("stranger", also_known_as=("Acme health",))
    other = make_insurer("other", also_known_as=("acme", "Other"))
    found = [
        (one.name, one.first.slug, one.second.slug)
        for one in clashing_names((acme, brand, stranger, other))
    ]
    assert found == [
        ("Acme health", "acme", "stranger"),
        ("Acme health", "brand", "stranger"),
        ("acme", "acme", "other"),
    ]


def test_a_circle_of_parents_is_found_and_else_parents_come_first() -> None:
    a, b, c = (make_insurer(one, parent=parent) for one, parent in ("ab", "bc", "ca"))
    insurers = {one.slug: one for one in (a, b, c)}
    assert in_a_circle(insurers) == ["a", "b", "c"]
    insurers["c"] = make_insurer("c")
    assert in_a_circle(insurers) == []
    assert [one.slug for one in parents_first(insurers)] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("fax: 800-555-0100", "fax: 555-0100", "appeal_addresses[0].fax: '555-0100' is not"),
        ("fax: 800-555-0100", "note: none", "appeal_addresses[0].postal: give an address, a fax"),
        ("[commercial]", "[]", "lines_of_business: names none; addresses differ by plan"),
        ("use: appeal", "use: complaint", "use: 'complaint' is not one of: prior_authorization"),
        ("read_by: A tester", "ended_on: 2026-11", "ended_on: '2026-11' is not a whole day"),
        ("name: Acme", "name: Acme\n    parent: acme", "parent: makes the insurer a part of"),
    ],
)
def test_a_fault_of_an_insurer_is_named_at_its_place(old: str, new: str, expected: str) -> None:
    text = read_yaml(ADDRESS.replace(old, new, 1))
    with pytest.raises(RecordError) as caught:
        read_insurers(text.data)
    faults: dict[str, Any] = {str(one): one for one in caught.value.faults}
    (found,) = [fault for said, fault in faults.items() if expected in said]
    assert text.line_of(found.place) > 1
