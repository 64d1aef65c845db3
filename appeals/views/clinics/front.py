"""The first page of the workspace: the clinics of a person."""

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from appeals.clinics.pages import memberships_of


@never_cache
@require_GET
def list_clinics(request: HttpRequest) -> HttpResponse:
    """The clinics that the person works at; of one alone its front page."""
    memberships = list(memberships_of(cast("User", request.user)))
    if len(memberships) == 1:
        return redirect("clinics:clinic", memberships[0].clinic_id)
    return render(request, "appeals/clinics/list.html", {"memberships": memberships})
