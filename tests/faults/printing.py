"""A batch of letters to print, and what came of it."""

import re
from io import BytesIO

from pypdf import PdfReader

from appeals.clinics.printing.making import batch_key, begin_batch
from appeals.models import AccessEntry, Batch
from appeals.sealing import unseal
from tests.appeals.clinics.building import (
    make_case,
    make_clinic,
    make_member,
    make_patient,
    make_signed_letter,
)


def make_batch(letters: int) -> Batch:
    clinic = make_clinic()
    patient = make_patient(clinic)
    made = [make_signed_letter(make_case(clinic, patient)) for _ in range(letters)]
    by = make_member(clinic)
    return begin_batch(clinic, [one.pk for one in made], form=Batch.Form.PDF, by=by)


def is_done(batch: Batch) -> bool:
    batch.refresh_from_db()
    return batch.state == Batch.State.DONE


def printed(batch: Batch) -> list[str]:
    """The numbers of the cases whose letters stand in the file, in its order."""
    assert batch.sealed_file is not None
    pdf = PdfReader(BytesIO(unseal(batch_key(batch), batch.sealed_file, place=batch.place)))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    return re.findall(r"Letter of case (\d+)", text)


def times_read(batch: Batch) -> int:
    """How often a letter was opened to be printed: once each."""
    return AccessEntry.objects.filter(what="read_file", clinic_id=batch.clinic_id).count()
