"""The entry point for a WSGI server in production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage_site.settings")

application = get_wsgi_application()

from appeals.checks import refuse_unfit_keys  # noqa: E402 -- wants Django set up

refuse_unfit_keys()
