"""The two buttons for a document that was read again, and what they do."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from policies.admin.desk import editor
from policies.catalogue import Edition, ReadingKind
from policies.models import Policy, PolicyVersion
from policies.publishing import begin_draft
from policies.rereading import (
    Reread,
    RereadError,
    open_draft,
    own_address,
    read_again,
    version_in_force,
)


@dataclass(frozen=True, slots=True)
class RereadOffer:
    """What the buttons of one document need; without an `address` the first is not offered.

    Of one known by somebody else's account alone it asks for more: that the document itself was
    read. `draft` is the page of a draft that is being written, which takes the place of a new one.
    """

    policy: int
    name: str
    address: str
    draft: str
    may_read: bool
    may_draft: bool
    is_second_hand: bool


def reread_offer(
    request: HttpRequest, policy: int, name: str, *, url: str, edition: Edition, draft: int | None
) -> RereadOffer:
    return RereadOffer(
        policy,
        name,
        own_address(url, edition),
        reverse("admin:policies_policyversion_write", args=[draft]) if draft else "",
        may_read=request.user.has_perm("policies.add_sourcereading"),
        may_draft=request.user.has_perm("policies.add_policyversion"),
        is_second_hand=all(one.kind is ReadingKind.SECOND_HAND for one in edition.readings),
    )


def offer_of_version(request: HttpRequest, version: PolicyVersion) -> RereadOffer | None:
    """The buttons on an edition's own page, while it is the one in force."""
    if version.published_at is None:
        return None
    policy = Policy.objects.with_record().get(pk=version.policy.pk)
    if version_in_force(policy, on=timezone.localdate()) != version:
        return None
    draft = open_draft(policy)
    return reread_offer(
        request,
        policy.pk,
        str(version),
        url=policy.url,
        edition=version.edition(),
        draft=draft.pk if draft else None,
    )


@require_POST
def reread(request: HttpRequest, policy_id: int, model_admin: Any) -> HttpResponse:
    """Write that a document was read today and says the same, or begin a draft."""
    rights = ("policies.add_sourcereading", "policies.add_policyversion")
    if not any(map(request.user.has_perm, rights)):
        raise PermissionDenied
    policy = get_object_or_404(Policy.objects.with_record(), pk=policy_id)
    match request.POST.get("found"):
        case "unchanged":
            return _unchanged(request, policy)
        case "changed":
            return _changed(request, policy)
    return HttpResponseBadRequest("Say what was found: go back and press one of the two buttons.")


def _unchanged(request: HttpRequest, policy: Policy) -> HttpResponse:
    if not request.user.has_perm("policies.add_sourcereading"):
        raise PermissionDenied
    try:
        done = read_again(policy, on=timezone.localdate(), by=editor(request))
    except RereadError as error:
        messages.error(request, f"Nothing was written about {policy}. {error.messages[0]}")
    else:
        _confirm(request, done)
    return _back(request, policy)


def _confirm(request: HttpRequest, done: Reread) -> None:
    """Say what was written: it can't be taken back."""
    reading = done.reading
    if done.is_new:
        text = (
            f"Written beside {reading.version}: {reading.read_by} read {reading.url} today, "
            "and nothing changed. Everyone sees that name on the policy's page."
        )
        messages.success(request, text)
    else:
        text = f"{reading.version}: {reading.read_by} read it today already. Nothing was written."
        messages.info(request, text)


def _changed(request: HttpRequest, policy: Policy) -> HttpResponse:
    if not request.user.has_perm("policies.add_policyversion"):
        raise PermissionDenied
    draft = open_draft(policy)
    if draft is not None:
        messages.info(request, "A draft of it is being written already: this is it.")
    else:
        held = version_in_force(policy, on=timezone.localdate())
        if held is None:
            messages.error(request, f"No edition of {policy} speaks of today yet.")
            return _back(request, policy)
        try:
            draft = begin_draft(held, by=editor(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return _back(request, policy)
        messages.success(
            request,
            "A draft with the same words is begun. Add what you read today under “What was "
            "read”, then change what the document says otherwise now.",
        )
    address = reverse("admin:policies_policyversion_write", args=[draft.pk])
    return HttpResponseRedirect(address)


def _back(request: HttpRequest, policy: Policy) -> HttpResponse:
    """To the page on which the button stood."""
    there = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    own = reverse("admin:policies_policy_change", args=[policy.pk])
    return HttpResponseRedirect(there if is_ours else own)
