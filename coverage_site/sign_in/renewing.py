"""Second factors under a new SECRET_KEY, so that the old one may go."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from coverage_site.sign_in.adapters import cipher

SEALED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""What allauth hands to `SecondFactorAdapter.encrypt`, by the name it stands under."""


@transaction.atomic
def renew_second_factors() -> int:
    """Close every app's secret and seed of codes anew under SECRET_KEY; how many there are."""
    done = 0
    for held in Authenticator.objects.select_for_update().filter(type__in=SEALED):
        name = SEALED[held.type]
        renewed: dict[str, Any] = {name: cipher().rotate(held.data[name].encode()).decode()}
        held.data = held.data | renewed
        held.save(update_fields=["data"])
        done += 1
    return done
