"""The public pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from coverage_site.htmx import HtmxHttpRequest, wants_partial
from policies.forms import PolicySearchForm
from policies.models import Policy
from policies.presenting import present_card, present_policy
from policies.published import published_catalogue
from policies.screens import first_screen, next_screen


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, for whom, and what happens with the answers."""
    return render(request, "home.html")


@never_cache
@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
def check_coverage(request: HtmxHttpRequest) -> HttpResponse:
    """Ask about the plan and the patient, and hold it against the documents that apply today."""
    catalogue = published_catalogue()
    if request.method == "POST":
        screen = next_screen(request.POST, catalogue=catalogue, on=timezone.localdate())
    else:
        screen = first_screen(catalogue)
    is_part = wants_partial(request)
    return render(
        request,
        "policies/_check.html" if is_part else "policies/check.html",
        {"screen": screen, "is_part": is_part},
        status=screen.status,
    )


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
