"""Keeps the desk from coming by patients' records by way of a member's sign-in."""

from django.contrib.auth.models import User

from appeals.models import Membership

WHY_NOT = (
    "{person} works at a clinic, and their sign-in opens patients' records. Whoever runs the "
    "server makes the link: manage.py sign_in_link {person}"
)


def why_not_at_the_desk(person: User) -> str:
    """Why an administrator of the desk can't reset how a member signs in; empty for all others."""
    # An account that is closed counts too: whoever closes it could open it again afterwards.
    belongs = Membership.objects.filter(user=person, is_active=True).exists()
    return WHY_NOT.format(person=person) if belongs else ""
