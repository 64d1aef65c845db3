"""A case with all that a short letter needs, and letters of it, begun and signed."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from appeals.clinics.casework import OpenCase
from appeals.clinics.content import CaseContent
from appeals.clinics.documents.keeping import add_document
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.letters.drafting import begin_letter, record_of
from appeals.clinics.letters.signing import pages_to_sign, sign_letter
from appeals.clinics.letters.writing import Writing
from appeals.law.arguments import EnclosureId
from appeals.letters.kinds import LetterKind, Voice
from appeals.models import CaseDocument, Clinic, Clinician, Letter, Role
from appeals.packet.parts import Cleaned
from policies.published import published_catalogue
from tests.appeals.clinics.building import (
    make_case,
    make_clinic,
    make_member,
    make_pdf,
    reopened,
)
from tests.appeals.clinics.ruling import PLAN
from tests.factories import make_situation

NPI = "1234567893"
KIND = LetterKind.DOCUMENTS_REQUEST
"""A short letter: few facts make it whole."""


def make_letter_clinic() -> Clinic:
    clinic = make_clinic()
    Clinic.objects.filter(pk=clinic.pk).update(
        phone="617-555-0100", fax="617-555-0101", npi=NPI, letterhead="By appointment"
    )
    clinic.refresh_from_db()
    return clinic


def make_clinician(clinic: Clinic, name: str = "Dr. Alex Sample", **fields: Any) -> Clinician:
    """A clinician who works in the workspace too."""
    user = make_member(clinic, Role.CLINICIAN)
    defaults = {"credentials": "MD", "specialty": "Psychiatry", "npi": NPI, "user": user}
    return Clinician.objects.create(clinic=clinic, name=name, **(defaults | fields))


def user_of(clinician: Clinician) -> User:
    if clinician.user is None:
        raise ValueError("this clinician has no account")
    return clinician.user


def make_letter_case(clinic: Clinic, clinician: Clinician | None, **told: str) -> OpenCase:
    facts = {
        "plan_name": "Acme",
        "plan_address": "PO Box 1",
        "delivery": "fax",
        "reference_number": "A-100",
        "notice_on": "2026-10-01",
    }
    situation = make_situation(answers={"age": 44, "episode_severity": "severe"}, **PLAN)
    content = CaseContent(situation=situation, told=facts | told)
    return make_case(clinic, content=content, clinician=clinician)


def give_form(opened: OpenCase, by: User, *, name: str = "Form") -> CaseDocument:
    """The one enclosure that the short letter can't do without."""
    record = DocumentRecord(name, paper=EnclosureId.REPRESENTATIVE_FORM)
    file = Cleaned(make_pdf("The signed form"), 1)
    return add_document(opened, record, file, on=timezone.localdate(), by=by)


def begun(
    opened: OpenCase,
    clinician: Clinician | None,
    *,
    kind: LetterKind = KIND,
    voice: Voice = Voice.CLINICIAN,
    by: User,
    after: Letter | None = None,
) -> Letter:
    on = timezone.localdate()
    return begin_letter(opened, kind, voice, clinician, on=on, by=by, after=after)


def written(opened: OpenCase, letter: Letter, *, on: dt.date | None = None) -> Writing:
    """The letter as it stands in the database now."""
    held, now = reopened(opened), Letter.objects.get(pk=letter.pk)
    return Writing(
        held,
        now,
        record_of(held, now),
        catalogue=published_catalogue(),
        on=on or timezone.localdate(),
    )


def signed(opened: OpenCase, letter: Letter, clinician: Clinician) -> Letter:
    """The letter signed by its clinician, who has read its pages."""
    writing = written(opened, letter)
    pages = pages_to_sign(writing, clinician)
    return sign_letter(
        writing, clinician, name=clinician.name, digest=pages.digest, by=user_of(clinician)
    )
