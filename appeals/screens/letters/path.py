"""The way to a letter: which screen comes next, and which one is gone back to."""

from collections.abc import Callable
from dataclasses import replace

from django.http import QueryDict

from appeals.forms.letters import VoiceForm
from appeals.letters.content import LetterContent
from appeals.letters.edits import PREFIX as EDIT
from appeals.letters.edits import Edits, moved, with_added, without_text
from appeals.presenting.letters.missing import ABOUT as FILL_ABOUT
from appeals.presenting.letters.missing import FACT as FILL
from appeals.presenting.letters.missing import PAPERS as FILL_PAPERS
from appeals.screens.letters.making import (
    about_screen,
    edit_screen,
    facts_screen,
    finish_screen,
    kind_form,
    kind_screen,
    papers_screen,
    voice_screen,
)
from appeals.screens.letters.memory import Memory, Step
from appeals.screens.letters.pages import ABOUT
from appeals.screens.letters.posted import EDITS_OF, Posted
from appeals.screens.letters.screen import Screen

PART = "part."


def next_screen(posted: Posted) -> Screen:
    """The screen that the pressed button leads to, or the one in which something is wrong."""
    go = str(posted.data.get("go") or "")
    if go == "back":
        return _back(posted)
    if go == "stay":
        # Where the page stands, or where the browser's history leads.
        place = (
            Memory.of(QueryDict(posted.data.get("place")))
            if "place" in posted.data
            else posted.memory
        )
        return _at(posted, place)
    if go.startswith(PART):
        return _edited(posted, go.removeprefix(PART))
    if go.startswith("fill"):
        return _fill(posted, go)
    return _forward(posted, go)


def first_wrong(posted: Posted) -> Screen | None:
    """The first screen with something missing or wrong; None where the letter can be made."""
    if posted.kind is None:
        return _kind(posted)
    if posted.case is None:
        return _voice(posted)
    wrong = posted.first_wrong
    if wrong is not None:
        page, form = wrong
        return facts_screen(posted, page, form=form, returns=posted.memory.returns)
    if posted.too_long is not None:
        return edit_screen(posted, posted.case)
    return None


def _forward(posted: Posted, go: str) -> Screen:
    at = posted.memory.at
    if at is Step.START or go == "write":
        return kind_screen(posted)
    if at is Step.DOCUMENT or posted.kind is None:
        return _after_kind(posted)
    if at is Step.VOICE or posted.case is None:
        return _voice(posted) if posted.case is None else _first_of_facts(posted)
    if at is Step.FACTS:
        return _after_facts(posted, go)
    if at is Step.EDIT:
        return first_wrong(posted) or finish_screen(posted)
    return _letter(posted)


def _kind(posted: Posted) -> Screen:
    form = kind_form(posted, posted.data)
    return kind_screen(posted) if form.is_valid() else kind_screen(posted, form=form)


def _voice(posted: Posted) -> Screen:
    voices = posted.plan.voices if posted.plan is not None else ()
    form = VoiceForm(posted.data, voices=voices)
    return voice_screen(posted) if form.is_valid() else voice_screen(posted, form=form)


def _after_kind(posted: Posted) -> Screen:
    if posted.plan is None:
        return _kind(posted)
    return voice_screen(posted) if len(posted.plan.voices) > 1 else _first_of_facts(posted)


def _first_of_facts(posted: Posted) -> Screen:
    if posted.wants_about:
        return about_screen(posted, returns=False)
    return facts_screen(posted, posted.pages[0], returns=False)


def _after_facts(posted: Posted, go: str) -> Screen:
    """The next screen of facts; at their end, or where one wants the letter at once, that."""
    showing = posted.memory.showing
    if showing == ABOUT:
        form = posted.about_form(is_checked=True)
        if not form.is_valid():
            return about_screen(posted, form=form)
        later = posted.pages
    else:
        page = posted.page(showing)
        if page is None:
            return _first_of_facts(posted)
        checked = posted.facts_form(page.names, is_checked=True)
        if not checked.is_valid():
            return facts_screen(posted, page, form=checked)
        later = posted.pages[posted.pages.index(page) + 1 :]
    if posted.memory.returns or go == "letter":
        return _letter(posted)
    return facts_screen(posted, later[0]) if later else _papers(posted)


def _papers(posted: Posted, *, returns: bool | None = None) -> Screen:
    if posted.case is None:
        return _after_kind(posted)
    return papers_screen(posted, posted.case, returns=returns)


def _letter(posted: Posted, *, is_open: str = "", aim: str = "") -> Screen:
    wrong = first_wrong(posted)
    if wrong is not None or posted.case is None:
        return wrong or _after_kind(posted)
    return edit_screen(posted, posted.case, is_open=is_open, aim=aim)


def _back(posted: Posted) -> Screen:
    """The screen before this one; nothing is checked, and nothing is lost."""
    at = posted.memory.at
    if posted.memory.returns:
        return _letter(posted)
    if at is Step.FINISH:
        return _letter(posted)
    if at is Step.EDIT:
        return _papers(posted)
    if at is Step.PAPERS and posted.pages:
        return facts_screen(posted, posted.pages[-1], returns=False)
    if at is Step.FACTS and posted.case is not None:
        return _before_facts(posted)
    return kind_screen(posted)


def _before_facts(posted: Posted) -> Screen:
    names = [one.id for one in posted.pages]
    showing = posted.memory.showing
    place = names.index(showing) if showing in names else 0
    if place:
        return facts_screen(posted, posted.pages[place - 1])
    if showing != ABOUT and posted.wants_about:
        return about_screen(posted)
    has_voices = posted.plan is not None and len(posted.plan.voices) > 1
    return voice_screen(posted) if has_voices else kind_screen(posted)


def _at(posted: Posted, place: Memory) -> Screen:
    """A screen that was there before, with the answers as they are now; nothing is checked."""
    if posted.kind is None or place.at in (Step.START, Step.DOCUMENT):
        return kind_screen(posted)
    if place.at is Step.VOICE or posted.case is None:
        return voice_screen(posted)
    if place.at is Step.FACTS:
        return _facts_at(posted, place)
    if place.at is Step.PAPERS:
        return _papers(posted, returns=place.returns)
    if place.at is Step.EDIT:
        return _letter(posted, is_open=place.showing)
    return first_wrong(posted) or finish_screen(posted)


def _facts_at(posted: Posted, place: Memory) -> Screen:
    if place.showing == ABOUT:
        return about_screen(posted, returns=place.returns)
    page = posted.page(place.showing) or posted.pages[0]
    return facts_screen(posted, page, returns=place.returns)


def _fill(posted: Posted, go: str) -> Screen:
    """The screen on which something that is missing is told; the way leads back to the letter."""
    if posted.case is None:
        return _after_kind(posted)
    if go == FILL_PAPERS:
        return _papers(posted, returns=True)
    if go == FILL_ABOUT:
        return about_screen(posted, returns=True)
    name = go.removeprefix(FILL)
    page = posted.page_of(name)
    if page is None:
        return _letter(posted)
    return facts_screen(posted, page, returns=True, aim=name)


def _edited(posted: Posted, what: str) -> Screen:
    """The letter after one change to it."""
    if posted.case is None:
        return _after_kind(posted)
    after, opened, block = edited(posted.edits, posted.composed, what)
    return _letter(with_edits(posted, after), is_open=opened, aim=block)


def edited(edits: Edits, composed: LetterContent, what: str) -> tuple[Edits, str, str]:
    """The changes after one more, the part that is open then, and the one that it was about.

    `what` is what a button says: what to do, and with which part.
    """
    do, _dot, block = what.partition(".")
    changes: dict[str, Callable[[Edits], Edits]] = {
        "up": lambda edits: moved(composed, edits, block, -1),
        "down": lambda edits: moved(composed, edits, block, 1),
        "out": lambda edits: replace(edits, left_out=(*edits.left_out, block)),
        "in": lambda edits: replace(
            edits, left_out=tuple(one for one in edits.left_out if one != block)
        ),
        "undo": lambda edits: without_text(edits, block),
        "add": with_added,
    }
    change = changes.get(do)
    after = edits if change is None else change(edits)
    opened = {"open": block, "add": after.added[-1] if after.added else ""}.get(do, "")
    return after, opened, block


def with_edits(posted: Posted, edits: Edits) -> Posted:
    """The same POST with other changes to the letter."""
    data = QueryDict(mutable=True)
    for name, values in posted.data.lists():
        if not name.startswith(EDIT):
            data.setlist(name, values)
    for name, value in (*edits.fields(), (EDITS_OF, posted.edits_of)):
        data.setlist(name, [value])
    return posted.again(data)
