"""The letters that wait for a clinician's signature."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F

from appeals.clinics.content import from_plain
from appeals.clinics.letters.drafting import name_of
from appeals.clinics.letters.records import LetterRecord
from appeals.clinics.patients import open_patient
from appeals.letters.kinds import Voice
from appeals.models import Clinic, Letter


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A draft that somebody has yet to sign; it names its case and no patient."""

    letter: Letter
    name: str


def waiting_for(clinic: Clinic, user: User) -> list[WaitingLetter]:
    """The drafts of open cases that are written for this person, the next last day first."""
    drafts = Letter.objects.filter(
        case__clinic=clinic, case__closed_at=None, clinician__user=user, signed_at=None
    )
    rows = drafts.select_related("case__patient__clinic").defer("case__sealed")
    ordered = rows.order_by(F("case__due_on").asc(nulls_last=True), "made_at")
    return [WaitingLetter(one, name_of(one)) for one in ordered if _is_signed_here(one)]


def _is_signed_here(draft: Letter) -> bool:
    """Whether a clinician signs it; whatever a patient says is signed on paper."""
    plain = open_patient(draft.case.patient).unseal(draft.sealed, place=draft.place)
    return from_plain(plain, LetterRecord).voice is Voice.CLINICIAN
