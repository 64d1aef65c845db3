"""The dataset, and what search engines ask for: the sitemap and robots.txt."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from coverage_site.address import site_address
from policies.dataset import LICENSE_URL
from policies.downloads import FILES, download, manifest, version
from policies.presenting.open_data import columns, file_rows, value_lists
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
        "files": file_rows(),
        "content_version": version(),
        "license_url": LICENSE_URL,
        "insurer_count": len(catalogue.insurers),
        "document_count": len(catalogue.documents),
        "position_count": sum(len(edition.positions) for edition in editions),
    }
    return render(request, "policies/data.html", context)


@require_safe
@kept_for_the_day
@conditional_page
def download_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the dataset by its name, for any page to read."""
    on, site = timezone.localdate(), site_address()
    if name == "manifest.json":
        found = manifest(on=on, site=site)
    elif name in FILES:
        found = download(name, on=on, site=site)
    else:
        raise Http404
    response = HttpResponse(found.body, content_type=found.content_type)
    response["Access-Control-Allow-Origin"] = "*"
    if not found.content_type.startswith(("application/json", "text/plain")):
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """Let everyone in, but for the editors' desk."""
    sitemap = request.build_absolute_uri(reverse("open:sitemap"))
    lines = ("User-agent: *", "Disallow: /admin/", "Allow: /", "", f"Sitemap: {sitemap}", "")
    return HttpResponse("\n".join(lines), content_type="text/plain")
