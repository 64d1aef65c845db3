"""The checks that hold letters to account can fail: each catches a letter that is made wrong."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from appeals.evidence import studies
from appeals.letters import LetterContent, compose
from appeals.letters.content import (
    Block,
    Enclosed,
    Gap,
    Items,
    Paragraph,
    Sentence,
    sentences,
)
from appeals.letters.saying import line
from tests.appeals import letter_checks as words
from tests.appeals import letter_law_checks as law
from tests.appeals import letter_source_checks as grounds
from tests.appeals.goldens import GOLDENS
from tests.appeals.letter_faults import CHECKS, faults_of
from tests.appeals.letter_made import case, letter, with_rule
from tests.appeals.letter_mistakes import BAD, GOOD, RULE, Row
from tests.appeals.letter_said import Letter

# The number of an enclosure is the list's, and has a check of its own.
FIRST_NUMBER = re.compile(r"(?<!Enclosure )(?<![\d.])\d+")


@pytest.mark.parametrize("row", BAD.values(), ids=BAD)
def test_a_check_catches(row: Row) -> None:
    check, written, text, bases = row
    assert list(check(letter(written, text, *bases)))


@pytest.mark.parametrize("row", GOOD.values(), ids=GOOD)
def test_a_check_lets_pass(row: Row) -> None:
    check, written, text, bases = row
    assert not list(check(letter(written, text, *bases)))


def test_the_number_of_a_study_that_was_read_elsewhere_is_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = studies()["phillips_2019"]
    assert study.numbers_print
    told = letter(case(), "59% responded.", "study:phillips_2019")
    assert not list(grounds.studies(told))
    elsewhere = replace(study, numbers_from="a news summary of it")
    monkeypatch.setitem(studies(), study.id, elsewhere)
    assert list(grounds.studies(letter(case(), "59% responded.", "study:phillips_2019")))


def test_a_study_that_is_not_verified_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies()["murrough_2013"]
    monkeypatch.setitem(studies(), study.id, replace(study, verified=False))
    assert list(grounds.studies(letter(case(), "A trial.", "study:murrough_2013")))


def test_a_time_of_a_step_that_was_not_read_is_caught() -> None:
    """What was read of a call between doctors came at second hand, and is no law."""
    told = letter(case(), "It takes 14 days.", "stage:peer-to-peer")
    assert list(law.stages(told))


def test_an_edition_of_the_future_is_caught() -> None:
    later = with_rule()
    early = replace(later, on=dt.date(2001, 1, 1))
    dated = [letter(one, "So.", f"position:{RULE}") for one in (later, early)]
    assert not list(grounds.editions(dated[0]))
    checked = later.checked
    assert checked is not None
    is_dated = checked.applied.edition.effective_on is not None
    assert bool(list(grounds.editions(dated[1]))) is is_dated


def test_a_paper_that_is_not_on_hand_is_caught_in_the_list() -> None:
    told = letter(case(), "So.", "fact:treatment")
    listed = (Enclosed(1, "remittance", "Remittance", is_on_hand=True),)
    assert list(words.enclosures(Letter(replace(told.content, enclosures=listed), told.case)))


def test_a_heading_that_claims_something_is_caught() -> None:
    told = letter(case(), "So.", "fact:treatment", heading="44% of appeals")
    assert list(words.forms(told))


def test_a_gap_that_is_no_fact_of_the_letter_is_caught() -> None:
    gap = Gap("shoe_size", "shoe size")
    block = Block("only", "", (Items(((line(gap),),)),))
    content: LetterContent = replace(compose(case()), blocks=(block,))
    assert list(words.provenance(Letter(content, case())))


def test_the_writers_own_words_are_outside_the_checks() -> None:
    whole = letter(case(), "44% of appeals are won.")
    block = replace(whole.content.blocks[0], is_authors=True)
    assert not faults_of(replace(whole.content, blocks=(block,)), whole.case)


@pytest.mark.parametrize("name", GOLDENS)
def test_a_number_changed_anywhere_in_a_letter_that_is_kept_is_caught(name: str) -> None:
    written = GOLDENS[name]()
    content = compose(written)
    texts = [(" ".join(one.text.split()), one.rests_on) for one in sentences(content)]
    changed = [
        Sentence((changed,), bases)
        for text, bases in texts
        if (changed := FIRST_NUMBER.sub(lambda found: str(int(found[0]) + 7), text, count=1))
        != text
    ]
    block = Block("all", "", (Paragraph(tuple(changed)),))
    found = faults_of(replace(content, blocks=(block,)), written)
    assert changed
    assert [one.text for one in changed if not any(repr(one.text) in each for each in found)] == []


def test_every_check_is_shown_to_catch_something() -> None:
    shown = {row[0] for row in BAD.values()} | {grounds.editions}
    assert shown == set(CHECKS)
