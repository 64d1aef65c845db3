"""The open list of policies, and a page for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from policies.forms import PolicySearchForm
from policies.models import Policy
from policies.presenting import present_card, present_policy


@require_safe
def list_policies(request: HttpRequest) -> HttpResponse:
    """Every policy we hold, by words and filters."""
    form = PolicySearchForm(request.GET)
    policies = Policy.objects.listed()
    if form.is_valid():
        policies = form.narrow(policies)
    on = timezone.localdate()
    cards = [present_card(policy.document(), on=on) for policy in policies]
    return render(
        request,
        "policies/list.html",
        {"form": form, "cards": cards, "is_narrowed": form.is_narrowed},
        status=200 if form.is_valid() else 422,
    )


@require_safe
def show_policy(request: HttpRequest, insurer_slug: str, policy_slug: str) -> HttpResponse:
    """One policy: what it says, and where that was read."""
    policy = get_object_or_404(
        Policy.objects.listed(), insurer__slug=insurer_slug, slug=policy_slug
    )
    view = present_policy(policy.document(), on=timezone.localdate())
    return render(request, "policies/detail.html", {"policy": view})
