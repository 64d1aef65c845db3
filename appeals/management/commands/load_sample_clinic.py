"""Make a made-up clinic to try the workspace with, and print how to come in."""

import time
from argparse import ArgumentParser
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from appeals.clinics.samples.people import STAFF, Staff
from appeals.clinics.samples.writing import (
    drop_sample_clinic,
    sample_clinics,
    write_sample_clinic,
)
from appeals.models import Role
from coverage_site.address import site_address
from policies.models import PolicyVersion

CASES = 200
MOST = 200_000


class Command(BaseCommand):
    """Everybody and everything in the clinic is made up, and says so."""

    help = "Make a made-up clinic with a person of each role, and print how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=CASES, help="default: %(default)s")
        parser.add_argument("--replace", action="store_true", help="in the place of an earlier one")
        parser.add_argument("--yes", action="store_true", help="also where DEBUG is off")
        parser.add_argument(
            "--code", action="store_true", help="only print the code that its app shows now"
        )

    def handle(self, *args: Any, cases: int, **options: Any) -> None:
        if not settings.DEBUG and not options["yes"]:
            raise CommandError(
                "This makes people who can sign in. On a site that others use, say so: --yes."
            )
        if options["code"]:
            self.stdout.write(code_now())
            return
        if not 1 <= cases <= MOST:
            raise CommandError(f"--cases is a number from 1 to {MOST}.")
        if not PolicyVersion.objects.published().exists():
            raise CommandError("There is no catalogue yet. Run `manage.py load_policies` first.")
        self._make_room(is_replacing=options["replace"])
        begun = time.monotonic()
        staff = write_sample_clinic(cases, today=timezone.localdate())
        self._tell(staff, cases, time.monotonic() - begun)

    def _make_room(self, *, is_replacing: bool) -> None:
        there = sample_clinics()
        if there and not is_replacing:
            raise CommandError(
                "The sample clinic is there already. Sign in as before, or make it anew, with new "
                "passwords: --replace."
            )
        for one in there:
            drop_sample_clinic(one)

    def _tell(self, staff: Staff, cases: int, seconds: float) -> None:
        address = site_address() + reverse("clinics:clinic", args=[staff.clinic.pk])
        names = ", ".join(STAFF[role] for role in Role)
        self.stdout.write(
            f"{staff.clinic} is there, with {cases} cases ({seconds:.0f} seconds): {address}\n"
            f"Sign in as one of {names}.\n"
            f"Password of each: {staff.password}\n"
            f"Second step: put this key into an app with codes: {staff.app_key}\n"
            "Without an app, `manage.py load_sample_clinic --code` prints the code of now."
        )


def code_now() -> str:
    """What an app with the samples' key shows at this moment."""
    app = Authenticator.objects.filter(
        user__username__in=STAFF.values(), type=Authenticator.Type.TOTP
    ).first()
    if app is None:
        raise CommandError("There is no sample clinic yet. Run this command without --code.")
    counter = int(time.time()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(decrypt(app.data["secret"]), counter)))
