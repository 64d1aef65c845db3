"""Pictures of every page and state, in the folder that $SCREENSHOTS names (`make screenshots`)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.conftest import watched
from tests.pages.walking import ALABAMA, fill_plan, fill_treatments, go_on

QUESTIONS = "What your plan's documents ask"
SIZES = {"phone": (360, 780), "desktop": (1280, 800)}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")


@pytest.fixture(params=[(size, scheme) for size in SIZES for scheme in SCHEMES], ids="-".join)
def camera(
    request: pytest.FixtureRequest, browser: Browser, site: str
) -> Iterator[tuple[Page, Callable[[str], None]]]:
    """A page and the function that takes its picture."""
    size, scheme = request.param
    folder = Path(os.environ.get("SCREENSHOTS", "var/screenshots")) / f"{size}-{scheme}"
    folder.mkdir(parents=True, exist_ok=True)
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = watched(context, [])

    def shoot(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    yield page, shoot
    context.close()


def test_pages(camera: tuple[Page, Callable[[str], None]]) -> None:
    page, shoot = camera
    addresses = {
        "home": "/",
        "policies": "/policies/",
        "policies-found": "/policies/?q=spravato&state=NY",
        "policies-none": "/policies/?q=nobody",
        "policy-criteria": "/policies/western-health-advantage/spravato/",
        "policy-second-hand": "/policies/bcbs-ma/087/",
        "policy-investigational": "/policies/bcbs-al/mp-446/",
        "policy-continuation": "/policies/new-york-medicaid/spravato/",
        "not-found": "/policies/nobody/nothing/",
    }
    for name, address in addresses.items():
        page.goto(address)
        shoot(name)


def test_the_way_to_an_answer(camera: tuple[Page, Callable[[str], None]]) -> None:
    page, shoot = camera
    page.goto("/check/")
    shoot("check-1-plan")
    go_on(page, "Continue", "Your plan and the treatment")
    shoot("check-1-plan-to-correct")
    fill_plan(page)
    go_on(page, "Continue", QUESTIONS)
    shoot("check-2-questions")
    page.get_by_role("group", name="MADRS").get_by_label("Score", exact=True).fill("300")
    page.get_by_role("button", name="Show my answer").click()
    page.get_by_role("alert").wait_for()
    shoot("check-2-questions-to-correct")
    page.get_by_role("group", name="MADRS").get_by_label("Score", exact=True).fill("30")
    page.get_by_role("group", name="MADRS").get_by_label("It is in the chart").check()
    page.get_by_label("How old is the person").fill("41")
    fill_treatments(page, ["Zoloft", "Lexapro", "Effexor", "Wellbutrin"])
    shoot("check-2-questions-filled")
    page.get_by_role("button", name="Show my answer").click()
    page.locator(".answer").first.wait_for()
    shoot("answer-could-qualify")
    page.get_by_role("button", name="Change my answers").click()
    page.get_by_label("How old is the person").fill("15")
    page.get_by_role("button", name="Show my answer").click()
    page.locator(".answer").first.wait_for()
    shoot("answer-does-not-meet")


STRAIGHT = {
    "investigational": {"insurer": ALABAMA, "state": "Alabama"},
    "excluded": {
        "line": "TRICARE",
        "insurer": "TRICARE West (Health Net Federal Services)",
        "state": "California",
    },
    "disagreement": {
        "line": "A Medicare Advantage plan (Part C)",
        "condition": "Chronic pain",
    },
    "no-document": {"insurer": "I don't know"},
    "silent": {"condition": "Fibromyalgia"},
    "case-by-case": {
        "line": "Original Medicare (the red, white and blue card)",
        "insurer": "I don't know",
    },
}


@pytest.mark.parametrize("name", STRAIGHT)
def test_answers_without_questions(camera: tuple[Page, Callable[[str], None]], name: str) -> None:
    page, shoot = camera
    fill_plan(page, **STRAIGHT[name])
    page.get_by_role("button", name="Continue", exact=True).click()
    page.locator(".answer").first.wait_for()
    shoot(f"answer-{name}")


ASKED = {
    "appears": {
        "line": "TRICARE",
        "insurer": "TRICARE West (Health Net Federal Services)",
        "treatment": "Esketamine nasal spray (Spravato)",
    },
    "second-hand": {
        "line": "VA health care",
        "insurer": "I don't know",
    },
    "unread": {
        "insurer": "Blue Cross and Blue Shield of Oklahoma",
        "treatment": "Esketamine nasal spray (Spravato)",
        "state": "Oklahoma",
        "condition": "Major depression with suicidal ideation",
    },
}


@pytest.mark.parametrize("name", ASKED)
def test_answers_after_questions(camera: tuple[Page, Callable[[str], None]], name: str) -> None:
    page, shoot = camera
    fill_plan(page, **ASKED[name])
    go_on(page, "Continue", QUESTIONS)
    shoot(f"questions-{name}")
    if page.get_by_label("How old is the person").count():
        page.get_by_label("How old is the person").fill("41")
    page.get_by_role("button", name="Show my answer").click()
    page.locator(".answer").first.wait_for()
    shoot(f"answer-{name}")
