"""The letters that are kept as text stay as they were read."""

import os
from pathlib import Path

import pytest
from django.utils.translation import override

from appeals.letters import LetterKind, compose
from tests.appeals.goldens import GOLDENS, IN_SPANISH
from tests.appeals.letter_faults import faults_of
from tests.appeals.letter_print import printed

KEPT = Path(__file__).parent / "letters"
REWRITE = bool(os.environ.get("REWRITE_LETTERS"))


def assert_kept(name: str, text: str) -> None:
    """The text is the one that is kept; with REWRITE_LETTERS=1 it is what is kept from now on."""
    path = KEPT / f"{name}.txt"
    if REWRITE:
        path.write_text(text, encoding="utf-8")
    assert path.read_text("utf-8") == text, f"read the new {name}; if it is right, rewrite it"


@pytest.mark.parametrize("name", GOLDENS)
def test_a_letter_is_the_one_that_was_read(name: str) -> None:
    assert_kept(name, printed(compose(GOLDENS[name]())))


def test_the_spanish_copy_is_the_one_that_was_read() -> None:
    with override("es"):
        assert_kept(f"{IN_SPANISH}_es", printed(compose(GOLDENS[IN_SPANISH]())))


@pytest.mark.parametrize("name", GOLDENS)
def test_a_letter_that_is_kept_holds(name: str) -> None:
    case = GOLDENS[name]()
    assert not faults_of(compose(case), case)


def test_every_kind_has_a_letter_that_is_kept() -> None:
    assert {make().kind for make in GOLDENS.values()} == set(LetterKind)


def test_nothing_is_kept_that_is_not_written() -> None:
    assert {one.stem for one in KEPT.glob("*.txt")} == {*GOLDENS, f"{IN_SPANISH}_es"}
