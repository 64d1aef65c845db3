"""Where the pages of a letter break, nothing is torn apart and nothing is left alone."""

import re
from typing import Any

import pytest

from appeals.letters.content import Signature, Table
from appeals.pdf import render_letter
from tests.appeals.letter_contents import block, cell, content_of, draft, paragraph, with_long_table
from tests.appeals.reading import pages_of


def filler(count: int) -> Any:
    return [paragraph(f"Line {number} of the sample.") for number in range(count)]


def test_a_table_repeats_its_header_and_breaks_no_row() -> None:
    made = pages_of(render_letter(with_long_table()))
    assert len(made) > 5
    header = "What the plan asks What the record shows Enclosure"
    for text in made:
        assert (header in text) is ("Sample criterion" in text)
        # Each row has as many lines in its second cell as its number says.
        for number in map(int, re.findall(r"criterion number (\d+)", text)):
            row = text.split(f"criterion number {number},")[1].split("Sample criterion")[0]
            assert row.count("The record shows it") == 1 + number % 4


def test_a_row_taller_than_a_page_is_set_all_the_same() -> None:
    tall = cell(*[f"Sentence {number} of a very long cell." for number in range(80)])
    rows = ((cell("Asked"), tall, cell("1")),)
    content = content_of(block("criteria", Table(("Plan", "Record", "Enclosure"), rows)))
    text = " ".join(pages_of(render_letter(content)))
    assert all(sentence.text in text for sentence in tall)


@pytest.mark.parametrize("count", range(20, 36))
def test_a_heading_stays_with_what_follows_it(count: int) -> None:
    content = content_of(
        block("filler", *filler(count)), block("next", *filler(3), heading="The next heading")
    )
    made = pages_of(render_letter(content))
    (page,) = (text for text in made if "The next heading" in text)
    assert "The next heading Line 0" in page


@pytest.mark.parametrize("count", range(16, 34))
def test_a_signature_stays_whole_and_is_never_alone_on_a_page(count: int) -> None:
    content = content_of(
        block("filler", *filler(count)),
        block("signature", paragraph("Sincerely,"), Signature(cell("Sample Patient", "555-0102"))),
    )
    (page,) = (text for text in pages_of(render_letter(content)) if "Signature Date" in text)
    assert re.search(r"Line \d+ of the sample\. Sincerely, Signature Date Sample Patient 555", page)


def test_a_list_before_the_signature_leaves_its_last_item_to_it() -> None:
    made = pages_of(render_letter(draft()))
    (page,) = (text for text in made if "Signature Date" in text)
    assert "Please answer in writing" in page
