"""How much one address may ask."""

from django.http import HttpRequest


def seconds_to_wait(_request: HttpRequest) -> int | None:
    """How long the sender has to wait before this request is answered; None: not at all.

    The one place where the API asks for the site's limits, before anything of a request is read.
    """
    return None
