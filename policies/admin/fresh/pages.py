"""The addresses of the pages that keep documents fresh, and who may open each."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from policies.admin.correcting import correct
from policies.admin.desk import View, guarded
from policies.admin.fresh.copies import copies, copy_changes, copy_file
from policies.admin.fresh.rereading import reread
from policies.admin.fresh.spanish import review_spanish
from policies.admin.fresh.work import show_work


def fresh_pages(model_admin: admin.ModelAdmin[Any]) -> list[URLPattern]:
    """Below the list of policies. What a page writes, it asks the right for itself."""
    return [
        path("work/", _page(model_admin, show_work), name="policies_policy_work"),
        path("<int:policy_id>/reread/", _page(model_admin, reread), name="policies_policy_reread"),
        path("<int:policy_id>/copies/", _page(model_admin, copies), name="policies_policy_copies"),
        path(
            "copies/<int:copy_id>/file/",
            _page(model_admin, copy_file, "sourcecopy"),
            name="policies_sourcecopy_file",
        ),
        path(
            "copies/<int:copy_id>/changes/",
            _page(model_admin, copy_changes, "sourcecopy"),
            name="policies_sourcecopy_changes",
        ),
    ]


def fresh_version_pages(model_admin: admin.ModelAdmin[Any]) -> list[URLPattern]:
    """Below the list of editions."""
    spanish = _page(model_admin, review_spanish, "translation")
    correction = _page(model_admin, correct, "policyversion")
    return [
        path("<int:pk>/spanish/", spanish, name="policies_policyversion_spanish"),
        path("<int:pk>/correct/", correction, name="policies_policyversion_correct"),
    ]


def _page(model_admin: admin.ModelAdmin[Any], view: View, model: str = "policy") -> View:
    """A page for whoever may see a model."""

    def may(request: HttpRequest) -> bool:
        return request.user.has_perm(f"policies.view_{model}")

    return guarded(model_admin, may, view)
