"""The files of a case's documents: sent, read, replaced and removed."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, StaleCaseError, open_case
from appeals.clinics.documents.keeping import (
    OpenDocument,
    StaleDocumentError,
    add_document,
    file_of,
    open_document,
    remove_document,
    replace_file,
)
from appeals.clinics.documents.records import DocumentRecord, name_of_file
from appeals.clinics.documents.uploading import (
    Checked,
    broken_off,
    check_files,
    files_sent,
)
from appeals.clinics.holding import HeldError
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.models import AccessEntry, Case, CaseDocument
from appeals.presenting.clinics.documents import present_documents, told_of
from appeals.views.clinics.cases import find_case, opened_by
from appeals.views.clinics.documents import changed_page, count_again, show_documents
from appeals.views.clinics.sent_papers import SentPapers
from appeals.views.letters import PDF, file_to_keep
from policies.published import published_catalogue

WHOLE = "whole"
"""A field behind the files: a request without it broke off."""
NOT_KEPT = "{name}: It was not added, for the case was changed meanwhile. Send it again."
NONE_CHOSEN = "Choose one file or more first."


@csrf_exempt
@clinic_page(Right.WRITE)
def documents_add(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponseBase:
    """Take files into memory, before anything reads the request."""
    request.upload_handlers = [SentPapers(request)]
    return _add(request, case_id)


@csrf_protect
@require_POST
def _add(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Keep each file that is right; name each other one, and say why."""
    find_case(request, case_id)
    checked = list(_checked(request))
    # Opened after the files were looked through: until then much may have happened to the case.
    opened, on = opened_by(request, case_id), timezone.localdate()
    if not checked:
        return show_documents(request, opened, faults=(NONE_CHOSEN,), status=422)
    kept: list[Checked] = []
    try:
        for one in checked:
            if one.made is not None:
                record = DocumentRecord(name_of_file(one.name))
                add_document(opened, record, one.made, on=on, by=request.membership.user)
                kept.append(one)
    except StaleCaseError as stale:
        faults = tuple(
            NOT_KEPT.format(name=one.name) if one.made is not None else one.fault
            for one in checked
            if one not in kept
        )
        return changed_page(request, stale, faults=faults, kept=len(kept))
    count_again(opened)
    if kept:
        words = "document was" if len(kept) == 1 else "documents were"
        messages.success(request, f"{len(kept)} {words} added. Say below what each one proves.")
    if len(kept) < len(checked):
        faults = tuple(one.fault for one in checked if one.made is None)
        return show_documents(request, opened, faults=faults, kept=len(kept), status=422)
    return redirect("clinics:documents", request.clinic.pk, case_id)


def _checked(request: ClinicRequest) -> Iterator[Checked]:
    if not connection.in_atomic_block:
        connection.close()  # a slow file must not hold one while it is looked through
    files = files_sent(request.FILES.getlist("files"))
    yield from check_files(files)
    handler = request.upload_handlers[0]
    if WHOLE not in request.POST and isinstance(handler, SentPapers) and handler.started:
        yield from broken_off(handler.started, len(files))


@clinic_page(Right.SEE)
@require_GET
def document_file(
    request: ClinicRequest, case_id: uuid.UUID, document_id: uuid.UUID
) -> HttpResponse:
    """The pages of a document, to be saved and opened outside the browser's window."""
    opened = open_case(find_case(request, case_id))
    document = _document(opened.case, document_id)
    log_access(AccessEntry.What.READ_FILE, case=opened.case, by=request.membership.user)
    name = f"document-{document.position}.pdf"
    return file_to_keep(file_of(opened, document), name, PDF)


def _document(case: Case, document_id: uuid.UUID) -> CaseDocument:
    return get_object_or_404(case.documents.defer("sealed_file"), pk=document_id)


@csrf_exempt
@clinic_page(Right.WRITE)
def document(
    request: ClinicRequest, case_id: uuid.UUID, document_id: uuid.UUID
) -> HttpResponseBase:
    """One document, to be replaced by another file or removed."""
    request.upload_handlers = [SentPapers(request)]
    return _one(request, case_id, document_id)


@csrf_protect
@require_http_methods(["GET", "POST"])
def _one(request: ClinicRequest, case_id: uuid.UUID, document_id: uuid.UUID) -> HttpResponse:
    _document(find_case(request, case_id), document_id)
    first = next(_checked(request), None) if request.method == "POST" else None
    opened, on = opened_by(request, case_id), timezone.localdate()
    shown = open_document(opened, _document(opened.case, document_id))
    if request.method == "GET":
        return _show_one(request, opened, shown)
    if first is None or first.made is None:
        fault = first.fault if first is not None else NONE_CHOSEN
        return _show_one(request, opened, shown, faults=(fault,), status=422)
    try:
        replace_file(
            opened,
            shown.document,
            first.made,
            based_on=request.POST.get("state", ""),
            on=on,
            by=request.membership.user,
        )
    except StaleDocumentError as error:
        now = open_document(opened, error.document)
        return _show_one(request, opened, now, faults=tuple(error.messages), status=409)
    except StaleCaseError as stale:
        opened = opened_by(request, case_id)
        now = open_document(opened, _document(opened.case, document_id))
        return _show_one(request, opened, now, faults=tuple(stale.messages), status=409)
    except HeldError as held:
        return _show_one(request, opened, shown, faults=tuple(held.messages), status=409)
    messages.success(request, "Replaced.")
    return redirect("clinics:documents", request.clinic.pk, case_id)


def _show_one(
    request: ClinicRequest,
    opened: OpenCase,
    shown: OpenDocument,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    view = present_documents(opened, catalogue=published_catalogue(), on=timezone.localdate())
    context = {
        "case": opened.case,
        "patient": opened.patient.record,
        "shown": shown,
        "told": told_of(shown, view.wanted),
    }
    page = "appeals/clinics/documents/document.html"
    return render(request, page, context | more, status=status)


@clinic_page(Right.WRITE)
@require_POST
def document_remove(
    request: ClinicRequest, case_id: uuid.UUID, document_id: uuid.UUID
) -> HttpResponse:
    """Destroy a document."""
    opened, on = opened_by(request, case_id), timezone.localdate()
    try:
        remove_document(
            opened, _document(opened.case, document_id), on=on, by=request.membership.user
        )
    except HeldError as held:
        messages.error(request, " ".join(held.messages))
        return redirect("clinics:documents", request.clinic.pk, case_id)
    except StaleCaseError as stale:
        return changed_page(request, stale)
    count_again(opened)
    messages.success(request, "The document was removed.")
    return redirect("clinics:documents", request.clinic.pk, case_id)
