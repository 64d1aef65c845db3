"""One screen of the way to a letter, ready for its template."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.forms.letters import AboutForm, VoiceForm
from appeals.letters.length import EditsError
from appeals.presenting.letter import FieldView, LetterView
from appeals.presenting.letters.contrary import ContraryView
from appeals.presenting.letters.finish import FinishView
from appeals.presenting.letters.kinds import KindsView
from appeals.presenting.letters.missing import GapView
from appeals.presenting.letters.papers import PaperView
from appeals.presenting.letters.parts import PartView
from appeals.screens.letters.memory import Step
from policies.presenting.addresses import AddressView

NAMES = {
    Step.DOCUMENT: N_("the document"),
    Step.VOICE: N_("who signs it"),
    Step.FACTS: N_("the facts"),
    Step.PAPERS: N_("the papers"),
    Step.EDIT: N_("the letter"),
    Step.FINISH: N_("print it"),
}


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen; `to_correct` holds the forms in which something has to be put right.

    `faults` say what is wrong with a file of answers, `refused` with papers for the packet.
    `place` is this screen's among those of the facts, and how many there are. `hurry` says what to
    do where little time is left, `english_note` that what is typed has to be English.
    """

    template: str
    title: str
    at: Step
    carried: tuple[tuple[str, str], ...] = ()
    kinds: KindsView | None = None
    voice: VoiceForm | None = None
    about: AboutForm | None = None
    fields: tuple[FieldView, ...] = ()
    folded: tuple[FieldView, ...] = ()
    is_unfolded: bool = False
    settled: tuple[tuple[str, str], ...] = ()
    letter: LetterView | None = None
    read_address: AddressView | None = None
    papers: tuple[PaperView, ...] = ()
    other_papers: tuple[PaperView, ...] = ()
    parts: tuple[PartView, ...] = ()
    gaps: tuple[GapView, ...] = ()
    contrary: tuple[ContraryView, ...] = ()
    is_reviewed: bool = False
    finish: FinishView | None = None
    cautions: tuple[str, ...] = ()
    hurry: str = ""
    english_note: str = ""
    needs_denial: tuple[str, ...] = ()
    to_correct: tuple[forms.Form, ...] = ()
    faults: tuple[str, ...] = ()
    too_long: EditsError | None = None
    refused: tuple[tuple[str, str], ...] = ()
    has_denial: bool = False
    has_answer: bool = False
    place: tuple[int, int] = (1, 1)
    returns: bool = False
    has_back: bool = True
    takes_focus: bool = True
    is_sensitive: bool = False

    @property
    def status(self) -> int:
        is_wrong = self.to_correct or self.faults or self.refused or self.too_long is not None
        return 422 if is_wrong else 200

    @property
    def step_line(self) -> str:
        """How far the way has come; who signs is a part of which document it is."""
        if self.returns:
            return _("Fill in what is missing")
        if self.at not in NAMES:
            return ""
        # Some letters can be signed by one person alone, and the count is to stay the same.
        steps = [one for one in NAMES if one is not Step.VOICE]
        words = {
            "place": steps.index(Step.DOCUMENT if self.at is Step.VOICE else self.at) + 1,
            "all": len(steps),
            "name": _(NAMES[self.at]),
            "part": self.place[0],
            "parts": self.place[1],
        }
        if self.at is Step.FACTS and self.place[1] > 1:
            return _("Step %(place)d of %(all)d: %(name)s, %(part)d of %(parts)d") % words
        return _("Step %(place)d of %(all)d: %(name)s") % words
