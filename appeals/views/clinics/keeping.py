"""What is kept for long, and what running the workspace asks of people."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from appeals.clinics.keeping import old_cases
from appeals.clinics.pages import ClinicRequest, clinic_page
from appeals.clinics.rights import Right
from appeals.forms.clinics.keeping import USUAL, KeptForm

AT_ONCE = 100


@clinic_page(Right.DELETE)
@require_GET
def show_old(request: ClinicRequest) -> HttpResponse:
    """Cases that were closed long ago, in plain columns alone: no record is opened for it."""
    form = KeptForm(request.GET if "years" in request.GET else {"years": USUAL})
    if not form.is_valid():
        return render(request, "appeals/clinics/old_cases.html", {"form": form}, status=422)
    years = form.cleaned_data["years"]
    cases = old_cases(request.clinic, years=years, on=timezone.localdate())
    page = Paginator(cases, AT_ONCE).get_page(request.GET.get("page"))
    context = {"form": form, "years": years, "page": page}
    return render(request, "appeals/clinics/old_cases.html", context)


@never_cache
@require_GET
def show_duties(request: HttpRequest) -> HttpResponse:
    """What falls to whoever runs the site for clinics, and to the clinics themselves."""
    return render(request, "appeals/clinics/duties.html")
