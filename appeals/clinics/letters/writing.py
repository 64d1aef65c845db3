"""One letter while it is written: all that it is made from, and what it comes to."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from django.http import QueryDict

from appeals.clinics.casework import OpenCase
from appeals.clinics.documents.keeping import OpenDocument, open_documents
from appeals.clinics.documents.proving import proofs_of
from appeals.clinics.documents.wanted import AS_PAPERS, signed_papers
from appeals.clinics.following import denied_by, last_notice, outcome_of
from appeals.clinics.letters.asking import ask_of_clinic, tell_what_differs
from appeals.clinics.letters.known import OF_RECORDS, known_of, proposed_of
from appeals.clinics.letters.purposes import (
    Notice,
    from_notice,
    goes_by_notice,
    told_for,
)
from appeals.clinics.letters.records import EnclosedRecord, GoingRecord, LetterRecord
from appeals.clinics.letters.setting import with_letterhead, with_sign_off
from appeals.denied import DeniedCase
from appeals.forms.letters import FactsForm
from appeals.forms.letters.facts import PREFIX as TOLD
from appeals.law.arguments import EnclosureId
from appeals.law.finder import Outcome
from appeals.letters import LetterCase, LetterContent, LetterKind, compose
from appeals.letters.case import Value
from appeals.letters.edits import Edits, apply_edits, to_text
from appeals.letters.length import EditsError, too_many_pages
from appeals.models import Clinician, Letter
from appeals.packet.covers import cover_of
from appeals.presenting.letters.cautions import age_of
from appeals.screens.letters.known import answered, settled, to_confirm
from appeals.screens.letters.pages import Page, pages_for
from policies.catalogue import Catalogue
from policies.check import Answer, check

# Where the address of each recipient stands.
LINES_OF = {
    "regulator_name": "regulator_address",
    "employer_name": "employer_contact",
    "plan_name": "plan_address",
}


class Writing:
    """One letter of a case, read as far as it is asked for; `typed` are facts not saved yet."""

    def __init__(
        self,
        opened: OpenCase,
        letter: Letter,
        record: LetterRecord,
        *,
        catalogue: Catalogue,
        on: dt.date,
        typed: QueryDict | None = None,
        clinician: Clinician | None = None,
    ) -> None:
        self.opened = opened
        self.letter = letter
        self.record = record
        self.on = on
        self.typed = typed
        self.clinician = clinician or letter.clinician
        self._catalogue = catalogue

    # What the case tells

    @cached_property
    def notice(self) -> Notice | None:
        """The newest notice, whether or not the plan's law is known."""
        return last_notice(self.opened)

    @cached_property
    def denied(self) -> DeniedCase | None:
        """The route as that notice opened it."""
        return denied_by(self.notice[1], self.outcome, on=self.on) if self.notice else None

    @cached_property
    def answer(self) -> Answer:
        return check(self.opened.content.situation, catalogue=self._catalogue, on=self.on)

    @property
    def outcome(self) -> Outcome | None:
        return outcome_of(self.opened.content)

    @cached_property
    def documents(self) -> tuple[OpenDocument, ...]:
        return open_documents(self.opened)

    @cached_property
    def letters(self) -> Mapping[EnclosureId, Letter]:
        """Signed letters of the case that may go with this one."""
        own = AS_PAPERS.get(LetterKind(self.letter.kind))
        found = signed_papers(self.opened.case)
        return {paper: one for paper, one in found.items() if paper is not own}

    @property
    def papers(self) -> frozenset[EnclosureId]:
        """What can be enclosed: the documents that are an enclosure, and signed letters."""
        named = {one.record.paper for one in self.documents if one.record.paper}
        return frozenset(EnclosureId(one) for one in named) | self.letters.keys()

    @cached_property
    def known(self) -> Mapping[str, Value]:
        clinic = self.opened.patient.patient.clinic
        return known_of(self.opened.patient.record, clinic, self.clinician)

    # The facts told for letters

    @cached_property
    def bare(self) -> LetterCase:
        """The case without the facts told for letters, which it decides about."""
        return LetterCase(
            kind=LetterKind(self.letter.kind),
            voice=self.record.voice,
            on=self.on,
            answer=self.answer,
            denied=self.denied,
            outcome=self.outcome if self.denied is None else None,
        )

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The facts by what belongs together; those of records and of the denial are not asked."""
        known = OF_RECORDS | frozenset(settled(self.denied)) | answered(self.answer)
        return pages_for(self.bare, known=known)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for page in self.pages for name in page.names)

    @cached_property
    def of_notice(self) -> Mapping[str, str]:
        """What the newest notice says of where this letter goes, and of its numbers."""
        return from_notice(self.bare.kind, self.notice)

    @cached_property
    def defaults(self) -> Mapping[str, str]:
        """Facts as the notice, the check and the clinic have them, until somebody says otherwise.

        What the notice says of where to send an appeal is not where other letters go.
        """
        found = dict(to_confirm(self.denied, None, self.answer, kind=self.bare.kind))
        if not goes_by_notice(self.bare.kind, self.notice):
            for name in ("plan_address", "plan_fax"):
                found.pop(name, None)
        proposed = proposed_of(self.opened, self.clinician, is_continuing=self.bare.is_continuing)
        return {**proposed, **found, **self.of_notice}

    @cached_property
    def saved(self) -> QueryDict:
        """The facts as the case has them for such a letter, under the names of their fields."""
        data = QueryDict(mutable=True)
        told = told_for(self.opened.content, self.bare.kind, self.notice)
        for name in self.names:
            data[f"{TOLD}-{name}"] = told.get(name, self.defaults.get(name, ""))
        return data

    @cached_property
    def form(self) -> FactsForm:
        """All facts of the letter, as typed or as saved."""
        data = self.saved.copy()
        for name, values in (self.typed or QueryDict()).lists():
            if name in data:
                data.setlist(name, [str(one) for one in values])
        form = FactsForm(
            data,
            names=self.names,
            signer="clinician_name" if self.clinician else "",
            on=self.on,
            is_denied=goes_by_notice(self.bare.kind, self.notice),
        )
        ask_of_clinic(form, self.clinician)
        tell_what_differs(form, self.of_notice)
        form.full_clean()
        return form

    @property
    def told(self) -> Mapping[str, Value]:
        """Every fact that is told and right."""
        return {**self.form.told, **settled(self.denied), **self.known}

    # The letter

    @cached_property
    def case(self) -> LetterCase:
        proofs = proofs_of(self.documents)
        return replace(self.bare, told=self.told, enclosures=self.papers, proofs=proofs)

    @cached_property
    def composed(self) -> LetterContent:
        """The letter in our words, under the clinic's head."""
        return with_letterhead(compose(self.case), self.opened.patient.patient.clinic)

    @cached_property
    def edits(self) -> Edits:
        return self.record.edits.changed_in(self.composed)

    @cached_property
    def content(self) -> LetterContent:
        """The letter as the writer wants it."""
        return apply_edits(self.composed, self.edits)

    def words_of(self, part: str) -> str:
        """The words of a part as they are written in; none where the letter has no such part."""
        blocks = {one.id: to_text(one) for one in self.composed.blocks}
        return self.edits.texts.get(part, blocks.get(part, ""))

    @property
    def to_print(self) -> LetterContent:
        """The same with a gap where it is not signed off yet."""
        return with_sign_off(self.content)

    def to_sign(self, signer: Clinician) -> LetterContent:
        """The same as this person would sign it today."""
        return with_sign_off(self.content, signer=str(signer), on=self.on)

    @property
    def age(self) -> int | None:
        born_on = self.known.get("patient_born_on")
        return age_of(born_on, self.opened.content.situation, on=self.on)

    @property
    def too_long(self) -> EditsError | None:
        """What is to be shortened before the letter is made."""
        return self.edits.too_long or too_many_pages(self.content)

    @property
    def enclosed(self) -> tuple[EnclosedRecord, ...]:
        """What goes with it, by number: the documents in the case's order, or a signed letter."""
        return tuple(
            EnclosedRecord(
                number=one.number,
                paper=one.id,
                label=one.label,
                documents=tuple(
                    str(each.document.pk) for each in self.documents if each.record.paper == one.id
                ),
                letter=str(self.letters[EnclosureId(one.id)].pk)
                if EnclosureId(one.id) in self.letters
                else "",
            )
            for one in self.content.enclosures
        )

    @property
    def going(self) -> GoingRecord:
        """Where it goes and how, as the facts have it today."""
        cover = cover_of(self.case)
        told = {name: str(value) for name, value in self.told.items()}
        kept_in = [lines for name, lines in LINES_OF.items() if told.get(name) == cover.recipient]
        return GoingRecord(
            recipient=cover.recipient,
            lines=told.get(kept_in[0], "") if kept_in else "",
            fax=cover.fax,
            way=told.get("delivery", ""),
            sender=cover.sender,
            sender_phone=cover.sender_phone,
        )
