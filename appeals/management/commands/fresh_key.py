"""Print a new key for a key ring."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from coverage_site.local_keys import fresh_entry


class Command(BaseCommand):
    """Print a new key, named after the day, to stand first in CLINIC_KEYS or SIGNING_KEYS."""

    help = "Print a new key to stand first in CLINIC_KEYS or SIGNING_KEYS."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default=f"{dt.date.today():%Y-%m-%d}")  # noqa: DTZ011 -- a name

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        self.stdout.write(fresh_entry(name))
