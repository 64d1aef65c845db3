"""The documents of a case: sent, classed, put in order, read, replaced and removed."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from appeals.clinics.casework import OpenCase, StaleCaseError
from appeals.clinics.documents.counting import count_missing, set_aside
from appeals.clinics.documents.keeping import (
    OpenDocument,
    StaleDocumentError,
    change_document,
    moved,
    open_document,
    open_documents,
    order_documents,
)
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.documents import DocumentForm
from appeals.models import CaseDocument
from appeals.presenting.clinics.documents import DocumentsView, present_documents
from appeals.views.clinics.cases import opened_by
from policies.published import published_catalogue


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
    try:
        stale = list(_written(request, opened, changed))
        opened = _do(request, opened, view)
    except StaleCaseError as error:
        return changed_page(request, error, is_typed=True)
    count_again(opened)
    if stale:
        data = with_state(request, stale)
        return show_documents(request, opened, data=data, stale=stale, status=409)
    if changed:
        messages.success(request, "Saved.")
    return redirect("clinics:documents", request.clinic.pk, case_id)


def _written(
    request: ClinicRequest, opened: OpenCase, changed: Iterable[DocumentForm]
) -> Iterator[OpenDocument]:
    """Write what was told of each document; gives those that somebody else changed first."""
    for form in changed:
        try:
            change_document(
                opened,
                form.shown.document,
                form.record(),
                based_on=form.cleaned_data["state"],
                on=timezone.localdate(),
                by=request.membership.user,
            )
        except StaleDocumentError as error:
            yield open_document(opened, error.document)
        except CaseDocument.DoesNotExist:
            messages.warning(request, "A document was removed by someone else meanwhile.")


def changed_page(
    request: ClinicRequest, stale: StaleCaseError, *, is_typed: bool = False, **more: Any
) -> HttpResponse:
    """The page as others left the case, with what was typed."""
    opened = opened_by(request, stale.case.pk)
    data = with_state(request, open_documents(opened)) if is_typed else None
    refused = " ".join(stale.messages)
    return show_documents(request, opened, data=data, refused=refused, status=409, **more)


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


def count_again(opened: OpenCase) -> None:
    """Write anew how many papers the case lacks."""
    count_missing(opened, catalogue=published_catalogue(), on=timezone.localdate())
