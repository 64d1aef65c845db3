"""Papers of a few sample cases: documents and a signed letter each, plainly samples."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from appeals.clinics.casework import OpenCase, open_case
from appeals.clinics.documents.counting import count_missing
from appeals.clinics.documents.keeping import add_document
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.documents.wanted import paper_name, wanted_in
from appeals.clinics.letters.drafting import name_of, tell_letter
from appeals.clinics.letters.records import EnclosedRecord, LetterRecord, SignedRecord
from appeals.clinics.letters.signing import put_signature
from appeals.clinics.samples.people import Staff
from appeals.law.arguments import EnclosureId
from appeals.letter_sheets import TabSheet
from appeals.letters.kinds import LetterKind, Voice, kind_plan
from appeals.models import Letter, Role
from appeals.models.cases import Stage
from appeals.packet.parts import Cleaned
from appeals.pdf import print_tab
from appeals.sealing import seal
from policies.published import published_catalogue

CASES = 6
LETTERS: Mapping[Stage, LetterKind] = {
    Stage.PREPARING: LetterKind.PRIOR_AUTHORIZATION,
    Stage.DENIED: LetterKind.INTERNAL_APPEAL,
}
"""What is written in the stages whose cases get papers."""
PAPERS = (EnclosureId.CHART_NOTES, EnclosureId.RATING_SCALES)
MARK = "Made up for the sample clinic: nothing in it is about a person"


def add_sample_papers(staff: Staff, *, today: dt.date) -> None:
    """Give the first open cases their documents, and a letter that encloses them."""
    pages = {one: _page(f"Sample: {paper_name(one)}", today=today) for one in PAPERS}
    letters = {
        one: _page(f"Sample of a letter: {one.value.replace('_', ' ')}", today=today)
        for one in LETTERS.values()
    }
    cases = staff.clinic.cases.filter(stage__in=list(LETTERS), closed_at=None)
    for case in cases.select_related("patient__clinic").order_by("number")[:CASES]:
        opened = open_case(case)
        kind = LETTERS[Stage(case.stage)]
        signed = SignedRecord(
            name=staff.clinicians[0].name,
            title=f"Sample: {kind_plan(kind).title}",
            running=MARK,
            on=today,
            words=MARK,
            enclosures=_add_documents(opened, pages, staff, today=today),
        )
        _add_letter(opened, kind, letters[kind].pdf, signed, staff)
        count_missing(opened, catalogue=published_catalogue(), on=today)


def _page(heading: str, *, today: dt.date) -> Cleaned:
    made = print_tab(TabSheet(heading, MARK, today, is_draft=False))
    return Cleaned(made.pdf, made.pages)


def _add_documents(
    opened: OpenCase, pages: Mapping[EnclosureId, Cleaned], staff: Staff, *, today: dt.date
) -> tuple[EnclosedRecord, ...]:
    criteria = wanted_in(opened, catalogue=published_catalogue(), on=today).criteria
    proves = tuple(one.label for one in criteria[:1])
    by = staff.people[Role.BILLER]
    enclosed = []
    for number, (paper, made) in enumerate(pages.items(), start=1):
        record = DocumentRecord(f"Sample {paper_name(paper).lower()}", today, paper, proves)
        document = add_document(opened, record, made, on=today, by=by)
        label = paper_name(paper)
        enclosed.append(EnclosedRecord(number, paper, label, (str(document.pk),)))
    return tuple(enclosed)


def _add_letter(
    opened: OpenCase, kind: LetterKind, pdf: bytes, signed: SignedRecord, staff: Staff
) -> None:
    """A letter of one page that says what it is, signed as a real one."""
    by = staff.people[Role.CLINICIAN]
    letter = Letter(case=opened.case, kind=kind, clinician=staff.clinicians[0], made_by=by)
    letter.sealed_pdf = seal(opened.patient.key, pdf, place=f"pdf:{letter.place}")
    record = LetterRecord(Voice.CLINICIAN, signed=signed)
    put_signature(opened, letter, record, by=by, at=timezone.now())
    letter.save(force_insert=True)
    tell_letter(opened, f"Signed by {signed.name}: {name_of(letter)}", on=signed.on, by=by)
