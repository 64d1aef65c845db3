"""For whoever has lost what they sign in with."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone


@transaction.atomic
def take_away_factors(person: User) -> None:
    """Remove app, passkeys and recovery codes, and sign the person out everywhere."""
    Authenticator.objects.filter(user=person).delete()
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
