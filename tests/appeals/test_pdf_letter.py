"""A letter as PDF says all that it has to say, on pages that a fax keeps and one can follow."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.utils import translation

from appeals.letter_sheets import READ_ALONG
from appeals.letters.content import LetterContent, Lines, sentences
from appeals.pdf import render_letter
from tests.appeals.letter_contents import (
    CLOSING,
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
from tests.appeals.reading import HEIGHT, WIDTH, letters, pages_of, read

LETTERS: dict[str, Callable[[], LetterContent]] = {
    "a page": one_page,
    "two pages": two_pages,
    "of a clinician": from_a_clinician,
    "a draft": draft,
    "in Spanish": reading_copy,
    "a long table": with_long_table,
}
DRAFT = "DRAFT: not ready to send"


# What it says


@pytest.mark.parametrize("which", LETTERS)
@pytest.mark.parametrize("is_large", [False, True])
def test_every_sentence_is_read_back_in_the_order_of_the_letter(
    which: str, *, is_large: bool
) -> None:
    content = LETTERS[which]()
    running, *body = sentences(content)
    made = pages_of(render_letter(content, is_large=is_large))
    # A head stands between the two parts of a sentence that runs over two pages.
    text = "".join(
        re.split(rf"{letters(running.text)}|Page\d+of|Prepared", letters(one))[0] for one in made
    )
    at = 0
    for sentence in body:
        wanted = letters(sentence.text)
        assert wanted in text[at:], sentence.text
        at = text.index(wanted, at) + len(wanted)


def test_enclosures_stand_under_their_numbers_and_a_missing_one_is_marked() -> None:
    content = two_pages()
    first, *others = content.enclosures
    made = replace(content, enclosures=(replace(first, number=3, is_on_hand=False), *others))
    text = " ".join(pages_of(render_letter(made)))
    assert "3. Denial notice of November 2, 2026 [to be added]" in text
    assert "2. Rating scales: PHQ-9 and MADRS, October 2026" in text


def test_a_letter_that_lists_its_enclosures_itself_lists_them_once() -> None:
    own = replace(two_pages().blocks[-2], id="enclosures", heading="Enclosures")
    text = " ".join(pages_of(render_letter(replace(two_pages(), blocks=(own, CLOSING)))))
    assert text.count("Enclosures") == 1
    assert "Denial notice" not in text
    bare = block("enclosures", paragraph("All are copies."), heading="Enclosures")
    text = " ".join(pages_of(render_letter(replace(two_pages(), blocks=(bare, CLOSING)))))
    assert "All are copies. 1. Denial notice" in text


def test_the_foot_tells_the_day_and_a_clinicians_letter_who_reviewed_it() -> None:
    line = "Prepared from records supplied. Reviewed by:"
    *_, last = pages_of(render_letter(from_a_clinician()))
    assert line in last
    for text in pages_of(render_letter(two_pages())):
        assert text.endswith("Prepared November 26, 2026")
        assert line not in text


@pytest.mark.parametrize("is_large", [False, True])
def test_every_page_has_its_number_and_from_the_second_on_what_it_is_about(
    *, is_large: bool
) -> None:
    content = two_pages()
    made = pages_of(render_letter(content, is_large=is_large))
    assert len(made) > 1
    for number, text in enumerate(made, start=1):
        assert f"Page {number} of {len(made)}" in text
        assert (content.running.text in text) is (number > 1)


@pytest.mark.parametrize("make", [draft, lambda: replace(draft(), blocks=draft().blocks * 3)])
def test_a_draft_says_so_once_on_every_page(make: Callable[[], LetterContent]) -> None:
    made = render_letter(make())
    assert [text.count(DRAFT) for text in pages_of(made)] == [1] * len(pages_of(made))
    metadata = read(made).metadata
    assert metadata is not None
    assert str(metadata.title).startswith(DRAFT)


def test_a_finished_letter_says_nothing_of_a_draft() -> None:
    assert "DRAFT" not in " ".join(pages_of(render_letter(two_pages())))


def test_a_copy_to_read_along_says_so_on_every_page_in_both_languages() -> None:
    made = pages_of(render_letter(replace(reading_copy(), blocks=reading_copy().blocks * 8)))
    with translation.override("es"):
        spanish = translation.gettext(READ_ALONG)
        doubt = translation.gettext("unreviewed translation")
    assert len(made) > 1
    for text in made:
        assert READ_ALONG in text.replace(spanish, "", 1)
        assert spanish in text
        assert f"({doubt})" in text


def test_a_subject_heads_the_letter_and_without_one_its_title_does() -> None:
    assert pages_of(render_letter(one_page()))[0].count("Appeal of a denial of esketamine") == 0
    bare = content_of(block("request", paragraph("Please decide.")))
    assert pages_of(render_letter(bare))[0].startswith(
        "Appeal of a denial of esketamine nasal spray"
    )
    late = content_of(
        block("request", paragraph("Please decide."), heading="Request"),
        block("subject", Lines(cell("Subject"), is_strong=True)),
    )
    assert pages_of(render_letter(late))[0].startswith(
        "Appeal of a denial of esketamine nasal spray"
    )


# How it looks


@pytest.mark.parametrize("which", LETTERS)
def test_pages_are_letter_size_with_an_inch_around_the_text(which: str) -> None:
    document = pypdfium2.PdfDocument(render_letter(LETTERS[which]()))
    for page in document:
        assert page.get_size() == (WIDTH, HEIGHT)
        text = page.get_textpage()
        written = text.get_text_range()
        boxes = [text.get_charbox(at) for at, sign in enumerate(written) if not sign.isspace()]
        assert min(box[0] for box in boxes) > 71
        assert max(box[2] for box in boxes) < WIDTH - 71
        body = [box for box in boxes if 72 < box[1] < HEIGHT - 72]
        assert body


@pytest.mark.parametrize(
    ("is_large", "least", "usual"), [(False, 11, 11), (True, 14, 18)], ids=["usual", "large"]
)
def test_no_type_is_smaller_than_it_may_be(*, is_large: bool, least: float, usual: float) -> None:
    sizes: dict[float, int] = {}
    for page in pypdfium2.PdfDocument(render_letter(from_a_clinician(), is_large=is_large)):
        for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            size = round(one.get_font_size() * one.get_matrix().a, 1)
            sizes[size] = sizes.get(size, 0) + 1
    assert min(sizes) >= least
    assert max(sizes, key=lambda one: sizes[one]) == usual


@pytest.mark.parametrize("which", LETTERS)
def test_a_fax_loses_nothing_all_is_black_and_no_line_is_thin(which: str) -> None:
    made = pikepdf.Pdf.open(io.BytesIO(render_letter(LETTERS[which]())))
    colors, widths = set(), set()
    for page in made.pages:
        for one in pikepdf.parse_content_stream(page):
            if str(one.operator) in ("rg", "RG", "g", "G", "k", "K"):
                colors.add(tuple(map(float, one.operands)))
            if str(one.operator) == "w":
                widths.add(float(one.operands[0]) * 0.75)  # the page counts in CSS pixels
        assert not page.resources.get("/Shading")
    assert colors == {(0, 0, 0)}
    assert not widths or min(widths) >= 0.75


def test_boxes_are_drawn_empty_and_large_enough_to_tick() -> None:
    kind = pypdfium2.raw.FPDF_PAGEOBJ_PATH
    document = pypdfium2.PdfDocument(render_letter(from_a_clinician()))
    drawn = [one.get_bounds() for page in document for one in page.get_objects(filter=[kind])]
    squares = {
        round(bottom)
        for left, bottom, right, top in drawn
        if 8 < right - left < 12 and 8 < top - bottom < 12
    }
    assert len(squares) == 3


def test_the_letter_is_set_in_its_own_font_even_for_names_from_elsewhere() -> None:
    content = content_of(block("sender", paragraph("Nguyễn Wójcik Škoda Ξένη Анна: PHQ-9 ≥ 15")))
    made = read(render_letter(content))
    fonts: Any = made.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(fonts[one]["/BaseFont"]) for one in fonts}
    assert names
    assert all("Source-Serif-4" in one for one in names)
    assert "Nguyễn Wójcik Škoda Ξένη Анна: PHQ-9 ≥ 15" in pages_of(render_letter(content))[0]


# The file


def test_the_same_letter_makes_the_same_bytes_in_any_process() -> None:
    code = (
        "import django; django.setup(); import sys; "
        "from appeals.pdf import render_letter; from tests.appeals.letter_contents import *; "
        "sys.stdout.buffer.write(render_letter(two_pages()))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert made[0] == made[1] == render_letter(two_pages())


def test_the_language_of_the_page_changes_nothing_in_an_english_letter() -> None:
    made = render_letter(from_a_clinician())
    with translation.override("es"):
        assert render_letter(from_a_clinician()) == made
