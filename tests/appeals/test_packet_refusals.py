"""A file that can't go into a packet is named with its reason, and the rest is kept."""

import io
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from threading import BoundedSemaphore

import pikepdf
import pytest
from PIL import Image

from appeals.packet import build, confined_work
from appeals.packet.build import build_packet
from appeals.packet.confined_work import bind, clean
from appeals.packet.parts import (
    MOST_FILE_BYTES,
    MOST_PACKET_PAGES,
    CoverFacts,
    EnclosureFile,
    PacketError,
    PacketRefusal,
    Part,
)
from appeals.packet.refusals import REFUSALS
from appeals.pdf import render_letter
from tests.appeals.letter_contents import enclosed, two_pages
from tests.appeals.letter_files import as_file, png
from tests.appeals.packet_files import (
    HUGE_PNG,
    NOTICE,
    bomb,
    changed,
    huge_picture_pdf,
    locked,
    pages_pdf,
    picture_pdf,
    with_dynamic_form,
    with_launching_link,
    with_open_action,
    with_page_action,
    with_script,
)
from tests.appeals.reading import read, text_of

COVER = CoverFacts("Sample Health Plan", "Sample Patient")
PICTURE = as_file(Image.effect_noise((300, 300), 80), "JPEG")


def refusal(raw: bytes = NOTICE) -> PacketRefusal:
    with pytest.raises(PacketError) as caught:
        clean(raw)
    return caught.value.reason


def with_password() -> bytes:
    with pikepdf.Pdf.open(io.BytesIO(NOTICE)) as opened:
        return locked(opened)


REFUSED: dict[str, tuple[PacketRefusal, Callable[[], bytes]]] = {
    "more than 20 MB": (PacketRefusal.TOO_LARGE, lambda: b"%PDF-1.7" + bytes(MOST_FILE_BYTES)),
    "a Word file": (PacketRefusal.WRONG_TYPE, lambda: b"PK\x03\x04" + bytes(500)),
    "a web page": (PacketRefusal.WRONG_TYPE, lambda: b"<!doctype html><title>Notice</title>"),
    "nothing": (PacketRefusal.WRONG_TYPE, lambda: b""),
    "a PDF with a password": (PacketRefusal.ENCRYPTED, with_password),
    "a PDF in name only": (PacketRefusal.BROKEN, lambda: b"%PDF-1.7\nDear member"),
    "a quarter of a PDF": (PacketRefusal.BROKEN, lambda: NOTICE[: len(NOTICE) // 4]),
    "half a picture": (PacketRefusal.BROKEN, lambda: PICTURE[: len(PICTURE) // 2]),
    "a script": (PacketRefusal.SCRIPTED, lambda: changed(with_script)),
    "a script on opening": (PacketRefusal.SCRIPTED, lambda: changed(with_open_action)),
    "a script of a page": (PacketRefusal.SCRIPTED, lambda: changed(with_page_action)),
    "a link to a program": (PacketRefusal.SCRIPTED, lambda: changed(with_launching_link)),
    "a form that draws itself": (PacketRefusal.SCRIPTED, lambda: changed(with_dynamic_form)),
    "101 pages": (PacketRefusal.TOO_MANY_PAGES, lambda: pages_pdf(101)),
    "a picture that would fill the memory": (PacketRefusal.TOO_MANY_PIXELS, lambda: HUGE_PNG),
    "such a picture in a PDF": (PacketRefusal.TOO_MANY_PIXELS, huge_picture_pdf),
    "a page that unpacks without end": (PacketRefusal.BROKEN, bomb),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(what: str) -> None:
    reason, make = REFUSED[what]
    assert refusal(make()) is reason


def test_a_hundred_pages_are_taken() -> None:
    assert clean(pages_pdf(100)).pages == 100


def test_the_rest_of_a_packet_is_kept() -> None:
    files = [
        EnclosureFile(1, "notice.pdf", NOTICE),
        EnclosureFile(1, "locked.pdf", with_password()),
        EnclosureFile(2, "scale.jpg", PICTURE),
        EnclosureFile(3, "broken.pdf", b"%PDF-"),
        EnclosureFile(9, "of no enclosure.pdf", NOTICE),
    ]
    made = build_packet(two_pages(), files, cover=COVER)
    assert [(one.file.name, one.reason) for one in made.refused] == [
        ("locked.pdf", PacketRefusal.ENCRYPTED),
        ("broken.pdf", PacketRefusal.BROKEN),
        ("of no enclosure.pdf", PacketRefusal.NOT_LISTED),
    ]
    assert made.pages == 1 + 2 + 2 + 2  # cover, letter, and two enclosures of a page each


def test_what_would_make_the_packet_too_large_or_too_long_stays_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = [EnclosureFile(1, "first", NOTICE), EnclosureFile(2, "second", pages_pdf(4))]
    monkeypatch.setattr(build, "MOST_PACKET_BYTES", len(NOTICE))
    made = build_packet(two_pages(), files, cover=COVER)
    assert [one.reason for one in made.refused] == [PacketRefusal.PACKET_TOO_LARGE]
    monkeypatch.undo()
    monkeypatch.setattr(build, "MOST_PACKET_PAGES", 9)
    made = build_packet(two_pages(), files, cover=COVER)
    assert [one.reason for one in made.refused] == [PacketRefusal.PACKET_TOO_LONG]
    assert made.pages <= 9


def test_a_packet_may_have_its_last_page() -> None:
    """A cover, two pages of a letter, two tabs, and the rest."""
    files = [EnclosureFile(1, "first", pages_pdf(98)), EnclosureFile(2, "second", pages_pdf(97))]
    made = build_packet(two_pages(), files, cover=COVER)
    assert (made.pages, made.refused) == (MOST_PACKET_PAGES, ())


def test_a_cover_sheet_of_two_pages_is_counted_as_two() -> None:
    many = enclosed(*[f"Sample paper number {number} {'and more ' * 25}" for number in range(14)])
    files = [EnclosureFile(one.number, one.label, NOTICE) for one in many]
    made = build_packet(replace(two_pages(), enclosures=many), files, cover=COVER)
    reader = pikepdf.Pdf.open(io.BytesIO(made.pdf))
    assert made.pages == len(reader.pages)
    text = text_of(made.pdf)
    letter = len(read(render_letter(replace(two_pages(), enclosures=many))).pages)
    assert f"Appeal of a denial of esketamine nasal spray 4 to {3 + letter}" in text


def test_each_refusal_says_what_is_wrong_and_what_to_do() -> None:
    assert set(REFUSALS) == set(PacketRefusal)
    for sentence in map(str, REFUSALS.values()):
        assert sentence.count(". ") >= 1


# The process apart


def run_instead(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let this code be the process that opens a file."""
    monkeypatch.setattr(confined_work, "_COMMAND", (sys.executable, "-B", "-c", code))


PDF_OF_NOTHING = "import sys; sys.stdout.buffer.write(b'{\"pages\": %s}\\n%%PDF-1.7')"


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os; os.abort()", id="crashes"),
        pytest.param("print('[' * 100_000)", id="nests without end"),
        pytest.param("print('null')", id="says nothing"),
        pytest.param('print(\'{"refusal": "because"}\')', id="refuses for no known reason"),
        pytest.param("print('{\"pages\": 1}')", id="brings no PDF"),
        pytest.param(PDF_OF_NOTHING % 0, id="has no page"),
        pytest.param(PDF_OF_NOTHING % '"1"', id="counts in words"),
        pytest.param(PDF_OF_NOTHING % 101, id="has more pages than it may"),
    ],
)
def test_a_process_that(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is turned into a refusal, whatever the file made of it."""
    run_instead(monkeypatch, code)
    assert refusal() is PacketRefusal.BROKEN


def test_what_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    run_instead(monkeypatch, "import subprocess; subprocess.run(['sleep', '60'])")
    began = time.monotonic()
    with pytest.raises(PacketError) as caught:
        clean(NOTICE, seconds=0.5)
    assert caught.value.reason is PacketRefusal.TOOK_TOO_LONG
    assert time.monotonic() - began < 5


def test_a_file_that_counts_pages_wrong_spoils_no_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its pages are counted again when the packet is bound."""
    cleaned = clean(NOTICE)
    monkeypatch.setattr(
        confined_work, "clean", lambda *_, **__: type(cleaned)(cleaned.pdf, cleaned.pages + 1)
    )
    with pytest.raises(PacketError):
        build_packet(two_pages(), [EnclosureFile(1, "notice.pdf", NOTICE)], cover=COVER)


def test_a_part_that_is_no_pdf_is_not_bound() -> None:
    with pytest.raises(PacketError) as caught:
        bind([Part("Notice", 0, b"%PDF-1.7")], title="Notice", on="2026-11-26")
    assert caught.value.reason is PacketRefusal.BROKEN


def test_whoever_waits_too_long_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = BoundedSemaphore(1)
    taken.acquire()
    monkeypatch.setattr(confined_work, "_WORKERS", taken)
    monkeypatch.setattr(confined_work, "_WAIT_SECONDS", 0.01)
    assert refusal() is PacketRefusal.BUSY


def test_a_picture_or_a_scan_of_color_is_taken() -> None:
    color = Image.effect_noise((200, 200), 80).convert("RGB")
    for raw in (png(color), as_file(color, "JPEG"), picture_pdf(color)):
        assert clean(raw).pages == 1
