"""From a record to the answers of a check: the file is read, reviewed, and what was taken joins."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies.asked import TREATMENTS
from policies.catalogue import Catalogue
from policies.fhir import Caution, Kind, Notice, Record
from policies.forms import PlanForm
from policies.forms.fields import UNKNOWN
from policies.forms.history import TRIED
from policies.forms.plan import PREFIX as PLAN
from policies.forms.record import RecordForms
from policies.forms.steps import PlanStep
from policies.forms.taking import reopens_judgements
from policies.presenting.record import RecordView, present_record
from policies.presenting.record_marks import marks_of
from policies.screens.carried_record import (
    CARRIED,
    CarriedRecordError,
    read_carried_record,
)
from policies.screens.left import questions_left
from policies.screens.main_condition import (
    keep_main_condition,
    main_condition_in,
    name_condition,
)
from policies.screens.making import plan_screen, question_screen, review_screen
from policies.screens.memory import ASKED, AT, TAKEN, Step, answers_in
from policies.screens.posted import Posted
from policies.screens.record_file import RecordRefusedError, read_uploaded
from policies.screens.saved import fields_from
from policies.screens.screen import Screen
from policies.situation import Situation

ASKS_TREATMENT = "record-treatment"
KEPT = N_("What you took from the record stands here with your answers.")
PLAN_FIRST = N_(
    "What you took from the record is kept. First a few questions about the plan, which decides "
    "which rules apply."
)
MAIN_QUESTIONS = {
    PlanStep.WHO: "line_of_business",
    PlanStep.INSURER: "insurer",
    PlanStep.PLACE: "residence_state",
    PlanStep.TREATMENT: "condition",
}
LOST = N_("The record did not come along whole. Choose the file once more.")


def uploaded_screen(
    raw: bytes | None, data: QueryDict, *, catalogue: Catalogue, on: dt.date
) -> Screen:
    """The review of a record; or the screen where it was chosen, with what is wrong with it."""
    posted = Posted(data, catalogue=catalogue, on=on)
    if not posted.given.is_valid():
        return _to_put_right(posted)
    try:
        record, text = read_uploaded(raw, catalogue=catalogue, on=on, with_person=False)
    except RecordRefusedError as error:
        return _refused(posted, str(error))
    return _review(posted, record, text, _forms(posted, record))


def record_screen(posted: Posted, *, is_back: bool = False) -> Screen:
    """The review as it was filled in; nothing of it is checked.

    Gone back to, it leaves every answer alone that has become another since.
    """
    carried = _carried_record(posted)
    if carried is None:
        return _refused(posted, _(LOST))
    text = str(posted.data[CARRIED])
    return _review(
        posted, carried, text, _forms(posted, carried, data=posted.data, keeps_answers=is_back)
    )


def taken_screen(posted: Posted, show: Callable[[Posted], Screen]) -> Screen:
    """All answers with what was taken from the record, by `show`; or what is to be put right."""
    if not posted.given.is_valid():
        return _to_put_right(posted)
    record = _carried_record(posted)
    if record is None:
        return _refused(posted, _(LOST))
    forms = _forms(posted, record, data=posted.data, is_checked=True)
    if not forms.is_valid():
        text = str(posted.data[CARRIED])
        return _review(posted, record, text, forms, is_wrong=True)
    data = joined(posted.data, person_of(posted), forms.situation)
    data.setlist(TAKEN, [*posted.memory.taken, *marks_of(forms)])
    taken = Posted(data, catalogue=posted.catalogue, on=posted.on)
    step = _first_unasked(taken)
    if step is None:
        screen, notice = show(taken), _(KEPT)
    else:
        # Which rules apply hangs on the plan, and few records name more than the insurer.
        screen, notice = plan_screen(taken, step, returns=False), _(PLAN_FIRST)
    return replace(screen, notices=(notice, *screen.notices))


def _first_unasked(posted: Posted) -> PlanStep | None:
    """The first screen of the plan whose main question nothing has answered."""
    return next(
        (
            step
            for step in posted.plan.steps
            if step is posted.open_step or not posted.data.get(f"{PLAN}-{MAIN_QUESTIONS[step]}")
        ),
        None,
    )


def joined(data: QueryDict, before: Situation, after: Situation) -> QueryDict:
    """The answers as they were sent, with what is another than before, or was never answered."""
    old, new = fields_from(before), fields_from(after)
    found = QueryDict(mutable=True)
    for name, value in answers_in(data):
        found.appendlist(name, value)
    is_reopened = reopens_judgements(before, after)
    found.setlist(ASKED, [one for one in data.getlist(ASKED) if not (is_reopened and _lists(one))])
    if before.treatments_tried != after.treatments_tried:
        # The rows are numbered anew.
        for name in [one for one in found if one.startswith(f"{TRIED}-")]:
            del found[name]
    for name in new:
        values = new.getlist(name)
        is_other = values != old.getlist(name)
        # What nobody was asked is not answered with "I don't know" either.
        is_told = values not in ([""], [UNKNOWN])
        if (is_told and name not in found) or (is_other and values != [""]):
            found.setlist(name, values)
    for name in [one for one in found if one in old and one not in new]:
        del found[name]
    if is_reopened:
        # The list is shown again, and whether it is complete is asked with it.
        found.pop(f"{TRIED}-complete", None)
    main = main_condition_in(data)
    keep_main_condition(found, main)
    if not main:
        name_condition(found, after)
    found[AT] = Step.REVIEW
    return found


def _lists(group: str) -> bool:
    return TREATMENTS in group.split(",")


def person_of(posted: Posted) -> Situation:
    """What the person answered so far, as far as it can be read."""
    return posted.readable


def _carried_record(posted: Posted) -> Record | None:
    try:
        return read_carried_record(str(posted.data.get(CARRIED, "")))
    except CarriedRecordError:
        return None


def _forms(
    posted: Posted,
    record: Record,
    *,
    data: QueryDict | None = None,
    is_checked: bool = False,
    keeps_answers: bool = False,
) -> RecordForms:
    return RecordForms(
        record,
        person_of(posted),
        on=posted.on,
        catalogue=posted.catalogue,
        # Of one who has died nothing is chosen: it may be the wrong file.
        presets=Notice.DECEASED not in record.notices,
        # It is asked for here until this page is left.
        asks_treatment=ASKS_TREATMENT in posted.data or not posted.data.get(f"{PLAN}-treatment"),
        data=data,
        is_checked=is_checked,
        keeps_answers=keeps_answers,
    )


def _review(
    posted: Posted, record: Record, text: str, forms: RecordForms, *, is_wrong: bool = False
) -> Screen:
    asked = [(ASKS_TREATMENT, "1")] if forms.treatment is not None else []
    shown = {f"{PLAN}-treatment"} if forms.treatment is not None else set()
    answers = [(name, value) for name, value in answers_in(posted.data) if name not in shown]
    return Screen(
        template="policies/_record.html",
        title=_("What the record says"),
        at=Step.RECORD,
        record=view_of(
            record,
            forms,
            catalogue=posted.catalogue,
            on=posted.on,
            not_sure=posted.asked.names,
            names_condition=True,
        ),
        carried=(
            *posted.asked.fields(Step.RECORD, returns=False),
            *answers,
            *asked,
            (CARRIED, text),
        ),
        to_correct=tuple(forms.to_correct) if is_wrong else (),
        shows_help_line=posted.speaks_of_suicide or speaks_of_suicide(record),
    )


def view_of(
    record: Record,
    forms: RecordForms,
    *,
    catalogue: Catalogue,
    on: dt.date,
    not_sure: frozenset[str] = frozenset(),
    names_condition: bool = False,
) -> RecordView:
    """A record for its page, with what would still be asked once the facts are used.

    With `names_condition`, a code may say what the treatment is for.
    """
    situation = forms.preset_situation
    fields = fields_from(situation)
    if names_condition and not main_condition_in(fields_from(forms.person)):
        name_condition(fields, situation)
    named = main_condition_in(fields)
    return present_record(
        record,
        forms,
        catalogue=catalogue,
        on=on,
        open_plan=_open_plan(fields, catalogue),
        questions=questions_left(situation, catalogue=catalogue, on=on, asked=not_sure),
        names="" if named in situation.conditions else named,
    )


def _open_plan(fields: QueryDict, catalogue: Catalogue) -> Iterator[str]:
    """The questions about the plan that nothing has answered."""
    form = PlanForm(fields, catalogue=catalogue)
    form.full_clean()
    return (label for label, text, _step in form.told if not text)


def speaks_of_suicide(record: Record) -> bool:
    """Whether something in the record tells of thoughts of suicide."""
    return any(
        Caution.THOUGHTS_OF_DEATH in one.cautions
        or (one.kind is Kind.CONDITION and one.name == "mdd_suicidal")
        or one.name == "suicidal_ideation"
        or (one.kind is Kind.CODE and one.name.startswith("R45.851"))
        for one in record.found
    )


def _refused(posted: Posted, fault: str) -> Screen:
    """The screen on which the file was chosen, as it was, with what is wrong with the file."""
    is_at_review = posted.memory.at in (Step.REVIEW, Step.RECORD) and posted.is_readable
    screen = (
        review_screen(posted) if is_at_review else plan_screen(posted, PlanStep.WHO, returns=False)
    )
    return replace(screen, record_faults=(fault,), takes_focus=False)


def _to_put_right(posted: Posted) -> Screen:
    """The questions with a wrong answer: a record is put beside answers that can be read."""
    shown = posted.memory.screen_of(tuple(sorted(posted.given.faulty)))
    forms = posted.forms(shown, is_checked=True)
    forms.is_valid()
    return question_screen(posted, shown, forms=forms)
