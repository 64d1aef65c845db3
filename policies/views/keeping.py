"""How long an answer that depends on the day may be kept."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponse]
AN_HOUR = 3600


def kept_for_the_day(view: View) -> View:
    """Let an answer be kept for an hour, and never into the next day, on which others answer."""

    @wraps(view)
    def page(request: HttpRequest, **named: str) -> HttpResponse:
        response = view(request, **named)
        patch_cache_control(response, public=True, max_age=min(AN_HOUR, left_of_the_day()))
        return response

    return page


def left_of_the_day() -> int:
    """How many seconds are left until answers are another day's."""
    now = timezone.localtime()
    tomorrow = dt.datetime.combine(now.date() + dt.timedelta(days=1), dt.time())
    return int((timezone.make_aware(tomorrow) - now).total_seconds())
