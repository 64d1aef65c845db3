"""The work list: the front page of a clinic, its exact search, and its saved views."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from appeals.clinics.access import log_access, log_cases
from appeals.clinics.due_windows import Window
from appeals.clinics.letters.waiting import waiting_for
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.patients import open_patient
from appeals.clinics.rights import Right
from appeals.clinics.saved_views import drop_view, keep_view, views_of
from appeals.clinics.work_list import AT_ONCE, Counts, cases_of, count, find, page_of
from appeals.forms.clinics.patients import SearchForm
from appeals.forms.clinics.work_list import FilterForm, ViewForm
from appeals.models import AccessEntry
from appeals.presenting.clinics.work_list import in_windows, present_rows
from coverage_site.htmx import wants_partial

NO_DIGITS = 7
"""A page number of more digits is none."""


@clinic_page(Right.SEE)
@require_GET
def work_list(request: ClinicRequest) -> HttpResponse:
    """What is due next at a clinic."""
    return show_list(request, request.GET)


def show_list(
    request: ClinicRequest, asked: QueryDict, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The list as the filters want it; the names on this page are logged as seen."""
    form = FilterForm(asked, clinic=request.clinic)
    is_right = form.is_valid()
    on, filters = timezone.localdate(), form.filters
    cases = cases_of(request.clinic, filters, on=on)
    any_day = cases_of(request.clinic, replace(filters, due=""), on=on)
    counts = count(any_day, filters.stage, due=filters.due, on=on)
    page = Paginator(range(counts.total), AT_ONCE).get_page(page_asked(asked))
    shown = page_of(request.clinic, cases, filters, page.number, total=counts.total)
    log_cases(AccessEntry.What.LISTED, shown, by=request.membership.user)
    rows = present_rows(shown, on=on)
    context = {
        "form": form,
        "filters": filters,
        "counts": counts,
        "stages": counts.by_stage.items(),
        "due": due_links(counts, form),
        "groups": [] if filters.shows_closed else in_windows(rows, counts.by_window),
        "rows": rows,
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "search": SearchForm(auto_id="search_%s"),
        "view_form": ViewForm(auto_id="view_%s"),
        "views": views_of(request.membership),
        "clinicians": request.clinic.clinicians.filter(is_active=True),
        "can_tick": Right.WRITE in request.rights and not filters.shows_closed,
        "today": on,
    }
    part = "_work_list.html" if wants_partial(request) else "work_list.html"
    if part == "work_list.html" and Right.SIGN in request.rights:
        context["to_sign"] = waiting_for(request.clinic, request.membership.user)
    return render(
        request,
        f"appeals/clinics/listing/{part}",
        context | more,
        status=status if is_right else 422,
    )


def due_links(counts: Counts, form: FilterForm) -> list[tuple[Window, int, str]]:
    """Each window with how many cases are in it, and the filters that show them alone."""
    return [
        (window, number, form.query_with(due=window))
        for window, number in counts.by_any_window.items()
    ]


def page_asked(asked: QueryDict) -> str:
    """The number of the page that the address wants."""
    text = asked.get("page", "1")
    return text if text.isdecimal() and len(text) < NO_DIGITS else "1"


@clinic_page(Right.SEE)
@require_http_methods(["GET", "POST"])
def search(request: ClinicRequest) -> HttpResponse:
    """Whoever has exactly this name, member ID or birth date; what is searched for stays here."""
    if request.method == "GET":
        return redirect("clinics:clinic", request.clinic.pk)
    form = SearchForm(request.POST, auto_id="search_%s")
    context: dict[str, Any] = {"search": form}
    if not form.is_valid():
        return render(request, "appeals/clinics/listing/found.html", context, status=422)
    found = find(request.clinic, form.cleaned_data["text"])
    by, on = request.membership.user, timezone.localdate()
    log_cases(AccessEntry.What.SEARCHED, found.cases, by=by)
    for patient in found.without_case:
        log_access(AccessEntry.What.SEARCHED, patient=patient, by=by)
    context |= {
        "found": found,
        "rows": present_rows(found.cases, on=on),
        "without_case": [(one, open_patient(one).record) for one in found.without_case],
        "clinicians": request.clinic.clinicians.filter(is_active=True),
        "today": on,
    }
    return render(request, "appeals/clinics/listing/found.html", context)


@clinic_page(Right.SEE)
@require_POST
def save_view(request: ClinicRequest) -> HttpResponse:
    """Keep the filters as they stand under a name."""
    asked = FilterForm(request.POST, clinic=request.clinic)
    form = ViewForm(request.POST, auto_id="view_%s")
    if form.is_valid() and asked.is_valid():
        try:
            keep_view(request.membership, form.cleaned_data["name"], asked.chosen)
        except ValidationError as error:
            form.add_error("name", error.messages)
        else:
            messages.success(request, f"The view “{form.cleaned_data['name']}” is saved.")
            address = reverse("clinics:clinic", args=[request.clinic.pk])
            return redirect(f"{address}?{asked.query}")
    return show_list(request, request.POST, status=422, view_form=form)


@clinic_page(Right.SEE)
@require_POST
def delete_view(request: ClinicRequest) -> HttpResponse:
    """Take a view of one's own away; one that is gone already stays so."""
    if drop_view(request.membership, request.POST.get("name", "")):
        messages.success(request, "The view is gone.")
    return redirect("clinics:clinic", request.clinic.pk)
