"""One screen of the check, ready for its template."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policies.forms import PlanForm, QuestionForms
from policies.forms.phq9 import Phq9Form
from policies.presenting import AnswerView
from policies.presenting.progress import SoFarView
from policies.presenting.record import RecordView
from policies.presenting.review import ReviewView
from policies.screens.memory import Step


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen; `to_correct` holds the forms in which something has to be put right.

    `left` is how many questions there are at most, this screen's included; None where that is not
    known yet. `faults` are those of a file of answers, `record_faults` those of a
    record.
    """

    template: str
    title: str
    at: Step
    carried: tuple[tuple[str, str], ...] = ()
    plan: PlanForm | None = None
    questions: QuestionForms | None = None
    phq9: Phq9Form | None = None
    review: ReviewView | None = None
    answer: AnswerView | None = None
    record: RecordView | None = None
    so_far: SoFarView | None = None
    asked_by: tuple[str, ...] = ()
    to_correct: tuple[forms.Form, ...] = ()
    faults: tuple[str, ...] = ()
    record_faults: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    left: int | None = None
    returns: bool = False
    has_back: bool = True
    takes_focus: bool = True
    shows_help_line: bool = False

    @property
    def status(self) -> int:
        return 422 if self.to_correct or self.faults or self.record_faults else 200

    @property
    def step_line(self) -> str:
        """How far the way has come, as honest as it can be: an answer may make others pointless."""
        if self.returns:
            return _("Change an answer")
        if self.plan is not None:
            return _("Your plan: %(place)d of %(all)d") % {
                "place": self.plan.steps.index(self.plan.step) + 1,
                "all": len(self.plan.steps),
            }
        if self.questions is not None and self.left is not None:
            left = self.left
            return ngettext(
                "At most %(left)d question left", "At most %(left)d questions left", left
            ) % {"left": left}
        return ""

    @property
    def is_sensitive(self) -> bool:
        """Whether the page speaks of suicide, so that it has a quick way out."""
        shown = self.questions.shown if self.questions is not None else ()
        return self.shows_help_line or self.phq9 is not None or "suicidal_ideation" in shown
