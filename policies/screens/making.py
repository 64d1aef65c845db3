"""The screens themselves, each made from what was posted."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from policies.applicability import MOST_SIMILAR, similar_insurers
from policies.catalogue import Catalogue
from policies.check import NOT_HANDLED, check
from policies.forms import PlanForm, QuestionForms
from policies.forms.choices import NOT_LISTED
from policies.forms.fields import as_typed
from policies.forms.phq9 import PREFIX as PHQ9
from policies.forms.phq9 import SCALE, Phq9Form
from policies.forms.plan import PREFIX as PLAN
from policies.forms.steps import PlanStep, fields_on
from policies.guidance import guide, side_by_side
from policies.presenting import present_answer
from policies.presenting.progress import SoFarView, present_so_far
from policies.presenting.review import present_review
from policies.screens.memory import Group, Memory, Step, answers_in
from policies.screens.posted import Posted
from policies.screens.screen import Screen
from policies.wording import naming

TITLES = {
    Step.WHO: N_("About you and the plan"),
    Step.INSURER: N_("The insurer"),
    Step.PLACE: N_("Where you live"),
    Step.TREATMENT: N_("The treatment"),
    Step.PHQ9: N_("The PHQ-9 questionnaire"),
    Step.REVIEW: N_("Check your answers"),
    Step.ANSWER: N_("Your answer"),
}


def _title(step: Step) -> str:
    return _(TITLES[step])


def first_screen(catalogue: Catalogue) -> Screen:
    """Who asks, before anything was answered."""
    return Screen(
        template="policies/_plan.html",
        title=_title(Step.WHO),
        at=Step.WHO,
        plan=PlanForm(catalogue=catalogue, step=PlanStep.WHO),
        carried=tuple(Memory().fields(Step.WHO, returns=False)),
        has_back=False,
        takes_focus=False,
    )


def plan_screen(
    posted: Posted,
    step: PlanStep,
    *,
    returns: bool | None = None,
    is_wrong: bool = False,
) -> Screen:
    """One screen of the plan, as it was typed or with what is to be put right."""
    if is_wrong:
        form = PlanForm(posted.data, catalogue=posted.catalogue, step=step)
    else:
        form = _plan_as_typed(posted, step)
    returns = posted.memory.returns if returns is None else returns
    shown = {f"{PLAN}-{name}" for name in fields_on(step, form.line)}
    return Screen(
        template="policies/_plan.html",
        title=_("Where the patient lives")
        if step is PlanStep.PLACE and form.is_for_a_patient
        else _title(Step(step)),
        at=Step(step),
        plan=form,
        carried=_carried(posted, Step(step), returns=returns, is_shown=shown.__contains__),
        to_correct=(form,) if is_wrong else (),
        returns=returns,
        has_back=returns or step is not PlanStep.WHO,
        notices=_company_not_held(posted) if step in (PlanStep.PLACE, PlanStep.TREATMENT) else (),
    )


def question_screen(
    posted: Posted,
    shown: Group,
    *,
    adds_row: bool = False,
    returns: bool | None = None,
    forms: QuestionForms | None = None,
) -> Screen:
    """The questions named, as they were typed; or `forms`, with what is to be put right."""
    is_wrong = forms is not None
    forms = forms or posted.forms(shown, is_checked=False, adds_row=adds_row)
    returns = posted.memory.returns if returns is None else returns
    is_read = posted.given.is_valid()
    unasked = [
        one.name
        for one in (posted.open_questions if is_read else posted.full_form).in_order
        if one.name not in posted.asked.names and one.name not in forms.shown
    ]
    return Screen(
        template="policies/_questions.html",
        title=forms.title,
        at=Step.QUESTIONS,
        questions=forms,
        carried=_carried(
            posted,
            Step.QUESTIONS,
            showing=forms.shown,
            returns=returns,
            is_shown=forms.shows,
        ),
        so_far=so_far(posted),
        asked_by=tuple(naming.short_name(one) for one in posted.full_form.asked_by),
        to_correct=tuple(forms.on_screen) if is_wrong else (),
        left=None if returns else len(unasked) + len(forms.shown),
        returns=returns,
        takes_focus=not forms.has_new_row,
        shows_help_line=posted.speaks_of_suicide,
    )


def phq9_screen(posted: Posted, form: Phq9Form | None = None) -> Screen:
    """The PHQ-9 as it was filled; or `form`, with what is missing in it."""
    is_wrong = form is not None
    form = form or Phq9Form(initial=as_typed(posted.data, PHQ9))
    shown = {field.html_name for field in form}
    return Screen(
        template="policies/_phq9.html",
        title=_title(Step.PHQ9),
        at=Step.PHQ9,
        phq9=form,
        carried=_carried(
            posted,
            Step.PHQ9,
            showing=posted.memory.showing or (SCALE,),
            returns=posted.memory.returns,
            is_shown=shown.__contains__,
        ),
        to_correct=(form,) if is_wrong else (),
        shows_help_line=posted.speaks_of_suicide,
    )


def review_screen(posted: Posted) -> Screen:
    """Every answer on one page."""
    return Screen(
        template="policies/_review.html",
        title=_title(Step.REVIEW),
        at=Step.REVIEW,
        review=present_review(
            posted.situation,
            plan=posted.plan.told,
            asked=posted.asked.names,
            on=posted.on,
            taken=posted.memory.taken,
            plan_fields=posted.plan.keys_told,
        ),
        carried=_carried(posted, Step.REVIEW, returns=False),
        left=posted.open_questions.at_most,
        shows_help_line=posted.speaks_of_suicide,
    )


def answer_screen(posted: Posted, *, asked_nothing: bool = False) -> Screen:
    """What it all comes to."""
    guidance = guide(posted.situation, catalogue=posted.catalogue, on=posted.on)
    beside = side_by_side(guidance, catalogue=posted.catalogue)
    return Screen(
        template="policies/_answer.html",
        title=_title(Step.ANSWER),
        at=Step.ANSWER,
        answer=present_answer(guidance, beside=beside, asked_nothing=asked_nothing),
        carried=_carried(posted, Step.ANSWER, returns=False),
        left=posted.open_questions.at_most,
        shows_help_line=posted.speaks_of_suicide,
    )


def so_far(posted: Posted) -> SoFarView | None:
    """The checklist as it stands; without the answers that can't be read."""
    situation = posted.situation if posted.given.is_valid() else posted.readable
    return present_so_far(check(situation, catalogue=posted.catalogue, on=posted.on))


def _plan_as_typed(posted: Posted, step: PlanStep) -> PlanForm:
    first = PlanForm(catalogue=posted.catalogue, step=step).initial
    # What was not sent keeps its first choice.
    initial = {**first, **as_typed(posted.data, PLAN)}
    return PlanForm(catalogue=posted.catalogue, step=step, initial=initial)


def _company_not_held(posted: Posted) -> tuple[str, ...]:
    """A company that we don't hold is said at once."""
    form = posted.plan
    if form.line in NOT_HANDLED or form.step_to_correct(PlanStep.INSURER) is not None:
        return ()
    name = form.cleaned_data.get("insurer_name")
    if form.cleaned_data.get("insurer") != NOT_LISTED or not name:
        return ()
    sentence = _(
        "We hold no document under the name “%(name)s”. Go on all the same: a federal or state "
        "rule may apply to your plan, and if none does, we show what to ask the plan for."
    )
    notices = [sentence % {"name": name}]
    near = similar_insurers(posted.catalogue, form.situation().plan, most=None)
    if len(near) > MOST_SIMILAR:
        notices.insert(
            0, _("Several companies that we hold go by that name. Go back and choose yours.")
        )
    elif near:
        names = naming.one_of([one.name for one in near])
        question = _("Did you mean %(names)s? Then go back and choose it from the list.")
        notices.insert(0, question % {"names": names})
    return tuple(notices)


def _carried(
    posted: Posted,
    at: Step,
    *,
    returns: bool,
    showing: Group = (),
    is_shown: Callable[[str], bool] = lambda _: False,
) -> tuple[tuple[str, str], ...]:
    """The hidden fields of a screen: where it stands, and all answers that no field of it shows."""
    answers = [(name, value) for name, value in answers_in(posted.data) if not is_shown(name)]
    return (*posted.asked.fields(at, showing=showing, returns=returns), *answers)
