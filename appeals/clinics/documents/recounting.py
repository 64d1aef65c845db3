"""How many papers cases lack by a new rule: counted for many at once, with few queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from appeals.clinics.content import CaseContent, Happened, from_plain
from appeals.clinics.documents.counting import wants_papers
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.documents.wanted import AS_PAPERS, as_papers, missing_of, wanted_for
from appeals.clinics.following import NOTICES, denied_by, outcome_of
from appeals.law.arguments import EnclosureId
from appeals.letters.kinds import LetterKind
from appeals.models import Case, CaseDocument, CaseEvent, Letter
from appeals.sealing import unseal_json
from policies.check import Answer


@dataclass(frozen=True, slots=True)
class Checked:
    """An open case with its patient's data key, and what the rule says of it by now."""

    case: Case
    key: bytes
    content: CaseContent
    answer: Answer


def write_missing(cases: Sequence[Checked], *, on: dt.date) -> None:
    """Write how many papers each lacks; the caller holds the cases against other writers."""
    by_number: dict[int, list[UUID]] = defaultdict(list)
    for pk, number in _missing(cases, on=on).items():
        by_number[number].append(pk)
    for number, pks in by_number.items():
        Case.objects.filter(pk__in=pks).exclude(missing=number).update(missing=number)


def _missing(cases: Sequence[Checked], *, on: dt.date) -> Mapping[UUID, int]:
    keys = {one.case.pk: one.key for one in cases}
    documents, letters, notices = _documents(keys), _letters(keys), _notices(keys)
    found = {}
    for one in cases:
        if not wants_papers(one.case):
            found[one.case.pk] = 0
            continue
        pk, law = one.case.pk, outcome_of(one.content)
        notice = notices.get(pk)
        denied = denied_by(notice, law, on=on) if notice is not None else None
        lacking = missing_of(
            wanted_for(one.answer, denied, law, on=on),
            documents.get(pk, ()),
            signed=letters.get(pk, ()),
            set_aside=one.content.set_aside,
        )
        found[pk] = len(lacking)
    return found


def _documents(keys: Mapping[UUID, bytes]) -> Mapping[UUID, list[DocumentRecord]]:
    found: dict[UUID, list[DocumentRecord]] = defaultdict(list)
    for row in CaseDocument.objects.filter(case__in=keys).only("case", "sealed"):
        plain = unseal_json(keys[row.case_id], row.sealed, place=row.place)
        found[row.case_id].append(from_plain(plain, DocumentRecord))
    return found


def _letters(keys: Mapping[UUID, bytes]) -> Mapping[UUID, list[EnclosureId]]:
    found: dict[UUID, list[EnclosureId]] = defaultdict(list)
    rows = as_papers(Letter.objects.filter(case__in=keys))
    for case, kind in rows.values_list("case", "kind"):
        found[case].append(AS_PAPERS[LetterKind(kind)])
    return found


def _notices(keys: Mapping[UUID, bytes]) -> Mapping[UUID, Happened]:
    """What the newest notice of each says."""
    rows = CaseEvent.objects.filter(case__in=keys, kind__in=NOTICES).exclude(sealed=None)
    newest = rows.order_by("case_id", "-at", "-pk").distinct("case_id")
    return {
        one.case_id: from_plain(
            unseal_json(keys[one.case_id], one.sealed or b"", place=one.place), Happened
        )
        for one in newest
    }
