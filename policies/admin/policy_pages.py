"""The addresses of a policy's further pages at the desk, and the links that lead to them."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse

from policies.admin.desk import guarded
from policies.admin.exporting import export, export_one
from policies.admin.fresh.pages import fresh_pages
from policies.admin.history_days import said_on_a_day
from policies.admin.importing import import_records
from policies.admin.retiring import retire
from policies.models import Policy


def may_import(request: HttpRequest) -> bool:
    """Who may write what an upload can hold."""
    names = ("insurer", "administration", "policy", "policyversion")
    return all(request.user.has_perm(f"policies.add_{name}") for name in names)


def may_draft(request: HttpRequest) -> bool:
    """Who may begin an edition."""
    return request.user.has_perm("policies.add_policyversion")


def policy_pages(model_admin: admin.ModelAdmin[Any]) -> list[URLPattern]:
    """Each page with the right it wants."""
    see = partial(guarded, model_admin, model_admin.has_view_permission)
    write = partial(guarded, model_admin, may_import)
    draft = partial(guarded, model_admin, may_draft)
    return [
        path("import/", write(import_records), name="policies_policy_import"),
        path("export/", see(export), name="policies_policy_export"),
        path("<int:policy_id>/export/", see(export_one), name="policies_policy_file"),
        path("<int:policy_id>/retire/", draft(retire), name="policies_policy_retire"),
        path("<int:policy_id>/said/", see(said_on_a_day), name="policies_policy_said"),
        *fresh_pages(model_admin),
    ]


def policy_tools(policy: Policy) -> list[tuple[str, str]]:
    """What stands above each page about a policy or one of its editions."""
    tools = [
        ("Copies of the document", reverse("admin:policies_policy_copies", args=[policy.pk])),
        ("What we said on a day", reverse("admin:policies_policy_said", args=[policy.pk])),
    ]
    if policy.versions.published().exists():
        tools.append(("Export", reverse("admin:policies_policy_file", args=[policy.pk])))
    return tools
