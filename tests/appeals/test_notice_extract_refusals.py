"""What can't be read is refused with its reason, and the reason says what to do instead."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from appeals.notices.extract import read_letter
from appeals.notices.pages import MOST_BYTES, LetterError, Refusal
from appeals.notices.refusals import REFUSALS
from tests.appeals.letter_files import (
    as_file,
    letter_content,
    pdf,
    pdf_writer,
    picture,
    png,
    png_header,
    saved,
)


def locked() -> bytes:
    writer = pdf_writer(letter_content())
    writer.encrypt("open", algorithm="RC4-128")
    return saved(writer)


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:t>Denied</w:t>")
    return file.getvalue()


BLANK = Image.new("L", (400, 300), 255)
LETTER = pdf(letter_content())
PICTURE = png(picture())

REFUSED = {
    "larger than 10 MB": (Refusal.TOO_LARGE, b"%PDF-1.7" + bytes(MOST_BYTES)),
    "nothing": (Refusal.NOT_A_LETTER, b""),
    "a zip file or a Word file": (Refusal.NOT_A_LETTER, zipped()),
    "a drawing": (Refusal.NOT_A_LETTER, b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    "a web page": (Refusal.NOT_A_LETTER, b"<!doctype html><title>Denied</title>"),
    "a picture of another kind": (Refusal.NOT_A_LETTER, as_file(BLANK, "GIF")),
    "a PDF with a password": (Refusal.ENCRYPTED, locked()),
    "a PDF in name only": (Refusal.BROKEN, b"%PDF-1.7\nDear member"),
    "half a PDF": (Refusal.BROKEN, LETTER[: len(LETTER) // 4]),
    "half a PNG": (Refusal.BROKEN, PICTURE[:3000]),
    "half a JPEG": (Refusal.BROKEN, as_file(picture(), "JPEG")[:3000]),
    "a PNG with a wrong sum": (Refusal.BROKEN, PICTURE[:-16] + b"sums" + PICTURE[-12:]),
    "13 pages": (Refusal.TOO_MANY_PAGES, pdf(*[letter_content()] * 13)),
    "a picture that would fill the memory": (Refusal.TOO_MANY_PIXELS, png_header(30_000, 30_000)),
    "a picture just above 40 million dots": (Refusal.TOO_MANY_PIXELS, png_header(8000, 5001)),
    "an empty page": (Refusal.NO_TEXT, pdf("")),
    "a white picture": (Refusal.NO_TEXT, png(BLANK)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str) -> None:
    reason, raw = REFUSED[what]
    with pytest.raises(LetterError) as caught:
        read_letter(raw)
    assert caught.value.reason is reason


def test_twelve_pages_are_read() -> None:
    assert len(read_letter(pdf(*[letter_content()] * 12)).pages) == 12


def test_without_tesseract_a_pdf_with_text_is_read_and_a_picture_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert read_letter(LETTER).text
    with pytest.raises(LetterError) as caught:
        read_letter(PICTURE)
    assert caught.value.reason is Refusal.NO_READER


def test_without_its_languages_tesseract_is_no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", "/nowhere")
    with pytest.raises(LetterError) as caught:
        read_letter(PICTURE)
    assert caught.value.reason is Refusal.NO_READER


def test_each_refusal_says_what_is_wrong_and_what_to_do() -> None:
    assert set(REFUSALS) == set(Refusal)
    for sentence in map(str, REFUSALS.values()):
        assert sentence.count(". ") >= 1
