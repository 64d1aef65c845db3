"""A packet is whole and in order: cover, letter, tab sheets, enclosures, each page numbered."""

import io
import re
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from appeals.packet.build import build_packet
from appeals.packet.pages import EDGE, FOOT
from appeals.packet.parts import CoverFacts, EnclosureFile, Packet
from tests.appeals.letter_contents import draft, reading_copy, two_pages
from tests.appeals.letter_files import as_file, filled_field, letter_content, pdf, png
from tests.appeals.letter_hostile import UNPRINTABLE, with_text
from tests.appeals.packet_files import (
    NOTICE,
    changed,
    pages_pdf,
    picture_pdf,
    with_baggage,
    with_checked_field,
)
from tests.appeals.reading import HEIGHT, WIDTH, read, text_of

FAX = CoverFacts(
    recipient="Sample Health Plan, Appeals",
    sender="Sample Patient",
    sender_phone="555-0102",
    fax="800-555-0199",
    is_fax=True,
)
TWO_PAGES = pages_pdf(2)
CARD = png(Image.new("RGB", (300, 200), (200, 220, 240)))


def packet(*files: EnclosureFile) -> Packet:
    return build_packet(two_pages(), files, cover=FAX)


def one_file(raw: bytes) -> Packet:
    made = packet(EnclosureFile(1, "paper", raw))
    assert made.refused == ()
    return made


def texts(made: Packet) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in read(made.pdf).pages]


def bookmarks(made: Packet) -> list[tuple[int, str, int]]:
    """Each bookmark with its level and its page."""
    reader = read(made.pdf)

    def told(outline: Any, level: int) -> Any:
        for one in outline:
            if isinstance(one, list):
                yield from told(one, level + 1)
            else:
                page = reader.get_destination_page_number(one)
                assert page is not None
                yield level, one.title, page + 1

    return list(told(reader.outline, 0))


@pytest.fixture(scope="module")
def made() -> Packet:
    return packet(
        EnclosureFile(3, "notes.pdf", TWO_PAGES),
        EnclosureFile(1, "notice.pdf", NOTICE),
        EnclosureFile(3, "card.png", CARD),
    )


def test_the_parts_stand_in_the_order_of_the_letter_and_each_has_a_bookmark(made: Packet) -> None:
    assert bookmarks(made) == [
        (0, "Cover sheet", 1),
        (0, "Appeal of a denial of esketamine nasal spray", 2),
        (0, "Enclosure 1: Denial notice of November 2, 2026", 4),
        (1, "notice.pdf", 5),
        (0, "Enclosure 3: Chart notes from January to October 2026", 6),
        (1, "notes.pdf", 7),
        (1, "card.png", 9),
    ]
    pages = texts(made)
    assert "EXPEDITED APPEAL of the denial" in pages[1]
    assert "Enclosure 1: Denial notice" in pages[3]
    assert "Notice date: March 14, 2026" in pages[4]
    assert made.refused == ()


def test_the_cover_sheet_lists_what_is_there_and_what_is_missing_is_told_apart(
    made: Packet,
) -> None:
    text = texts(made)[0]
    assert "Enclosure 1" in text
    assert "Enclosure 2" not in text
    assert "Not in this packet" not in text
    assert made.missing == (2, 4)


def test_every_page_says_which_it_is_of_how_many(made: Packet) -> None:
    pages = texts(made)
    assert made.pages == len(pages) == 9
    numbers = [re.findall(r"Packet page (\d+) of (\d+)", text) for text in pages]
    assert numbers == [[(str(number), "9")] for number in range(1, 10)]


def test_the_cover_sheet_tells_to_whom_how_many_pages_and_what_follows(made: Packet) -> None:
    text = texts(made)[0]
    for told in (
        "Fax cover sheet",
        "To Sample Health Plan, Appeals",
        "Fax number 800-555-0199",
        "From Sample Patient",
        "Date November 26, 2026",
        "Pages 9, with this sheet",
        "Appeal of a denial of esketamine nasal spray 2 to 3",
        "Enclosure 1: Denial notice of November 2, 2026 4 to 5",
        "Enclosure 3: Chart notes from January to October 2026 6 to 9",
        "Confidential: this packet holds health information",
    ):
        assert told in text


def test_without_a_fax_number_the_sheet_has_no_line_for_one() -> None:
    made = build_packet(two_pages(), [], cover=CoverFacts("Sample Health Plan", "Sample Patient"))
    text = texts(made)[0]
    assert text.startswith("Cover sheet To Sample Health Plan From Sample Patient Date")
    assert "Fax" not in text
    assert made.pages == 3


def test_a_draft_says_so_on_its_cover_and_its_tabs_too() -> None:
    content = replace(draft(), enclosures=two_pages().enclosures)
    made = build_packet(content, [EnclosureFile(1, "notice.pdf", NOTICE)], cover=FAX)
    for text in texts(made)[:-1]:
        assert "DRAFT: not ready to send" in text


def test_a_copy_to_read_along_is_never_sent() -> None:
    with pytest.raises(ValueError, match="the letter in English"):
        build_packet(reading_copy(), [], cover=FAX)


def test_the_packet_has_its_title_its_language_and_the_day_of_the_letter(made: Packet) -> None:
    reader = read(made.pdf)
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Appeal of a denial of esketamine nasal spray"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == two_pages().on


def test_the_same_parts_make_the_same_bytes(made: Packet) -> None:
    again = packet(
        EnclosureFile(3, "notes.pdf", TWO_PAGES),
        EnclosureFile(1, "notice.pdf", NOTICE),
        EnclosureFile(3, "card.png", CARD),
    )
    assert again.pdf == made.pdf


@pytest.mark.parametrize("sign", UNPRINTABLE.values(), ids=UNPRINTABLE)
def test_a_sign_that_no_page_shows_is_left_out(sign: str) -> None:
    typed = f"treat{sign}ment"
    made = build_packet(
        with_text(typed), [EnclosureFile(1, typed, NOTICE)], cover=CoverFacts(typed, typed)
    )
    assert [title for _, title, _ in bookmarks(made)][1:] == [
        "treatment",
        "Enclosure 1: treatment",
        "treatment",
    ]
    assert "To treatment From treatment" in texts(made)[0]


# The pages


def sized(width: float, height: float, turn: int = 0) -> bytes:
    def change(opened: pikepdf.Pdf) -> None:
        opened.pages[0].obj.MediaBox = pikepdf.Array([0, 0, width, height])
        opened.pages[0].obj.Rotate = turn

    return changed(change)


SIZES = {
    "Letter": sized(612, 792),
    "A4": sized(595, 842),
    "a receipt": sized(220, 900),
    "a wide page": sized(1191, 842),
    "a page on its side": sized(612, 792, turn=90),
    "a page on its head": sized(612, 792, turn=180),
    "a picture": CARD,
    "a page cut to its middle": changed(
        lambda opened: opened.pages[0].obj.__setattr__("CropBox", pikepdf.Array([20, 20, 340, 200]))
    ),
}


def drawn_on_last(made: Packet) -> Any:
    """What the person's own page became on the last page of the packet."""
    (found,) = pypdfium2.PdfDocument(made.pdf)[made.pages - 1].get_objects(
        filter=[pypdfium2.raw.FPDF_PAGEOBJ_FORM], max_depth=1
    )
    return found


@pytest.mark.parametrize("what", SIZES)
def test_becomes_a_letter_page_that_leaves_the_foot_to_the_number(what: str) -> None:
    made = one_file(SIZES[what])
    page = read(made.pdf).pages[-1]
    assert (page.mediabox.width, page.mediabox.height) == (WIDTH, HEIGHT)
    assert page.get("/Rotate", 0) == 0
    left, bottom, right, top = drawn_on_last(made).get_bounds()
    assert left >= EDGE - 1
    assert bottom >= FOOT - 1
    assert right <= WIDTH - EDGE + 1
    assert top <= HEIGHT - EDGE + 1


def test_a_wide_page_is_turned_and_a_small_one_and_a_picture_are_not() -> None:
    def is_turned(raw: bytes) -> bool:
        return bool(drawn_on_last(one_file(raw)).get_matrix().a == 0)

    assert is_turned(SIZES["a wide page"])
    assert not is_turned(SIZES["Letter"])
    assert not is_turned(NOTICE)  # wider than high, and smaller than the room for it
    assert not is_turned(CARD)


def test_what_was_filled_in_stays_and_the_field_does_not() -> None:
    made = one_file(filled_field("filled in by hand"))
    assert "filled in by hand" in texts(made)[-1]
    assert "/Annots" not in read(made.pdf).pages[-1]
    assert "/AcroForm" not in read(made.pdf).trailer["/Root"]  # type: ignore[operator]


def test_a_form_that_checks_its_own_fields_is_taken_without_what_checks() -> None:
    assert b"/JS" not in unpacked(one_file(changed(with_checked_field)).pdf)


def test_what_is_not_seen_on_the_page_stays_behind() -> None:
    raw = changed(with_baggage)
    everything = unpacked(raw)
    left = unpacked(one_file(raw).pdf)
    for hidden in (b"attached secret", b"Sample Author", b"private secret", b"remark secret"):
        assert hidden in everything
        assert hidden not in left


def unpacked(raw: bytes) -> bytes:
    """The file with all its streams in the open."""
    file = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(raw)) as opened:
        opened.save(
            file,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return file.getvalue()


# Pictures

NOISE = Image.effect_noise((3000, 4000), 80)


def picture_in(made: Packet) -> Any:
    (found,) = pypdfium2.PdfDocument(made.pdf)[made.pages - 1].get_objects(
        filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=5
    )
    return found


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(as_file(NOISE, "JPEG", quality=95), id="a photo"),
        pytest.param(picture_pdf(NOISE, quality=95), id="a scan"),
        pytest.param(picture_pdf(NOISE, kind="flat"), id="a scan that was not packed well"),
    ],
)
def test_a_fine_picture_is_sent_at_200_dots_per_inch_and_gray_if_it_was(raw: bytes) -> None:
    made = one_file(raw)
    found = picture_in(made)
    assert max(found.get_px_size()) == 2200
    assert found.get_bitmap().n_channels == 1
    assert found.get_filters() == ["DCTDecode"]
    assert len(made.pdf) < len(raw) / 1.5


def test_a_screen_of_text_is_sent_without_loss() -> None:
    found = picture_in(one_file(CARD))
    assert found.get_filters() == ["FlateDecode"]
    assert found.get_px_size() == (300, 200)


def test_a_photo_is_upright_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010F] = "Sample Camera"
    raw = as_file(Image.effect_noise((400, 300), 80), "JPEG", exif=exif)
    for given in (raw, picture_pdf(Image.effect_noise((400, 300), 80), exif=exif)):
        assert b"Sample Camera" in given
        assert b"Sample Camera" not in unpacked(one_file(given).pdf)
    assert picture_in(one_file(raw)).get_px_size() == (300, 400)


# The process apart


def test_what_asks_for_a_packet_never_opens_a_file_itself() -> None:
    code = (
        "import django; django.setup(); import sys; import appeals.packet.build; "
        "assert 'pikepdf' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    code = "import sys, appeals.packet.child; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_text_of_an_enclosure_can_still_be_read() -> None:
    text = text_of(one_file(pdf(letter_content())).pdf)
    assert "You may appeal within 180 days of this notice." in text
