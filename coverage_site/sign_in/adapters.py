"""Where allauth asks how this site wants things."""

import time
from base64 import urlsafe_b64encode
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from coverage_site.sign_in.second_factor import may_be_removed

# The same words whether there is such a person or not.
NO_MATCH = "That name and password do not go together. Check both, and type them again."
CLOSED = (
    "Too many wrong tries. Wait 15 minutes, then try again, or ask an administrator for a link "
    "to set a new password."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made at the desk, and an error says what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NO_MATCH,
        "email_password_mismatch": NO_MATCH,
        "too_many_login_attempts": CLOSED,
        "rate_limited": CLOSED,
        "incorrect_password": "That is not your password. Type it again.",
        "enter_current_password": "That is not your present password. Type it again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Whoever has just signed in has just shown who they are."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0)
        return bool(time.time() - newest > app_settings.REAUTHENTICATION_TIMEOUT)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """People of the desk begin there, all others at their clinic."""
        return reverse("admin:index" if request.user.is_staff else "clinics:list")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return str(self.get_login_redirect_url(request))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets rest encrypted, so that a copy of the database signs nobody in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or was used before. Type the one that is "
        "shown now.",
        "cannot_delete_authenticator": "Your role needs a second sign-in step. Set up another "
        "one first.",
    }

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_be_removed(authenticator)

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- the name is allauth's
        held = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {held + 1}"


def cipher() -> MultiFernet:
    """Keys made from the site's own, the newest first; older ones still open what they closed."""
    keys = (
        salted_hmac("second factor", "", secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
