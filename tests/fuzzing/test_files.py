"""Whatever is sent as a file is made plain, or is refused with one of our reasons.

Here the function that the confined child runs is called in this process, since a child for each
input would take a day; a few inputs go through the real child. A library that crashes ends this
process: pytest names the test, and `var/fuzzing/` holds the input.
"""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Pdf
from PIL import Image

from appeals.notices import child as notice_child
from appeals.notices import extract
from appeals.notices.pages import MOST_PAGES, LetterError, Page
from appeals.packet import child as packet_child
from appeals.packet import confined_work
from appeals.packet.parts import MOST_FILE_PAGES, PacketError, PacketRefusal
from policies.copies import MOST_SIGNS, CopyError
from policies.copies import child as copy_child
from policies.copies.extract import read_copy
from tests.appeals.letter_files import as_file, filled_field, letter_content, pdf, picture, png
from tests.fuzzing.mutating import mutated_bytes

LAST = Path("var/fuzzing")
SMALL = picture().resize((60, 80))
PICTURES = [
    png(SMALL),
    as_file(SMALL, "JPEG"),
    as_file(SMALL.convert("P"), "PNG"),
    as_file(Image.new("RGBA", (4, 4)), "PNG"),
    as_file(SMALL, "JPEG", progressive=True),
]
PDFS = [pdf(letter_content()), pdf("", letter_content()), filled_field("Sample")]
WEB = [b"<html><head><title>x</title></head><body><p>Sample <b>text</b><br>more</body></html>"]
FILES = mutated_bytes(PDFS + PICTURES)
# A child takes as long as some hundred inputs without one.
few = settings(max_examples=max(2, settings().max_examples // 300))


@pytest.fixture(scope="module", autouse=True)
def where_inputs_are_kept() -> None:
    LAST.mkdir(parents=True, exist_ok=True)


def kept(name: str, raw: bytes) -> None:
    """Keep an input where it outlives this process."""
    (LAST / name).write_bytes(raw)


def unread(image: Image.Image, number: int) -> Page:
    """A page in place of Tesseract, which has a process of its own and other tests."""
    image.load()
    return Page(number, (), is_scanned=True, sureness=0)


@given(raw=FILES)
def test_a_notice_is_pages_of_words_or_refused(raw: bytes) -> None:
    kept("notice", raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(notice_child, "read_picture", unread)
        told = notice_child.answer(raw)
    assert ("refusal" in told) != ("pages" in told)
    assert len(told.get("pages", ())) <= MOST_PAGES


@given(raw=FILES)
def test_a_paper_for_a_packet_is_plain_pages_or_refused(raw: bytes) -> None:
    kept("paper", raw)
    try:
        made = packet_child.clean(raw)
    except PacketError as error:
        assert error.reason
    except LetterError as error:
        assert PacketRefusal(error.reason.value)
    else:
        assert 1 <= made.pages <= MOST_FILE_PAGES
        with Pdf.open(BytesIO(made.pdf)) as again:
            assert len(again.pages) == made.pages


@given(
    name=st.sampled_from(["a.pdf", "a.html", "a.txt", "a.exe", "a", ""]),
    raw=mutated_bytes([*PDFS, *WEB]),
)
def test_a_copy_of_a_document_is_text_or_refused(name: str, raw: bytes) -> None:
    kept("copy", raw)
    try:
        pages = copy_child.read(name, raw)
    except CopyError as error:
        assert error.reason
    else:
        assert sum(map(len, pages)) <= MOST_SIGNS


@few
@given(raw=FILES)
def test_the_confined_children_tell_the_same(raw: bytes) -> None:
    for read, refusal in (
        (extract.read_letter, LetterError),
        (confined_work.clean, PacketError),
        (lambda raw: read_copy("a.pdf", raw), CopyError),
    ):
        try:
            assert read(raw)
        except refusal as error:
            assert error.reason
