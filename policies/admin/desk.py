"""Who is at the desk."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def editor(request: HttpRequest) -> User:
    """The person at the desk; the admin lets nobody else in."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user
