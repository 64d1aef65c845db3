"""Make a clinic, and print the link with which its first admin comes in."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from appeals.clinics.invitations import HOLDS, begin_clinic
from coverage_site.address import site_address


class Command(BaseCommand):
    """Prints an invitation; for a clinic that nobody can manage any longer a new one."""

    help = "Make a clinic, and print an invitation for its first admin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--admin", metavar="EMAIL", required=True)
        parser.add_argument("--site", default=site_address(), help="default: %(default)s")

    def handle(self, *args: Any, name: str, admin: str, site: str, **options: Any) -> None:
        try:
            validate_email(admin)
            clinic, token = begin_clinic(name.strip(), admin=admin)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        link = site.rstrip("/") + reverse("account_invitation", args=[token])
        self.stdout.write(
            f"{clinic} is there. Hand this link to {admin}, who becomes its first admin. It works "
            f"once, within {HOLDS.days} days:\n{link}"
        )
