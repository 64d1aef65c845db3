"""One-time links with which a person sets a password of their own."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.urls import reverse


def password_link(person: User, *, site: str) -> str:
    """An address that lets its holder set this person's password once, within a day."""
    return site.rstrip("/") + reverse(
        "account_reset_password_from_key",
        args=[user_pk_to_url_str(person), default_token_generator.make_token(person)],
    )
