"""What is written and read again is the same; what can't be read is refused with its faults."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.catalogue import AddressUse, Benefit, Document, PrintedDate, ReadingKind
from policies.catalogue.insurers import read_insurers
from policies.catalogue.reading import read_document
from policies.catalogue.writing import write_document, write_insurers
from policies.catalogue.yaml_text import read_yaml, write_yaml
from policies.criteria import Group, Node, Operator
from policies.criteria.reading import CriteriaError, read_criteria
from policies.criteria.writing import write_criteria
from policies.faults import Fault, InputError
from policies.situation import LineOfBusiness, Situation, SituationError
from tests.factories import make_address, make_insurer, real_catalogue
from tests.policies import document_strategies, strategies, tree_strategies
from tests.policies.strategies import ORIGINS

T = TypeVar("T")
# In the order of their insurers.
ADDRESSES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("aetna", {}),
    (
        "bcbs-ma",
        {
            "use": AddressUse.EXPEDITED_APPEAL,
            "benefit": Benefit.BEHAVIORAL,
            "lines_of_business": (LineOfBusiness.COMMERCIAL, LineOfBusiness.MEDICARE_ADVANTAGE),
            "states": ("MA", "NH"),
            "postal": (),
            "fax": "617-555-0100",
            "phone": "1-800-555-0101, option 2",
            "web": "https://example.org/appeal",
            "note": "Mail: on the notice.",
            "source_kind": ReadingKind.STORED_COPY,
            "printed": PrintedDate("2026-05"),
            "ended_on": dt.date(2026, 11, 1),
        },
    ),
)


@given(tree=tree_strategies.trees)
def test_reading_a_written_tree_gives_the_tree(tree: Node) -> None:
    data = write_criteria(tree)
    assert read_criteria(data, origins=frozenset(ORIGINS)) == tree
    assert read_yaml(write_yaml(data)).data == data


@given(document=document_strategies.documents())
def test_reading_a_written_document_gives_the_document(document: Document) -> None:
    insurers = {"acme": make_insurer()}
    text = write_yaml(write_document(document))
    again = read_document(read_yaml(text).data, insurers)
    assert again == document
    assert write_yaml(write_document(again)) == text


@pytest.mark.parametrize(
    "document", [pytest.param(one, id=one.stem) for one in real_catalogue().documents]
)
def test_reading_a_real_document_written_gives_the_document(document: Document) -> None:
    text = write_yaml(write_document(document))
    assert read_document(read_yaml(text).data, real_catalogue().insurers) == document


def test_reading_the_written_insurers_gives_the_insurers() -> None:
    catalogue = real_catalogue()
    addresses = tuple(make_address(slug, **fields) for slug, fields in ADDRESSES)
    data = write_insurers(catalogue.insurers.values(), catalogue.administrations, addresses)
    read = read_insurers(read_yaml(write_yaml(data)).data)
    assert read == (catalogue.insurers, catalogue.administrations, addresses)


@given(situation=strategies.situations)
def test_reading_a_written_situation_gives_the_situation(situation: Situation) -> None:
    data: Any = json.loads(json.dumps(situation.to_json()))
    assert Situation.from_json(data) == situation
    assert Situation.from_json(data).to_json() == data


KEYS = ["version", "plan", "answers", "scores", "scale", "treatments_tried", "drug", "age", "x"]
KEYS += ["label", "all_of", "none_of", "fact", "count", "where", "min", "unread", "judgement"]
_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from([1, "age", "phq9"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(data=_json)
def test_any_json_is_read_or_refused_with_its_faults(data: Any) -> None:
    situation, faults = _taken(Situation.from_json, data, SituationError)
    assert (situation is None) is bool(faults)
    if situation is not None:
        assert data["version"] == 1
        assert Situation.from_json(situation.to_json()) == situation


def _taken(
    read: Callable[[Any], T], data: Any, refusal: type[InputError]
) -> tuple[T | None, tuple[Fault, ...]]:
    """What was read, or the faults; any other exception is a failure of the test."""
    try:
        return read(data), ()
    except refusal as error:
        return None, error.faults


@given(data=_json)
def test_any_data_is_read_or_refused_as_a_tree(data: Any) -> None:
    tree, faults = _taken(read_criteria, data, CriteriaError)
    assert (tree is None) is bool(faults)
    if tree is not None:
        assert isinstance(tree, Group) is any(operator in data for operator in Operator)
