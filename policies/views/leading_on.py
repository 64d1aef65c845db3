"""Pages of insurers and policies that have another address now."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from django.utils.cache import patch_cache_control

from policies.published import published_catalogue

View = Callable[..., HttpResponse]
# A browser keeps such an answer for as long as it may; a rename can be taken back.
KEPT_FOR_SECONDS = 3600


def leading_on(view: View) -> View:
    """Lead from an address that a page had before to the one it has now, whatever stands behind.

    Nothing is asked of the database unless there is no such page.
    """

    @wraps(view)
    def page(request: HttpRequest, **names: str) -> HttpResponse:
        try:
            return view(request, **names)
        except Http404:
            now = _names_now(**names)
            if now == names:
                raise
            return _lead(request, now)

    return page


def _names_now(insurer_slug: str, policy_slug: str = "", **further: str) -> dict[str, str]:
    """The parts of an address as they are now."""
    former = published_catalogue().former
    now = {"insurer_slug": former.insurer(insurer_slug)}
    if policy_slug:
        stem = former.documents.get(f"{insurer_slug}--{policy_slug}")
        insurer, _, slug = stem.partition("--") if stem else (now["insurer_slug"], "", policy_slug)
        now = {"insurer_slug": insurer, "policy_slug": slug}
    return now | further


def _lead(request: HttpRequest, names: dict[str, str]) -> HttpResponse:
    address = reverse(resolve(request.path_info).view_name, kwargs=names)
    query = request.META.get("QUERY_STRING", "")
    answer = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    patch_cache_control(answer, max_age=KEPT_FOR_SECONDS)
    return answer
