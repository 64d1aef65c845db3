"""How many papers a case lacks: counted anew when something changes, for lists to filter by."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, lock_case, open_case
from appeals.clinics.content import to_plain
from appeals.clinics.documents.keeping import OpenDocument, open_documents
from appeals.clinics.documents.wanted import Missing, Wanted, missing_of, signed_papers, wanted_in
from appeals.clinics.moves import CLOSED
from appeals.models import AccessEntry, Case
from appeals.models.cases import Stage
from policies.catalogue import Catalogue


def missing_in(
    opened: OpenCase, wanted: Wanted, documents: Sequence[OpenDocument]
) -> tuple[Missing, ...]:
    """What a case lacks, with its signed letters counted as papers."""
    return missing_of(
        wanted,
        (one.record for one in documents),
        signed=signed_papers(opened.case),
        set_aside=opened.content.set_aside,
    )


def wants_papers(case: Case) -> bool:
    """Whether papers are counted: where no answer is out for good, and a payer is known."""
    return case.has_payer and case.closed_at is None and Stage(case.stage) not in CLOSED


def count_missing(opened: OpenCase, *, catalogue: Catalogue, on: dt.date) -> int:
    """Write how many papers are wanted and not there; none without a payer or after the end."""
    missing = 0
    if wants_papers(opened.case):
        wanted = wanted_in(opened, catalogue=catalogue, on=on)
        missing = len(missing_in(opened, wanted, open_documents(opened)))
    if missing != opened.case.missing:
        Case.objects.filter(pk=opened.case.pk).update(missing=missing)
        opened.case.missing = missing
    return missing


@transaction.atomic
def set_aside(opened: OpenCase, one: str, *, is_aside: bool, by: User) -> OpenCase:
    """Say that something wanted is not needed in this case, or that it is after all."""
    held = open_case(lock_case(opened.case))
    case = held.case
    kept = [name for name in held.content.set_aside if name != one]
    content = replace(held.content, set_aside=(*kept, one) if is_aside else tuple(kept))
    case.sealed = held.patient.seal(to_plain(content), place=case.place)
    case.counter += 1
    case.save(update_fields=["sealed", "counter"])
    log_access(AccessEntry.What.CHANGED, case=case, by=by)
    return OpenCase(case, held.patient, content)
