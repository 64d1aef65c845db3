"""What a view needs to know about htmx."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    """A request as `HtmxMiddleware` leaves it."""

    htmx: HtmxDetails


def wants_partial(request: HtmxHttpRequest) -> bool:
    """Tell whether htmx will swap a part; a boosted link or a history restore needs the page."""
    return bool(request.htmx) and not (request.htmx.boosted or request.htmx.history_restore_request)
