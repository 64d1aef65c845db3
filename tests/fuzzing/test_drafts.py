"""Whatever is pasted or sent as a draft becomes lines, or is refused with what to mend."""

import json
from itertools import count
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from policies.catalogue.writing import write_edition
from policies.outline import OutlineError, walk
from policies.outline.data import from_edition_data
from policies.outline.faulty import faults
from policies.outline.pasting import PastedError, read_list
from policies.outline.readable import readable
from policies.outline.stored import StoredError, read_working, write_working
from tests.fuzzing.mutating import mutated, mutated_text
from tests.real_catalogue import real_catalogue

DRAFTS = [
    write_working(from_edition_data(write_edition(document.editions[-1])))
    for document in real_catalogue().documents[:20]
]
PASTED = [
    "All of the following:\n  1. Age 18 or older\n  2. One of these:\n    - PHQ-9\n    - MADRS",
    'criteria:\n  - {id: age, text: "18 years or older"}\n  - None of:\n      - Psychosis',
    "At least 2 of the following\n\u2022 One\n\u2022 Two\n\u2022 Three\n\tA note",
]


@given(text=mutated_text(PASTED) | st.text(max_size=200))
def test_a_pasted_list_becomes_lines_with_keys_of_their_own(text: str) -> None:
    numbers = (str(number) for number in count(1))
    try:
        lines = read_list(text, numbers)
    except PastedError as error:
        assert error.faults
        assert all(one.strip() for one in error.faults)
    else:
        keys = [one.key for one in walk(lines)]
        assert keys
        assert len(set(keys)) == len(keys)


@given(data=mutated(DRAFTS))
def test_a_draft_of_any_shape_is_kept_as_it_is_or_refused(data: Any) -> None:
    try:
        working = read_working(data)
    except StoredError as error:
        assert str(error)
    else:
        assert read_working(write_working(working)) == working


@given(data=mutated(DRAFTS))
def test_every_fault_of_a_draft_is_told_and_the_rest_can_be_read(data: Any) -> None:
    try:
        # As a browser sends it: what JSON can't hold never comes.
        working = read_working(json.loads(json.dumps(data, allow_nan=False)))
    except (StoredError, ValueError):
        assume(False)
    assert all(one.text for one in faults(working))
    try:
        rest = readable(working)
    except OutlineError as error:
        assert str(error)
    else:
        assert faults(from_edition_data(write_edition(rest.edition))) == ()
