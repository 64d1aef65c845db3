"""What one POST on the way to a letter holds: the check, the denial, and the letter so far."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils import translation

from appeals.denied import DeniedCase
from appeals.forms.letters import AboutForm, FactsForm, PapersForm
from appeals.forms.letters.choosing import PREFIX as WRITE
from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.law.arguments import EnclosureId
from appeals.letters import LetterCase, LetterContent, LetterKind, Voice, compose, kind_plan
from appeals.letters.case import Value
from appeals.letters.edits import PREFIX as EDIT
from appeals.letters.edits import Edits, apply_edits
from appeals.letters.kinds import KindPlan, kind_plans
from appeals.letters.length import EditsError, too_many_pages
from appeals.letters.offer import kinds_offered, why_not
from appeals.presenting.letters.cautions import age_of
from appeals.presenting.letters.kinds import Choosable
from appeals.screens.letters.known import answered, settled, to_confirm
from appeals.screens.letters.memory import Memory
from appeals.screens.letters.pages import SIGNERS, Page, asked_for, pages_for
from appeals.screens.posted import Posted as DeniedPosted
from policies.catalogue import Catalogue
from policies.check import Answer, check
from policies.forms.fields import UNKNOWN
from policies.forms.plan import PREFIX as PLAN
from policies.screens import situation_from
from policies.screens.memory import answers_in as answers_of_check
from policies.screens.posted import Posted as CheckPosted
from policies.situation import Situation, Treatment

SENT = "en"
# For which document and signer the changes are: another letter has parts of the same names.
EDITS_OF = f"{EDIT}of"


class Posted:
    """One POST, read as far as it is asked for; `catalogue` is fetched only where it is needed."""

    def __init__(self, data: QueryDict, *, catalogue: Callable[[], Catalogue], on: dt.date) -> None:
        self.data = data
        self.on = on
        self.memory = Memory.of(data)
        self.before = DeniedPosted(data, on=on, catalogue=catalogue)
        self.catalogue = catalogue

    def again(self, data: QueryDict) -> "Posted":
        """The same with other fields."""
        return Posted(data, catalogue=self.catalogue, on=self.on)

    # What went before

    @property
    def denied(self) -> DeniedCase | None:
        """The denial against the law; None where none was told to its end."""
        return self.before.case

    @cached_property
    def _check_data(self) -> QueryDict:
        found = QueryDict(mutable=True)
        for name, value in answers_of_check(self.data):
            found.appendlist(name, value)
        return found

    @cached_property
    def checked(self) -> Answer | None:
        """The answer of the check; None where none was made, or not to its end."""
        if f"{PLAN}-treatment" not in self._check_data:
            return None
        catalogue = self.catalogue()
        situation = situation_from(self._check_data, catalogue=catalogue, on=self.on)
        return None if situation is None else check(situation, catalogue=catalogue, on=self.on)

    @cached_property
    def answer(self) -> Answer | None:
        """The same; else only the treatment and the condition, as told for the letter."""
        return self.checked or self._answer_about()

    def _answer_about(self) -> Answer | None:
        form = self.about_form(is_checked=True)
        if not form.is_valid():
            return None
        told = form.cleaned_data["treatment"]
        condition = form.cleaned_data["condition"]
        denied = self.denied.denial.treatment if self.denied is not None else None
        treatment = denied or (Treatment(told) if told not in ("", UNKNOWN) else None)
        if treatment is None:
            return None
        answers = {"conditions": frozenset({condition})} if condition not in ("", UNKNOWN) else {}
        situation = Situation(treatment=treatment, answers=answers)
        # Without a plan there is no document, and so no rule to argue from.
        return check(situation, catalogue=Catalogue({}, (), ()), on=self.on)

    @cached_property
    def speaks_of_suicide(self) -> bool:
        """Whether a condition or an answer names thoughts of suicide."""
        in_check = f"{PLAN}-treatment" in self._check_data and (
            CheckPosted(self._check_data, catalogue=self.catalogue(), on=self.on).speaks_of_suicide
        )
        about = self.data.get(f"{WRITE}-condition") == "mdd_suicidal"
        return in_check or about or self.before.speaks_of_suicide

    # The letter

    @cached_property
    def kinds(self) -> tuple[Choosable, ...]:
        """Every document, those that fit in front; with nothing told, none is ruled out."""
        known: Any = (self.denied, self.answer, self.before.outcome)
        offers = kinds_offered(*known, on=self.on)
        found = [
            Choosable(one.kind, is_first=one.is_first, cautions=one.cautions, why_not=one.not_now)
            for one in offers
        ]
        is_open = self.denied is None and self.before.outcome is None
        for plan in kind_plans().values():
            if reason := why_not(plan.id, *known, on=self.on):
                # What rests on a right is written only where the right is known to hold.
                is_offered = is_open and not plan.fits.rights
                found.append(Choosable(plan.id, is_offered=is_offered, why_not=reason))
        return tuple(found)

    @cached_property
    def kind(self) -> LetterKind | None:
        """The document that was chosen; None where it does not fit any more."""
        told = self.data.get(f"{WRITE}-kind")
        return next((one.kind for one in self.kinds if one.is_offered and one.kind == told), None)

    @property
    def plan(self) -> KindPlan | None:
        return kind_plan(self.kind) if self.kind is not None else None

    @cached_property
    def voice(self) -> Voice | None:
        """Who signs: as chosen, or the only one who can."""
        if self.plan is None:
            return None
        told = self.data.get(f"{WRITE}-voice")
        voices = self.plan.voices
        if len(voices) == 1:
            return voices[0]
        return Voice(told) if told in list(Voice) and told in voices else None

    @cached_property
    def to_confirm(self) -> Mapping[str, str]:
        return to_confirm(self.denied, self.before.letter, self.checked, kind=self.kind)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The screens of facts; none while the document or who signs it is open."""
        if self.bare is None:
            return ()
        known = frozenset(settled(self.denied)) | answered(self.answer)
        return pages_for(self.bare, known=known)

    def page(self, name: str) -> Page | None:
        return next((one for one in self.pages if one.id == name), None)

    def page_of(self, fact: str) -> Page | None:
        return next((one for one in self.pages if fact in one.names), None)

    @cached_property
    def filled(self) -> QueryDict:
        """The facts as they were told; what was not looked at yet as the denial has it."""
        filled = self.data.copy()
        for name, text in self.to_confirm.items():
            filled.setdefault(f"{TOLD}-{name}", text)
        return filled

    def facts_form(self, names: tuple[str, ...], *, is_checked: bool, aim: str = "") -> FactsForm:
        signer = SIGNERS[self.voice] if self.voice is not None else ""
        needs_denial = self.plan is not None and self.plan.fits.needs_denial is True
        options: dict[str, Any] = {
            "names": names,
            "signer": signer,
            "on": self.on,
            "is_denied": self.denied is not None or needs_denial,
        }
        if is_checked:
            return FactsForm(self.filled, **options)
        initial = {name: self.filled.get(f"{TOLD}-{name}", "") for name in names}
        return FactsForm(**options, initial=initial, aim=aim)

    def about_form(self, *, is_checked: bool) -> AboutForm:
        if is_checked:
            return AboutForm(self.data)
        names = ("treatment", "condition")
        return AboutForm(initial={one: self.data.get(f"{WRITE}-{one}", "") for one in names})

    @property
    def papers(self) -> frozenset[EnclosureId]:
        told = self.data.getlist(f"{WRITE}-papers")
        return frozenset(EnclosureId(one) for one in told if one in list(EnclosureId))

    def papers_form(self, papers: tuple[EnclosureId, ...]) -> PapersForm:
        return PapersForm(papers=papers, initial={"papers": [*self.papers]})

    @cached_property
    def told(self) -> Mapping[str, Value]:
        """Every fact of the letter that was told and is right."""
        if self.bare is None:
            return {}
        form = self.facts_form(tuple(asked_for(self.bare)), is_checked=True)
        form.full_clean()
        return {**form.told, **settled(self.denied)}

    @cached_property
    def age(self) -> int | None:
        """The patient's age, as far as the letter or the check was told."""
        form = self.facts_form(("patient_born_on",), is_checked=True)
        form.full_clean()
        situation = self.checked.situation if self.checked is not None else None
        return age_of(form.told.get("patient_born_on"), situation, on=self.on)

    @cached_property
    def first_wrong(self) -> tuple[Page, FactsForm] | None:
        """The first screen of facts on which something is missing or wrong."""
        for page in self.pages:
            form = self.facts_form(page.names, is_checked=True)
            if not form.is_valid():
                return page, form
        return None

    @cached_property
    def case(self) -> LetterCase | None:
        """What the letter is written from; None while the document or its signer is open."""
        if self.bare is None:
            return None
        return replace(self.bare, told=self.told, enclosures=self.papers)

    @cached_property
    def bare(self) -> LetterCase | None:
        """The same without the facts told for the letter, which it decides about."""
        if self.kind is None or self.voice is None:
            return None
        return LetterCase(
            kind=self.kind,
            voice=self.voice,
            on=self.on,
            answer=self.answer,
            denied=self.denied,
            outcome=self.before.outcome if self.denied is None else None,
        )

    @property
    def wants_about(self) -> bool:
        """Whether the letter needs a treatment or a condition that nobody has told."""
        if self.case is None or self.checked is not None:
            return False
        bare = replace(self.case, answer=None)
        with translation.override(SENT):
            return bool({"treatment", "condition"} & {one.id for one in compose(bare).gaps})

    @cached_property
    def composed(self) -> LetterContent:
        """The letter in our words; what is sent is English, whatever the page speaks."""
        return self.in_language(SENT)

    def in_language(self, language: str) -> LetterContent:
        """The letter in our words, in a language; ValueError while it is not known which."""
        if self.case is None:
            raise ValueError("no document was chosen yet, or nobody to sign it")
        with translation.override(language):
            return compose(self.case)

    @property
    def edits_of(self) -> str:
        return f"{self.kind}.{self.voice}"

    @property
    def has_edits_of_another(self) -> bool:
        """Whether the changes were made to another document; they wait until it is chosen again."""
        return self.data.get(EDITS_OF, self.edits_of) != self.edits_of

    @cached_property
    def edits(self) -> Edits:
        if self.has_edits_of_another:
            return Edits()
        return Edits.of(self.data.lists()).changed_in(self.composed)

    @cached_property
    def content(self) -> LetterContent:
        """The letter as the writer wants it."""
        return apply_edits(self.composed, self.edits)

    @property
    def too_long(self) -> EditsError | None:
        """What is to be shortened before the letter is made."""
        return self.edits.too_long or too_many_pages(self.content)
