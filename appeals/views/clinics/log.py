"""The access log of a clinic, and the log of changes to its people and settings."""

from collections.abc import Iterator
from itertools import islice

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.reading_log import Asked, entries_of, events_page, lines, page_of
from appeals.clinics.rights import Right
from appeals.clinics.sheets import csv_file
from appeals.forms.clinics.log import LogForm
from appeals.models import Clinic

HEADING = ("when", "who", "what", "case_number", "case_id", "patient_id")
CHUNK = 1000


@clinic_page(Right.SEE_LOG)
@require_GET
def show_log(request: ClinicRequest) -> HttpResponse:
    """Who saw or changed which record, and when."""
    form = LogForm(request.GET, clinic=request.clinic)
    context = {"form": form, "filters": filters_of(request)}
    if not form.is_valid():
        return render(request, "appeals/clinics/log.html", context, status=422)
    before = form.cleaned_data["before"]
    shown, older = page_of(request.clinic, form.asked(), before=before)
    context |= {"lines": shown, "older": older, "before": before}
    return render(request, "appeals/clinics/log.html", context)


@clinic_page(Right.SEE_LOG)
@require_GET
def export_log(request: ClinicRequest) -> HttpResponseBase:
    """The same entries, all of them, as a file."""
    form = LogForm(request.GET, clinic=request.clinic)
    if not form.is_valid():
        context = {"form": form, "filters": filters_of(request)}
        return render(request, "appeals/clinics/log.html", context, status=422)
    return csv_file("access-log.csv", HEADING, rows(request.clinic, form.asked()))


@clinic_page(Right.SEE_LOG)
@require_GET
def show_events(request: ClinicRequest) -> HttpResponse:
    """Who changed the clinic, its clinicians or its people."""
    before = request.GET.get("before", "")
    at = int(before) if before.isdecimal() and len(before) < 19 else None
    shown, older = events_page(request.clinic, before=at)
    context = {"events": shown, "older": older, "before": at}
    return render(request, "appeals/clinics/events.html", context)


def rows(clinic: Clinic, asked: Asked) -> Iterator[tuple[object, ...]]:
    """The entries as rows, some at a time in memory."""
    entries = entries_of(clinic, asked).iterator(CHUNK)
    while chunk := list(islice(entries, CHUNK)):
        for line in lines(clinic, chunk):
            one = line.entry
            at = timezone.localtime(one.at).isoformat(timespec="seconds")
            who = one.by.get_username() if one.by else None
            what = one.get_what_display()
            yield at, who, what, line.case_number, one.case_id, one.patient_id


def filters_of(request: ClinicRequest) -> str:
    """The filters as they stand in the address, without the place in the list."""
    chosen = request.GET.copy()
    chosen.pop("before", None)
    return chosen.urlencode()
