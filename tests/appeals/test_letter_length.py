"""How long a letter may be: told before any is laid out, and enough for every real one."""

import pytest

from appeals.letters import compose
from appeals.letters.content import Block
from appeals.letters.edited_text import from_text, to_text
from appeals.letters.length import (
    MOST_CHARACTERS,
    MOST_LINES,
    is_too_long,
    lines_of,
    lines_typed,
    too_many_pages,
)
from appeals.pdf import print_letter
from tests.appeals.goldens import GOLDENS
from tests.appeals.letter_contents import content_of

LINES_ON_A_PAGE = 36

# What fills the most pages with the fewest signs.
TYPED = {
    "lines": "x\n" * 140,
    "paragraphs": "x\n\n" * 140,
    "bullets": "- x\n" * 140,
    "boxes": "[ ] x\n" * 140,
    "rows": "x | x\n" * 70,
    "cells of many lines": "x | x\n" + ("x | x / x / x / x / x / x\n" * 20),
    "signatures": "____\n\n" * 140,
    "running text": "word " * 1_100,
    "a long word": "w" * MOST_CHARACTERS,
}


def typed(text: str) -> Block:
    return from_text(text, Block("own.1", "", ()))


@pytest.mark.parametrize("text", TYPED.values(), ids=TYPED)
def test_a_letter_never_takes_more_pages_than_was_reckoned(text: str) -> None:
    assert not is_too_long(text)
    block = typed(text)
    pages = print_letter(content_of(*[block] * 4)).pages
    assert pages <= 1 + 4 * lines_of(block) / LINES_ON_A_PAGE


def test_a_letter_is_held_to_forty_pages() -> None:
    block = typed("x\n" * (36 * 4 - 1))
    assert too_many_pages(content_of(*[block] * 10)) is None
    error = too_many_pages(content_of(*[block] * 11))
    assert error is not None
    assert (error.block, error.length, error.most) == ("own.1", 44, 40)


@pytest.mark.parametrize("name", GOLDENS)
def test_no_part_of_a_real_letter_comes_near_to_the_limits(name: str) -> None:
    content = compose(GOLDENS[name]())
    assert too_many_pages(content) is None
    assert max(len(to_text(one)) for one in content.blocks) < MOST_CHARACTERS / 2
    assert max(lines_typed(to_text(one)) for one in content.blocks) < MOST_LINES / 2
