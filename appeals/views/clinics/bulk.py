"""What is done with the ticked cases of the work list."""

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from appeals.clinics.access import log_cases
from appeals.clinics.bulk import Withdrawn, assign, look_at_changes, withdraw
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.clinics.work_list import NOBODY, with_what_is_shown
from appeals.forms.clinics.work_list import FilterForm, WithdrawForm
from appeals.models import AccessEntry, Clinician
from appeals.presenting.clinics.work_list import present_rows
from appeals.views.clinics.printing import choose_of_cases, ids_in

ALL = "all_shown"
NOTHING_TICKED = "Nothing was done: tick the cases first."


@clinic_page(Right.WRITE)
@require_POST
def bulk(request: ClinicRequest) -> HttpResponse:
    """Do one thing with all ticked cases, or ask first where it closes them."""
    chosen = list(dict.fromkeys(ids_in(request, "shown" if ALL in request.POST else "case")))
    if not chosen:
        messages.error(request, NOTHING_TICKED)
        return back(request)
    match request.POST.get("do"):
        case "assign":
            return _assign(request, chosen)
        case "looked_at":
            done = look_at_changes(request.clinic, chosen, by=request.membership.user)
            messages.success(request, f"Looked at: the changed rule of {cases_words(done)}.")
        case "print":
            return choose_of_cases(request, chosen)
        case "withdraw":
            return _ask(request, chosen)
        case _:
            messages.error(request, "Nothing was done: choose what to do with the ticked cases.")
    return back(request)


def _assign(request: ClinicRequest, chosen: list[uuid.UUID]) -> HttpResponse:
    told = request.POST.get("to", "")
    clinician = _clinician(request, told)
    if clinician is None and told != NOBODY:
        messages.error(request, "Nothing was done: choose a clinician beside the button.")
        return back(request)
    on, by = timezone.localdate(), request.membership.user
    done = assign(request.clinic, chosen, clinician, on=on, by=by)
    messages.success(request, f"Given to {clinician or 'nobody'}: {cases_words(done)}.")
    return back(request)


def _clinician(request: ClinicRequest, told: str) -> Clinician | None:
    """The clinician that was chosen; None where it is none of the clinic."""
    with suppress(ValueError):
        return request.clinic.clinicians.filter(pk=uuid.UUID(told), is_active=True).first()
    return None


def _ask(
    request: ClinicRequest, chosen: list[uuid.UUID], *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show what would be closed, and ask for the day."""
    cases = with_what_is_shown(request.clinic, chosen)
    log_cases(AccessEntry.What.LISTED, cases, by=request.membership.user)
    on = timezone.localdate()
    context = {"rows": present_rows(cases, on=on), "form": WithdrawForm(initial={"on": on})}
    return render(request, "appeals/clinics/listing/withdraw.html", context | more, status=status)


@clinic_page(Right.WRITE)
@require_POST
def withdraw_cases(request: ClinicRequest) -> HttpResponse:
    """Close the cases that were shown, as of a day."""
    chosen = list(dict.fromkeys(ids_in(request, "case")))
    form = WithdrawForm(request.POST)
    if not form.is_valid() or not chosen:
        return _ask(request, chosen, form=form, status=422)
    counters = {one: counter(request.POST.get(f"based_on-{one}", "")) for one in chosen}
    today = timezone.localdate()
    result = withdraw(
        request.clinic,
        counters,
        on=form.cleaned_data["on"],
        today=today,
        by=request.membership.user,
    )
    tell(request, result)
    if result.left:
        left = request.clinic.cases.filter(number__in=result.left)
        return _ask(request, list(left.values_list("pk", flat=True)), form=form, status=409)
    return back(request)


def back(request: ClinicRequest) -> HttpResponse:
    """To the list, with the filters it had."""
    form = FilterForm(QueryDict(request.POST.get("filters", "")), clinic=request.clinic)
    form.is_valid()
    address = reverse("clinics:clinic", args=[request.clinic.pk])
    return redirect(f"{address}?{form.query}" if form.query else address)


def tell(request: ClinicRequest, result: Withdrawn) -> None:
    """Say what was done, and of each other case why not."""
    if result.done:
        messages.success(request, f"Withdrawn: {cases_words(result.done)}.")
    for number, why in result.left.items():
        messages.error(request, f"Case {number} was not withdrawn. {why}")


def cases_words(count: int) -> str:
    """How many cases, in words.

    >>> cases_words(1), cases_words(3)
    ('1 case', '3 cases')
    """
    return f"{count} case{'' if count == 1 else 's'}"


def counter(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1
