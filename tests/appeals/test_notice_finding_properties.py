"""Whatever a letter says: an answer, in time, with places that are in the letter."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.notices.finding import FieldName, Reading, find_in
from appeals.notices.finding.pieces import fold
from appeals.notices.pages import Letter
from tests.appeals.notice_letters import letter_of, notice_of

# Words that our lists look for, figures and signs, so that the rules meet each other at random.
PIECES = st.sampled_from(
    [
        "denied", "approved", "appeal", "within", "180", "days", "of", "the", "date", "notice:",
        "May", "3,", "2026", "05/03/2026", "claim", "number", "A-99812", "CO-50", "N130", "fax",
        "800-555-0142", "PO", "Box", "12,", "Port", "Ellery,", "ME", "04998", "not", "covered",
        "experimental", "we", "you", "if", "Dear", "Why", "[x]", "[ ]", ".", ":", "|", "-", "é",
        "\n", "\n\n", "    ", "must", "by", "no", "later", "than", "plan", "on", "behalf", "six",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=120).map(" ".join) | st.text(max_size=400)


def spots_are_inside(letter: Letter, reading: Reading) -> bool:
    lines = {page.number: page.lines for page in letter.pages}
    return all(
        0 <= spot.first <= spot.last < len(lines[spot.page][spot.line].words)
        for find in reading.finds
        for spot in find.spots
    )


@given(text=TEXTS, is_scanned=st.booleans())
def test_any_text_gets_a_reading_whose_places_are_in_it(text: str, is_scanned: bool) -> None:
    letter = letter_of(text, is_scanned=is_scanned)
    assert spots_are_inside(letter, find_in(letter))


@given(text=TEXTS)
def test_a_limit_is_only_what_the_letter_prints(text: str) -> None:
    found = find_in(letter_of(text)).first(FieldName.DEADLINE)
    if found is None or found.deadline is None:
        return
    printed = fold(text)
    if found.deadline.amount is not None:
        assert re.search(r"180|05|\b3\b|six|2026|12", printed)
    if found.deadline.on is not None:
        assert "2026" in printed


def test_an_empty_letter_has_no_finds() -> None:
    assert find_in(Letter(())) == Reading()


# In seconds: such a rule takes minutes, the others less than one on a slow machine.
BACK_AND_FORTH = 10
HOSTILE = {
    "one long word": "a" * 200_000,
    "one long figure": "1" * 200_000,
    "figures and hyphens": "1-" * 100_000,
    "words of refusal": "not denied " * 18_000,
    "openings of every pattern": "we do not have no records of your appeal within by " * 4_000,
    "dates": "05/03/2026 " * 18_000,
    "half dates": "May 3, " * 28_000,
    "towns": "Port Ellery, ME 04998 " * 9_000,
    "labels": "claim number: reference " * 8_000,
    "phones": "800-555-0142 " * 15_000,
    "signs": "([{|:;,.-/ " * 18_000,
    "columns": "a     b     c     d     " * 8_000,
    "short lines": "denied\n" * 28_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_rule_goes_back_and_forth_over_200_kilobytes_of_anything(text: str) -> None:
    letter = letter_of(text.replace("\n", "\n") if "\n" in text else _in_lines(text))
    start = time.process_time()
    find_in(letter)
    assert time.process_time() - start < BACK_AND_FORTH


def _in_lines(text: str) -> str:
    return "\n".join(text[at : at + 4_000] for at in range(0, len(text), 4_000))


def test_the_same_letter_is_always_read_alike() -> None:
    letter = letter_of(notice_of("The service is experimental and you did not get a referral."))
    assert find_in(letter) == find_in(letter)
