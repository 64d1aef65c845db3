"""Whatever a notice says, or a page carries from screen to screen, is read or is none of ours."""

import html
import json
import re
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from appeals.notices.carried import (
    CarriedLetterError,
    carried,
    read_carried,
    write_carried,
)
from appeals.notices.finding import find_in
from appeals.notices.pages import LetterError
from coverage_site.sign_in import carrying
from tests.appeals.notice_letters import letter_of
from tests.fuzzing.mutating import in_suite, mutated, mutated_bytes, mutated_text

NOTICES = [
    html.unescape(re.sub(r"<[^>]+>", "", path.read_text()))
    for path in sorted((Path(__file__).parents[1] / "appeals" / "notices" / "open").glob("*.html"))
][:20]
LETTERS = [letter_of(text) for text in NOTICES[:6]]
CARRIED = [write_carried(carried(letter, find_in(letter))) for letter in LETTERS]
OF_SIGNING_IN = ['["/admin/policies/policy/1/change/", [["title", "A title"]], false]']


@in_suite(40)
@given(text=mutated_text(NOTICES), is_scanned=st.booleans())
def test_what_is_found_in_a_notice_stands_in_it_and_can_be_carried(
    text: str, is_scanned: bool
) -> None:
    letter = letter_of(text, is_scanned=is_scanned)
    found = carried(letter, find_in(letter))
    try:
        told = write_carried(found)
    except LetterError as error:
        assert error.reason
    else:
        assert read_carried(told) == found


def in_signs(raw: bytes) -> str:
    """Bytes as a browser takes them for text."""
    return raw.decode(errors="replace")


def is_ours_or_refused(text: str) -> None:
    try:
        letter = read_carried(text)
    except CarriedLetterError as error:
        assert str(error)
    else:
        assert read_carried(write_carried(letter)) == letter


@in_suite(50)
@given(data=mutated([json.loads(one) for one in CARRIED]))
def test_a_letter_in_a_hidden_field_is_ours_or_refused(data: Any) -> None:
    is_ours_or_refused(json.dumps(data))


@given(raw=mutated_bytes([one.encode() for one in CARRIED]))
def test_a_hidden_field_of_any_bytes_is_a_letter_or_refused(raw: bytes) -> None:
    is_ours_or_refused(in_signs(raw))


@given(
    text=mutated([json.loads(one) for one in OF_SIGNING_IN]).map(json.dumps)
    | mutated_bytes([one.encode() for one in OF_SIGNING_IN]).map(in_signs)
)
def test_a_form_carried_through_signing_in_leads_inside_or_is_none(text: str) -> None:
    found = carrying.read_carried(text)
    assert found is None or carrying.is_inside(found.address)
