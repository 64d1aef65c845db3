"""The way through a check: which screen comes next, and which one is gone back to."""

import datetime as dt
from dataclasses import replace

from django.http import QueryDict

from policies.asked import TREATMENTS, Questions
from policies.catalogue import Catalogue
from policies.forms.history import SCORES
from policies.forms.phq9 import SCALE, Phq9Form
from policies.forms.steps import PlanStep
from policies.guidance import Guidance, guide
from policies.presenting.progress import SoFarView
from policies.screens.carried_record import CARRIED
from policies.screens.making import (
    answer_screen,
    phq9_screen,
    plan_screen,
    question_screen,
    review_screen,
)
from policies.screens.making import so_far as so_far_of
from policies.screens.memory import AT, Group, Memory, Step, known_questions
from policies.screens.posted import Posted
from policies.screens.record import record_screen, taken_screen
from policies.screens.saved import SavedAnswersError, read_saved
from policies.screens.screen import Screen
from policies.situation import Situation

# More on one screen is a form to fill in and no longer a question.
MOST_FACTS = 3
CHANGE = "change."


def next_screen(data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> Screen:
    """The screen that the pressed button leads to, or the one in which something is wrong."""
    posted = Posted(data, catalogue=catalogue, on=on)
    go = str(data.get("go") or "")
    if go == "back":
        return _back(posted)
    if go.startswith(CHANGE):
        return _change(posted, go.removeprefix(CHANGE))
    if go == "stay":
        # Where the page stands, or where the browser's history leads.
        place = Memory.of(QueryDict(data.get("place"))) if "place" in data else posted.memory
        return _at(posted, place)
    if posted.memory.at is Step.RECORD:
        return taken_screen(posted, _all_answers)
    if go == "more" and posted.is_plan_whole:
        return question_screen(posted, posted.memory.showing or (TREATMENTS,), adds_row=True)
    return _first_wrong(posted) or _missing(posted, go) or _forward(posted, go)


def guidance_from(data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> Guidance | None:
    """The answer to all that a page carries; None where some of it is to be put right."""
    situation = situation_from(data, catalogue=catalogue, on=on)
    return None if situation is None else guide(situation, catalogue=catalogue, on=on)


def situation_from(data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> Situation | None:
    """Everything that a page carries; None where some of it is to be put right."""
    posted = Posted(data, catalogue=catalogue, on=on)
    return posted.situation if posted.is_readable else None


def so_far(data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> SoFarView | None:
    """The checklist while a screen is being filled; None while that can't be read."""
    posted = Posted(data, catalogue=catalogue, on=on)
    return so_far_of(posted) if posted.is_readable else None


def loaded_screen(raw: bytes, data: QueryDict, *, catalogue: Catalogue, on: dt.date) -> Screen:
    """All answers of a saved file, or the first screen as it was, with what is wrong with it."""
    try:
        saved = read_saved(raw)
    except SavedAnswersError as error:
        stays = Posted(data, catalogue=catalogue, on=on)
        return replace(plan_screen(stays, PlanStep.WHO, returns=False), faults=error.faults)
    return _all_answers(Posted(saved, catalogue=catalogue, on=on))


def _all_answers(posted: Posted) -> Screen:
    """Every answer on one page, or the first that is to be put right."""
    return _first_wrong(posted) or review_screen(posted)


def _forward(posted: Posted, go: str) -> Screen:
    if posted.memory.at is Step.PHQ9:
        return _after_phq9(posted)
    if posted.memory.at.of_plan is not None and go not in ("answer", "review"):
        return _after_plan(posted, posted.memory.at.of_plan)
    match go:
        case "phq9":
            return phq9_screen(posted)
        case "answer":
            return answer_screen(posted, asked_nothing=_asks_nothing(posted))
        case "review":
            return review_screen(posted)
        case _:
            return _after_questions(posted, posted.memory.place_of(posted.memory.showing) + 1)


def _first_wrong(posted: Posted) -> Screen | None:
    """The screen of the first answer that is to be put right, up to where the page stands."""
    if posted.step_to_correct is not None:
        return plan_screen(posted, posted.step_to_correct, is_wrong=True)
    if not posted.is_plan_whole or posted.given.is_valid():
        # A plan that is right so far but not whole has further screens of its own.
        return None
    faulty = posted.given.faulty
    if faulty & {*posted.memory.showing}:
        return question_screen(posted, posted.memory.showing, forms=posted.given)
    shown = posted.memory.screen_of(tuple(sorted(faulty)))
    forms = posted.forms(shown, is_checked=True)
    forms.is_valid()
    return question_screen(posted, shown, forms=forms)


def _missing(posted: Posted, go: str) -> Screen | None:
    """The first screen of the plan that was left out, once all of the plan is needed."""
    if posted.memory.at.of_plan is not None and go not in ("answer", "review"):
        return None
    step = posted.open_step
    return None if step is None else plan_screen(posted, step, is_wrong=True)


def _after_plan(posted: Posted, step: PlanStep) -> Screen:
    steps = posted.plan.steps
    later = steps[steps.index(step) + 1 :] if step in steps else ()
    if later and not posted.memory.returns:
        return plan_screen(posted, later[0])
    if posted.open_step is not None:
        # Another kind of insurance asks what this one did not.
        return plan_screen(posted, posted.open_step)
    return _after_questions(posted, 0)


def _after_questions(posted: Posted, place: int) -> Screen:
    """The next screen asked before that still matters, else what is open, else all answers."""
    if not posted.memory.returns:
        for group in posted.asked.asked[place:]:
            shown = tuple(name for name in group if name in posted.names_that_matter)
            if shown:
                return question_screen(posted, shown)
    if not posted.open_questions.are_none:
        return question_screen(posted, _few_of(posted.open_questions))
    if _asks_nothing(posted):
        return answer_screen(posted, asked_nothing=True)
    return review_screen(posted)


def _asks_nothing(posted: Posted) -> bool:
    return not posted.asked.asked and posted.is_plan_whole and posted.full_form.are_none


def _after_phq9(posted: Posted) -> Screen:
    form = Phq9Form(posted.data)
    if not form.is_valid():
        return phq9_screen(posted, form)
    if posted.has_charted(SCALE):
        # A score of the chart is worth more, and is never written over.
        return question_screen(posted, posted.memory.showing or (SCALE,))
    changed = posted.data.copy()
    changed[f"{SCORES}-{SCALE}-score"] = str(form.score)
    changed[f"{SCORES}-{SCALE}-origin"] = "self_completed"
    changed[f"{SCORES}-{SCALE}-taken_on"] = posted.on.isoformat()
    changed[AT] = Step.QUESTIONS
    filled = Posted(changed, catalogue=posted.catalogue, on=posted.on)
    return question_screen(filled, posted.memory.showing)


def _back(posted: Posted) -> Screen:
    """The screen before this one; nothing is checked, and nothing is lost."""
    at = posted.memory.at
    if at is Step.RECORD:
        return _all_answers(posted) if posted.is_plan_whole else plan_screen(posted, PlanStep.WHO)
    if at is Step.PHQ9 and posted.is_plan_whole:
        return question_screen(posted, posted.memory.showing)
    comes_from_review = at is Step.ANSWER and not _asks_nothing(posted)
    if posted.is_plan_whole and (posted.memory.returns or comes_from_review):
        return _first_wrong(posted) or review_screen(posted)
    steps = posted.plan.steps
    if at.of_plan is not None:
        order = list(PlanStep)
        earlier = [one for one in steps if order.index(one) < order.index(at.of_plan)]
        return plan_screen(posted, (earlier or [PlanStep.WHO])[-1])
    asked = posted.memory.asked
    place = posted.memory.place_of(posted.memory.showing) if at is Step.QUESTIONS else len(asked)
    if place and posted.is_plan_whole:
        return question_screen(posted, asked[place - 1])
    return plan_screen(posted, steps[-1])


def _at(posted: Posted, place: Memory) -> Screen:
    """A screen that was there before, with the answers as they are now; nothing is checked."""
    if place.at is Step.RECORD and CARRIED in posted.data:
        return record_screen(posted, is_back="place" in posted.data)
    if place.at.of_plan is None and posted.is_plan_whole:
        return _at_question_or_answer(posted, place)
    steps = posted.plan.steps
    # Another kind of insurance may have no such screen.
    step = place.at.of_plan if place.at.of_plan in steps else posted.open_step or steps[-1]
    return plan_screen(posted, step, returns=place.returns)


def _at_question_or_answer(posted: Posted, place: Memory) -> Screen:
    if place.at is Step.PHQ9:
        return phq9_screen(posted)
    if place.at is Step.QUESTIONS:
        # What was answered can be changed, though another plan would not ask it.
        shown = tuple(
            one for one in place.showing if one in posted.names_that_matter or posted.holds(one)
        )
        if shown:
            return question_screen(posted, shown, returns=place.returns)
        return _first_wrong(posted) or _after_questions(posted, 0)
    wrong = _first_wrong(posted)
    # A record is known on its own page alone.
    if wrong is not None or place.at in (Step.REVIEW, Step.RECORD):
        return wrong or review_screen(posted)
    return answer_screen(posted, asked_nothing=_asks_nothing(posted))


def _change(posted: Posted, target: str) -> Screen:
    """The screen on which one answer was given; the way leads back to all of them."""
    if target in list(PlanStep):
        return plan_screen(posted, PlanStep(target), returns=True)
    if not posted.is_plan_whole:
        return plan_screen(posted, posted.plan.steps[0])
    if not known_questions((target,)):
        return _first_wrong(posted) or review_screen(posted)
    return question_screen(posted, posted.memory.screen_of((target,)), returns=True)


def _few_of(questions: Questions) -> Group:
    """The questions of the next screen: a few facts, else the treatments, else all scales.

    Facts go first, for they are quickly answered and one of them may settle everything.
    """
    groups = {fact.name: fact.group for fact in questions.facts}
    plain = [one.name for one in questions.in_order if one.name in groups and not one.is_sensitive]
    if plain:
        return tuple(name for name in plain if groups[name] == groups[plain[0]])[:MOST_FACTS]
    first = questions.in_order[0]
    if first.is_scale:
        return tuple(one.name for one in questions.in_order if one.is_scale)
    return (first.name,)
