"""Let somebody in who can't sign in, where no administrator can do it at the desk."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coverage_site.address import site_address
from coverage_site.sign_in.links import password_link
from coverage_site.sign_in.resetting import take_away_factors
from policies.history import record_event
from policies.models import PolicyEvent


class Command(BaseCommand):
    """Prints a link to set a new password; on demand takes away the second factor too."""

    help = "Print a link with which a person of the desk sets a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--site", default=site_address(), help="default: %(default)s")
        parser.add_argument(
            "--take-away-second-factor",
            action="store_true",
            help="also remove app, passkeys and recovery codes, and sign the person out",
        )

    @transaction.atomic
    def handle(self, *, username: str, site: str, **options: Any) -> None:
        person = User.objects.filter(username=username, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {username}.")
        if options["take_away_second_factor"]:
            take_away_factors(person)
        record_event(
            PolicyEvent.Kind.SIGN_IN,
            person,
            what=f"{person}: link for a new password made on the server",
            by=None,
        )
        self.stdout.write(password_link(person, site=site))
