"""The screens themselves, each made from what was posted."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.forms import FinderForm, NoticeForm
from appeals.law.finder_data import Question
from appeals.presenting import present_denied
from appeals.presenting.cautions import cautions
from appeals.presenting.letter import field_views, present_letter
from appeals.presenting.outcome import present_outcome
from appeals.screens.memory import Memory, Step, answers_in
from appeals.screens.posted import Posted
from appeals.screens.screen import Screen
from policies.presenting.addresses import present_address

TITLES = {
    Step.KIND: N_("Which kind of plan is it?"),
    Step.NOT_HANDLED: N_("We hold no steps for this kind of plan"),
    Step.LETTER: N_("The denial notice"),
    Step.DATES: N_("Dates on the notice"),
    Step.ASKED: N_("What was refused"),
    Step.REASONS: N_("Why they said no"),
    Step.RESULT: N_("What to do, and by when"),
}


def kind_screen(
    posted: Posted,
    question: Question,
    *,
    form: FinderForm | None = None,
    returns: bool | None = None,
) -> Screen:
    """One question of the interview, as it was answered; or `form`, with what is missing."""
    returns = posted.memory.returns if returns is None else returns
    is_first = not posted.asked or posted.asked[0].id == question.id
    shown = form or posted.finder(question, is_checked=False)
    return Screen(
        template="appeals/_finder.html",
        title=_("You have been denied") if is_first else _(TITLES[Step.KIND]),
        at=Step.KIND,
        finder=shown,
        to_correct=(form,) if form is not None else (),
        carried=_carried(
            posted,
            Memory(Step.KIND, question.id, returns),
            is_shown=lambda name: name == shown[question.id].html_name,
        ),
        returns=returns,
        has_back=returns or not is_first,
        takes_focus=not is_first or returns,
    )


def not_handled_screen(posted: Posted) -> Screen:
    """A kind of plan that we hold no steps for, and whom to ask."""
    return Screen(
        template="appeals/_not_handled.html",
        title=_(TITLES[Step.NOT_HANDLED]),
        at=Step.NOT_HANDLED,
        outcome=present_outcome(posted.outcome) if posted.outcome is not None else None,
        carried=_carried(posted, Memory(Step.NOT_HANDLED)),
    )


def letter_screen(posted: Posted, *, faults: tuple[str, ...] = ()) -> Screen:
    """The notice as a file, or typed in; with what is wrong with a file."""
    return Screen(
        template="appeals/_letter.html",
        title=_(TITLES[Step.LETTER]),
        at=Step.LETTER,
        outcome=present_outcome(posted.outcome) if posted.outcome is not None else None,
        letter=present_letter(posted.letter) if posted.letter is not None else None,
        faults=faults,
        carried=_carried(posted, Memory(Step.LETTER, returns=posted.memory.returns)),
        returns=posted.memory.returns,
        has_back=bool(posted.asked) or posted.memory.returns,
        takes_focus=not faults,
    )


def notice_screen(
    posted: Posted,
    step: Step,
    *,
    form: NoticeForm | None = None,
    returns: bool | None = None,
) -> Screen:
    """One screen of what the notice says, as typed or read; or `form`, with what is wrong."""
    returns = posted.memory.returns if returns is None else returns
    shown = form or posted.form(step, is_checked=False)
    names = {field.html_name for field in shown}
    return Screen(
        template="appeals/_notice.html",
        title=_(TITLES[step]),
        at=step,
        notice=shown,
        fields=field_views(shown.open_fields, posted.letter),
        folded=field_views(shown.folded_fields, posted.letter),
        letter=present_letter(posted.letter) if posted.letter is not None else None,
        cautions=_cautions(posted),
        to_correct=(form,) if form is not None else (),
        carried=_carried(posted, Memory(step, returns=returns), is_shown=names.__contains__),
        returns=returns,
        is_sensitive=posted.speaks_of_suicide,
    )


def result_screen(posted: Posted) -> Screen | None:
    """What to do and by when; None while something is missing or wrong."""
    if posted.case is None:
        return None
    return Screen(
        template="appeals/_denied_result.html",
        title=_(TITLES[Step.RESULT]),
        at=Step.RESULT,
        result=present_denied(posted.case),
        read_address=present_address(posted.read_address, on=posted.on)
        if posted.read_address is not None
        else None,
        cautions=_cautions(posted),
        carried=_carried(posted, Memory(Step.RESULT)),
        is_sensitive=posted.speaks_of_suicide,
    )


def _cautions(posted: Posted) -> tuple[str, ...]:
    found = posted.outcome
    return cautions(posted.letter, found.plan_types) if found is not None else ()


def _carried(
    posted: Posted,
    memory: Memory,
    *,
    is_shown: Callable[[str], bool] = lambda _: False,
) -> tuple[tuple[str, str], ...]:
    """The hidden fields of a screen: where it stands, and what no field of it shows."""
    answers = [(name, value) for name, value in answers_in(posted.data) if not is_shown(name)]
    return (*memory.fields(), *answers)
