"""The tags of a letter are those of PDF/UA: held against a checker, and walked by ourselves."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from appeals.letter_sheets import CoverSheet, TabSheet
from appeals.pdf import print_cover, print_tab, render_letter
from tests.appeals.letter_contents import (
    ON,
    draft,
    from_a_clinician,
    one_page,
    reading_copy,
    two_pages,
    with_long_table,
)
from tests.appeals.letter_hostile import HOSTILE, with_text

COVER = CoverSheet(
    title="Fax cover sheet",
    on=ON,
    is_draft=True,
    rows=(("To", "Sample Health Plan"), ("From", "Sample Patient")),
    following=(("Appeal", "2 to 3"), ("Enclosure 1: Notice", "4 to 5")),
)
TAB = TabSheet("Enclosure 1: Notice", "Sample Patient, member ID SAMPLE-0001", ON, is_draft=False)
PRINTED: dict[str, Callable[[], bytes]] = {
    "a page": lambda: render_letter(one_page()),
    "two pages": lambda: render_letter(two_pages()),
    "of a clinician": lambda: render_letter(from_a_clinician()),
    "a draft": lambda: render_letter(draft()),
    "in Spanish": lambda: render_letter(reading_copy()),
    "a long table": lambda: render_letter(with_long_table()),
    "large print": lambda: render_letter(two_pages(), is_large=True),
    "typed by an attacker": lambda: render_letter(with_text(*HOSTILE)),
    "a cover sheet": lambda: print_cover(COVER).pdf,
    "a tab sheet": lambda: print_tab(TAB).pdf,
}
# It takes the header row, which a table repeats on each of its pages, for a head of the page; and
# it misses links, which nobody can follow on paper.
NOT_ASKED = ("PAG-001", "LNK-010")


@pytest.fixture(params=PRINTED)
def made(request: pytest.FixtureRequest) -> bytes:
    return PRINTED[request.param]()


def test_a_checker_of_pdf_ua_finds_nothing(made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(made)
    result = outloud.check(str(file), skip=NOT_ASKED)
    assert result.error is None
    assert [str(one) for one in result.findings] == []


def test_the_checker_would_find_it(tmp_path: Path) -> None:
    """It is no checker that lets everything pass."""
    file = tmp_path / "letter.pdf"
    with pikepdf.Pdf.open(io.BytesIO(render_letter(one_page()))) as opened:
        del opened.Root.StructTreeRoot
        opened.save(file)
    assert outloud.check(str(file)).verdict == "fail"


@pytest.fixture
def opened(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.Pdf.open(io.BytesIO(made)) as found:
        yield found


def elements(opened: pikepdf.Pdf) -> list[Any]:
    """Every element of the tree, in reading order."""

    def below(element: Any) -> Iterator[Any]:
        for kid in kids(element):
            if isinstance(kid, Dictionary):
                yield kid
                yield from below(kid)

    return list(below(opened.Root.StructTreeRoot))


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array | list) else [found]


def kinds(element: Any) -> list[str]:
    return [str(one.S)[1:] for one in kids(element) if isinstance(one, Dictionary)]


def test_the_file_is_tagged_and_shows_its_title_and_language(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert str(opened.Root.Lang) in ("en", "es")
    with opened.open_metadata() as data:
        assert data["dc:title"]
        assert data["pdfuaid:part"] == "1"


def test_all_that_is_written_is_tagged_or_an_artifact(opened: pikepdf.Pdf) -> None:
    marked = {
        (one.Pg.objgen, int(kid))
        for one in elements(opened)
        for kid in kids(one)
        if not isinstance(kid, Dictionary)
    }
    written = set()
    for page in opened.pages:
        open_marks: list[Any] = []
        for one in pikepdf.parse_content_stream(page):
            match str(one.operator):
                case "BDC" | "BMC":
                    open_marks.append(one.operands)
                case "EMC":
                    open_marks.pop()
                case "Tj" | "TJ" | "'" | '"':
                    (tag, *properties) = open_marks[-1]
                    if tag != Name.Artifact:
                        written.add((page.obj.objgen, int(properties[0].MCID)))
    assert written
    assert written <= marked


def test_headings_go_down_one_level_at_a_time(opened: pikepdf.Pdf) -> None:
    levels = [int(str(one.S)[2:]) for one in elements(opened) if str(one.S)[1:] in ("H1", "H2")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert set(levels) <= {1, 2}


def test_a_cell_names_its_headers(opened: pikepdf.Pdf) -> None:
    found = elements(opened)
    headers = {str(one.ID) for one in found if one.S == Name.TH}
    cells = [one for one in found if one.S == Name.TD]
    assert bool(cells) is bool(headers)
    for one in cells:
        assert {str(name) for name in one.A.Headers} <= headers
        assert len(one.A.Headers)


def test_a_list_is_made_of_items_with_bodies(opened: pikepdf.Pdf) -> None:
    for one in elements(opened):
        if one.S == Name.L:
            assert set(kinds(one)) == {"LI"}
        if one.S == Name.LI:
            assert kinds(one) in (["Lbl", "LBody"], ["LBody"])


def test_there_are_no_links_and_no_notes(opened: pikepdf.Pdf) -> None:
    assert not any(one.S in (Name.Link, Name.Annot) for one in elements(opened))
    assert not any("/Annots" in page for page in opened.pages)


def test_the_numbers_of_a_list_are_its_labels() -> None:
    with pikepdf.Pdf.open(io.BytesIO(render_letter(two_pages()))) as opened:
        items = [kinds(one) for one in elements(opened) if one.S == Name.LI]
    assert items == [["Lbl", "LBody"]] * 9
