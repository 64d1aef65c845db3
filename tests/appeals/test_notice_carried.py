"""A letter goes from page to page as it was read; what no letter of ours can be is refused."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.conf import settings

from appeals.notices.carried import (
    MOST_CARRIED_BYTES,
    MOST_FINDS,
    MOST_LINES,
    MOST_SPOTS,
    CarriedLetter,
    CarriedLetterError,
    CarriedPage,
    carried,
    read_carried,
    write_carried,
)
from appeals.notices.finding import find_in
from appeals.notices.finding.finds import FieldName, Find, Reading, Spot
from appeals.notices.pages import MOST_PAGES, Letter, LetterError, Line, Page, Word
from tests.appeals.letter_files import LETTER

SPOT = Spot(1, 0, 0, 0)


def letter_of(lines: Sequence[str]) -> Letter:
    words = ([Word(word, 0, 0, 1, 1) for word in line.split()] for line in lines)
    return Letter((Page(1, tuple(Line(tuple(one)) for one in words), False, 1.0),))


def plain(finds: tuple[Find, ...] = (), lines: int = 1, word: str = "a") -> CarriedLetter:
    return CarriedLetter((CarriedPage(((word,),) * lines, False),), Reading(finds))


def forged(**changed: Any) -> str:
    return json.dumps(json.loads(write_carried(plain())) | changed)


def test_a_letter_comes_back_as_it_was_read() -> None:
    letter = letter_of(LETTER)
    read = carried(letter, find_in(letter))
    assert read.reading.first(FieldName.NOTICE_ON) is not None
    assert read_carried(write_carried(read)) == read


def test_a_letter_that_was_not_looked_at_to_its_end_stays_one() -> None:
    letter = letter_of(["word " * 20] * 500)
    read = carried(letter, find_in(letter))
    assert read.reading.is_cut
    assert read_carried(write_carried(read)).reading.is_cut
    assert not carried(letter_of(LETTER), find_in(letter_of(LETTER))).reading.is_cut


def test_a_letter_with_more_finds_than_we_carry_can_be_carried() -> None:
    find = Find(FieldName.CARC, "50", (SPOT,) * (MOST_SPOTS + 1))
    letter = letter_of(["CO-50"])
    kept = carried(letter, Reading((find,) * (MOST_FINDS + 1)))
    assert read_carried(write_carried(kept)) == kept


def test_a_letter_too_long_to_be_carried_is_told_at_once() -> None:
    with pytest.raises(LetterError):
        write_carried(plain(lines=MOST_LINES + 1))
    with pytest.raises(LetterError):
        write_carried(plain(word="ﷺ" * (MOST_CARRIED_BYTES // 3)))


def test_the_longest_letter_can_be_sent_back() -> None:
    text = write_carried(plain(word="ﷺ" * (MOST_CARRIED_BYTES // 3 - 100)))
    assert len(quote_plus(text)) < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize(
    "changed",
    [
        {"finds": [["kind", "bogus", "likely", "", [[1, 0, 0, 0]], None]]},
        {"finds": [["reason", "bogus", "likely", "", [[1, 0, 0, 0]], None]]},
        {"finds": [["deadline", "a", "likely", "", [], ["9999-99-99", None, None, None]]]},
        {"finds": [["deadline", "a", "likely", "", [], [None, 4, "weeks", None]]]},
        {"finds": [["plan", "a", "certain", "", [[1, 0, 0, 0]], None]]},
        {"finds": [["plan", "a", "likely", "", [[1, 0, 0, 1]], None]]},
        {"finds": [["plan", "a", "likely", "", [[2, 0, 0, 0]], None]]},
        {"finds": [["plan", "a", "likely", "", [[1, 0, 0, 0]] * (MOST_SPOTS + 1), None]]},
        {"finds": [["plan", "a", "likely", "", [], None]] * (MOST_FINDS + 1)},
        {"pages": [{"scanned": False, "lines": [["\ud800"]]}]},
        {"pages": [{"scanned": False, "lines": [[]] * (MOST_LINES + 1)}]},
        {"pages": [{"scanned": False, "lines": []}] * (MOST_PAGES + 1)},
        {"language": "xx"},
    ],
)
def test_what_we_never_wrote_is_refused(changed: dict[str, Any]) -> None:
    assert read_carried(forged()) == plain()
    with pytest.raises(CarriedLetterError):
        read_carried(forged(**changed))


def test_half_a_sign_and_too_long_a_text_are_refused() -> None:
    for text in ("\ud800", "x" * (MOST_CARRIED_BYTES + 1)):
        with pytest.raises(CarriedLetterError):
            read_carried(text)
