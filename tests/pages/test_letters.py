"""From a denial, and from an answer without one, to a finished letter in one visit."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.appeals.letter_files import letter_content, pdf
from tests.pages.test_denied import NOTICE, tell_plan, tell_rest
from tests.pages.test_keyboard import arrives, press_button, tab_to
from tests.pages.walking import Walk

FACTS = (
    "The treating clinician",
    "Where it goes",
    "What the notice says",
    "What is asked for",
    "How it is for the patient",
)


def taken(walk: Walk, button: str) -> bytes:
    """A file that a button gives."""
    with walk.page.expect_download() as download:
        walk.press(button)
    return download.value.path().read_bytes()


def words_of(file: bytes) -> str:
    pages = PdfReader(io.BytesIO(file)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("walk", ["phone without JavaScript"], indirect=True)
def test_from_a_denial_to_a_packet_in_one_visit(walk: Walk, tmp_path: Path) -> None:
    page = walk.page
    tell_plan(walk)
    walk.go_on("Type it in myself", "Dates on the notice")
    page.get_by_label(walk.words("Which date is printed on the notice?")).fill(NOTICE.isoformat())
    tell_rest(walk)
    walk.go_on("Write a letter", "Which document do you need?")
    walk.look()
    walk.go_on("Continue", "Who signs it?")
    page.locator("[name='write-voice'][value=patient]").check()
    walk.look()
    walk.go_on("Continue", "About you")
    walk.press("Continue")
    expect(page.get_by_role("alert").first).to_be_focused()
    walk.look()
    page.locator("[name='told-patient_name']").fill("Sample Patient")
    for title in FACTS:
        walk.go_on("Continue", title)
    walk.look()
    walk.go_on("Continue", "The papers that go with it")
    page.get_by_label(walk.words("The denial notice")).check()
    walk.look()
    walk.go_on("Continue", "Your letter")
    walk.look()

    # What is missing leads to its field, and the field back to the letter.
    page.locator("button[value='fill.member_id']").click()
    expect(page.locator("[name='told-member_id']")).to_be_focused()
    page.locator("[name='told-member_id']").fill("SAMPLE-0042")
    walk.go_on("Back to the letter", "Your letter")
    expect(page.locator("button[value='fill.member_id']")).to_have_count(0)

    page.locator("button[value='part.open.request']").click()
    words = page.locator("textarea")
    expect(words).to_be_focused()
    words.fill("Please think again.")
    walk.look()
    walk.press("Keep these words")
    expect(page.locator("#part-request .part__mark")).to_be_visible()
    walk.go_on("Continue", "Your letter is a draft")
    walk.look()
    said = words_of(taken(walk, "Download the letter (PDF)"))
    assert "Please think again." in said
    assert "SAMPLE-0042" in said

    paper = tmp_path / "notice.pdf"
    paper.write_bytes(b"%PDF-1.7 broken")
    files = page.locator("input[type=file]")
    files.set_input_files(paper)
    walk.press("Download the packet (PDF)")
    expect(page.get_by_role("alert").first).to_contain_text("notice.pdf")
    walk.look()
    paper.write_bytes(pdf(letter_content(("Sample notice",))))
    files.set_input_files(paper)
    assert "Sample notice" in words_of(taken(walk, "Download the packet (PDF)"))


def test_from_an_answer_without_a_denial_to_a_letter_in_one_visit(desktop: Walk) -> None:
    walk, page = desktop, desktop.page
    walk.tell_plan()
    walk.press("Show the answer so far")
    expect(page.locator(".answer h1")).to_be_visible()
    walk.go_on("Write a letter", "Which document do you need?")
    walk.go_on("Continue", "About you")
    page.locator("[name='told-clinician_name']").fill("Alex Sample, MD")
    walk.go_on("Show the letter so far", "Your letter")
    walk.look()

    # While it is written, the page beside it follows.
    page.locator("button[value='part.open.order']").click()
    expect(page.locator("textarea")).to_be_focused()
    page.locator("textarea").fill("Six sessions.")
    expect(page.locator("#page-order")).to_contain_text("Six sessions.")
    # Changes to a part are no steps of the way: Back leads to the screen before the letter.
    page.go_back()
    walk.is_at("About you")
    page.go_forward()
    walk.is_at("Your letter")
    expect(page.locator("#page-order")).to_contain_text("Six sessions.")
    walk.go_on("Continue", "Your letter is a draft")
    assert "Six sessions." in words_of(taken(walk, "Download the letter (PDF)"))


def test_a_letter_by_keyboard_alone(desktop: Walk) -> None:
    walk, page = desktop, desktop.page
    page.goto("/letters/")
    walk.look()
    press_button(walk, "Just write one")
    arrives(walk, "Which document do you need?")
    walk.look()
    press_button(walk, "Continue")
    arrives(walk, "What it is about")
    press_button(walk, "Continue")
    arrives(walk, "About you")
    tab_to(walk, page.locator("[name='told-clinician_name']"))
    page.keyboard.type("Alex Sample, MD")
    press_button(walk, "Show the letter so far")
    arrives(walk, "Your letter")
    tab_to(walk, page.locator("button[value='part.open.date']"))
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("On a day of my own")
    press_button(walk, "Keep these words")
    expect(page.locator("#part-date h2")).to_be_focused()
    expect(page.locator("#page-date")).to_have_text("On a day of my own")
