#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from coverage_site import embedded_database


def main() -> None:
    """Run a command; when nothing is configured, beside `make run`'s server if it is up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coverage_site.settings")
    configured = os.environ.keys() & {"DATABASE_URL", "DEBUG", "SECRET_KEY"}
    if not configured and embedded_database.is_running():
        os.environ["DEBUG"] = "1"
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))  # its one line says what to do


if __name__ == "__main__":
    main()
