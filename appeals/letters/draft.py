"""The desk at which a letter is written: facts with their gaps, enclosures with their numbers."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from appeals.law.arguments import EnclosureId, argument_data
from appeals.letters.case import LetterCase
from appeals.letters.content import Basis, Enclosed, Gap, Origin, Sentence, Told
from appeals.letters.facts import FactType, letter_facts
from appeals.letters.kinds import KindPlan, Voice, kind_plan
from appeals.letters.saying import Words, form, say
from policies import terms
from policies.language import said
from policies.situation import Treatment
from policies.wording.dates import date
from policies.wording.phrases import lower_first

# As a sentence goes on; the brand stands beside the drug that has one.
TREATMENTS = {
    Treatment.IV_KETAMINE: N_("ketamine by intravenous infusion"),
    Treatment.ESKETAMINE_NASAL: N_("esketamine nasal spray (Spravato)"),
    Treatment.INTRANASAL_COMPOUNDED_KETAMINE: N_("compounded ketamine nasal spray"),
    Treatment.IM_SC_KETAMINE: N_("ketamine by injection"),
    Treatment.ORAL_KETAMINE: N_("ketamine by mouth"),
}


@dataclass(slots=True)
class Draft:
    """One letter while it is written; a paper gets its number when it is first named."""

    case: LetterCase
    numbers: dict[EnclosureId, int] = field(default_factory=dict)

    @property
    def plan(self) -> KindPlan:
        return kind_plan(self.case.kind)

    @property
    def is_clinician(self) -> bool:
        return self.case.voice is Voice.CLINICIAN

    @property
    def is_first_person(self) -> bool:
        """Whether the patient writes, and "I" is the one who needs the treatment."""
        return self.case.voice is Voice.PATIENT

    def known(self, name: str) -> Told | None:
        """A fact that was told, in the words of the letter; None where it was not."""
        value = self.case.told.get(name)
        if not value:
            return None
        return Told(fact_text(name, value), (Basis(Origin.FACT, name),))

    def fact(self, name: str) -> Words:
        """A fact, or the gap that it leaves."""
        return self.known(name) or Gap(name, said(letter_facts()[name].gap))

    def is_asked(self, name: str) -> bool:
        """Whether this kind of letter can't do without the fact."""
        return name in self.plan.must

    def wanted(self, name: str) -> Words | None:
        """A fact; where it was not told a gap if the letter needs it, else nothing."""
        return self.fact(name) if self.is_asked(name) else self.known(name)

    def has_block(self, name: str) -> bool:
        """Whether a block of that name is among those of this kind."""
        return any(one.id == name for one in self.plan.blocks)

    @property
    def patient(self) -> Words:
        return self.fact("patient_name")

    @property
    def treatment(self) -> Words:
        """What it is about, as a sentence goes on."""
        found = self.case.treatment
        if found is None:
            return Gap("treatment", _("treatment"))
        return Told(_(TREATMENTS[found]), (Basis(Origin.FACT, "treatment"),))

    @property
    def condition(self) -> Words:
        """What it is for, as a sentence goes on."""
        found = self.case.condition
        if found is None:
            return Gap("condition", _("diagnosis"))
        label = lower_first(said(terms.conditions()[found].label))
        return Told(label, (Basis(Origin.FACT, "condition"),))

    @property
    def diagnosis(self) -> Words:
        """The diagnosis with its code, as told for the letter, else as told in the check."""
        told = self.known("diagnosis")
        codes = self.case.situation.icd10_codes if self.case.situation else ()
        condition = self.condition
        if told is not None or not codes:
            # A letter that can do without the code has the condition.
            return told or (self.fact("diagnosis") if self.is_asked("diagnosis") else condition)
        name = f"{condition.text} " if isinstance(condition, Told) else ""
        bases = condition.rests_on if isinstance(condition, Told) else ()
        return Told(f"{name}({', '.join(codes)})", (*bases, Basis(Origin.FACT, "icd10_codes")))

    def by_voice(self, first: str, third: str, *rests_on: Basis, **words: Words) -> Sentence:
        """A sentence of the patient, or of whoever writes about %(patient)s."""
        if self.is_first_person:
            return say(first, *rests_on, **words)
        return say(third, *rests_on, **{"patient": self.patient} | words)

    def form(self, text: str) -> Sentence:
        """A sentence that every letter of this kind has, and that claims nothing."""
        return form(text, self.case.kind)

    def enclosure(self, paper: EnclosureId) -> Words:
        """How a sentence names a paper: by its number, or as a gap while it is not on hand."""
        if paper not in self.case.enclosures:
            return Gap(f"enclosure.{paper}", _("enclosure: %(paper)s") % {"paper": _label(paper)})
        number = self.numbers.setdefault(paper, len(self.numbers) + 1)
        basis = Basis(Origin.FACT, f"enclosure.{paper}")
        return Told(_("Enclosure %(number)d") % {"number": number}, (basis,))

    @property
    def enclosed(self) -> tuple[Enclosed, ...]:
        """The papers that go with it, in the order in which the letter names them."""
        for paper in argument_data().enclosures:
            # What the writer encloses and no sentence names comes last.
            if paper in self.case.enclosures:
                self.numbers.setdefault(paper, len(self.numbers) + 1)
        return tuple(
            Enclosed(number, paper, _label(paper), is_on_hand=True)
            for paper, number in self.numbers.items()
        )


def _label(paper: EnclosureId) -> str:
    return said(argument_data().enclosures[paper].in_letter)


def fact_text(name: str, value: str | dt.date) -> str:
    """A fact as a letter prints it."""
    if isinstance(value, dt.date):
        return date(value)
    definition = letter_facts()[name]
    if definition.type is FactType.CHOICE:
        return said(definition.choices[value])
    return value.strip()
