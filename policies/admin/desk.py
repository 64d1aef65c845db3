"""Who is at the desk."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def editor(request: HttpRequest) -> User:
    """The person at the desk; the admin lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def guarded(
    model_admin: admin.ModelAdmin[Any], may: Callable[[HttpRequest], bool], view: View
) -> View:
    """A page of the desk for those who may; it is handed the admin that it belongs to."""

    def page(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if not may(request):
            raise PermissionDenied
        return view(request, model_admin=model_admin, **arguments)

    return model_admin.admin_site.admin_view(page)
