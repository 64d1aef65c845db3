"""The pages of the guide."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from policies import guide
from policies.forms.costs import CostForm
from policies.guide.pages import PartName
from policies.presenting.costs import present_cost
from policies.presenting.guide import present_guide, present_page
from policies.published import published_catalogue


@require_safe
def list_pages(request: HttpRequest) -> HttpResponse:
    """Every page of the guide."""
    return render(request, "policies/guide/index.html", {"groups": present_guide()})


@require_http_methods(["GET", "HEAD", "POST"])
def show_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page; where it has the calculator, also what was worked out."""
    page = guide.pages()[slug]
    is_posted = request.method == "POST"
    if is_posted and not page.has_part(PartName.CALCULATOR):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    form = CostForm(request.POST if is_posted else None)
    cost = None
    if is_posted and form.is_valid():
        cost = present_cost(
            form.course(), form.plan_terms(), uses_advertised_price=form.uses_advertised_price
        )
    response = render(
        request,
        "policies/guide/page.html",
        {
            "page": present_page(page, catalogue=published_catalogue, on=timezone.localdate()),
            "form": form,
            "cost": cost,
        },
        status=422 if is_posted and cost is None else 200,
    )
    if is_posted:
        add_never_cache_headers(response)
    return response
