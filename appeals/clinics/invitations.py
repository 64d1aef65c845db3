"""Invitations: a secret link, of which only the hash stays, makes a person a member once."""

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from appeals.clinics.people import leave_event, lock_clinic
from appeals.models import Clinic, ClinicEvent, Invitation, Membership, Role

HOLDS = dt.timedelta(days=7)
What = ClinicEvent.What


class InvitationError(ValidationError):
    """This person can't be invited, or can't accept; the message says why and what to do."""


def digest_of(token: str) -> str:
    """What is kept of a token; who reads the database can't make the link of it."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def begin_clinic(name: str, *, admin: str) -> tuple[Clinic, str]:
    """Make a clinic and the token that invites its first admin.

    Where the clinic is there and nobody is left to manage it, the token is all that is new.
    """
    clinic = Clinic.objects.filter(name__iexact=name).first()
    if clinic is None:
        clinic = Clinic(name=name)
        clinic.full_clean()
        clinic.save(force_insert=True)
        leave_event(clinic, What.MADE, by=None)
    elif clinic.memberships.active().filter(role=Role.ADMIN).exists():
        raise InvitationError(
            f"There is a clinic named {clinic}. Its admins invite further people themselves."
        )
    clinic = lock_clinic(clinic)
    for one in clinic.invitations.waiting().filter(email__iexact=admin):
        withdraw(one, by=None)
    return clinic, invite(clinic, email=admin, role=Role.ADMIN, by=None)


@transaction.atomic
def invite(clinic: Clinic, *, email: str, role: Role, by: User | None) -> str:
    """Write an invitation and return its token, which is told once and kept nowhere."""
    lock_clinic(clinic)
    if clinic.memberships.active().filter(user__email__iexact=email).exists():
        raise InvitationError("Somebody with this e-mail address belongs to the clinic already.")
    if clinic.invitations.waiting().filter(email__iexact=email).exists():
        raise InvitationError(
            "This address is invited already. Send that invitation again, or withdraw it."
        )
    token = secrets.token_urlsafe(32)
    invitation = Invitation(clinic=clinic, email=email, role=role, invited_by=by)
    _renew(invitation, token)
    invitation.full_clean(exclude=["token_digest"])
    invitation.save(force_insert=True)
    leave_event(clinic, What.INVITED, about=_about(invitation), by=by)
    return token


@transaction.atomic
def invite_again(invitation: Invitation, *, by: User) -> str:
    """A new token for the same invitation, for seven days from now; the earlier one is void."""
    found = _still_there(invitation)
    token = secrets.token_urlsafe(32)
    _renew(found, token)
    found.save(update_fields=["token_digest", "expires_at"])
    leave_event(found.clinic, What.INVITED_AGAIN, about=_about(found), by=by)
    return token


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User | None) -> None:
    """Make the link of an invitation void."""
    found = _still_there(invitation)
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    leave_event(found.clinic, What.WITHDRAWN, about=_about(found), by=by)


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> Membership:
    """Make a person a member, once; InvitationError where they are not the one who was invited."""
    clinic = lock_clinic(invitation.clinic)
    found = open_by_digest(invitation.token_digest)
    if found is None:
        raise InvitationError("This invitation no longer works.")
    if not is_for(found, by):
        raise InvitationError("This invitation is for another e-mail address.")
    membership = clinic.memberships.filter(user=by).first() or Membership(clinic=clinic, user=by)
    if membership.pk and membership.is_active:
        raise InvitationError("You belong to this clinic already.")
    membership.role = found.role
    membership.is_active = True
    membership.full_clean()
    membership.save()
    if not by.email and not is_taken(found.email):
        by.email = found.email
        by.save(update_fields=["email"])
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    about = f"{by.get_username()}, {membership.get_role_display().lower()}"
    leave_event(clinic, What.JOINED, about=about, by=by)
    return membership


@transaction.atomic
def accept_as_new(invitation: Invitation, *, username: str, password: str) -> User:
    """Make an account for whoever was invited, with the invited address, and let them in."""
    lock_clinic(invitation.clinic)
    if open_by_digest(invitation.token_digest) is None:
        raise InvitationError("This invitation no longer works.")
    if is_taken(invitation.email):
        raise InvitationError(
            "There is an account with this e-mail address. Sign in with it, and accept then."
        )
    person = User(username=username, email=invitation.email)
    person.set_password(password)
    person.full_clean()
    person.save(force_insert=True)
    accept(invitation, by=person)
    return person


def is_taken(email: str) -> bool:
    """Whether somebody signs in with this address."""
    return User.objects.filter(email__iexact=email).exists()


def is_for(invitation: Invitation, person: User) -> bool:
    """Whether this person may accept: theirs is the invited address, or they have told none."""
    return not person.email or person.email.casefold() == invitation.email.casefold()


def open_by_token(token: str) -> Invitation | None:
    """The invitation whose link this is, while it works."""
    return open_by_digest(digest_of(token))


def open_by_digest(digest: str) -> Invitation | None:
    """The invitation that is kept under this hash, while its link works."""
    found = Invitation.objects.select_related("clinic").filter(token_digest=digest).first()
    return found if found is not None and found.is_open else None


def _renew(invitation: Invitation, token: str) -> None:
    invitation.token_digest = digest_of(token)
    invitation.expires_at = timezone.now() + HOLDS


def _still_there(invitation: Invitation) -> Invitation:
    """The invitation held against others; refused once it was used or withdrawn."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("clinic")
    found = rows.get(pk=invitation.pk)
    if found.used_at is not None or found.withdrawn_at is not None:
        raise InvitationError("This invitation was used or withdrawn meanwhile.")
    return found


def _about(invitation: Invitation) -> str:
    return f"{invitation.email}, {invitation.get_role_display().lower()}"
