"""Make the first administrator, who then makes everybody else at the desk."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from coverage_site.address import site_address
from coverage_site.sign_in.links import password_link
from policies.roles import Role, administrators, put_in_role


class Command(BaseCommand):
    """Prints a link with which the person sets a password; refuses once there is somebody."""

    help = "Make the first administrator of the desk, and print a link to set the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("--email", default="", help="also signs in, instead of the username")
        parser.add_argument("--site", default=site_address(), help="default: %(default)s")

    @transaction.atomic
    def handle(self, *, username: str, email: str, site: str, **options: Any) -> None:
        there_is = next(iter(administrators()), None)
        if there_is is not None:
            raise CommandError(
                f"There is an administrator: {there_is}. They make further people at the desk. For "
                "somebody who can't sign in, type: manage.py sign_in_link USERNAME"
            )
        person = User(username=username, email=email)
        person.set_unusable_password()
        try:
            person.full_clean(exclude=["password"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        person.save()
        put_in_role(person, Role.ADMINISTRATOR, by=None)
        self.stdout.write(
            f"{person} is administrator. Open this link within a day, and set a password:\n"
            + password_link(person, site=site)
        )
