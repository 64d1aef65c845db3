"""From "I have been denied", with a photo of the notice, to the timeline and the calendar file."""

import datetime as dt
from pathlib import Path

import icalendar
import pytest
from django.utils.translation import override
from playwright.sync_api import expect

from policies.wording.dates import date
from tests.appeals.letter_files import LETTER, letter_content, picture, png
from tests.pages.test_keyboard import arrives, pick, press_button, tab_to
from tests.pages.walking import TRD, Walk

READING = 40_000  # milliseconds: a picture of a page takes some seconds
# A last day that has passed is not saved, so the notice is of these days.
NOTICE = dt.date.today() - dt.timedelta(days=10)  # noqa: DTZ011 -- a day more or less is no matter
SAFE_DAY = NOTICE + dt.timedelta(days=180)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scanned notice of these days."""
    path = tmp_path_factory.mktemp("letter") / "notice.png"
    lines = [line.replace("March 14, 2026", date(NOTICE)) for line in LETTER]
    path.write_bytes(png(picture(letter_content(lines))))
    return path


def tell_plan(walk: Walk) -> None:
    """From the front page to the notice, with a plan whose claims the employer pays."""
    walk.page.goto(walk.address("/"))
    walk.page.get_by_role("link", name=walk.words("I have been denied")).click()
    walk.is_at("You have been denied")
    walk.look()
    walk.choose("Where does this health coverage come from?", "A job at a company, or a union")
    walk.go_on("Continue", "Which kind of plan is it?")
    walk.look()
    walk.choose(
        "Who pays the claims?",
        "The employer itself, or the plan's own fund (the plan is self-funded)",
    )
    walk.press("Continue")
    walk.choose("Does the plan say that it is “grandfathered”?", "No, it does not say so")
    walk.go_on("Continue", "The denial notice")
    walk.look()


def tell_rest(walk: Walk) -> None:
    """From the dates to the result."""
    walk.choose("What is this notice?", "The first decision")
    walk.go_on("Continue", "What was refused")
    walk.look()
    walk.choose("Which treatment did they refuse?", "IV ketamine infusion")
    walk.select("What is the treatment for?", TRD)
    walk.choose("How does the treatment stand?", "It was asked for, and not given yet")
    walk.go_on("Continue", "Why they said no")
    walk.page.get_by_label(walk.words("Not medically necessary"), exact=True).check()
    walk.look()
    walk.press("Show what to do")
    expect(walk.page.locator("svg[role=img]").first).to_be_visible()
    expect(walk.heading).to_be_focused()
    walk.look()


@pytest.mark.parametrize(
    "walk",
    ["Spanish phone without JavaScript", "Spanish, zoomed to 200 %"],
    indirect=True,
)
def test_from_a_photo_of_the_notice_to_the_dates_to_keep(
    walk: Walk, photo: Path, tmp_path: Path
) -> None:
    page = walk.page
    tell_plan(walk)
    page.get_by_label(
        walk.words("The notice: a PDF, or photos of its pages (JPEG or PNG)")
    ).set_input_files(photo)
    page.get_by_role("button", name=walk.words("Read my letter")).click()
    expect(walk.heading).to_have_text(walk.words("Dates on the notice"), timeout=READING)
    walk.look()
    field = page.get_by_label(walk.words("Which date is printed on the notice?"))
    expect(field).to_have_value(NOTICE.isoformat())
    expect(page.locator("mark").first).to_be_visible()

    # The date that was read wants to be looked at, whatever else was told.
    walk.choose("What is this notice?", "The first decision")
    walk.press("Continue")
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(field).to_have_value(NOTICE.isoformat())
    walk.look()
    page.get_by_label(
        walk.words("I looked at the notice, and this is the date printed on it.")
    ).check()
    tell_rest(walk)

    with page.expect_download() as download:
        page.get_by_role("button", name=walk.words("Save the dates (.ics)")).click()
    file = tmp_path / "dates.ics"
    download.value.save_as(file)
    events = icalendar.Calendar.from_ical(file.read_bytes()).events
    assert SAFE_DAY in [event.start for event in events]
    told = file.read_text("utf-8").casefold()
    assert not [word for word in ("ketamin", "depres", "spravato") if word in told]

    walk.go_on("Back", "Why they said no")
    walk.go_on("Back", "What was refused")
    walk.go_on("Back", "Dates on the notice")
    expect(field).to_have_value(NOTICE.isoformat())


def test_what_is_no_letter_is_refused_and_nothing_is_lost(desktop: Walk, tmp_path: Path) -> None:
    walk, page = desktop, desktop.page
    tell_plan(walk)
    wrong = tmp_path / "notice.pdf"
    wrong.write_bytes(b"PK\x03\x04 not a letter")
    page.get_by_label(
        walk.words("The notice: a PDF, or photos of its pages (JPEG or PNG)")
    ).set_input_files(wrong)
    page.get_by_role("button", name=walk.words("Read my letter")).click()
    expect(page.get_by_role("alert").first).to_be_focused()
    walk.is_at("The denial notice")
    walk.look()
    walk.go_on("Type it in myself", "Dates on the notice")
    page.get_by_label(walk.words("Which date is printed on the notice?")).fill(NOTICE.isoformat())
    tell_rest(walk)
    with override(walk.language):
        expect(walk.heading).to_contain_text(date(SAFE_DAY))


def test_a_kind_of_plan_without_steps_says_whom_to_ask(desktop: Walk) -> None:
    desktop.page.goto("/denied/")
    desktop.choose("Where does this health coverage come from?", "Workers' compensation")
    desktop.go_on("Continue", "We hold no steps for this kind of plan")
    desktop.look()
    desktop.go_on("Back", "You have been denied")


def test_the_way_by_keyboard_alone(desktop: Walk) -> None:
    walk, page = desktop, desktop.page
    page.goto("/denied/")
    pick(walk, "Medicare")
    press_button(walk, "Continue")
    arrives(walk, "Which kind of plan is it?")
    pick(walk, "The card of a Medicare Advantage plan")
    press_button(walk, "Continue")
    arrives(walk, "Which kind of plan is it?")
    pick(walk, "The medical benefit (Part A, Part B or Part C)")
    press_button(walk, "Continue")
    arrives(walk, "The denial notice")
    press_button(walk, "Type it in myself")
    arrives(walk, "Dates on the notice")
    tab_to(walk, page.get_by_label("Which date is printed on the notice?"))
    page.keyboard.type(NOTICE.strftime("%m%d%Y"))
    pick(walk, "The first decision")
    press_button(walk, "Continue")
    arrives(walk, "What was refused")
    press_button(walk, "Continue")
    arrives(walk, "Why they said no")
    press_button(walk, "Show what to do")
    expect(walk.heading).to_be_focused()
    expect(walk.heading).to_contain_text(date(NOTICE + dt.timedelta(days=60)))


def test_the_check_hands_on_what_it_was_told(desktop: Walk) -> None:
    walk = desktop
    walk.tell_plan(line="VA health care", insurer=None, state=None)
    walk.press("Show the answer so far")
    expect(walk.page.locator(".answer h1")).to_be_visible()
    walk.press("I have been denied")
    walk.is_at("You have been denied")
    # Of the programs of the military only the VA's are left.
    group = walk.page.get_by_role("group", name="Which program made the decision?")
    expect(group.get_by_role("radio")).to_have_count(3)
