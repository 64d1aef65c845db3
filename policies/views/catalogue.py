"""The open list of policies, a page for each, its editions, and what changed between them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policies.catalogue import Document, Edition
from policies.edition_changes import changes_between
from policies.forms import PolicySearchForm
from policies.forms.day import DayForm
from policies.models import Policy
from policies.presenting import present_card, present_policy
from policies.presenting.editions import edition_of_the_day, find_edition
from policies.presenting.what_changed import present_changes
from policies.published import published_catalogue
from policies.views.leading_on import leading_on


@require_safe
def list_policies(request: HttpRequest) -> HttpResponse:
    """Every policy we hold, by words and filters."""
    form = PolicySearchForm(request.GET)
    found = form.narrow(Policy.objects.all()) if form.is_valid() else Policy.objects.all()
    held = {(one.insurer.slug, one.slug): one for one in published_catalogue().documents}
    on = timezone.localdate()
    # A policy that was never published is found and not held.
    cards = [present_card(held[key], on=on) for key in found.addresses() if key in held]
    return render(
        request,
        "policies/list.html",
        {"form": form, "cards": cards, "is_narrowed": form.is_narrowed},
        status=200 if form.is_valid() else 422,
    )


@require_safe
@leading_on
def show_policy(request: HttpRequest, insurer_slug: str, policy_slug: str) -> HttpResponse:
    """One policy as it stands, or as it stood on the day asked for."""
    document = _document(insurer_slug, policy_slug)
    today = timezone.localdate()
    form = DayForm(request.GET, today=today)
    day = form.cleaned_data["on"] if form.is_valid() else None
    edition = document.edition_in_force(day) if day else edition_of_the_day(document, on=today)
    view = present_policy(document, edition, on=day or today, today=today)
    return render(
        request,
        "policies/detail.html",
        {"policy": view, "form": form, "day": day},
        status=200 if form.is_valid() else 422,
    )


@require_safe
@leading_on
def show_edition(
    request: HttpRequest, insurer_slug: str, policy_slug: str, key: str
) -> HttpResponse:
    """One edition of a policy, at an address that stays."""
    document = _document(insurer_slug, policy_slug)
    today = timezone.localdate()
    view = present_policy(document, _edition(document, key), on=today, today=today)
    context = {"policy": view, "form": DayForm({}, today=today), "is_edition": True}
    return render(request, "policies/detail.html", context)


@require_safe
@leading_on
def show_changes(
    request: HttpRequest, insurer_slug: str, policy_slug: str, older: str, newer: str
) -> HttpResponse:
    """What changed from one edition of a policy to another."""
    document = _document(insurer_slug, policy_slug)
    found = changes_between(_edition(document, older), _edition(document, newer))
    view = present_changes(document, found, today=timezone.localdate())
    return render(request, "policies/changes.html", {"changes": view})


def _document(insurer_slug: str, policy_slug: str) -> Document:
    for document in published_catalogue().documents:
        if (document.insurer.slug, document.slug) == (insurer_slug, policy_slug):
            return document
    raise Http404(_("We hold no such document."))


def _edition(document: Document, key: str) -> Edition:
    edition = find_edition(document, key)
    if edition is None:
        raise Http404(_("There is no such edition of this document."))
    return edition
