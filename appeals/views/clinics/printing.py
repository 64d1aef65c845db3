"""Printing many letters at once: choosing them, looking how far it is, and taking the file."""

import uuid
from collections.abc import Collection, Iterator
from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from appeals.clinics.access import log_cases
from appeals.clinics.letters.sending import mark_printed, with_sent_on
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.printing.making import (
    MOST_LETTERS,
    batch_key,
    begin_batch,
    drop_batches,
    kept_batches,
    printable,
)
from appeals.clinics.printing.rows import letter_rows, progress_of
from appeals.clinics.rights import Right
from appeals.models import AccessEntry, Batch, Case, Letter
from appeals.sealing import unseal
from coverage_site.htmx import wants_partial

WITH_ENCLOSURES, LETTERS_ONLY = "enclosures", "letters"
CONTENTS = (
    (WITH_ENCLOSURES, "Letters with their enclosures, as in each packet"),
    (LETTERS_ONLY, "Letters only"),
)
TYPES = {Batch.Form.PDF: "application/pdf", Batch.Form.ZIP: "application/zip"}


@clinic_page(Right.WRITE)
@require_http_methods(["GET", "POST"])
def print_letters(request: ClinicRequest) -> HttpResponse:
    """The letters that may go out, to be chosen, and the printings of the last day."""
    letters = printable(request.clinic).filter(case__closed_at=None)
    if request.method == "GET":
        return chooser(request, letters, ticked=None if "all" in request.GET else ())
    chosen = set(ids_in(request, "letter"))
    form, what = request.POST.get("form", ""), request.POST.get("what", WITH_ENCLOSURES)
    try:
        batch = begin_batch(
            request.clinic,
            chosen,
            form=form,
            has_enclosures=what != LETTERS_ONLY,
            by=request.membership.user,
        )
    except ValidationError as error:
        fault = " ".join(error.messages)
        letters = printable(request.clinic).filter(pk__in=chosen) | letters
        return chooser(request, letters, ticked=chosen, form=form, what=what, fault=fault)
    if left_out := len(chosen) - batch.items.count():
        messages.warning(request, f"Left out, as superseded or deleted meanwhile: {left_out}.")
    return redirect("clinics:batch", request.clinic.pk, batch.pk)


@clinic_page(Right.WRITE)
@require_POST
def print_cases(request: ClinicRequest) -> HttpResponse:
    """The letters of cases that were chosen elsewhere."""
    return choose_of_cases(request, set(ids_in(request, "case")))


def choose_of_cases(request: ClinicRequest, chosen: Collection[uuid.UUID]) -> HttpResponse:
    """The letters of these cases to choose from, the newest of each ticked."""
    cases = request.clinic.cases.filter(pk__in=chosen)
    letters = printable(request.clinic).filter(case__in=cases)
    newest = letters.order_by("case_id", "-signed_at").distinct("case_id")
    return chooser(request, letters, ticked={one.pk for one in newest})


def chooser(
    request: ClinicRequest,
    letters: QuerySet[Letter],
    *,
    ticked: Collection[uuid.UUID] | None = (),
    form: str = Batch.Form.PDF,
    what: str = WITH_ENCLOSURES,
    fault: str = "",
) -> HttpResponse:
    """The page to choose on; what it shows of patients is logged."""
    in_order = with_sent_on(letters).order_by(
        F("sent_on").desc(nulls_first=True), F("case__due_on").asc(nulls_last=True), "-signed_at"
    )
    shown = list(in_order[:MOST_LETTERS])
    log_cases(AccessEntry.What.LISTED, cases_of(shown), by=request.membership.user)
    context = {
        "rows": letter_rows(shown, ticked=ticked),
        "most": MOST_LETTERS,
        "forms": Batch.Form.choices,
        "form": form,
        "contents": CONTENTS,
        "what": what,
        "fault": fault,
        "batches": kept_batches(request.clinic, now=timezone.now()).select_related("made_by"),
    }
    page = "appeals/clinics/printing/choose.html"
    return render(request, page, context, status=422 if fault else 200)


@clinic_page(Right.WRITE)
@require_GET
def show_batch(request: ClinicRequest, batch_id: uuid.UUID) -> HttpResponse:
    """How far a printing is, and the way to its file."""
    progress = progress_of(batch_at(request, batch_id), now=timezone.now())
    part = "_batch.html" if wants_partial(request) else "batch.html"
    context = {"progress": progress, "batch": progress.batch}
    return render(request, f"appeals/clinics/printing/{part}", context)


@clinic_page(Right.WRITE)
@require_POST
@transaction.atomic
def take_file(request: ClinicRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The file; each patient whose letter it holds was printed."""
    batch = batch_at(request, batch_id)
    if batch.sealed_file is None:
        return redirect("clinics:batch", request.clinic.pk, batch.pk)
    letters = Letter.objects.filter(pk__in=batch.items.filter(fault="").values("letter"))
    held = letters.select_related("case").only("case__clinic", "case__patient")
    log_cases(AccessEntry.What.PRINTED, cases_of(held), by=request.membership.user)
    mark_printed([one.pk for one in held], at=timezone.now())
    file = unseal(batch_key(batch), batch.sealed_file, place=batch.place)
    response = HttpResponse(file, content_type=TYPES[Batch.Form(batch.form)])
    name = f"letters-{timezone.localdate(batch.made_at)}.{batch.form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@clinic_page(Right.WRITE)
@require_POST
def drop_batch(request: ClinicRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Call a printing off, or delete its file before its day is over."""
    batch = batch_at(request, batch_id)
    drop_batches(request.clinic.batches.filter(pk=batch.pk))
    messages.success(request, "The printing is deleted, and its file with it.")
    return redirect("clinics:print", request.clinic.pk)


def batch_at(request: ClinicRequest, batch_id: uuid.UUID) -> Batch:
    """A printing of the clinic, of the last day."""
    return get_object_or_404(kept_batches(request.clinic, now=timezone.now()), pk=batch_id)


def cases_of(letters: Collection[Letter] | QuerySet[Letter]) -> Iterator[Case]:
    """The cases of letters, each once."""
    yield from {one.case_id: one.case for one in letters}.values()


def ids_in(request: ClinicRequest, name: str) -> Iterator[uuid.UUID]:
    """The ids that a form sent; what is no id names nothing."""
    for text in request.POST.getlist(name):
        with suppress(ValueError):
            yield uuid.UUID(text)
