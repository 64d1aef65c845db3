"""Our FHIR Questionnaires at their canonical addresses, which other programs keep."""

import json
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coverage_site.address import site_address
from coverage_site.api.bodies import FHIR_JSON
from coverage_site.api.problems import ProblemError, not_found, problem_of
from coverage_site.api.reads import Run, check_form, kept_as_long_as_true
from policies.fhir.canonical import SITUATION, edition_named
from policies.fhir.questionnaires import questionnaire, situation_questionnaire
from policies.published import published_catalogue


def for_programs(view: Run) -> Run:
    """Tell every refusal as a problem, that of a form that is not written here among them."""

    @wraps(view)
    def answered(request: HttpRequest, **values: str) -> HttpResponseBase:
        try:
            check_form(request)
            return view(request, **values)
        except ProblemError as error:
            return problem_of(error)

    return answered


@require_safe
@for_programs
@kept_as_long_as_true
def show_questionnaire(request: HttpRequest, name: str) -> HttpResponse:
    """What a policy asks, in its edition of the day or in one that is named by version or id."""
    base = site_address()
    if name == SITUATION:
        asked = situation_questionnaire(base=base)
    else:
        found = edition_named(published_catalogue(), name, on=timezone.localdate())
        if found is None:
            raise not_found(
                "There is no such Questionnaire; /api/v1/questionnaires lists those that there are."
            )
        asked = questionnaire(*found, base=base)
    # A name without its version is answered with one that has it, which is read at its id.
    return HttpResponse(
        json.dumps(asked),
        content_type=FHIR_JSON,
        headers={"Content-Location": reverse("open:questionnaire", args=[asked["id"]])},
    )
