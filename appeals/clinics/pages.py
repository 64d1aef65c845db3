"""What every page of a clinic asks first: does this person belong here, and may they do this."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from appeals.clinics.rights import Right, may
from appeals.models import Clinic, Membership
from coverage_site.htmx import HtmxHttpRequest


class ClinicRequest(HtmxHttpRequest):
    """A request of a member to their clinic; every query goes through `clinic`."""

    clinic: Clinic
    membership: Membership


def memberships_of(person: User) -> QuerySet[Membership]:
    """The clinics that a person works at."""
    return Membership.objects.active().filter(user=person)


View = Callable[Concatenate[ClinicRequest, ...], HttpResponse]


def clinic_page(right: Right) -> Callable[[View], Callable[..., HttpResponse]]:
    """Find the clinic of the address among the person's own, or nothing; then ask for the right."""

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @never_cache
        @vary_on_headers("HX-Request")
        @wraps(view)
        def page(request: HttpRequest, clinic_id: uuid.UUID, **arguments: Any) -> HttpResponse:
            # The door has let nobody in who did not sign in.
            mine = memberships_of(cast("User", request.user))
            membership = mine.filter(clinic_id=clinic_id).first()
            if membership is None:
                raise Http404
            if not may(membership.role, right):
                raise PermissionDenied
            inside = cast("ClinicRequest", request)
            inside.clinic = membership.clinic
            inside.membership = membership
            return view(inside, **arguments)

        page.right = right  # type: ignore[attr-defined]  # a test tells rights by address
        return page

    return decorate
