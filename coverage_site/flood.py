"""One address may ask for so much in a time, so that its flood leaves the site to the others.

The counters live in each process for a minute or two. They are kept under a keyed hash with few
values: no address stands in memory, and a million of them take no more of it than a thousand.
"""

import secrets
import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from math import ceil

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase
from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from coverage_site.api.middleware import HOOKS
from coverage_site.plain_pages import plain_page
from coverage_site.sign_in.carrying import is_inside

COSTLY_ENDINGS = (".pdf", ".docx")
COUNTERS = 1 << 14
IPV6_NETWORK = 64  # bits: what one household or company is given, and may use freely


class FloodGate:
    """Refuses what is too much from one address before it costs anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        limits = settings.MOST_FROM_ONE_ADDRESS
        self.limits = {kind: parse_many(text) for kind, text in limits.items() if text}
        if not self.limits:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.counted = SlidingWindowCounterRateLimiter(MemoryStorage())
        self.key = secrets.token_bytes(16)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        counter = self.counter(network_of(get_adapter().get_client_ip(request)))
        if is_inside(request.path_info):
            return self.at_the_door(request, counter)
        for kind in kinds_of(request):
            if not self.has_room(kind, counter):
                return self.refusal(request, kind, counter)
        return self.get_response(request)

    def at_the_door(self, request: HttpRequest, counter: str) -> HttpResponseBase:
        """Count who has not signed in; the colleagues behind the same address go on working."""
        response = self.get_response(request)
        if request.user.is_authenticated or self.has_room("door", counter):
            return response
        return self.refusal(request, "door", counter)

    def has_room(self, kind: str, counter: str) -> bool:
        """Count one more, unless that is too many."""
        return all(self.counted.hit(limit, kind, counter) for limit in self.limits.get(kind, ()))

    def counter(self, network: str) -> str:
        """Which counter an address has; who shares one can be neither guessed nor chosen."""
        digest = blake2b(network.encode(), digest_size=8, key=self.key).digest()
        return str(int.from_bytes(digest) % COUNTERS)

    def refusal(self, request: HttpRequest, kind: str, counter: str) -> HttpResponseBase:
        """Say how long to wait; nothing that was typed is read or kept."""
        now = time.time()
        stats = [self.counted.get_window_stats(one, kind, counter) for one in self.limits[kind]]
        wait = max((one.reset_time - now for one in stats if one.remaining == 0), default=1)
        # The clock may have moved on between the two looks, or been set.
        return plain_page(request, status=429, seconds=min(max(ceil(wait), 1), 60))


def kinds_of(request: HttpRequest) -> Iterator[str]:
    """What a request is counted as: each as a page, and what takes seconds as that too.

    A hospital's system calls the CDS services for all who order there, from one address.
    """
    yield "hook" if HOOKS.match(request.path_info) else "page"
    is_upload = request.content_type == "multipart/form-data"
    if request.method == "POST" and (is_upload or request.path_info.endswith(COSTLY_ENDINGS)):
        yield "costly"


def network_of(address: str) -> str:
    """The part of an address that tells people apart.

    >>> network_of("192.0.2.7"), network_of("::ffff:192.0.2.7")
    ('192.0.2.7', '192.0.2.7')
    >>> network_of("2001:db8:0:1:2:3:4:5") == network_of("2001:db8:0:1::9")
    True
    """
    ip = ip_address(address)
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(int(ip) >> (128 - IPV6_NETWORK))
