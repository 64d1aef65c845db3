"""One patient's whole record as a zip, handed on piece by piece: a file at a time is in memory."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.db.models import Model, QuerySet
from django.utils import timezone

from appeals.clinics.patients import OpenPatient
from appeals.models import Case, CaseDocument, Letter
from appeals.sealing import SealError, Stored, unseal

KINDS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}
"""How a file begins -> how its name ends."""

FILES: tuple[tuple[str, type[Model], str, str], ...] = (
    ("documents", CaseDocument, "sealed_file", "file:"),
    ("letters", Letter, "sealed_pdf", "pdf:"),
)
"""What of a case holds files: its name in the record, its column, and what stands before its place.
"""

UNREADABLE = "This file could not be opened: its sealed bytes were changed."
README = """\
The record of one patient, as {clinic} kept it on {on}.

record.json    who the patient is, and each case: what it holds, what happened, what
               the plan's written rule was found to say on each day, and the words of
               the letters. Days are written as year-month-day, moments in UTC.
case-N/        the documents and the signed letters of case N, byte for byte.
               record.json names the file beside each; "fault" stands where one
               could not be opened.

What a check found ("appears to meet") is this program's reading of a document, and no
decision of the plan. Who looked at the record is not in here: it is in the access log.

Nothing in this file is encrypted. Keep it as carefully as the record itself.
"""


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A sealed file, the entry of the record that tells of it, and its name without an ending."""

    entry: dict[str, Any]
    name: str
    sealed: Stored
    place: str


class Outlet(io.RawIOBase):
    """Takes what is written, until it is handed on."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self.held)
        self.held.clear()
        return taken


def packed_record(opened: OpenPatient) -> Iterator[bytes]:
    """The zip in pieces; the caller logs the export before it hands on the first."""
    outlet = Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as zipped:
        clinic = opened.patient.clinic
        zipped.writestr("README.txt", README.format(clinic=clinic, on=timezone.localdate()))
        cases: list[dict[str, Any]] = []
        for case in opened.patient.cases.select_related("insurer", "clinician").order_by("number"):
            told = case_data(opened, case)
            cases.append(told)
            for one in files_of(case, told):
                _put(zipped, opened.key, one)
                yield outlet.taken()
        data = {"patient": patient_data(opened), "cases": cases}
        zipped.writestr("record.json", json.dumps(data, ensure_ascii=False, indent=2))
    yield outlet.taken()


def _put(zipped: ZipFile, key: bytes, one: HeldFile) -> None:
    """Put one file into the zip, and its name into the record."""
    try:
        content = unseal(key, one.sealed, place=one.place)
    except SealError:
        one.entry["fault"] = UNREADABLE
        return
    kind = next((kind for mark, kind in KINDS.items() if content.startswith(mark)), "bin")
    one.entry["file"] = f"{one.name}.{kind}"
    zipped.writestr(one.entry["file"], content, ZIP_STORED)


def files_of(case: Case, told: dict[str, Any]) -> Iterator[HeldFile]:
    """The documents and letters of a case, one at a time."""
    for kind, model, column, before in FILES:
        rows: QuerySet[Any] = model._default_manager.only(column)  # noqa: SLF001
        for number, entry in enumerate(told[kind], start=1):
            row = rows.filter(pk=entry["id"]).first()
            sealed = getattr(row, column, None)
            if row is not None and sealed is not None:
                name = f"case-{case.number}/{kind.removesuffix('s')}-{number}"
                yield HeldFile(entry, name, sealed, f"{before}{row.place}")


def patient_data(opened: OpenPatient) -> dict[str, Any]:
    """Who the patient is."""
    patient = opened.patient
    return {"id": str(patient.pk), "written_at": moment(patient.made_at)} | opened.record.to_json()


def case_data(opened: OpenPatient, case: Case) -> dict[str, Any]:
    """All that a case holds, as it was sealed, with what stands beside it in plain text."""
    return {
        "id": str(case.pk),
        "number": case.number,
        "payer": str(case.insurer or case.payer_name),
        "issue_state": case.issue_state,
        "clinician": str(case.clinician or ""),
        "stage": case.stage,
        "due_on": case.due_on.isoformat() if case.due_on else None,
        "due_step": case.due_step,
        "opened_at": moment(case.opened_at),
        "closed_at": moment(case.closed_at),
        "content": opened.unseal(case.sealed, place=case.place),
        "events": [
            {
                "kind": one.kind,
                "on": one.on.isoformat(),
                "step": one.step,
                "at": moment(one.at),
                "by": one.by.get_username() if one.by else None,
                "content": opened.unseal(one.sealed, place=one.place) if one.sealed else None,
            }
            for one in case.events.select_related("by")
        ],
        "verdicts": [
            {"on": one.on.isoformat(), "content": opened.unseal(one.sealed, place=one.place)}
            for one in case.verdicts.all()
        ],
        "documents": [
            {
                "id": str(one.pk),
                "pages": one.pages,
                "added_at": moment(one.added_at),
                "content": opened.unseal(one.sealed, place=one.place),
            }
            for one in case.documents.defer("sealed_file")
        ],
        "letters": [
            {
                "id": str(one.pk),
                "kind": one.kind,
                "made_at": moment(one.made_at),
                "signed_at": moment(one.signed_at),
                "signed_by": str(one.clinician or one.signed_by or ""),
                "superseded_by": str(one.superseded_by_id) if one.superseded_by_id else None,
                "content": opened.unseal(one.sealed, place=one.place),
            }
            for one in case.letters.defer("sealed_pdf").select_related("clinician", "signed_by")
        ],
    }


def moment(at: dt.datetime | None) -> str | None:
    """A moment as text, in UTC."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds") if at else None
