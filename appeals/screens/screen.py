"""One screen of the way from a denial to what to do, ready for its template."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _

from appeals.forms import FinderForm, NoticeForm
from appeals.presenting import DeniedView
from appeals.presenting.letter import FieldView, LetterView
from appeals.presenting.outcome import OutcomeView
from appeals.screens.memory import OF_NOTICE, Step
from policies.presenting.addresses import AddressView


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen; `to_correct` holds the forms in which something has to be put right.

    `faults` say what is wrong with a file. `fields` and `folded` are those of the notice, each with
    what the letter says. One that `is_sensitive` speaks of suicide, and has a quick way out.
    """

    template: str
    title: str
    at: Step
    carried: tuple[tuple[str, str], ...] = ()
    finder: FinderForm | None = None
    notice: NoticeForm | None = None
    fields: tuple[FieldView, ...] = ()
    folded: tuple[FieldView, ...] = ()
    outcome: OutcomeView | None = None
    letter: LetterView | None = None
    result: DeniedView | None = None
    read_address: AddressView | None = None
    to_correct: tuple[forms.Form, ...] = ()
    faults: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    returns: bool = False
    has_back: bool = True
    takes_focus: bool = True
    is_sensitive: bool = False

    @property
    def status(self) -> int:
        return 422 if self.to_correct or self.faults else 200

    @property
    def step_line(self) -> str:
        """How far the way has come; how many questions find the plan depends on the answers."""
        if self.returns:
            return _("Change an answer")
        if self.at is Step.KIND:
            return _("Step 1 of 3: your plan")
        if self.at is Step.LETTER:
            return _("Step 2 of 3: the notice")
        if self.at in OF_NOTICE:
            return _("Step 3 of 3: what it says, %(place)d of %(all)d") % {
                "place": OF_NOTICE.index(self.at) + 1,
                "all": len(OF_NOTICE),
            }
        return ""
