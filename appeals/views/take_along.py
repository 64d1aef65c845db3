"""What a person can take away from a check: pages to print, made on the spot and kept nowhere."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from appeals.doctor_page import doctor_pages
from appeals.log_sheet import log_sheet
from appeals.pdf import render_pdf
from coverage_site.htmx import HtmxHttpRequest
from policies.guidance import Guidance
from policies.published import published_catalogue
from policies.screens import guidance_from
from policies.views.check import check_coverage


@never_cache
@require_POST
def show_doctor_page(request: HtmxHttpRequest) -> HttpResponse:
    """The answer on one page for the doctor; where an answer is wrong, the screen to correct it."""
    guidance = _guidance(request)
    if guidance is None:
        return check_coverage(request)
    return _pdf(render_pdf("appeals/doctor_page.html", doctor_pages(guidance)), "plan-check.pdf")


@never_cache
@require_POST
def show_log_sheet(request: HtmxHttpRequest) -> HttpResponse:
    """A sheet for calls and papers; where an answer is wrong, the screen to correct it."""
    guidance = _guidance(request)
    if guidance is None:
        return check_coverage(request)
    return _pdf(render_pdf("appeals/log_sheet.html", [log_sheet(guidance)]), "log-sheet.pdf")


def _guidance(request: HtmxHttpRequest) -> Guidance | None:
    return guidance_from(request.POST, catalogue=published_catalogue(), on=timezone.localdate())


def _pdf(content: bytes, name: str) -> HttpResponse:
    """A file to keep; whoever sees its name learns nothing of anyone's health."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
