"""A letter as PDF says all that it has to say, on pages that a fax keeps and one can follow."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.utils import translation

from appeals import pdf
from appeals.letter_sheets import READ_ALONG
from appeals.letters.content import LetterContent, Lines, Signature, Table, sentences
from appeals.pdf import STATIC, PdfError, render_letter, render_pdf
from tests.appeals.letter_contents import (
    CLOSING,
    HOSTILE,
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
    with_text,
)
from tests.appeals.reading import HEIGHT, WIDTH, letters, read

LETTERS: dict[str, Callable[[], LetterContent]] = {
    "a page": one_page,
    "two pages": two_pages,
    "of a clinician": from_a_clinician,
    "a draft": draft,
    "in Spanish": reading_copy,
    "a long table": with_long_table,
}
DRAFT = "DRAFT: not ready to send"


def pages(made: bytes) -> list[str]:
    """The text of each page in the order in which it is drawn: heads and feet come last."""
    return [" ".join(page.extract_text().split()) for page in read(made).pages]


def filler(count: int) -> Any:
    return [paragraph(f"Line {number} of the sample.") for number in range(count)]


# What it says


@pytest.mark.parametrize("which", LETTERS)
@pytest.mark.parametrize("is_large", [False, True])
def test_every_sentence_is_read_back_in_the_order_of_the_letter(
    which: str, *, is_large: bool
) -> None:
    content = LETTERS[which]()
    running, *body = sentences(content)
    made = pages(render_letter(content, is_large=is_large))
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
    text = " ".join(pages(render_letter(made)))
    assert "3. Denial notice of November 2, 2026 [to be added]" in text
    assert "2. Rating scales: PHQ-9 and MADRS, October 2026" in text


def test_a_letter_that_lists_its_enclosures_itself_lists_them_once() -> None:
    own = replace(two_pages().blocks[-2], id="enclosures", heading="Enclosures")
    text = " ".join(pages(render_letter(replace(two_pages(), blocks=(own, CLOSING)))))
    assert text.count("Enclosures") == 1
    assert "Denial notice" not in text
    bare = block("enclosures", paragraph("All are copies."), heading="Enclosures")
    text = " ".join(pages(render_letter(replace(two_pages(), blocks=(bare, CLOSING)))))
    assert "All are copies. 1. Denial notice" in text


def test_the_foot_tells_the_day_and_a_clinicians_letter_who_reviewed_it() -> None:
    line = "Prepared from records supplied. Reviewed by:"
    *_, last = pages(render_letter(from_a_clinician()))
    assert line in last
    for text in pages(render_letter(two_pages())):
        assert text.endswith("Prepared November 26, 2026")
        assert line not in text


@pytest.mark.parametrize("is_large", [False, True])
def test_every_page_has_its_number_and_from_the_second_on_what_it_is_about(
    *, is_large: bool
) -> None:
    content = two_pages()
    made = pages(render_letter(content, is_large=is_large))
    assert len(made) > 1
    for number, text in enumerate(made, start=1):
        assert f"Page {number} of {len(made)}" in text
        assert (content.running.text in text) is (number > 1)


@pytest.mark.parametrize("make", [draft, lambda: replace(draft(), blocks=draft().blocks * 3)])
def test_a_draft_says_so_once_on_every_page(make: Callable[[], LetterContent]) -> None:
    made = render_letter(make())
    assert [text.count(DRAFT) for text in pages(made)] == [1] * len(pages(made))
    metadata = read(made).metadata
    assert metadata is not None
    assert str(metadata.title).startswith(DRAFT)


def test_a_finished_letter_says_nothing_of_a_draft() -> None:
    assert "DRAFT" not in " ".join(pages(render_letter(two_pages())))


def test_a_copy_to_read_along_says_so_on_every_page_in_both_languages() -> None:
    made = pages(render_letter(replace(reading_copy(), blocks=reading_copy().blocks * 8)))
    with translation.override("es"):
        spanish = translation.gettext(READ_ALONG)
        doubt = translation.gettext("unreviewed translation")
    assert len(made) > 1
    for text in made:
        assert READ_ALONG in text.replace(spanish, "", 1)
        assert spanish in text
        assert f"({doubt})" in text


def test_a_subject_heads_the_letter_and_without_one_its_title_does() -> None:
    assert pages(render_letter(one_page()))[0].count("Appeal of a denial of esketamine") == 0
    bare = content_of(block("request", paragraph("Please decide.")))
    assert pages(render_letter(bare))[0].startswith("Appeal of a denial of esketamine nasal spray")
    late = content_of(
        block("request", paragraph("Please decide."), heading="Request"),
        block("subject", Lines(cell("Subject"), is_strong=True)),
    )
    assert pages(render_letter(late))[0].startswith("Appeal of a denial of esketamine nasal spray")


# What was typed


def test_what_was_typed_stays_text() -> None:
    made = render_letter(with_text(*HOSTILE))
    text = letters(" ".join(pages(made)))
    for typed in HOSTILE:
        assert text.count(letters(typed)) >= 8
    for page in read(made).pages:
        assert "/Annots" not in page
        assert not page.images


def test_the_letter_is_fetched_from_nowhere_but_its_own_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fetched: list[str] = []
    fetch = pdf._OwnAssets.fetch  # noqa: SLF001

    def noting(self: Any, url: str, headers: Any = None) -> Any:
        fetched.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(pdf._OwnAssets, "fetch", noting)  # noqa: SLF001
    render_letter(with_text(*HOSTILE))
    assert {Path(one).name for one in fetched} == {
        "letter-print.css",
        "source-serif-4-print-400.ttf",
        "source-serif-4-print-700.ttf",
    }


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "file://localhost/etc/hostname",
        "../manage.py",
        "css/../../manage.py",
        "%2e%2e/manage.py",
        "css/%2e%2e/%2e%2e/manage.py",
        f"file://{STATIC}/../manage.py",
        "http://192.0.2.1/x.png",
        "https://192.0.2.1/x.png",
        "ftp://192.0.2.1/x.png",
        "//192.0.2.1/x.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "/etc/hostname",
    ],
)
@pytest.mark.parametrize("wanted", ['<img src="{}">', '<link rel="stylesheet" href="{}">'])
def test_nothing_outside_the_static_folder_is_fetched(
    wanted: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"<title>Test</title>{wanted.format(address)}"
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: page)
    with pytest.raises(PdfError, match="A page to print could not be made"):
        render_pdf("", [None])


def test_a_link_that_leads_out_of_the_static_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").symlink_to("/etc")
    monkeypatch.setattr(pdf, "STATIC", tmp_path)
    page = '<title>Test</title><img src="out/hostname">'
    monkeypatch.setattr(pdf, "render_to_string", lambda *_: page)
    with pytest.raises(PdfError, match="out/hostname"):
        render_pdf("", [None])


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
    assert "Nguyễn Wójcik Škoda Ξένη Анна: PHQ-9 ≥ 15" in pages(render_letter(content))[0]


# Where pages break


def test_a_table_repeats_its_header_and_breaks_no_row() -> None:
    made = pages(render_letter(with_long_table()))
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
    text = " ".join(pages(render_letter(content)))
    assert all(sentence.text in text for sentence in tall)


@pytest.mark.parametrize("count", range(20, 36))
def test_a_heading_stays_with_what_follows_it(count: int) -> None:
    content = content_of(
        block("filler", *filler(count)), block("next", *filler(3), heading="The next heading")
    )
    made = pages(render_letter(content))
    (page,) = (text for text in made if "The next heading" in text)
    assert "The next heading Line 0" in page


@pytest.mark.parametrize("count", range(16, 34))
def test_a_signature_stays_whole_and_is_never_alone_on_a_page(count: int) -> None:
    content = content_of(
        block("filler", *filler(count)),
        block("signature", paragraph("Sincerely,"), Signature(cell("Sample Patient", "555-0102"))),
    )
    (page,) = (text for text in pages(render_letter(content)) if "Signature Date" in text)
    assert re.search(r"Line \d+ of the sample\. Sincerely, Signature Date Sample Patient 555", page)


def test_a_list_before_the_signature_leaves_its_last_item_to_it() -> None:
    made = pages(render_letter(draft()))
    (page,) = (text for text in made if "Signature Date" in text)
    assert "Please answer in writing" in page


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
