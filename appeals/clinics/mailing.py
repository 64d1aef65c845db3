"""Mail to people of clinics; what is in it tells nothing of a patient."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail

from appeals.clinics.invitations import HOLDS
from appeals.models import Invitation
from coverage_site.mail import is_mail_set_up

logger = logging.getLogger(__name__)

TEXT = """\
{inviter} invites you to work at {clinic} on this site, as {role}.

Open this link within {days} days. It works once, and for you alone:

{link}

You make an account there, or sign in with the one you have. Nothing happens if you do not open it.
"""


def mail_invitation(invitation: Invitation, link: str) -> bool:
    """Send the link to whoever is invited; False where it has to be handed over by a person."""
    if not is_mail_set_up():
        return False
    # A line break in a subject would begin another header.
    clinic = " ".join(invitation.clinic.name.split())
    text = TEXT.format(
        inviter=invitation.invited_by or "The administrator of the site",
        clinic=clinic,
        role=invitation.get_role_display().lower(),
        days=HOLDS.days,
        link=link,
    )
    try:
        send_mail(f"Invitation to {clinic}", text, None, [invitation.email])
    except (SMTPException, OSError):
        logger.exception("invitation %s was not mailed", invitation.pk)
        return False
    return True
