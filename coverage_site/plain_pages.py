"""Pages for when the site can't answer: made without a request, a session or the database."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import add_never_cache_headers


def plain_page(request: HttpRequest, *, status: int, seconds: int) -> HttpResponse:
    """The page of this status, in the language of the address, that names when to try again."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    response = HttpResponse(_words(status, language, seconds), status=status)
    response.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


@lru_cache(maxsize=256)
def _words(status: int, language: str, seconds: int) -> bytes:
    """Made once for each wait: refusing a flood must cost next to nothing."""
    with translation.override(language):
        return render_to_string(f"{status}.html", {"seconds": seconds}).encode()
