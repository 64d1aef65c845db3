"""Pictures of every page and state, in the folder that $SCREENSHOTS names (`make screenshots`)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.appeals.letter_files import picture, png
from tests.pages.walking import ALABAMA, ESKETAMINE, TRD, Walk, watched

PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 800}
CAMERAS: dict[str, tuple[str, dict[str, Any]]] = {
    "phone-light": ("en", {"viewport": PHONE}),
    "phone-dark": ("en", {"viewport": PHONE, "color_scheme": "dark"}),
    "phone-spanish": ("es", {"viewport": PHONE}),
    "desktop-light": ("en", {"viewport": DESKTOP}),
    "desktop-dark": ("en", {"viewport": DESKTOP, "color_scheme": "dark"}),
}
AGE = "How old is the person who needs treatment?"

Camera = tuple[Walk, Callable[[str], None]]


@pytest.fixture(params=CAMERAS)
def camera(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Camera]:
    """A person on the way, and the function that takes the picture of what they see."""
    language, options = CAMERAS[request.param]
    folder = Path(os.environ.get("SCREENSHOTS", "var/screenshots")) / request.param
    folder.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(base_url=site, reduced_motion="reduce", **options)
    page = watched(context, [])

    def shoot(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    yield Walk(page, language), shoot
    context.close()


def test_pages(camera: Camera) -> None:
    walk, shoot = camera
    addresses = {
        "home": "/",
        "map": "/map/",
        "map-filtered": "/map/?treatment=esketamine&state=NY",
        "policies": "/policies/",
        "policies-found": "/policies/?q=spravato&state=NY",
        "policies-none": "/policies/?q=nobody",
        "policy-criteria": "/policies/western-health-advantage/spravato/",
        "policy-second-hand": "/policies/bcbs-ma/087/",
        "policy-investigational": "/policies/bcbs-al/mp-446/",
        "policy-continuation": "/policies/new-york-medicaid/spravato/",
        "states": "/states/",
        "insurer": "/insurers/bcbs-ma/",
        "state": "/states/ny/",
        "data": "/data/",
        "guide": "/guide/",
        "guide-ketamine": "/guide/ketamine-infusion/",
        "not-found": "/policies/nobody/nothing/",
    }
    for name, address in addresses.items():
        walk.page.goto(walk.address(address))
        shoot(name)
    walk.page.goto("/api/v1/")
    shoot("api")


def test_signing_in(camera: Camera) -> None:
    walk, shoot = camera
    walk.page.goto("/admin/")
    shoot("desk-sign-in")


def test_the_way_to_an_answer(camera: Camera) -> None:
    walk, shoot = camera
    page = walk.page
    page.goto(walk.address("/check/"))
    shoot("check-1-about")
    walk.press("Continue")
    page.get_by_role("alert").wait_for()
    shoot("check-1-about-to-correct")
    walk.tell_plan(shoot=shoot)
    walk.is_at("The person who needs treatment")
    shoot("check-5-questions")
    walk.type(AGE, "forty")
    walk.press("Continue")
    page.get_by_role("alert").wait_for()
    shoot("check-5-questions-to-correct")
    walk.type(AGE, "41")
    walk.go_on("Continue", "The condition now")
    shoot("check-6-condition")
    walk.go_on("Continue", "The treatment asked for")
    walk.go_on("Continue", "Treatments tried")
    walk.name_treatments(["Zoloft", "Lexapro", "Effexor", "lithium"])
    shoot("check-7-treatments")
    walk.press("Show the answer so far")
    page.locator(".answer").first.wait_for()
    shoot("answer-could-qualify")
    walk.go_on("Change my answers", "Check your answers")
    shoot("check-9-review")


STRAIGHT: dict[str, dict[str, Any]] = {
    "investigational": {"insurer": ALABAMA, "state": "Alabama"},
    "excluded": {
        "line": "TRICARE",
        "insurer": "TRICARE West (Health Net Federal Services)",
        "state": "California",
    },
    "not-held": {"insurer": "Nobody Health"},
    "case-by-case": {
        "line": "Original Medicare (the red, white and blue card)",
        "insurer": None,
    },
}


@pytest.mark.parametrize("name", STRAIGHT)
def test_answers_without_questions(camera: Camera, name: str) -> None:
    walk, shoot = camera
    walk.tell_plan(**STRAIGHT[name])
    expect(walk.page.locator(".answer h1")).to_be_visible()
    shoot(f"answer-{name}")


ASKED: dict[str, dict[str, Any]] = {
    "carefirst": {
        "insurer": "CareFirst BlueCross BlueShield",
        "state": "Maryland",
        "treatment": ESKETAMINE,
    },
    "unread": {
        "insurer": "Blue Cross and Blue Shield of Oklahoma",
        "treatment": ESKETAMINE,
        "state": "Oklahoma",
        "condition": "Major depression with suicidal ideation",
    },
}


@pytest.mark.parametrize("name", ASKED)
def test_answers_before_all_is_asked(camera: Camera, name: str) -> None:
    walk, shoot = camera
    walk.tell_plan(**ASKED[name])
    shoot(f"questions-{name}")
    walk.press("Show the answer so far")
    expect(walk.page.locator(".answer h1")).to_be_visible()
    shoot(f"answer-{name}")


def test_the_way_after_a_denial(camera: Camera) -> None:
    walk, shoot = camera
    page = walk.page
    page.goto(walk.address("/denied/"))
    shoot("denied-1-plan")
    walk.choose("Where does this health coverage come from?", "Medicare")
    walk.go_on("Continue", "Which kind of plan is it?")
    walk.choose(
        "Which Medicare card do you show at the doctor's office?",
        "The card of a Medicare Advantage plan",
    )
    walk.press("Continue")
    walk.choose(
        "Which benefit does the denial name?", "The medical benefit (Part A, Part B or Part C)"
    )
    walk.go_on("Continue", "The denial notice")
    shoot("denied-2-letter")
    page.locator("#id_file").set_input_files(
        {"name": "notice.png", "mimeType": "image/png", "buffer": png(picture())}
    )
    walk.press("Read my letter")
    expect(walk.heading).to_have_text(walk.words("Dates on the notice"), timeout=40_000)
    shoot("denied-3-dates")
    walk.press("Continue")
    page.get_by_role("alert").first.wait_for()
    shoot("denied-3-dates-to-correct")
    page.get_by_label(
        walk.words("I looked at the notice, and this is the date printed on it.")
    ).check()
    walk.choose("What is this notice?", "The first decision")
    walk.go_on("Continue", "What was refused")
    shoot("denied-4-asked")
    walk.go_on("Continue", "Why they said no")
    walk.page.get_by_label(walk.words("Step therapy (fail first)"), exact=True).check()
    shoot("denied-5-reasons")
    walk.press("Show what to do")
    expect(page.locator("svg[role=img]").first).to_be_visible()
    shoot("denied-6-result")


def test_the_way_to_a_letter(camera: Camera) -> None:
    walk, shoot = camera
    page = walk.page
    page.goto(walk.address("/letters/"))
    shoot("letter-1-start")
    walk.go_on("Just write one", "Which document do you need?")
    shoot("letter-2-document")
    walk.go_on("Continue", "What it is about")
    shoot("letter-3-about")
    walk.choose("Which treatment is it about?", ESKETAMINE)
    walk.select("What is the treatment for?", TRD)
    walk.go_on("Continue", "About you")
    walk.press("Continue")
    page.get_by_role("alert").first.wait_for()
    shoot("letter-4-facts-to-correct")
    page.locator("[name='told-clinician_name']").fill("Alex Sample, MD")
    walk.go_on("Show the letter so far", "Your letter")
    page.locator("button[value='fill-papers']").first.click()
    walk.is_at("The papers that go with it")
    shoot("letter-5-papers")
    walk.go_on("Back to the letter", "Your letter")
    shoot("letter-6-edit")
    page.locator("button[value='part.open.request']").click()
    page.locator("textarea").fill("Please think again.")
    walk.press("Keep these words")
    page.locator(".part__mark").first.wait_for()
    shoot("letter-6-edit-own-words")
    walk.go_on("Continue", "Your letter is a draft")
    shoot("letter-7-finish")
