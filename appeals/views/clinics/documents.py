"""The documents of a case: sent, classed, put in order, read, replaced and removed."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from appeals.clinics.access import log_access
from appeals.clinics.casework import OpenCase, open_case
from appeals.clinics.documents.counting import count_missing, set_aside
from appeals.clinics.documents.keeping import (
    OpenDocument,
    StaleDocumentError,
    add_document,
    change_document,
    file_of,
    moved,
    open_document,
    order_documents,
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
from appeals.forms.clinics.documents import DocumentForm
from appeals.models import AccessEntry, CaseDocument
from appeals.presenting.clinics.documents import DocumentsView, present_documents, told_of
from appeals.views.clinics.cases import find_case, opened_by
from appeals.views.clinics.sent_papers import SentPapers
from appeals.views.letters import PDF, file_to_keep
from policies.published import published_catalogue

WHOLE = "whole"
"""A field behind the files: a request without it broke off."""
NONE_CHOSEN = "Choose one file or more first."


@clinic_page(Right.SEE)
@require_GET
def documents(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """The documents of a case, and what is still wanted."""
    return show_documents(request, opened_by(request, case_id))


def show_documents(
    request: ClinicRequest,
    opened: OpenCase,
    *,
    data: QueryDict | None = None,
    stale: Iterable[OpenDocument] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page, with what was typed where something of it was not written."""
    view = present_documents(
        opened,
        catalogue=published_catalogue(),
        on=timezone.localdate(),
        data=data,
        stale=tuple(stale),
    )
    wrong = [one.form for one in view.rows if one.form.is_bound and one.form.errors]
    context = {
        "case": opened.case,
        "patient": opened.patient.record,
        "view": view,
        "to_correct": wrong,
        "today": timezone.localdate(),
    }
    page = "appeals/clinics/documents/documents.html"
    return render(request, page, context | more, status=status)


@clinic_page(Right.WRITE)
@require_POST
def documents_save(request: ClinicRequest, case_id: uuid.UUID) -> HttpResponse:
    """Write what was told of the documents, then move one or set aside what is wanted."""
    opened, on = opened_by(request, case_id), timezone.localdate()
    view = present_documents(opened, catalogue=published_catalogue(), on=on, data=request.POST)
    changed = [one.form for one in view.rows if one.form.is_bound and _has_changed(one.form)]
    if not all(form.is_valid() for form in changed):
        return show_documents(request, opened, data=request.POST, status=422)
    stale = []
    for form in changed:
        try:
            change_document(
                opened,
                form.shown.document,
                form.record(),
                based_on=form.cleaned_data["state"],
                on=on,
                by=request.membership.user,
            )
        except StaleDocumentError as error:
            stale.append(open_document(opened, error.document))
        except CaseDocument.DoesNotExist:
            messages.warning(request, "A document was removed by someone else meanwhile.")
    opened = _do(request, opened, view)
    _count(opened)
    if stale:
        data = with_state(request, stale)
        return show_documents(request, opened, data=data, stale=stale, status=409)
    if changed:
        messages.success(request, "Saved.")
    return redirect("clinics:documents", request.clinic.pk, case_id)


def _has_changed(form: DocumentForm) -> bool:
    return any(name != "state" for name in form.changed_data)


def with_state(request: ClinicRequest, stale: Iterable[OpenDocument]) -> QueryDict:
    """What was typed, now based on what the others wrote: who saves again has seen it."""
    data = request.POST.copy()
    for one in stale:
        data[f"{one.document.pk}-state"] = one.state
    return data


def _do(request: ClinicRequest, opened: OpenCase, view: DocumentsView) -> OpenCase:
    """What the pressed button asks for besides."""
    do, _dot, what = request.POST.get("go", "").partition(".")
    ids = [one.shown.document.pk for one in view.rows]
    by = request.membership.user
    if do in ("up", "down"):
        step = -1 if do == "up" else 1
        for one in _ids([what]):
            order_documents(opened, moved(ids, one, step), by=by)
    elif do == "order":
        order_documents(opened, list(_ids(request.POST.get("order", "").split(","))), by=by)
    elif do in ("aside", "back") and what:
        known = {one.id for one in (*view.missing, *view.aside)}
        if what in known:
            return set_aside(opened, what, is_aside=do == "aside", by=by)
    return opened


def _ids(texts: Iterable[str]) -> Iterator[uuid.UUID]:
    """What is no id names nothing."""
    for text in texts:
        with suppress(ValueError):
            yield uuid.UUID(text)


def _count(opened: OpenCase) -> None:
    count_missing(opened, catalogue=published_catalogue(), on=timezone.localdate())


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
    opened, on = opened_by(request, case_id), timezone.localdate()
    checked = list(_checked(request))
    if not checked:
        return show_documents(request, opened, faults=(NONE_CHOSEN,), status=422)
    kept = [one for one in checked if one.made is not None]
    for one in kept:
        record = DocumentRecord(name_of_file(one.name))
        if one.made is not None:
            add_document(opened, record, one.made, on=on, by=request.membership.user)
    _count(opened)
    if kept:
        words = "document was" if len(kept) == 1 else "documents were"
        messages.success(request, f"{len(kept)} {words} added. Say below what each one proves.")
    if len(kept) < len(checked):
        faults = tuple(one.fault for one in checked if one.made is None)
        return show_documents(request, opened, faults=faults, kept=len(kept), status=422)
    return redirect("clinics:documents", request.clinic.pk, case_id)


def _checked(request: ClinicRequest) -> Iterator[Checked]:
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
    document = _document(opened, document_id)
    log_access(AccessEntry.What.READ_FILE, case=opened.case, by=request.membership.user)
    name = f"document-{document.position}.pdf"
    return file_to_keep(file_of(opened, document), name, PDF)


def _document(opened: OpenCase, document_id: uuid.UUID) -> CaseDocument:
    return get_object_or_404(opened.case.documents, pk=document_id)


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
    opened, on = opened_by(request, case_id), timezone.localdate()
    shown = open_document(opened, _document(opened, document_id))
    if request.method == "GET":
        return _show_one(request, opened, shown)
    first = next(_checked(request), None)
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
        remove_document(opened, _document(opened, document_id), on=on, by=request.membership.user)
    except HeldError as held:
        messages.error(request, " ".join(held.messages))
        return redirect("clinics:documents", request.clinic.pk, case_id)
    _count(opened)
    messages.success(request, "The document was removed.")
    return redirect("clinics:documents", request.clinic.pk, case_id)
