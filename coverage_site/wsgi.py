"""The entry point for a WSGI server in production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage_site.settings")

application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402 -- wants Django set up

# Every page's code is loaded now: no visitor waits for it, and processes forked later share it.
get_resolver().url_patterns  # noqa: B018 -- it is read for what reading does
