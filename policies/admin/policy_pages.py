"""The addresses of a policy's further pages at the desk, and the links that lead to them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from policies.admin.history_days import said_on_a_day
from policies.models import Policy

SAID = "policies_policy_said"

View = Callable[..., HttpResponse]


def policy_pages(model_admin: admin.ModelAdmin[Any]) -> list[URLPattern]:
    """Each page with the right it wants."""
    see = partial(_page, model_admin, model_admin.has_view_permission)
    return [path("<int:policy_id>/said/", see(said_on_a_day), name=SAID)]


def _page(
    model_admin: admin.ModelAdmin[Any], may: Callable[[HttpRequest], bool], view: View
) -> View:
    def page(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not may(request):
            raise PermissionDenied
        return view(request, model_admin=model_admin, **arguments)

    return model_admin.admin_site.admin_view(page)


def policy_tools(policy: Policy) -> list[tuple[str, str]]:
    """What stands above each page about a policy or one of its editions."""
    return [("What we said on a day", reverse(f"admin:{SAID}", args=[policy.pk]))]
