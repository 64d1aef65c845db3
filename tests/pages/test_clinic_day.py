"""Days at the clinic: from a patient's saved answers to the appeal that overturns a denial."""

import datetime as dt
import json
import re
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect
from pypdf import PdfReader

from tests.appeals.clinics.building import (
    make_member,
    make_pdf,
)
from tests.appeals.clinics.lettering import make_clinician, make_letter_clinic, user_of
from tests.appeals.clinics.ruling import PLAN, SEVERE_ADULTS, begin_rule
from tests.appeals.letter_files import letter_content, picture, png
from tests.appeals.working import work_off
from tests.factories import make_situation, make_tried
from tests.pages.at_clinic import Enter
from tests.pages.conftest import Calendar
from tests.pages.walking import follow, look, look_at_both

PDF = "application/pdf"
NOTICE = (
    "Sample Health Plan",
    "Notice date: November 12, 2026",
    "We reviewed the request for ketamine infusion",
    "and have decided that we cannot approve it.",
    "It is not medically necessary.",
    "You may appeal within 180 days of this notice.",
    "Fax your appeal to 1-800-555-0199.",
)
PAPERS = {
    "chart": "Chart notes",
    "scales": "Rating-scale scores with their dates",
    "trials": "Table of treatments tried, with doses and dates",
    "necessity": "Letter of medical necessity",
}
REQUEST = {
    "The dose": "0.5 mg/kg",
    "How often is it given?": "twice a week",
    "How many sessions are asked for?": "6",
    "From which day?": "2026-12-01",
    "Where is it given?": "Sample Clinic, Boston",
    "The procedure and drug codes on the order": "96365",
    "The diagnosis, with its code, as in the chart": "F33.2",
    "The units on the bill": "6",
}
DENIED = {
    "The address for appeals, exactly as on the notice": "PO Box 1, Springfield, IL 62701",
    "The claim, case or authorization number": "A-100",
    "The reason for the denial, word for word": "It is not medically necessary.",
}


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    follow(page.get_by_role("button", name=name, exact=True).first)


def go_to(page: Page, name: str) -> None:
    follow(page.get_by_role("link", name=name, exact=True).first)


def test_a_case_goes_from_saved_answers_to_an_appeal_that_overturns_its_denial(
    enter: Enter, calendar: Calendar, tmp_path: Path
) -> None:
    begin_rule(SEVERE_ADULTS)
    clinic = make_letter_clinic()
    biller, alex = enter(make_member(clinic, name="billie")), enter(user_of(make_clinician(clinic)))
    calendar.day = dt.date(2026, 11, 2)
    begin(biller)
    add_papers(biller, PAPERS)
    ask(biller)
    packet = sign_and_take(alex, biller.url, tmp_path)
    assert "Please authorize ketamine by intravenous infusion for Jane Sample" in packet
    assert all(f"{name}, page 1" in packet for name in PAPERS)
    record(alex, "Record that it was sent", "submitted")

    calendar.day = dt.date(2026, 11, 16)
    read_the_denial(biller, case_of(alex))
    add_papers(biller, {"notice": "Denial notice"})
    appeal(biller)
    letter = sign_and_take(alex, biller.url, tmp_path)
    assert "signed electronically by Dr. Alex Sample" in letter
    printed = print_letters(biller, tmp_path)
    assert "Appeal" in printed
    record(alex, "Record that it was sent", "appealed")

    calendar.day = dt.date(2026, 12, 4)
    biller.goto(case_of(alex))
    record(biller, "Overturned", "overturned")
    look_at_both(biller)
    go_to(biller, "Numbers")
    look_at_both(biller)
    expect(biller.get_by_role("main")).to_contain_text("Overturned")


def case_of(page: Page) -> str:
    """The address of the case that a page is about."""
    found = re.match(r".*/cases/[^/]+/", page.url)
    assert found, page.url
    return found[0]


def begin(page: Page) -> None:
    page.goto(reverse("clinics:list"))
    go_to(page, "Begin a case")
    look_at_both(page)
    for field, text in {
        "Family name": "Sample",
        "Given name": "Jane",
        "Birth date": "1980-02-29",
        "Member ID, as on the card": "W-123 456",
        "Address": "1 Example Street",
    }.items():
        page.get_by_label(field, exact=True).first.fill(text)
    situation = make_situation(answers={"age": 44}, tried=[make_tried()], **PLAN)
    saved = json.dumps(situation.to_json()).encode()
    page.get_by_label("Answers that the patient saved").set_input_files(
        FilePayload(name="answers.json", mimeType="application/json", buffer=saved)
    )
    press(page, "Begin a case")
    checklist = page.locator("#case-checklist")
    expect(checklist).to_contain_text("1 of 2 criteria met")
    look_at_both(page)
    page.get_by_label("Severity of the current episode").select_option(label="Severe")
    expect(checklist).to_contain_text("2 of 2 criteria met")
    page.get_by_label("Clinician", exact=True).select_option(index=1)
    for question, answer in (
        ("Where does this health coverage come from?", "A job at a company, or a union"),
        ("Who pays the claims?", "The employer itself, or the plan's own fund"),
        ("Does the plan say that it is “grandfathered”?", "No, it does not say so"),
    ):
        asked = page.get_by_label(question)
        asked.select_option(value=asked.locator("option", has_text=answer).get_attribute("value"))
        page.get_by_role("button", name="Check without saving").first.press("Enter")
        expect(page.get_by_text("Not saved yet")).to_be_visible()
    expect(page.get_by_text("A private job's plan whose claims the employer pays")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()


def add_papers(page: Page, papers: dict[str, str]) -> None:
    go_to(page, "Documents")
    held = page.locator(".paper").count()
    files = [FilePayload(name=f"{one}.pdf", mimeType=PDF, buffer=make_pdf(one)) for one in papers]
    page.get_by_label("Add documents").set_input_files(files)
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    expect(page.locator(".paper")).to_have_count(held + len(papers))
    for place, paper in enumerate(papers.values(), held):
        goes_with = page.locator(".paper").nth(place).get_by_label("Goes with letters as")
        goes_with.select_option(label=paper)
    press(page, "Save what they prove")
    look_at_both(page)


def ask(page: Page) -> None:
    """The request for prior authorization, to its last gap."""
    go_to(page, "Letters")
    look_at_both(page)
    press(page, "Begin the letter")
    for question, answer in REQUEST.items():
        page.get_by_label(question).first.fill(answer)
    page.get_by_label("Under which benefit").select_option(index=1)
    page.get_by_label("Is this treatment new").select_option(index=1)
    page.get_by_label("number for the call").fill("617-555-0102")
    page.get_by_label("Times at which").fill("Mondays at noon")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Nothing is missing")).to_be_visible()
    look_at_both(page)


def sign_and_take(page: Page, letter: str, tmp_path: Path) -> str:
    """Sign a letter off as its clinician; the words of its packet."""
    page.goto(letter)
    go_to(page, "Read and sign")
    expect(page.locator(".sign-pages img").first).to_be_visible()
    look_at_both(page)
    page.get_by_label("I have read this letter").check()
    page.get_by_label("Your name").fill("Dr. Alex Sample")
    press(page, "Sign the letter")
    expect(page.get_by_text("Its pages match the signature.")).to_be_visible()
    look_at_both(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the packet").press("Enter")
    taken.value.save_as(tmp_path / "packet.pdf")
    return words_of(tmp_path / "packet.pdf")


def words_of(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def record(page: Page, link: str, what: str) -> None:
    go_to(page, link)
    look(page)
    press(page, "Record it")
    expect(page.get_by_text(f"Recorded: {what}.")).to_be_visible()


def read_the_denial(page: Page, case: str) -> None:
    """The denial as a scan of the notice says it, with the last day that follows."""
    page.goto(case)
    go_to(page, "Denied")
    page.get_by_text("Read the notice from a file or a scan").press("Enter")
    scan = png(picture(letter_content(NOTICE)))
    page.get_by_label("The notice: ").set_input_files(
        FilePayload(name="notice.png", mimeType="image/png", buffer=scan)
    )
    page.locator("[value='read']").press("Enter")
    expect(page.locator("mark").first).to_be_visible(timeout=30_000)
    look_at_both(page)
    expect(page.get_by_label("Date printed on the notice")).to_have_value("2026-11-12")
    page.get_by_label("I compared this date with the notice").check()
    page.get_by_label("Not medically necessary").check()
    press(page, "Record it")
    expect(page.get_by_text("Recorded: denied.")).to_be_visible()
    headline = page.locator(".case-next__headline")
    expect(headline).to_have_text("File your first appeal by May 11, 2027.")
    look_at_both(page)


def appeal(page: Page) -> None:
    go_to(page, "Letters")
    expect(page.get_by_label("Appeal to the plan")).to_be_checked()
    press(page, "Begin the letter")
    expect(page.locator("#page-request")).to_contain_text("Jane Sample")
    for question, answer in DENIED.items():
        page.get_by_label(question).fill(answer)
    page.get_by_label("How will you send it?").select_option(index=1)
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    expect(page.get_by_text("Nothing is missing")).to_be_visible()
    look_at_both(page)


def print_letters(page: Page, tmp_path: Path) -> str:
    """A batch of one letter, made by a worker; its words."""
    go_to(page, "Print letters")
    look_at_both(page)
    page.get_by_label("Appeal to the plan").check()
    press(page, "Print the ticked letters")
    expect(page.get_by_text("0 of 1 made")).to_be_visible()
    work_off()
    page.reload()
    expect(page.get_by_text("1 of 1 are in the file")).to_be_visible()
    look_at_both(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the file").press("Enter")
    taken.value.save_as(tmp_path / "batch.pdf")
    return words_of(tmp_path / "batch.pdf")
