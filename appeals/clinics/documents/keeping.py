"""The writes to the documents of a case: added, classed, put in order, replaced, removed."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, add_event, lock_case
from appeals.clinics.content import Happened, from_plain, to_plain
from appeals.clinics.documents.records import DocumentRecord
from appeals.clinics.holding import refuse_if_held
from appeals.models import AccessEntry, CaseDocument, CaseEvent
from appeals.packet.parts import Cleaned
from appeals.sealing import seal, unseal

Kind = CaseEvent.Kind


class StaleDocumentError(ValidationError):
    """Someone else changed the document since the form was shown; nothing was written."""

    def __init__(self, document: CaseDocument) -> None:
        self.document = document
        super().__init__("Someone else changed this document meanwhile. Look at what they wrote.")


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that was opened, without its file."""

    document: CaseDocument
    record: DocumentRecord

    @property
    def state(self) -> str:
        """Changes with each write, for what is sealed is never the same twice."""
        return state_of(self.document)


def state_of(document: CaseDocument) -> str:
    """What tells one write of a document from the next."""
    return hashlib.sha256(bytes(document.sealed)).hexdigest()[:16]


def open_documents(opened: OpenCase) -> tuple[OpenDocument, ...]:
    """The documents of a case in their order; the caller logs who looked."""
    rows = opened.case.documents.defer("sealed_file").select_related("added_by")
    return tuple(open_document(opened, one) for one in rows)


def open_document(opened: OpenCase, document: CaseDocument) -> OpenDocument:
    """What is known of one document."""
    plain = opened.patient.unseal(document.sealed, place=document.place)
    return OpenDocument(document, from_plain(plain, DocumentRecord))


def file_of(opened: OpenCase, document: CaseDocument) -> bytes:
    """Its pages; the caller logs who read them."""
    return unseal(opened.patient.key, document.sealed_file, place=_file_place(document))


@transaction.atomic
def add_document(
    opened: OpenCase, record: DocumentRecord, file: Cleaned, *, on: dt.date, by: User
) -> CaseDocument:
    """Keep a document behind the others; its file went through the checks already."""
    case = lock_case(opened.case)
    last = case.documents.aggregate(last=Max("position"))["last"]
    document = CaseDocument(case=case, position=(last or 0) + 1, added_by=by)
    _fill(opened, document, record)
    _put_file(opened, document, file)
    document.full_clean()
    document.save(force_insert=True)
    _tell(opened, f"Added: {record.title}", on=on, by=by)
    return document


@transaction.atomic
def change_document(
    opened: OpenCase,
    document: CaseDocument,
    record: DocumentRecord,
    *,
    based_on: str,
    on: dt.date,
    by: User,
) -> CaseDocument:
    """Write what a document proves; StaleDocumentError where another change came first."""
    held = _locked(opened, document, based_on=based_on)
    _fill(opened, held, record)
    held.full_clean(exclude=["sealed_file"])
    held.save(update_fields=["sealed"])
    _tell(opened, f"Classed: {record.title}", on=on, by=by)
    return held


@transaction.atomic
def replace_file(
    opened: OpenCase,
    document: CaseDocument,
    file: Cleaned,
    *,
    based_on: str,
    on: dt.date,
    by: User,
) -> CaseDocument:
    """Put another file in the place of a document's; what it proves stays.

    HeldError while a legal hold stands, for the file before is destroyed.
    """
    refuse_if_held(opened.patient.patient)
    held = _locked(opened, document, based_on=based_on)
    record = open_document(opened, held).record
    _put_file(opened, held, file)
    _fill(opened, held, record)
    held.save(update_fields=["sealed", "sealed_file", "size", "pages"])
    _tell(opened, f"Replaced by another file: {record.title}", on=on, by=by)
    return held


@transaction.atomic
def remove_document(opened: OpenCase, document: CaseDocument, *, on: dt.date, by: User) -> None:
    """Destroy a document; that it was there stays among the events. HeldError under legal hold."""
    refuse_if_held(opened.patient.patient)
    held = _locked(opened, document)
    record = open_document(opened, held).record
    held.delete()
    _tell(opened, f"Removed: {record.title}", on=on, by=by)


@transaction.atomic
def order_documents(opened: OpenCase, ids: Sequence[uuid.UUID], *, by: User) -> None:
    """Put the documents in this order; one that it does not name keeps its place behind them."""
    case = lock_case(opened.case)
    rows = list(case.documents.defer("sealed_file"))
    known = {one.pk: one for one in rows}
    named = [known[one] for one in dict.fromkeys(ids) if one in known]
    rest = [one for one in rows if one.pk not in set(ids)]
    for position, one in enumerate((*named, *rest), start=1):
        one.position = position
    CaseDocument.objects.bulk_update(rows, ["position"])
    log_access(AccessEntry.What.CHANGED, case=case, by=by)


def moved(ids: Sequence[uuid.UUID], one: uuid.UUID, by: int) -> list[uuid.UUID]:
    """The order with one moved up (-1) or down (1); at the end it stays.

    >>> moved(["a", "b", "c"], "c", -1)
    ['a', 'c', 'b']
    """
    order = list(ids)
    if one in order:
        here = order.index(one)
        there = min(max(here + by, 0), len(order) - 1)
        order[here], order[there] = order[there], order[here]
    return order


def _locked(
    opened: OpenCase, document: CaseDocument, *, based_on: str | None = None
) -> CaseDocument:
    """The document as it stands now; the lock on its case keeps other writers waiting."""
    lock_case(opened.case)
    held = CaseDocument.objects.defer("sealed_file").get(pk=document.pk, case=opened.case)
    if based_on is not None and state_of(held) != based_on:
        raise StaleDocumentError(held)
    return held


def _fill(opened: OpenCase, document: CaseDocument, record: DocumentRecord) -> None:
    document.sealed = opened.patient.seal(to_plain(record), place=document.place)


def _put_file(opened: OpenCase, document: CaseDocument, file: Cleaned) -> None:
    document.sealed_file = seal(opened.patient.key, file.pdf, place=_file_place(document))
    document.size, document.pages = len(file.pdf), file.pages


def _file_place(document: CaseDocument) -> str:
    return f"file:{document.place}"


def _tell(opened: OpenCase, text: str, *, on: dt.date, by: User) -> None:
    add_event(opened, Kind.DOCUMENT, on=on, by=by, happened=Happened(text=text))
    log_access(AccessEntry.What.CHANGED, case=opened.case, by=by)
