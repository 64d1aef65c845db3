"""The Word file holds the same words in the same order, in styles that Word can work with."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from appeals.letters.content import LetterContent, sentences
from appeals.word import render_word
from tests.appeals.letter_contents import (
    block,
    cell,
    content_of,
    draft,
    from_a_clinician,
    one_page,
    paragraph,
    reading_copy,
    two_pages,
    with_long_table,
)
from tests.appeals.letter_hostile import HOSTILE, UNPRINTABLE, with_text

LETTERS: dict[str, Callable[[], LetterContent]] = {
    "a page": one_page,
    "two pages": two_pages,
    "of a clinician": from_a_clinician,
    "a draft": draft,
    "in Spanish": reading_copy,
    "a long table": with_long_table,
}


def opened(content: LetterContent) -> Any:
    return Document(io.BytesIO(render_word(content)))


def lines(word: Any) -> Iterator[str]:
    """The text as it is read: a cell at a time."""
    for part in word.iter_inner_content():
        if isinstance(part, Paragraph):
            yield part.text
        else:
            yield from (one.text for row in part.rows for one in row.cells)


def styles(word: Any) -> list[str]:
    return [one.style.name for one in word.paragraphs]


def tables(word: Any, style: str) -> list[Table]:
    return [one for one in word.tables if one.style is not None and one.style.name == style]


@pytest.mark.parametrize("which", LETTERS)
def test_every_sentence_stands_in_it_in_the_order_of_the_letter(which: str) -> None:
    content = LETTERS[which]()
    running, *body = sentences(content)
    word = opened(content)
    text, at = "\n".join(lines(word)), 0
    for sentence in body:
        at = text.index(sentence.text, at) + len(sentence.text)
    assert running.text in word.sections[0].header.paragraphs[0].text


def test_the_styles_are_those_that_word_lists() -> None:
    used = styles(opened(from_a_clinician()))
    assert used.count("Title") == 1
    for style in ("Heading 1", "Normal", "List Number", "List Bullet", "List Paragraph"):
        assert style in used


def test_without_a_subject_the_title_of_the_letter_heads_it() -> None:
    word = opened(content_of(block("request", paragraph("Please decide."))))
    assert word.paragraphs[0].style.name == "Title"
    assert word.paragraphs[0].text == "Appeal of a denial of esketamine nasal spray"


def test_the_header_row_of_a_table_repeats_and_no_row_is_broken() -> None:
    (table,) = tables(opened(with_long_table()), "Table Grid")
    marked = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]  # noqa: SLF001
    assert marked == [True] + [False] * 60
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)  # noqa: SLF001


def test_each_numbered_list_begins_with_one() -> None:
    steps = two_pages().blocks[-2]
    word = opened(content_of(steps, steps))
    numbers = [
        one._p.pPr.numPr.numId.val  # noqa: SLF001
        for one in word.paragraphs
        if one.style.name == "List Number"
    ]
    assert len(numbers) == 6
    assert len(set(numbers)) == 2
    numbering = word.part.numbering_part.element
    for number in set(numbers):
        start = numbering.num_having_numId(number).find(f".//{qn('w:startOverride')}")
        assert start.get(qn("w:val")) == "1"


def test_enclosures_keep_the_numbers_by_which_the_letter_names_them() -> None:
    text = list(lines(opened(two_pages())))
    at = text.index("Enclosures")
    assert text[at + 1 : at + 3] == [
        "1.\tDenial notice of November 2, 2026",
        "2.\tRating scales: PHQ-9 and MADRS, October 2026",
    ]


def test_boxes_are_empty() -> None:
    text = "\n".join(lines(opened(from_a_clinician())))
    assert text.count("☐") == 3
    assert not any(sign in text for sign in "☑☒✓✔")


def test_a_gap_is_bold_and_in_brackets() -> None:
    word = opened(draft())
    bold = [run.text for line in word.paragraphs for run in line.runs if run.bold]
    assert "[PHQ-9 score and date]" in bold
    cells = [one for table in word.tables for row in table.rows for one in row.cells]
    marked = [run.text for one in cells for line in one.paragraphs for run in line.runs if run.bold]
    assert "[member ID]" in marked


def heads(word: Any) -> list[str]:
    section = word.sections[0]
    return [
        "\n".join(line.text for line in part.paragraphs)
        for part in (section.first_page_header, section.header)
    ]


def test_the_head_of_each_page_has_its_number_and_from_the_second_on_what_it_is_about() -> None:
    word = opened(two_pages())
    first, other = heads(word)
    assert "Sample Patient" not in first
    assert "Sample Patient, member ID SAMPLE-0001" in other
    section = word.sections[0]
    for part in (section.first_page_header, section.header):
        fields = [one.get(qn("w:instr")) for one in part._element.iter(qn("w:fldSimple"))]  # noqa: SLF001
        assert fields == ["PAGE", "NUMPAGES"]


def test_a_draft_says_so_on_every_page_and_a_finished_letter_does_not() -> None:
    word = opened(draft())
    assert "DRAFT: not ready to send" in heads(word)[1]
    assert word.paragraphs[0].text == "DRAFT: not ready to send"
    assert "DRAFT" not in "\n".join((*lines(opened(two_pages())), *heads(opened(two_pages()))))


def test_a_copy_to_read_along_says_so_in_english_too() -> None:
    word = opened(reading_copy())
    english = "To read along only: the letter that is sent is the one in English."
    assert english in heads(word)[1]
    *_, note = (one for one in word.paragraphs if one.text == english)
    assert note.runs[0]._r.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-US"  # noqa: SLF001


@pytest.mark.parametrize(("make", "language"), [(two_pages, "en"), (reading_copy, "es")])
def test_the_file_has_the_language_of_its_words(
    make: Callable[[], LetterContent], language: str
) -> None:
    word = opened(make())
    spoken = {one.get(qn("w:val")) for one in word.styles.element.iter(qn("w:lang"))}
    assert spoken == {f"{language}-US"}
    assert word.core_properties.language == language


def test_the_file_tells_its_title_and_day_and_no_maker() -> None:
    about = opened(two_pages()).core_properties
    assert about.title == "Appeal of a denial of esketamine nasal spray"
    assert about.created.date() == about.modified.date() == two_pages().on
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")


def test_the_line_of_the_reviewer_is_a_clinicians_alone() -> None:
    line = "Prepared from records supplied. Reviewed by:"
    assert any(line in text for text in lines(opened(from_a_clinician())))
    assert not any(line in text for text in lines(opened(two_pages())))


def test_what_was_typed_stays_text() -> None:
    text = "\n".join(lines(opened(with_text(*HOSTILE))))
    for typed in HOSTILE:
        assert typed in text


@pytest.mark.parametrize("sign", UNPRINTABLE.values(), ids=UNPRINTABLE)
def test_a_sign_that_xml_lacks_is_left_out(sign: str) -> None:
    text = "\n".join(lines(opened(with_text(f"treat{sign}ment"))))
    assert text.count("treatment") >= 8
    assert sign not in text


def test_nothing_in_the_file_leads_outside_or_runs() -> None:
    with zipfile.ZipFile(io.BytesIO(render_word(with_text(*HOSTILE)))) as file:
        names = file.namelist()
        parts = b"".join(file.read(one) for one in names)
    assert b'TargetMode="External"' not in parts
    assert not any("vba" in one.lower() or "embed" in one.lower() for one in names)


def test_the_same_letter_makes_the_same_bytes_at_any_hour() -> None:
    made = render_word(two_pages())
    assert made == render_word(two_pages())
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_cells_with_several_sentences_have_a_line_for_each() -> None:
    (table,) = tables(opened(two_pages()), "Table Grid")
    assert table.rows[3].cells[1].text.split("\n") == [
        one.text
        for one in cell(
            "Sertraline 200 mg, 10 weeks: no response.",
            "Venlafaxine 225 mg, 12 weeks: no response.",
        )
    ]
