"""The way from a denial to what to do: which screen comes next, and which is gone back to."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from appeals.denied import DeniedCase, steps_to_choose
from appeals.notices.pages import LetterError
from appeals.notices.refusals import REFUSALS
from appeals.screens.making import (
    kind_screen,
    letter_screen,
    not_handled_screen,
    notice_screen,
    result_screen,
)
from appeals.screens.memory import AT, OF_NOTICE, Memory, Step
from appeals.screens.posted import Posted
from appeals.screens.reading import read_upload, with_letter
from appeals.screens.screen import Screen
from policies.catalogue import Catalogue

CHANGE = "change."


def first_screen(data: QueryDict, *, on: dt.date) -> Screen:
    """The first question that is not answered yet."""
    return _next_question(Posted(data, on=on))


def next_screen(
    data: QueryDict, *, on: dt.date, catalogue: Callable[[], Catalogue] = Catalogue
) -> Screen:
    """The screen that the pressed button leads to, or the one in which something is wrong."""
    posted = Posted(data, on=on, catalogue=catalogue)
    go = str(data.get("go") or "")
    if go == "back":
        return _back(posted)
    if go.startswith(CHANGE):
        return _change(posted, go.removeprefix(CHANGE))
    if go == "result":
        # From a letter, which carries all that this way was told.
        return result_screen(posted) or _first_wrong(posted)
    if go == "stay":
        # Where the page stands, or where the browser's history leads.
        place = Memory.of(QueryDict(data.get("place"))) if "place" in data else posted.memory
        return _at(posted, place)
    return _forward(posted)


def read_screen(
    files: Sequence[bytes],
    data: QueryDict,
    *,
    known_names: Callable[[], tuple[str, ...]],
    on: dt.date,
) -> Screen:
    """What the letter says, to be confirmed; or the same screen with why it can't be read."""
    posted = Posted(data, on=on)
    found = posted.outcome
    if found is None or found.not_handled:
        return _forward(posted)
    if not files:
        return letter_screen(posted, faults=(_("Choose a file first, or type the notice in."),))
    try:
        letter = read_upload(files, known_names=known_names)
        filled = with_letter(data, letter, steps_to_choose(found), before=posted.letter)
    except LetterError as error:
        return letter_screen(posted, faults=(str(REFUSALS[error.reason]),))
    filled[AT] = Step.DATES
    return notice_screen(Posted(filled, on=on), Step.DATES)


def case_from(data: QueryDict, *, on: dt.date) -> DeniedCase | None:
    """All that a page carries, against the law; None where some of it is missing or wrong."""
    return Posted(data, on=on).case


def _forward(posted: Posted) -> Screen:
    at = posted.memory.at
    if at is Step.KIND:
        return _after_question(posted)
    if posted.outcome is None or posted.outcome.not_handled:
        return _next_question(posted)
    if at is Step.LETTER:
        return notice_screen(posted, Step.DATES)
    if at in OF_NOTICE:
        form = posted.form(at, is_checked=True)
        if not form.is_valid():
            return notice_screen(posted, at, form=form)
        later = OF_NOTICE[OF_NOTICE.index(at) + 1 :]
        if later and not posted.memory.returns:
            return notice_screen(posted, later[0])
    return result_screen(posted) or _first_wrong(posted)


def _after_question(posted: Posted) -> Screen:
    question = posted.question(posted.memory.showing)
    if question is not None:
        form = posted.finder(question, is_checked=True)
        if not form.is_valid():
            return kind_screen(posted, question, form=form)
    screen = _next_question(posted)
    if screen.at is Step.LETTER and posted.memory.returns:
        return result_screen(posted) or _first_wrong(posted)
    return screen


def _next_question(posted: Posted) -> Screen:
    """The open question; at the end of the interview the notice, or that we hold no steps."""
    if posted.open_question is not None:
        return kind_screen(posted, posted.open_question)
    if posted.outcome is not None and posted.outcome.not_handled:
        return not_handled_screen(posted)
    return letter_screen(posted)


def _first_wrong(posted: Posted) -> Screen:
    """The first screen with something missing or wrong, up to the whole of them."""
    if posted.outcome is None or posted.outcome.not_handled:
        return _next_question(posted)
    wrong = posted.first_wrong
    if wrong is None:
        return letter_screen(posted)
    step, form = wrong
    return notice_screen(posted, step, form=form)


def _back(posted: Posted) -> Screen:
    """The screen before this one; nothing is checked, and nothing is lost."""
    at = posted.memory.at
    if posted.memory.returns and (result := result_screen(posted)) is not None:
        return result
    if at is Step.KIND:
        names = [one.id for one in posted.asked]
        place = names.index(posted.memory.showing) if posted.memory.showing in names else len(names)
        return _asked_before(posted, place)
    if at in (Step.NOT_HANDLED, Step.LETTER) or not posted.is_handled:
        return _asked_before(posted, len(posted.asked))
    earlier = {Step.RESULT: Step.REASONS, Step.REASONS: Step.ASKED, Step.ASKED: Step.DATES}
    if at in earlier:
        return notice_screen(posted, earlier[at], returns=False)
    return letter_screen(posted)


def _asked_before(posted: Posted, place: int) -> Screen:
    """The question of the interview before this place; the first has none before it."""
    if not posted.asked:
        return _next_question(posted)
    return kind_screen(posted, posted.asked[max(place - 1, 0)])


def _change(posted: Posted, target: str) -> Screen:
    """The screen on which one answer was given; the way leads back to the result."""
    if target == Step.KIND and posted.asked:
        return kind_screen(posted, posted.asked[0], returns=True)
    if posted.is_handled and target in OF_NOTICE:
        return notice_screen(posted, Step(target), returns=True)
    return _at(posted, posted.memory)


def _at(posted: Posted, place: Memory) -> Screen:
    """A screen that was there before, with the answers as they are now; nothing is checked."""
    if place.at is Step.KIND:
        question = posted.question(place.showing)
        if question is not None:
            return kind_screen(posted, question, returns=place.returns)
        return _next_question(posted)
    if not posted.is_handled:
        return _next_question(posted)
    if place.at in OF_NOTICE:
        return notice_screen(posted, place.at, returns=place.returns)
    if place.at is Step.RESULT:
        return result_screen(posted) or _first_wrong(posted)
    return replace(letter_screen(posted), returns=place.returns)
