"""Every letter that can be written, held to account: each sentence by what it rests on."""

from collections.abc import Iterable

import pytest
from django.utils.translation import override

from appeals.letters import LetterContent, LetterKind, compose
from appeals.letters.content import Origin, Sentence, sentences
from tests.appeals.letter_checks import NUMBER
from tests.appeals.letter_faults import faults_of
from tests.appeals.letter_rows import LetterRow, document_rows, pair_rows, state_rows, step_rows
from tests.real_catalogue import real_folder

MOST_SHOWN = 12
# Spanish is held against English on every fifth letter, which is still some of each kind.
EVERY = 5


def assert_they_hold(rows: Iterable[LetterRow]) -> None:
    """No letter has a fault; those there are stand with the letters that have them."""
    found: dict[str, list[str]] = {}
    count = 0
    for row in rows:
        count += 1
        for fault in faults_of(compose(row.case), row.case):
            found.setdefault(fault, []).append(row.name)
    told = [f"{fault}\n    in {len(names)}: {names[0]}" for fault, names in found.items()]
    assert not told, "\n".join(told[:MOST_SHOWN])
    assert count, "no letter was written"


def test_letters_of_any_two_circumstances_hold() -> None:
    assert_they_hold(pair_rows())


@pytest.mark.parametrize("kind", LetterKind)
def test_a_kind_holds_under_every_plan_and_at_every_step(kind: LetterKind) -> None:
    assert_they_hold(step_rows(kind))


def test_letters_that_name_a_states_law_hold_in_every_state() -> None:
    rows = list(state_rows())
    assert_they_hold(rows)
    named = {
        basis.id
        for row in rows
        for one in sentences(compose(row.case))
        for basis in one.rests_on
        if basis.origin is Origin.LAW
    }
    assert {"step_therapy.OH", "external_review.NY"} <= named


def test_letters_on_each_document_hold() -> None:
    assert_they_hold(document_rows())


def test_every_document_that_speaks_has_letters_on_it() -> None:
    held = {row.name.split(",")[0] for row in document_rows()}
    speaking = {
        one.stem for one in real_folder().documents if any(each.positions for each in one.editions)
    }
    assert speaking <= held


def test_the_spanish_copy_says_what_the_letter_says() -> None:
    faults = []
    rows = (*pair_rows()[::EVERY], *document_rows()[::EVERY])
    for row in rows:
        english = compose(row.case)
        with override("es"):
            spanish = compose(row.case)
        faults += [f"{row.name}: {one}" for one in _differences(english, spanish)]
    assert not faults, "\n".join(faults[:MOST_SHOWN])


def _differences(english: LetterContent, spanish: LetterContent) -> list[str]:
    """What one has and the other has not: blocks, sentences, what they rest on, numbers, gaps."""
    ours, theirs = list(sentences(english)), list(sentences(spanish))
    if [one.id for one in english.blocks] != [one.id for one in spanish.blocks]:
        return ["other blocks"]
    if len(ours) != len(theirs):
        return [f"{len(ours)} sentences and {len(theirs)}"]
    found = []
    for one, other in zip(ours, theirs, strict=True):
        if {*one.rests_on} != {*other.rests_on} or _gaps(one) != _gaps(other):
            found.append(f"{one.text!r} rests on other things than {other.text!r}")
        elif sorted(NUMBER.findall(one.text)) != sorted(NUMBER.findall(other.text)):
            found.append(f"{one.text!r} has other numbers than {other.text!r}")
    return found


def _gaps(one: Sentence) -> set[str]:
    return {gap.id for gap in one.gaps}


def test_the_spanish_copies_hold_too() -> None:
    with override("es"):
        assert_they_hold(pair_rows()[::EVERY])
