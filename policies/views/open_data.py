"""The dataset, and what search engines ask for: the sitemap and robots.txt."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from policies.catalogue import Document
from policies.dataset import LICENSE_URL, dataset, position_rows, to_csv
from policies.presenting.open_data import columns, value_lists
from policies.published import published_catalogue
from policies.views.keeping import kept_for_the_day


@require_safe
def show_dataset(request: HttpRequest) -> HttpResponse:
    """Say what the dataset holds, column by column, and under which license."""
    catalogue = published_catalogue()
    editions = [edition for one in catalogue.documents for edition in one.editions]
    context = {
        "columns": columns(),
        "value_lists": value_lists(),
        "license_url": LICENSE_URL,
        "insurer_count": len(catalogue.insurers),
        "document_count": len(catalogue.documents),
        "position_count": sum(len(edition.positions) for edition in editions),
    }
    return render(request, "policies/data.html", context)


@require_safe
@kept_for_the_day
@conditional_page
def download_json(request: HttpRequest) -> HttpResponse:
    """Every document in full."""
    found = dataset(published_catalogue(), on=timezone.localdate(), page_of=_page_of(request))
    body = json.dumps(found, ensure_ascii=False, indent=1)
    return HttpResponse(body, content_type="application/json")


@require_safe
@kept_for_the_day
@conditional_page
def download_csv(request: HttpRequest) -> HttpResponse:
    """Every position as a row."""
    rows = position_rows(published_catalogue(), on=timezone.localdate(), page_of=_page_of(request))
    response = HttpResponse(to_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="policies.csv"'
    return response


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Let everyone in, but for the editors' desk."""
    sitemap = request.build_absolute_uri(reverse("open:sitemap"))
    lines = ("User-agent: *", "Disallow: /admin/", "Allow: /", "", f"Sitemap: {sitemap}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")


def _page_of(request: HttpRequest) -> Callable[[Document], str]:
    def page(document: Document) -> str:
        path = reverse("policies:detail", args=[document.insurer.slug, document.slug])
        return request.build_absolute_uri(path)

    return page
