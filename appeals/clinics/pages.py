"""What every page of a clinic asks first: does this person belong here, and may they do this."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from appeals.clinics.rights import RIGHTS, Right
from appeals.models import Clinic, Membership, Role
from coverage_site.htmx import HtmxHttpRequest


class ClinicRequest(HtmxHttpRequest):
    """A request of a member to their clinic; every query goes through `clinic`.

    `rights` are the member's here, and `elsewhere` holds their places in other clinics.
    """

    clinic: Clinic
    membership: Membership
    rights: frozenset[Right]
    elsewhere: list[Membership]


def memberships_of(person: User) -> QuerySet[Membership]:
    """The clinics that a person works at."""
    return Membership.objects.active().filter(user=person)


View = Callable[Concatenate[ClinicRequest, ...], HttpResponseBase]


def clinic_page(right: Right) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Find the clinic of the address among the person's own, or nothing; then ask for the right."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @never_cache
        @vary_on_headers("HX-Request")
        @wraps(view)
        def page(request: HttpRequest, clinic_id: uuid.UUID, **arguments: Any) -> HttpResponseBase:
            inside = cast("ClinicRequest", request)
            enter(inside, clinic_id)
            if right not in inside.rights:
                return render(inside, "appeals/clinics/refused.html", status=403)
            return view(inside, **arguments)

        page.right = right  # type: ignore[attr-defined]  # a test tells rights by address
        return page

    return decorate


def enter(request: ClinicRequest, clinic_id: uuid.UUID) -> None:
    """Put the clinic on the request, and what the person may do there; 404 to all others."""
    # The door has let nobody in who did not sign in.
    mine = {one.clinic_id: one for one in memberships_of(cast("User", request.user))}
    membership = mine.pop(clinic_id, None)
    if membership is None:
        raise Http404
    request.clinic = membership.clinic
    request.membership = membership
    request.rights = RIGHTS[Role(membership.role)]
    request.elsewhere = list(mine.values())
