"""How one comes to a letter: from the check, from a denial, with saved answers, or with nothing."""

import datetime as dt
from collections.abc import Callable

from django.http import QueryDict

from appeals.forms.finder import PREFIX as KIND
from appeals.screens.from_check import told_in_check
from appeals.screens.letters.making import kind_screen, start_screen
from appeals.screens.letters.memory import Memory, Step
from appeals.screens.letters.posted import Posted
from appeals.screens.letters.screen import Screen
from policies.catalogue import Catalogue
from policies.forms.plan import PREFIX as PLAN
from policies.screens.memory import ANSWERS as OF_THE_CHECK
from policies.screens.memory import answers_in
from policies.screens.saved import SavedAnswersError, read_saved

Get = Callable[[], Catalogue]


def begun(data: QueryDict, *, catalogue: Get, on: dt.date) -> Screen:
    """The first question, with all that the check or the denial was told."""
    return kind_screen(
        Posted(_with_plan(data, catalogue=catalogue, on=on), catalogue=catalogue, on=on)
    )


def loaded(raw: bytes, data: QueryDict, *, catalogue: Get, on: dt.date) -> Screen:
    """The same with the answers of a saved file; or the screen as it was, with what is wrong."""
    try:
        saved = read_saved(raw)
    except SavedAnswersError as error:
        if Memory.of(data).at is Step.START:
            return start_screen(faults=error.faults)
        return kind_screen(Posted(data, catalogue=catalogue, on=on), faults=error.faults)
    changed = data.copy()
    for name in [one for one in changed if one.startswith(OF_THE_CHECK)]:
        del changed[name]
    for name, value in answers_in(saved):
        changed.appendlist(name, value)
    return begun(changed, catalogue=catalogue, on=on)


def _with_plan(data: QueryDict, *, catalogue: Get, on: dt.date) -> QueryDict:
    """What the check was told of the plan, where no interview about a denial has asked for it."""
    if f"{PLAN}-treatment" not in data or any(one.startswith(f"{KIND}-") for one in data):
        return data
    changed = data.copy()
    for name, values in told_in_check(data, catalogue=catalogue(), on=on).lists():
        changed.setlist(name, values)
    return changed
