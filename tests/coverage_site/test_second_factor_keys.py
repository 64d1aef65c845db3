"""A new SECRET_KEY takes second factors along, so that the old one may go."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from pytest_django import Settings

from coverage_site.sign_in.adapters import cipher
from coverage_site.sign_in.renewing import SEALED, renew_second_factors
from tests.coverage_site.signing_in import make_person, set_up_app


def opened() -> dict[str, bytes]:
    """What each second factor holds; InvalidToken where no key opens it."""
    held = Authenticator.objects.filter(type__in=SEALED)
    return {one.type: cipher().decrypt(one.data[SEALED[one.type]].encode()) for one in held}


@pytest.mark.django_db
def test_second_factors_closed_anew_open_without_the_old_secret(settings: Settings) -> None:
    set_up_app(make_person())
    before = opened()
    assert set(before) == set(SEALED)
    old, settings.SECRET_KEY = (
        settings.SECRET_KEY,
        "another secret of this test, long enough for all",
    )
    with pytest.raises(InvalidToken):
        opened()
    settings.SECRET_KEY_FALLBACKS = [old]
    assert renew_second_factors() == 2
    settings.SECRET_KEY_FALLBACKS = []
    assert opened() == before
