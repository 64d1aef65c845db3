"""Steps that walks and screenshots share, in the words a person reads."""

from collections.abc import Iterable

from playwright.sync_api import Page, expect

COMMERCIAL = "A job, a union, the marketplace, or bought directly"
TRD = "Treatment-resistant depression"
MASSACHUSETTS = "Blue Cross Blue Shield of Massachusetts"
ALABAMA = "Blue Cross and Blue Shield of Alabama"


def choose(page: Page, question: str, answer: str) -> None:
    """Choose a radio button."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def fill_plan(
    page: Page,
    *,
    line: str = COMMERCIAL,
    insurer: str = MASSACHUSETTS,
    treatment: str = "IV ketamine infusion",
    condition: str = TRD,
    state: str = "Massachusetts",
) -> None:
    """Fill the first screen."""
    page.goto("/check/")
    choose(page, "How do you get this health insurance?", line)
    page.get_by_label("Which company or program insures you?").select_option(label=insurer)
    page.get_by_label("Which state do you live in?").select_option(label=state)
    page.get_by_label("In which state was the plan issued?").select_option(label=state)
    choose(page, "Which treatment do you ask about?", treatment)
    page.get_by_label("What is the treatment for?").select_option(label=condition)


def go_on(page: Page, button: str, heading: str) -> None:
    """Press a button and wait for the screen it leads to."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def fill_treatments(page: Page, medicines: Iterable[str], kind: str = "Antidepressant") -> None:
    """Name failed adequate trials, one card after another."""
    for number, medicine in enumerate(medicines, 1):
        if number > 1:
            page.get_by_role("button", name="Add another treatment").click()
        card = page.get_by_role("group", name=f"Treatment {number}", exact=True)
        card.get_by_label("What kind of treatment was it?").select_option(label=kind)
        card.get_by_label("Which medicine or treatment?").fill(medicine)
        card.get_by_label("For how many weeks?").fill("8")
        adequate = card.get_by_role("group", name="Has your clinician said that the dose")
        adequate.get_by_label("Yes", exact=True).check()
        card.get_by_label("What happened?").select_option(label="It did not help")
    choose(page, "Is this list complete?", "Yes")
