"""The addresses of the pages that rename insurers and policies and merge insurers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from policies.admin.desk import guarded
from policies.admin.merging import merge
from policies.admin.renaming import rename_a_policy, rename_an_insurer


def may_merge(request: HttpRequest) -> bool:
    """Who may make an insurer a part of another, which takes its record away."""
    names = ("change_insurer", "delete_insurer")
    return all(request.user.has_perm(f"policies.{name}") for name in names)


def insurer_pages(model_admin: admin.ModelAdmin[Any]) -> list[URLPattern]:
    """Each page with the right it wants."""
    rename = guarded(model_admin, model_admin.has_change_permission, rename_an_insurer)
    return [
        path("<int:insurer_id>/rename/", rename, name="policies_insurer_rename"),
        path(
            "<int:insurer_id>/merge/",
            guarded(model_admin, may_merge, merge),
            name="policies_insurer_merge",
        ),
    ]


def rename_pages(model_admin: admin.ModelAdmin[Any]) -> list[URLPattern]:
    """The page that gives a policy another key."""
    rename = guarded(model_admin, model_admin.has_change_permission, rename_a_policy)
    return [path("<int:policy_id>/rename/", rename, name="policies_policy_rename")]
