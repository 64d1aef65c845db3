"""A clinic's numbers: the page for those inside, and what may be shared outside."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from appeals.clinics.hiding import FEWEST, SharedRow
from appeals.clinics.numbers import (
    Table,
    ToShare,
    decided,
    shared_tables,
    tables,
    whole_year,
    years_over,
)
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.clinics.sheets import csv_file
from appeals.forms.clinics.numbers import PeriodForm, YearForm
from appeals.presenting.clinics.numbers import present_public, present_table
from appeals.public_outcomes import public_outcomes

HEADING = ("table", "row", "decisions", "granted", "in_part", "refused", "median_days")
SHARED_HEADING = ("table", "row", "decisions", "granted_or_in_part", "refused", "median_days")


@clinic_page(Right.SEE)
@require_GET
def numbers(request: ClinicRequest) -> HttpResponse:
    """How the clinic's requests, appeals and reviews ended, for those who work here."""
    form = PeriodForm(request.GET, on=timezone.localdate())
    found = decided(request.clinic, form.wanted)
    context = {
        "form": form,
        "count": len(found),
        "views": [present_table(one) for one in tables(found)] if found else [],
        "public": present_public(public_outcomes()),
    }
    return render(request, "appeals/clinics/numbers/numbers.html", context)


@clinic_page(Right.EXPORT)
@require_GET
def export_numbers(request: ClinicRequest) -> HttpResponseBase:
    """The same figures as a file, for inside; small counts stand in it as they are."""
    form = PeriodForm(request.GET, on=timezone.localdate())
    rows = all_rows(tables(decided(request.clinic, form.wanted)))
    return csv_file("numbers-for-inside.csv", HEADING, rows)


def all_rows(found: Iterable[Table]) -> Iterator[tuple[Any, ...]]:
    for table in found:
        for row in table.rows:
            counts = (row.total, row.yes, row.partly, row.no, row.median_days)
            yield table.title, row.label, *counts


@clinic_page(Right.EXPORT)
@require_GET
def share_numbers(request: ClinicRequest) -> HttpResponse:
    """The figures of a whole year as they may leave the clinic, to be printed or saved."""
    form, found = shared(request)
    context = {"form": form, "found": found, "fewest": FEWEST}
    status = 422 if form.data["year"] and form.errors else 200
    return render(request, "appeals/clinics/numbers/share.html", context, status=status)


@clinic_page(Right.EXPORT)
@require_GET
def export_shared(request: ClinicRequest) -> HttpResponseBase:
    """The figures to share as a file."""
    form, found = shared(request)
    if not form.is_valid():
        return share_numbers(request, clinic_id=request.clinic.pk)
    name = f"numbers-to-share-{form.cleaned_data['year']}.csv"
    return csv_file(name, SHARED_HEADING, shared_rows(found))


def shared(request: ClinicRequest) -> tuple[YearForm, tuple[ToShare, ...]]:
    """The year that was chosen, and its tables; none where no year is over."""
    form = YearForm(request.GET, years=years_over(request.clinic, on=timezone.localdate()))
    if not form.is_valid():
        return form, ()
    return form, shared_tables(decided(request.clinic, whole_year(form.cleaned_data["year"])))


def shared_rows(found: Iterable[ToShare]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        for row in filter(None, (*one.table.rows, one.table.rest, one.table.whole)):
            yield one.title, *told(row)


def told(row: SharedRow) -> tuple[Any, ...]:
    return row.label, row.total, row.granted, row.refused, row.median_days
