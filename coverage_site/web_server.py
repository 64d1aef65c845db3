"""How gunicorn serves the site: `gunicorn -c python:coverage_site.web_server coverage_site.wsgi`.

What stands here in small letters is gunicorn's, by its own names.
"""

import gc
import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from gunicorn.arbiter import Arbiter

from coverage_site.environment import whole_number, words

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage_site.settings")

LOOPBACK = ("127.0.0.1:", "[::1]:", "localhost:", "unix:")


def refuse_few_connections(*, threads: int, pool: int) -> None:
    """A thread that finds no connection left waits, and then fails."""
    if pool < threads:
        raise ImproperlyConfigured(
            f"DATABASE_POOL_SIZE is {pool}, fewer than the {threads} threads of a process. Set it "
            "to WEB_THREADS or more."
        )


def refuse_debug_in_public(addresses: list[str], *, debug: bool) -> None:
    """With DEBUG on, the site runs without keys of its own and tells its insides."""
    for address in addresses:
        if debug and not address.startswith(LOOPBACK):
            raise ImproperlyConfigured(
                f"DEBUG is on and BIND is {address!r}, which others can reach. Turn DEBUG off, or "
                "set BIND to 127.0.0.1:8000."
            )


def refuse_no_proxy(*, debug: bool, behind_proxy: bool) -> None:
    """Gunicorn ends no TLS here, so every page would lead to its own address without end."""
    if not debug and not behind_proxy:
        raise ImproperlyConfigured(
            "BEHIND_PROXY is not set. Put a proxy before gunicorn that ends TLS, and set it to 1."
        )


refuse_no_proxy(debug=settings.DEBUG, behind_proxy=settings.BEHIND_PROXY)
bind = words("BIND") or ["127.0.0.1:8000"]
# Where one process is lost or stuck, another goes on.
workers = whole_number("WEB_CONCURRENCY", max(2, os.cpu_count() or 1))
threads = whole_number("WEB_THREADS", 4)
refuse_few_connections(threads=threads, pool=settings.DATABASE_POOL_SIZE)
refuse_debug_in_public(bind, debug=settings.DEBUG)

worker_class = "coverage_site.web_process.WatchedThreads"
proc_name = "coverage"

# Three processes that have served some pages take 240 MB together, and 390 without these two.
preload_app = True


def when_ready(server: Arbiter) -> None:
    """Keep the collector from writing to what all processes share."""
    gc.freeze()


# Memory that a library does not give back goes with its process, never with all at once.
max_requests = 5000
max_requests_jitter = 1000

# A process is killed once its main loop is silent for so long; WatchedThreads sees to requests.
timeout = 30
graceful_timeout = 30
# Longer than the proxy keeps a connection, so that it never sends into one that just closes.
keepalive = 75
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 -- in memory

limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190
# Gunicorn believes no header: Django reads X-Forwarded-Proto, where BEHIND_PROXY says it may.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""

umask = 0o007  # the proxy's group may use a unix socket
control_socket_disable = True

# The site writes a line for each request by itself; gunicorn's holds queries and addresses.
accesslog = None
logger_class = "coverage_site.web_process.SiteLogger"
