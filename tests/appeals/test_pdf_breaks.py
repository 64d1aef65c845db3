"""Where the pages of a letter break, nothing is torn apart and nothing is left alone."""

import re
from typing import Any

import pypdfium2
import pytest

from appeals.letters.content import Facts, Signature, Table
from appeals.pdf import render_letter
from tests.appeals.letter_contents import (
    block,
    cell,
    content_of,
    draft,
    enclosed,
    paragraph,
    said,
    with_long_table,
)
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


@pytest.mark.parametrize("count", range(14, 34))
def test_the_list_of_enclosures_is_never_alone_on_a_page(count: int) -> None:
    content = content_of(
        block("filler", *filler(count)),
        block("closing", paragraph("Sincerely,"), Signature(cell("Sample Patient"))),
        enclosures=enclosed("Denial notice", "Chart notes", "Rating scales"),
    )
    (page,) = (text for text in pages_of(render_letter(content)) if "Enclosures" in text)
    assert "Signature Date Sample Patient Enclosures 1. Denial notice" in page


@pytest.mark.parametrize("count", range(14, 34))
def test_two_who_sign_do_so_on_one_page(count: int) -> None:
    both = block(
        "signatures",
        Signature(cell("Sample Patient")),
        paragraph("I agree to act in this matter."),
        Signature(cell("Sample Helper")),
    )
    content = content_of(block("filler", *filler(count)), both)
    (page,) = (text for text in pages_of(render_letter(content)) if "I agree to act" in text)
    assert page.count("Signature Date") == 2
    assert "of the sample." in page


# Tables


def lefts(made: bytes, *words: str) -> list[float]:
    """How far from the left each of these words begins, as a part of the text's width."""
    page = pypdfium2.PdfDocument(made)[0].get_textpage()
    found = (page.search(one).get_next() for one in words)
    return [(page.get_charbox(at)[0] - 72) / 468 for at, _count in found]


@pytest.mark.parametrize("longest", range(3))
def test_a_column_keeps_its_width_whatever_its_neighbors_say(longest: int) -> None:
    row = tuple(cell("word " * 60 if place == longest else "short") for place in range(3))
    made = render_letter(content_of(block("criteria", Table(("Asked", "Record", "Proof"), (row,)))))
    assert lefts(made, "Asked", "Record", "Proof") == pytest.approx([0, 0.37, 0.83], abs=0.02)


@pytest.mark.parametrize("longest", range(4))
def test_a_column_of_the_treatments_keeps_its_width_too(longest: int) -> None:
    row = tuple(cell("word " * 60 if place == longest else "short") for place in range(4))
    columns = ("Treatment", "Dose", "Length", "Result")
    made = render_letter(content_of(block("trials", Table(columns, (row,)))))
    assert lefts(made, *columns) == pytest.approx([0, 0.24, 0.54, 0.7], abs=0.02)


def test_a_long_word_stays_in_its_cell() -> None:
    rows = ((cell("w" * 200), cell("Met."), cell("Enclosure 1")),)
    made = render_letter(content_of(block("criteria", Table(("Asked", "Record", "Proof"), rows))))
    assert lefts(made, "Met.") == pytest.approx([0.37], abs=0.02)


def test_what_finds_the_file_is_set_two_to_a_row_in_its_order_unless_it_is_long() -> None:
    facts = Facts(
        (
            ("Patient", said("Sample Patient")),
            ("Date of birth", said("May 5, 1980")),
            ("Member ID", said("SAMPLE-0001")),
            ("Service", said("Esketamine nasal spray (Spravato), HCPCS G2082")),
            ("Group number", said("SAMPLE-GROUP")),
            ("Codes", said("F33.2")),
        )
    )
    made = render_letter(content_of(block("reference", facts)))
    (page,) = pages_of(made)
    assert page.startswith(
        "Appeal of a denial of esketamine nasal spray Patient Sample Patient Date of birth "
        "May 5, 1980 Member ID SAMPLE-0001 Service Esketamine nasal spray (Spravato), HCPCS "
        "G2082 Group number SAMPLE-GROUP Codes F33.2"
    )
    left, right = lefts(made, "Patient Sample", "Date of birth")
    assert left < 0.02
    assert right > 0.3
    assert lefts(made, "Member ID", "Service", "Group number") == pytest.approx([0, 0, 0], abs=0.02)


# Lists


def test_a_list_before_the_signature_leaves_its_last_item_to_it() -> None:
    made = pages_of(render_letter(draft()))
    (page,) = (text for text in made if "Signature Date" in text)
    assert "Please answer in writing" in page
