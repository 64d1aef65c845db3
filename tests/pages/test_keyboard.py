"""A person without a mouse gets an answer, and sees at every step where they are."""

from playwright.sync_api import Locator, expect

from tests.pages.walking import ALABAMA, COMMERCIAL, ESKETAMINE, Walk

STOPS = 80
# What the focused element is marked by, and whether it can be seen where it stands.
MARK = """() => {
    const one = document.activeElement;
    const style = getComputedStyle(one);
    const label = one.closest("label");
    const around = label ? getComputedStyle(label) : style;
    const box = one.getBoundingClientRect();
    return {
        name: one.outerHTML.slice(0, 120),
        marked: [style, around].some((each) => each.outlineStyle !== "none"),
        seen: box.bottom > 0 && box.top < innerHeight,
    };
}"""


def tab_to(walk: Walk, target: Locator) -> None:
    """Press Tab until the target has the focus; every stop on the way is marked and in view."""
    for _ in range(STOPS):
        walk.page.keyboard.press("Tab")
        mark = walk.page.evaluate(MARK)
        assert mark["marked"], f"no focus ring: {mark['name']}"
        assert mark["seen"], f"out of view: {mark['name']}"
        if target.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{STOPS} presses of Tab did not reach {target}")


def settles(walk: Walk) -> None:
    """Wait until htmx has settled a screen: till then it may still move the focus."""
    expect(walk.page.locator(".htmx-request, .htmx-settling, .htmx-added")).to_have_count(0)


def arrives(walk: Walk, title: str) -> None:
    """A screen is there, and the focus on its title."""
    walk.is_at(title)
    settles(walk)
    expect(walk.heading).to_be_focused()


def press_button(walk: Walk, name: str) -> None:
    tab_to(walk, walk.page.get_by_role("button", name=name, exact=True).first)
    walk.page.keyboard.press("Enter")


def pick(walk: Walk, answer: str) -> None:
    """Choose a radio button of a group that has none chosen yet, and is the next to be reached."""
    radio = walk.page.get_by_label(answer, exact=True)
    group = radio.locator("xpath=ancestor::fieldset[1]").get_by_role("radio")
    tab_to(walk, group.first)
    walk.page.keyboard.press("Space")
    for _ in range(group.count()):
        if radio.is_checked():
            break
        walk.page.keyboard.press("ArrowDown")
    expect(radio).to_be_checked()


def test_the_way_to_an_answer_and_back_by_keyboard_alone(desktop: Walk) -> None:
    walk, page = desktop, desktop.page
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(walk, page.locator("main").get_by_role("link", name="Check my plan").first)
    page.keyboard.press("Enter")

    walk.is_at("About you and the plan")
    pick(walk, COMMERCIAL)
    press_button(walk, "Continue")
    arrives(walk, "The insurer")
    tab_to(walk, page.get_by_label("Which company or program insures you?"))
    page.keyboard.type("of Alabama")
    expect(page.get_by_role("option", name=ALABAMA, exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Which company or program insures you?")).to_have_value(ALABAMA)
    press_button(walk, "Continue")

    arrives(walk, "Where you live")
    tab_to(walk, page.get_by_label("Which state do you live in?"))
    page.keyboard.type("Alab")
    press_button(walk, "Continue")
    arrives(walk, "The treatment")
    tab_to(walk, page.get_by_label("What is the treatment for?"))
    page.keyboard.type("Treatment-res")
    press_button(walk, "Continue")
    expect(page.locator(".answer--not-met h1")).to_be_focused()

    fold = page.locator(".answer summary").first
    tab_to(walk, fold)
    page.keyboard.press("Enter")
    expect(page.locator(".answer details").first).to_have_attribute("open", "")
    press_button(walk, "Change my answers")
    arrives(walk, "Check your answers")
    row = page.get_by_role("button", name="Change Which treatment do you ask about?")
    tab_to(walk, row)
    page.keyboard.press("Enter")
    arrives(walk, "The treatment")
    tab_to(walk, page.get_by_label("IV ketamine infusion", exact=True))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(ESKETAMINE, exact=True)).to_be_checked()
    press_button(walk, "Continue")
    expect(walk.heading).to_be_focused()


def test_a_mistake_is_put_right_by_keyboard_alone(desktop: Walk) -> None:
    walk, page = desktop, desktop.page
    page.goto("/check/")
    press_button(walk, "Continue")
    alert = page.get_by_role("alert")
    settles(walk)
    expect(alert).to_be_focused()
    tab_to(walk, alert.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_label(COMMERCIAL, exact=True)).to_be_focused()
    page.keyboard.press("Space")
    press_button(walk, "Continue")
    arrives(walk, "The insurer")


def test_questions_and_treatments_are_answered_by_keyboard_alone(desktop: Walk) -> None:
    walk, page = desktop, desktop.page
    walk.tell_plan()
    arrives(walk, "The person who needs treatment")
    tab_to(walk, page.get_by_label("How old is the person who needs treatment?"))
    page.keyboard.type("41")
    page.keyboard.press("Enter")
    arrives(walk, "The condition now")
    pick(walk, "Yes")
    press_button(walk, "Continue")
    arrives(walk, "The treatment asked for")
    press_button(walk, "Continue")
    arrives(walk, "Treatments tried")
    tab_to(walk, page.get_by_label("What kind of treatment was it?"))
    page.keyboard.type("Antidep")
    tab_to(walk, page.get_by_label("Which medicine or treatment?"))
    page.keyboard.type("Zoloft")
    press_button(walk, "Add another treatment")
    second = page.get_by_role("group", name="Treatment 2", exact=True)
    expect(second.get_by_role("heading")).to_be_focused()
    tab_to(walk, second.get_by_label("Which medicine or treatment?"))
    page.keyboard.type("Lexapro")
    press_button(walk, "Show the answer so far")
    expect(page.locator(".answer h1")).to_be_focused()
    press_button(walk, "Change my answers")
    arrives(walk, "Check your answers")
    expect(page.get_by_text("Sertraline")).to_be_visible()
    expect(page.get_by_text("Escitalopram")).to_be_visible()
