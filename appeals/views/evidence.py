"""The public registry of the evidence: what a letter may cite, and what a plan will."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from appeals.forms.evidence import EvidenceForm
from appeals.presenting.evidence import present_evidence, present_overview


@require_safe
def show_evidence(request: HttpRequest) -> HttpResponse:
    """The records on a condition; without one, how many there are of each."""
    form = EvidenceForm(request.GET)
    is_valid = form.is_valid()
    condition = form.condition_shown if is_valid else None
    treatment = form.treatment_shown if is_valid else None
    return render(
        request,
        "appeals/evidence.html",
        {
            "form": form,
            "records": present_evidence(condition, treatment) if condition else None,
            "overview": None if condition else present_overview(treatment),
            "is_narrowed": form.is_narrowed,
        },
        status=200 if is_valid else 422,
    )
