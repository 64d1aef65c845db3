"""An editor writes a draft by keyboard alone, in a browser."""

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from playwright.sync_api import Browser, Locator, Page, expect

from policies.history import record_event
from policies.models import Insurer, Policy, PolicyEvent
from policies.roles import Role
from tests.coverage_site.signing_in import make_person
from tests.pages.at_desk import signed_in
from tests.pages.walking import look

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}
# Half of a 1280 px window: what a browser's zoom of 200 % leaves. The desk itself is seen in the
# whole story (test_desk_story).
ZOOMED: dict[str, Any] = {"viewport": {"width": 640, "height": 450}}
MOST_TABS = 150


@pytest.fixture
def editor(writing_site: str) -> User:
    """An editor, and a policy without an edition."""
    with transaction.atomic():
        insurer = Insurer.objects.create(slug="acme", name="Acme Health", kind="commercial")
        policy = Policy.objects.create(
            insurer=insurer,
            slug="ketamine",
            number="K 1",
            title="Ketamine",
            kind="medical_policy",
            lines_of_business=["commercial"],
        )
        for row in (insurer, policy):
            record_event(PolicyEvent.Kind.EDITED, row, by=None)
    return make_person("anna", Role.EDITOR)


class Keys:
    """A person with a keyboard and no mouse."""

    def __init__(self, page: Page, shots: str) -> None:
        self.page, self.shots, self.number = page, shots, 0

    def named(self) -> str:
        """The name of what has focus."""
        name = self.page.evaluate(
            """() => {
                const one = document.activeElement;
                const label = one.labels && one.labels[0];
                return (label || one).innerText || "";
            }"""
        )
        return " ".join(name.split()).replace(" :", ":")

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Go to the next field or button whose name begins so."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            self.settled()
            if self.named().startswith(name):
                return
        raise AssertionError(f"{name!r} is not reached by Tab; last was {self.named()!r}")

    def press(self, name: str, *, back: bool = False) -> None:
        """Go to a button and press it."""
        self.tab_to(name, back=back)
        self.saving(lambda: self.page.keyboard.press("Enter"))

    def saving(self, act: Callable[[], None]) -> None:
        """Do what saves, and wait for what comes of it."""
        with self.page.expect_response(lambda one: "/write/" in one.url):
            act()
        self.settled()

    def write(self, text: str) -> None:
        """Type into the field that has focus, and leave it."""
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)
        self.saving(lambda: self.page.keyboard.press("Tab"))

    def type(self, name: str, text: str) -> None:
        """Go to a field, type into it, and leave it."""
        self.tab_to(name)
        self.write(text)

    def tick(self, name: str) -> None:
        """Go to a box and tick it."""
        self.tab_to(name)
        self.saving(lambda: self.page.keyboard.press("Space"))

    def choose(self, option: str) -> None:
        """Type the beginning of a choice in the list that has focus."""
        self.saving(lambda: self.page.keyboard.type(option))

    def choose_next(self, name: str) -> None:
        """Go on to the next of several choices."""
        self.saving(lambda: self.page.keyboard.press("ArrowDown"))
        assert self.named() == name

    def choose_fact(self, text: str) -> None:
        """Type a part of a fact's name, and take the first that is found."""
        self.tab_to("Fact")
        self.page.keyboard.type(text)
        self.page.keyboard.press("ArrowDown")
        self.saving(lambda: self.page.keyboard.press("Enter"))
        expect(self.page.locator(".autocomplete__menu")).to_be_hidden()

    def name_fact(self, text: str, key: str) -> None:
        """Type a fact's whole name, or the beginning of no other's, and take it by a key."""
        self.tab_to("Fact")
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)
        self.saving(lambda: self.page.keyboard.press(key))
        expect(self.page.locator(".autocomplete__menu")).to_be_hidden()

    def settled(self) -> None:
        busy = self.page.locator(".htmx-request, .htmx-settling, .htmx-swapping")
        expect(busy).to_have_count(0)

    def look(self) -> None:
        """Hold the page to what every page must keep."""
        look(self.page)
        if "SHOTS" in os.environ:
            self.number += 1
            path = Path(os.environ["SHOTS"]) / f"{self.shots}-{self.number}.png"
            self.page.screenshot(path=path, full_page=True)


def test_an_editor_writes_a_policy_of_three_levels_with_a_count_by_keyboard(
    browser: Browser, writing_site: str, editor: User
) -> None:
    page, complaints = signed_in(browser, writing_site, editor, **ZOOMED)
    keys = Keys(page, "zoomed")
    begin(page)
    keys.look()
    leaves_nothing_behind(keys)
    write_position(keys)
    write_list(keys)
    keys.look()
    mend(keys)
    # The outline moves by shortcuts too, and focus stays with the line.
    page.keyboard.press("Alt+Shift+ArrowLeft")
    keys.settled()
    expect(page.locator(":focus")).to_have_text("Move out")
    expect(page.locator("#write-said")).to_contain_text("Moved out of its group")
    keys.press("Undo", back=True)
    preview = page.get_by_role("region", name="As the patient will read it")
    for text in ("18 years or older", "Any one of these is enough:", "2 antidepressants, 6 weeks"):
        expect(preview).to_contain_text(text)
    keys.look()
    assert complaints == []


def leaves_nothing_behind(keys: Keys) -> None:
    """What is typed is saved after a pause, with the cursor where it was, and before one leaves."""
    page = keys.page
    keys.press("Dates and notes")
    keys.tab_to("Notes")
    keys.saving(lambda: page.keyboard.type("Half a"))
    expect(page.locator("#write-saved")).to_contain_text("Changed the edition's dates and notes")
    expect(page.locator("#write-unsaved")).to_be_hidden()
    expect(page.locator("#f-notes")).to_be_focused()
    page.keyboard.type(" sentence")
    expect(page.locator("#write-unsaved")).to_have_text("Not saved yet.")
    page.locator("#write-as-text").click()
    expect(page.locator("#id_text")).to_have_value(re.compile("Half a sentence"))
    page.go_back()
    expect(page.locator("#line-edition")).to_be_visible()
    keys.press("Undo: Changed the edition's dates and notes")
    expect(page.locator("#write-undo")).to_have_count(0)
    expect(page.locator("#write-redo")).to_be_focused()


def write_position(keys: Keys, effective: dt.date = dt.date(2026, 1, 1)) -> None:
    """The edition's date, what was read, and what the document says."""
    keys.press("Dates and notes")
    keys.write(effective.isoformat())
    keys.press("Add a source")
    keys.tick("Live document")
    keys.type("Read on", "2026-11-25")
    keys.type("What was read", "The page of the policy.")
    keys.press("Add a position")
    keys.choose("IV ket")
    keys.tab_to("What the document says")
    keys.choose("Covered with")
    keys.tick("Major depressive disorder")


FIRST = "180 is out of range: age goes from 0 to 120 years."
SECOND = "A quote has 25 words at most: quote less."


def write_list(keys: Keys) -> None:
    """A list of three levels with a count, and two mistakes, each told at its field at once."""
    keys.press("Begin the list: What it asks")
    keys.press("Add a line inside", back=True)
    keys.write("18 years or older")
    keys.name_fact("severity", "Enter")
    expect(keys.page.locator("#f-fact")).to_be_focused()
    keys.page.keyboard.press("Shift+Tab")
    keys.name_fact("age", "Tab")
    expect(keys.page.locator("#f-min")).to_be_focused()
    keys.write("180")
    expect(keys.page.locator("#f-min-wrong")).to_have_text(FIRST)
    keys.press("Add a group below", back=True)
    keys.write("One of these was tried")
    keys.tab_to("all of these")
    keys.choose_next("any one of these")
    keys.press("Add a group inside", back=True)
    keys.write("Two medicines")
    keys.press("Add a line inside", back=True)
    keys.write("2 antidepressants, 6 weeks each")
    keys.tab_to("Kind of line")
    keys.choose("A count")
    keys.type("At least", "2")
    keys.tick("Antidepressant")
    keys.type("For at least", "6")
    keys.type("Its own words", "word " * 26)
    expect(keys.page.locator("#f-source-quote-wrong")).to_have_text(SECOND)


def mend(keys: Keys) -> None:
    """Each fault stands at its line and in the list on top, which leads to its field."""
    page = keys.page
    faults = page.locator("#write-faults li")
    expect(faults).to_have_text([re.compile(re.escape(one)) for one in (FIRST, SECOND)])
    expect(line_of(page, "18 years or older")).to_contain_text(FIRST)
    keys.press("Position 1, “18 years or older”", back=True)
    expect(page.locator("#f-min")).to_be_focused()
    keys.write("18")
    expect(line_of(page, "2 antidepressants, 6 weeks each")).to_contain_text(SECOND)
    keys.press("Position 1, “2 antidepressants, 6 weeks each”", back=True)
    expect(page.locator("#f-source-quote")).to_be_focused()
    keys.write("failed two antidepressants")
    expect(page.get_by_role("heading", name="Nothing to mend")).to_be_visible()
    expect(page.locator("#write-said")).to_contain_text("0 to mend")


def test_two_editors_at_one_line_choose_between_their_texts(
    browser: Browser, writing_site: str, editor: User
) -> None:
    anna, _ = signed_in(browser, writing_site, editor, **DESK)
    berta, complaints = signed_in(browser, writing_site, make_person("berta", Role.EDITOR), **DESK)
    begin(anna)
    berta.goto(anna.url)
    keys, others = Keys(berta, "two"), Keys(anna, "one")
    for one in (others, keys):
        one.press("Dates and notes")
    others.write("2026-01-01")
    keys.write("2026-02-01")
    expect(berta.get_by_role("heading", name="anna changed the same as you did")).to_be_focused()
    keys.look()
    keys.tab_to("Yours 2026-02-01")
    berta.keyboard.press("Space")
    keys.tab_to("Save what I chose")
    berta.keyboard.press("Enter")
    expect(berta.locator("#line-edition")).to_contain_text("In effect from 2026-02-01")
    assert complaints == []


def line_of(page: Page, label: str) -> Locator:
    """The line of a label, with what is said at it."""
    return page.locator(".write-head", has_text=label)


def begin(page: Page, policy: Policy | None = None) -> None:
    """Begin an empty draft, of the one policy there is unless another is named."""
    page.goto("/admin/policies/policyversion/add/")
    policy = policy or Policy.objects.get()
    # The list of policies is filled by a script of the admin that has tests of its own.
    page.locator("#id_policy").evaluate(
        "(list, pk) => list.append(new Option('Acme', pk, true, true))", str(policy.pk)
    )
    page.get_by_role("button", name="Write line by line").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Acme")
