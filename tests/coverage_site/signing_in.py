"""Steps of signing in that several tests share."""

import time
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from policies.roles import Role, put_in_role
from tests.waiting import wait_for

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

PASSWORD = "a long sentence of words"  # noqa: S105 -- of nobody
SIGN_IN = "/account/sign-in/"
CODE = "/account/sign-in/code/"
STEP = 30  # seconds that a code is shown
LONGEST_TYPING = 5


def make_person(name: str = "anna", role: Role | None = Role.EDITOR) -> User:
    person = User.objects.create_user(name, email=f"{name}@example.org", password=PASSWORD)
    put_in_role(person, role, by=None)
    return person


def set_up_app(person: User) -> str:
    """Give a person an app and recovery codes; return the app's secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def shown_by_app(secret: str, *, steps_ahead: int = 0) -> str:
    """The six digits that an app shows now, with time enough left to type them."""
    wait_for(lambda: time.time() % STEP < STEP - LONGEST_TYPING)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // STEP + steps_ahead)))


def recovery_code_of(person: User) -> str:
    held = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return str(held.wrap().get_unused_codes()[0])


def type_password(
    client: Client, name: str = "anna", password: str = PASSWORD, **fields: str
) -> "Response":
    return client.post(SIGN_IN, {"login": name, "password": password, **fields})


def sign_in(client: Client, person: User, secret: str) -> None:
    """Sign in by password and app."""
    type_password(client, person.username)
    client.post(CODE, {"code": shown_by_app(secret)})


def may_enter(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200
