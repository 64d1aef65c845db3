"""Wrap data keys anew under the current key of CLINIC_KEYS, second factors under SECRET_KEY."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from appeals.clinics.keys import clinic_ring
from appeals.clinics.rotating import rotate_keys, waiting
from coverage_site.sign_in.renewing import renew_second_factors


class Command(BaseCommand):
    """Wrap every data key anew; may be interrupted, and goes on where it stopped."""

    help = "Wrap every data key anew under the first key of CLINIC_KEYS. May be interrupted."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for done in rotate_keys():
            total += done
            self.stdout.write(f"{total} keys are under {clinic_ring().current} now.")
        left = waiting()
        if left:
            raise CommandError(f"{left} were being written by someone else. Run this once more.")
        self.stdout.write(
            f"All keys are under {clinic_ring().current}. Older keys may leave CLINIC_KEYS."
        )
        renewed = renew_second_factors()
        self.stdout.write(
            f"{renewed} second factors are under SECRET_KEY. Older ones may leave "
            "SECRET_KEY_FALLBACKS; who signed in under them signs in anew then."
        )
