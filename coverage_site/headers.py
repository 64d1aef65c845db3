"""What each answer tells the browser, beside what Django and django-csp tell it."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from coverage_site.sign_in.carrying import is_inside

# No page uses these, so nothing that got into one may; passkeys and copying stay allowed.
CLOSED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in CLOSED),
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Where people tell of themselves, in either language, where they sign in, and where the systems of
# clinics tell of patients.
PRIVATE = re.compile(r"(/es)?/(check|denied|letters)/|/account/|/cds-services")


def is_private(address: str) -> bool:
    """Whether what an address answers may hold something of a person.

    >>> is_private("/es/check/"), is_private("/clinics/"), is_private("/policies/")
    (True, True, False)
    """
    return is_inside(address) or PRIVATE.match(address) is not None


class ClosedToOthers:
    """Closes the device to pages, answers to other sites, and private answers to every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_private(request.path_info):
            # Refusals and errors too, so that no view has to remember.
            add_never_cache_headers(response)
        return response
