"""Letters as people have them become text that says what the paper says, in its order."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from appeals.notices.extract import read_letter
from appeals.notices.pages import Letter, Page, Word, placed_word
from tests.appeals import letter_files
from tests.appeals.letter_files import (
    HEIGHT,
    IN_SPANISH,
    LETTER,
    WIDTH,
    as_file,
    letter_content,
    pdf,
    pdf_writer,
    png,
    saved,
    scan,
    text_at,
    with_scan_under,
)

WHOLE = "\n".join(LETTER)


@cache
def picture() -> Image.Image:
    return letter_files.picture()


def only_page(raw: bytes) -> Page:
    (page,) = read_letter(raw).pages
    return page


def lines(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def word(letter: Letter, text: str) -> Word:
    words = (one for page in letter.pages for line in page.lines for one in line.words)
    (found,) = (one for one in words if one.text == text)
    return found


def test_the_text_of_a_pdf_is_taken_as_it_is() -> None:
    letter = read_letter(pdf(letter_content()))
    assert letter.text == WHOLE
    (page,) = letter.pages
    assert (page.number, page.is_scanned, page.sureness) == (1, False, 1.0)


def test_a_word_has_its_box_in_fractions_of_the_page() -> None:
    found = word(read_letter(pdf(text_at(90, 108, "Denied") + text_at(180, 54, "twice"))), "Denied")
    assert found.left == pytest.approx(90 / WIDTH, abs=0.005)
    assert found.right == pytest.approx((90 + 38) / WIDTH, abs=0.01)
    assert found.top < 0.5 < found.bottom  # around the line it stands on
    assert found.height == pytest.approx(12 / HEIGHT, abs=0.02)


def test_boxes_of_a_turned_and_cropped_page_are_as_it_is_shown() -> None:
    writer = pdf_writer(text_at(200, 54, "Denied", matrix="0 1 -1 0"))
    writer.pages[0].rotate(90)
    writer.pages[0][NameObject("/CropBox")] = ArrayObject(
        map(NumberObject, (WIDTH // 2, 0, WIDTH, HEIGHT))
    )
    found = word(read_letter(saved(writer)), "Denied")
    # What was up is now right: 54 of 216 from the left, and 20 of 180 from the top.
    assert found.left == pytest.approx(0.25, abs=0.01)
    assert found.top < 20 / 180 < found.bottom
    assert found.right - found.left > found.height


def test_columns_and_tables_are_read_across_in_one_line() -> None:
    content = (
        text_at(200, 180, "Reference: A-20431")  # the right column is written first
        + text_at(200, 160, "Phone: 1-800-555-0143")
        + text_at(20, 160.5, "PO Box 12345")
        + text_at(20, 180, "Sample Health Plan")
        + text_at(20, 120, "Service")
        + text_at(300, 120, "Billed")
        + text_at(120, 120, "Dates")
        + text_at(20, 100, "Infusion")
        + text_at(120, 99, "03/01/2026")
        + text_at(300, 100, "$400.00")
    )
    expected = [
        "Sample Health Plan Reference: A-20431",
        "PO Box 12345 Phone: 1-800-555-0143",
        "Service Dates Billed",
        "Infusion 03/01/2026 $400.00",
    ]
    page = only_page(pdf(content))
    assert lines(page) == expected
    plan, reference = page.lines[0].words[2:4]
    assert reference.left - plan.right > 0.1  # the gap is there to be seen
    assert lines(only_page(png(letter_files.picture(content)))) == expected


def test_a_heading_printed_twice_to_make_it_bold_is_one_heading() -> None:
    twice = text_at(30, 100, "DENIED") + text_at(30.3, 100, "DENIED")
    assert read_letter(pdf(twice)).text == "DENIED"


def test_a_picture_is_read() -> None:
    page = only_page(png(picture()))
    assert lines(page) == list(LETTER)
    assert page.is_scanned
    assert 0.8 < page.sureness < 1


def test_spanish_keeps_its_accents() -> None:
    content = letter_content(IN_SPANISH)
    assert lines(only_page(pdf(content))) == list(IN_SPANISH)
    assert lines(only_page(png(letter_files.picture(content)))) == list(IN_SPANISH)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_on_its_side_or_its_head_is_turned(degrees: int) -> None:
    page = only_page(png(picture().rotate(degrees, expand=True)))
    assert lines(page) == list(LETTER)
    first = page.lines[0].words[0]
    assert first.left < 0.2 > first.top  # boxes are those of the upright page


def test_a_camera_that_says_how_it_was_held_is_believed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 5  # on its side and seen in a mirror: turning alone would not do
    photo = as_file(picture().transpose(Image.Transpose.TRANSPOSE), "JPEG", exif=exif)
    assert lines(only_page(photo)) == list(LETTER)


def shaded(image: Image.Image) -> Image.Image:
    """In the shadow of a hand: light at the top, and darker than gray ink at the bottom."""
    shadow = Image.linear_gradient("L").rotate(180).point([60 + v * 180 // 255 for v in range(256)])
    return ImageChops.multiply(image, shadow.resize(image.size))


DAMAGES = {
    "skewed": picture().rotate(2, Image.Resampling.BICUBIC, expand=True, fillcolor=255),
    "skewed and on its side": picture().rotate(
        92, Image.Resampling.BICUBIC, expand=True, fillcolor=255
    ),
    "shaded": shaded(picture()),
    "faxed in dots": shaded(picture()).convert("1"),
    "in 16 bits": picture().convert("I").point(lambda dark: dark * 257).convert("I;16"),
    "on a see-through ground": Image.merge(
        "LA", (Image.new("L", picture().size), ImageChops.invert(picture()))
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_poor_picture_is_cleaned_before_it_is_read(damage: str) -> None:
    assert lines(only_page(png(DAMAGES[damage]))) == list(LETTER)


def test_each_page_of_a_pdf_is_read_in_its_own_way() -> None:
    writer = pdf_writer(letter_content(LETTER[:3]))
    writer.append(BytesIO(scan(picture())))
    letter = read_letter(saved(writer))
    assert [page.is_scanned for page in letter.pages] == [False, True]
    assert [page.number for page in letter.pages] == [1, 2]
    assert letter.text == "\n".join((*LETTER[:3], *LETTER))


# More than the line that a fax stamps on a page.
MUCH_TEXT = ["This is not at all what the page says to a person."] * 7 * 2
OTHER_SIGNS = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
    "1 begincodespacerange <00> <FF> endcodespacerange "
    "1 beginbfrange <{first}> <7E> <{becomes}> endbfrange endcmap end end"
)


def garbled(first: str, becomes: str) -> bytes:
    """A PDF that shows the letter, and whose text layer holds other signs for it."""
    return saved(
        pdf_writer(
            letter_content() * 2, to_unicode=OTHER_SIGNS.format(first=first, becomes=becomes)
        )
    )


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            with_scan_under(letter_content(MUCH_TEXT, mode=3), picture()),
            id="a scanner's unseen text",
        ),
        pytest.param(
            with_scan_under(letter_content(MUCH_TEXT), picture(), on_top=True),
            id="text under a picture",
        ),
        pytest.param(
            with_scan_under(text_at(5, 4, "From 555-0100"), picture()), id="the line a fax stamps"
        ),
        pytest.param(garbled("67", "E067"), id="signs of private use"),
        pytest.param(garbled("21", "0022"), id="signs that stand for others"),
        pytest.param(
            pdf(
                "".join(
                    text_at(40 + 22 * row, 20, line, matrix="0 .7 -.7 0")
                    for row, line in enumerate(LETTER)
                )
            ),
            id="text that runs upward",
        ),
    ],
)
def test_where_the_text_layer_is_no_use_the_page_is_read_as_seen(raw: bytes) -> None:
    page = only_page(raw)
    assert page.is_scanned
    assert [line for line in lines(page) if "555-0100" not in line] == list(LETTER)


def test_letters_cast_in_one_become_two_again_and_signs_that_say_nothing_go() -> None:
    found = placed_word("of\N{LATIN SMALL LIGATURE FI}cial\x02\N{SOFT HYPHEN}", 0, 0, 1, 1)
    assert found == Word("official", 0, 0, 1, 1)
    assert placed_word("\ue021", 0, 0, 1, 1) is None
    assert placed_word("outside", 1.1, 0, 1.2, 1) is None


def test_what_was_filled_into_a_form_belongs_to_the_letter() -> None:
    assert lines(only_page(letter_files.filled_field("Sample Person"))) == [
        *LETTER[:5],
        "Sample Person",
    ]


def action_of(parts: Mapping[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): part for name, part in parts.items()})


def test_a_pdf_that_wants_to_run_something_is_just_text() -> None:
    writer = pdf_writer(letter_content())
    launch = action_of({"/S": NameObject("/Launch"), "/F": TextStringObject("/bin/sh")})
    script = action_of({"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")})
    writer.root_object[NameObject("/OpenAction")] = launch
    writer.root_object[NameObject("/AA")] = action_of({"/WC": script})
    writer.pages[0][NameObject("/AA")] = action_of({"/O": script})
    assert read_letter(saved(writer)).text == WHOLE


def test_a_pdf_that_opens_without_a_password_is_read() -> None:
    writer = pdf_writer(letter_content())
    writer.encrypt("", "only for changes", algorithm="RC4-128")
    assert read_letter(saved(writer)).text == WHOLE
