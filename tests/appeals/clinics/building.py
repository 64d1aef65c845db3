"""Small builders for the workspace: a clinic, its people, a patient and a case, plainly samples."""

import datetime as dt
from io import BytesIO
from types import ModuleType
from typing import Any

import pgtrigger
import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pikepdf import Dictionary, Name, Pdf

from appeals.clinics.casework import Heading, OpenCase, begin_case, open_case
from appeals.clinics.content import CaseContent
from appeals.clinics.joining import join_patients
from appeals.clinics.letters.records import EnclosedRecord, LetterRecord, SignedRecord
from appeals.clinics.letters.signing import put_signature
from appeals.clinics.patients import OpenPatient, add_patient
from appeals.clinics.records import PatientRecord
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import Case, Clinic, Letter, Membership, Role
from appeals.sealing import seal
from tests.factories import ON, make_situation

JANE = PatientRecord(
    family_name="Sample",
    given_name="Jane",
    birth_on=dt.date(1980, 2, 29),
    member_id="W-123 456",
    address="1 Example Street",
)


def make_clinic(name: str = "Sample Clinic") -> Clinic:
    return Clinic.objects.create(name=name, address="1 Example Street", is_sample=True)


def make_member(clinic: Clinic, role: Role = Role.BILLER, name: str = "") -> User:
    """A person who works at a clinic."""
    person = User.objects.create_user(name or f"{role}-{User.objects.count()}")
    Membership.objects.create(clinic=clinic, user=person, role=role)
    return person


def make_patient(clinic: Clinic, record: PatientRecord = JANE) -> OpenPatient:
    return add_patient(clinic, record, by=None)


def make_case(
    clinic: Clinic,
    patient: OpenPatient | None = None,
    *,
    content: CaseContent | None = None,
    on: dt.date = ON,
    **heading: Any,
) -> OpenCase:
    """A case of a patient, with a situation of treatment-resistant depression."""
    held = content or CaseContent(situation=make_situation())
    return begin_case(patient or make_patient(clinic), held, Heading(**heading), on=on, by=None)


def reopened(opened: OpenCase) -> OpenCase:
    """The same case as the database has it now."""
    return open_case(Case.objects.select_related("patient__clinic").get(pk=opened.case.pk))


def make_pdf(text: str, *, pages: int = 1) -> bytes:
    """Letter pages with a line of text on each."""
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(612, 792))
        name = page.add_resource(font, Name.Font)
        drawn = f"BT {name} 12 Tf 72 700 Td ({text}, page {number}) Tj ET"
        page.contents_add(drawn.encode())
    file = BytesIO()
    pdf.save(file)
    return file.getvalue()


def make_signed_letter(
    opened: OpenCase,
    *,
    kind: LetterKind = LetterKind.INTERNAL_APPEAL,
    pdf: bytes | None = None,
    by: User | None = None,
    enclosures: tuple[EnclosedRecord, ...] = (),
) -> Letter:
    """A letter of a case, signed off; its page names the case."""
    letter = Letter(case=opened.case, kind=kind)
    signer = by or User.objects.get_or_create(username="signer")[0]
    bytes_signed = pdf or make_pdf(f"Letter of case {opened.case.number}")
    letter.sealed_pdf = seal(opened.patient.key, bytes_signed, place=f"pdf:{letter.place}")
    words = SignedRecord(
        name="Dr. Sample",
        title="Appeal",
        running="Jane Sample",
        on=ON,
        words="",
        enclosures=enclosures,
    )
    record = LetterRecord(Voice.CLINICIAN, signed=words)
    put_signature(opened, letter, record, by=signer, at=timezone.now())
    letter.save(force_insert=True)
    return letter


def alter_letter(letter: Letter, **fields: Any) -> None:
    """Change a letter as someone would who gets at the database and sets its triggers aside."""
    with pgtrigger.ignore():
        Letter.objects.filter(pk=letter.pk).update(**fields)
    letter.refresh_from_db()


def join_before(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, opened: OpenCase
) -> None:
    """Let somebody join the patient of a case with another row just before a write of a page."""
    clinic = opened.case.clinic
    kept, by = make_patient(clinic), make_member(clinic, Role.ADMIN)
    write = getattr(module, name)

    def join_and_write(*arguments: Any, **named: Any) -> Any:
        monkeypatch.setattr(module, name, write)
        join_patients(kept, reopened(opened).patient, kept.record, by=by)
        return write(*arguments, **named)

    monkeypatch.setattr(module, name, join_and_write)
