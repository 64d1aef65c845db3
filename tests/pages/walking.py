"""Steps that walks and screenshots share, in the words a person reads, in either language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, ViewportSize, expect

from policies.language import said

COMMERCIAL = "A job, a union, the marketplace, or bought directly"
TRD = "Treatment-resistant depression"
MASSACHUSETTS = "Blue Cross Blue Shield of Massachusetts"
ALABAMA = "Blue Cross and Blue Shield of Alabama"
IV_KETAMINE = "IV ketamine infusion"
ESKETAMINE = "Esketamine nasal spray (Spravato)"
PHONE: ViewportSize = {"width": 320, "height": 700}
DESK: ViewportSize = {"width": 1280, "height": 800}

# Two kinds of browser that differ in most: for walks whose screens others meet in all five.
in_two_browsers = pytest.mark.parametrize(
    "walk", ["desktop, dark", "Spanish phone without JavaScript"], indirect=True
)

# The kinds that those two are not, for walks of which another in the same file meets all five.
in_two_other_browsers = pytest.mark.parametrize(
    "walk", ["phone", "Spanish, zoomed to 200 %"], indirect=True
)

AXE = Axe()
# Else it hands over every part of a page that keeps a rule, and fetches every stylesheet once more
# for a rule that is off; test_orientation.py asks that one.
VIOLATIONS = {"resultTypes": ["violations"], "preload": False}


def follow(link: Locator) -> None:
    """Press a link and wait for the page it leads to, which the next step is about."""
    with link.page.expect_event("load"):
        link.press("Enter")


def look(page: Page) -> None:
    """Hold a page to what every page must keep: nothing sticks out, and axe finds no fault."""
    page.wait_for_load_state()
    wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    assert not wide, "the page scrolls sideways"
    # Axe is a script too; without scripts the page is the same one.
    if page.evaluate("matchMedia('(scripting: enabled)').matches"):
        found = AXE.run(page, options=VIOLATIONS)
        assert found.violations_count == 0, found.generate_report()


def look_at_both(page: Page) -> None:
    """Hold a page to what it must keep on a phone and at a desk, where it then stays."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        look(page)


def watched(context: BrowserContext, complaints: list[str]) -> Page:
    """A page whose complaints are kept: broken scripts and what the security policy refused."""

    def listen(message: ConsoleMessage) -> None:
        # A refused form answers 422, which Chromium reports as an error of loading; and a test that
        # cuts the connection hears of that.
        expected = (
            "422",
            "429",
            "502",
            "ERR_INTERNET_DISCONNECTED",
            "htmx:sendError",
            "htmx:afterRequest",
        )
        if message.type == "error" and not any(one in message.text for one in expected):
            complaints.append(f"{message.text} {message.location['url']}")

    page = context.new_page()
    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    return page


@dataclass(frozen=True, slots=True)
class Walk:
    """A person on the way through a check."""

    page: Page
    language: str = "en"

    def words(self, text: str) -> str:
        """What stands on the page for an English text."""
        with override(self.language):
            # A label of the data first: within a sentence the same words stand otherwise.
            translated = said(text)
            return translated if translated != text else gettext(text)

    def address(self, path: str) -> str:
        return path if self.language == "en" else f"/{self.language}{path}"

    @property
    def heading(self) -> Locator:
        return self.page.get_by_role("heading", level=1)

    def is_at(self, title: str) -> None:
        """Wait for a screen by its title."""
        expect(self.heading).to_have_text(self.words(title))

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=self.words(button), exact=True).first.click()

    def send(self, button: str) -> None:
        """Press a button and wait until what the server answers stands there."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST"):
            self.press(button)
        self.settle()

    def settle(self) -> None:
        """Wait until what came stands, and its buttons do what they do with scripts."""
        self.page.wait_for_load_state()
        expect(self.page.locator(".htmx-request, .htmx-settling")).to_have_count(0)

    def go_on(self, button: str, title: str) -> None:
        """Press a button and wait for the screen it leads to."""
        self.press(button)
        self.is_at(title)

    def choose(self, question: str, answer: str) -> None:
        """Choose a radio button."""
        group = self.page.get_by_role("group", name=self.words(question))
        group.get_by_label(self.words(answer), exact=True).check()

    def select(self, question: str, answer: str) -> None:
        self.page.get_by_label(self.words(question)).select_option(label=self.words(answer))

    def type(self, question: str, text: str) -> None:
        self.page.get_by_label(self.words(question)).first.fill(text)

    def name_insurer(self, name: str) -> None:
        """Choose an insurer of the list, or type a name that is not in it."""
        question = self.words("Which company or program insures you?")
        field = self.page.get_by_label(question)
        if self.page.locator("input.typeahead__input").count():
            field.fill(name)
            option = self.page.get_by_role("option", name=name, exact=True)
            if option.count():
                option.click()
        elif self.page.get_by_role("option", name=name, exact=True).count():
            field.select_option(label=name)
        else:
            field.select_option(label=self.words("My insurer is not in this list"))
            self.type("If it is not in the list: the insurer's name", name)

    def tell_plan(
        self,
        *,
        asker: str = "I am the patient",
        line: str = COMMERCIAL,
        insurer: str | None = MASSACHUSETTS,
        state: str | None = "Massachusetts",
        treatment: str = IV_KETAMINE,
        condition: str = TRD,
        shoot: Callable[[str], None] = lambda name: None,
    ) -> None:
        """Go through the screens of the plan, and on from the last of them."""
        self.page.goto(self.address("/check/"))
        self.choose("Who is asking?", asker)
        self.choose("How do you get this health insurance?", line)
        self.press("Continue")
        if insurer is not None:
            self.is_at("The insurer")
            self.look()
            self.name_insurer(insurer)
            shoot("check-2-insurer")
            self.press("Continue")
        if state is not None:
            self.is_at("Where you live")
            self.select("Which state do you live in?", state)
            issued = self.page.get_by_label(self.words("In which state was the plan issued?"))
            if issued.count():
                issued.select_option(label=self.words(state))
            shoot("check-3-place")
            self.press("Continue")
        self.is_at("The treatment")
        self.look()
        self.choose("Which treatment do you ask about?", treatment)
        self.select("What is the treatment for?", condition)
        shoot("check-4-treatment")
        self.press("Continue")

    def name_treatments(self, medicines: Iterable[str], kind: str = "Antidepressant") -> None:
        """Name failed adequate trials, one card after another."""
        for number, medicine in enumerate(medicines, 1):
            if number > 1:
                self.press("Add another treatment")
            title = self.words("Treatment %(number)s") % {"number": number}
            card = self.page.get_by_role("group", name=title, exact=True)
            kinds = card.get_by_label(self.words("What kind of treatment was it?"))
            kinds.select_option(label=self.words(kind))
            card.get_by_label(self.words("Which medicine or treatment?")).fill(medicine)
            card.get_by_label(self.words("For how many weeks?")).fill("8")
            adequate = self.words(
                "Has your clinician said that the dose (or for talk therapy, the course) was "
                "adequate?"
            )
            group = card.get_by_role("group", name=adequate)
            group.get_by_label(self.words("Yes"), exact=True).check()
            happened = card.get_by_label(self.words("What happened?"))
            happened.select_option(label=self.words("It did not help"))
        self.choose("Is this list complete?", "Yes")

    def look(self) -> None:
        """Hold the page on the screen to what every page must keep."""
        page = self.page
        look(page)
        assert page.locator("html").get_attribute("lang") == self.language
        assert "?" not in page.url or "/policies/" in page.url or "/map/" in page.url
