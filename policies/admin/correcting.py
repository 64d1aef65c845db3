"""The button that begins the correction of a published edition."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from policies.admin.desk import editor
from policies.models import PolicyVersion
from policies.publishing import begin_draft


def corrections(versions: Iterable[PolicyVersion]) -> dict[int, str]:
    """Where the correction of each published edition is begun, by its key.

    Of one date only the latest revision is corrected.
    """
    published = (one for one in versions if one.published_at is not None)
    latest = {one.effective_on: one for one in sorted(published, key=lambda one: one.revision)}
    return {
        one.pk: reverse("admin:policies_policyversion_correct", args=[one.pk])
        for one in latest.values()
    }


def correct_address(version: PolicyVersion) -> str:
    """That of one edition; empty where it is not the one to correct."""
    if version.published_at is None:
        return ""
    return corrections(version.policy.versions.published()).get(version.pk, "")


@require_POST
def correct(request: HttpRequest, pk: int, model_admin: admin.ModelAdmin[Any]) -> HttpResponse:
    """Begin the next revision as a draft and lead to where it is written; an open one goes on."""
    if not request.user.has_perm("policies.add_policyversion"):
        raise PermissionDenied
    version = get_object_or_404(model_admin.get_queryset(request), pk=pk)
    here = redirect("admin:policies_policyversion_change", pk)
    later = version.policy.versions.filter(
        effective_on=version.effective_on, revision__gt=version.revision
    )
    draft = later.filter(published_at=None).order_by("-pk").first()
    if draft is None:
        if not correct_address(version):
            messages.info(request, "This edition is no longer the one to correct.")
            return here
        try:
            draft = begin_draft(version, by=editor(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return here
        text = "The next revision is begun with the same words. Mend them, and say what changes."
        messages.success(request, text)
    return redirect("admin:policies_policyversion_write", draft.pk)
