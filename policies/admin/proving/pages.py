"""The addresses of a version's worked cases, each with the right it wants."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from policies.admin.desk import editor
from policies.admin.proving.views import compose, show_cases, show_undecided
from policies.models import PolicyVersion

View = Callable[..., HttpResponse]


def case_pages(model_admin: admin.ModelAdmin[Any]) -> list[URLPattern]:
    """The cases of a version, one of them, a new one, and what none decides."""
    pages = _Pages(model_admin)
    view = model_admin.admin_site.admin_view
    name = "policies_policyversion"
    return [
        path("<int:pk>/cases/", view(pages.cases), name=f"{name}_cases"),
        path("<int:pk>/cases/new/", view(pages.compose), name=f"{name}_newcase"),
        path("<int:pk>/cases/undecided/", view(pages.undecided), name=f"{name}_undecided"),
        path("<int:pk>/cases/<int:key>/", view(pages.compose), name=f"{name}_case"),
    ]


class _Pages:
    def __init__(self, model_admin: admin.ModelAdmin[Any]) -> None:
        self.admin = model_admin

    def cases(self, request: HttpRequest, pk: int) -> HttpResponse:
        return show_cases(
            request, self._find(request, pk), may_write=self._may_write(request), by=editor(request)
        )

    def undecided(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._find(request, pk)
        return show_undecided(request, version, may_write=self._may_write(request))

    def compose(self, request: HttpRequest, pk: int, key: int | None = None) -> HttpResponse:
        version = self._find(request, pk)
        if not self._may_write(request):
            raise PermissionDenied
        return compose(request, version, key=key, by=editor(request))

    def _find(self, request: HttpRequest, pk: int) -> PolicyVersion:
        if not self.admin.has_view_permission(request):
            raise PermissionDenied
        versions = PolicyVersion.objects.select_related("policy__insurer__parent")
        return get_object_or_404(versions.prefetch_related("readings"), pk=pk)

    def _may_write(self, request: HttpRequest) -> bool:
        return bool(self.admin.has_change_permission(request))
