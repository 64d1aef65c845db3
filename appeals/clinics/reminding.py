"""Reminders by mail, for members who want them: how many cases are due, and nothing else."""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from appeals.background import defer
from appeals.clinics.due_windows import Window
from appeals.clinics.work_list import Filters, cases_of, count
from appeals.models import Membership
from coverage_site.address import site_address
from coverage_site.mail import is_mail_set_up

SUBJECT = "Cases that are due"
TEXT = """\
{told}

{link}

You get this because you asked for it on that site, under "Calendar and reminders"; there you can \
also end it.
"""


def defer_reminders(on: dt.date) -> None:
    """Queue a reminder for each member who wants one and has had none on this day."""
    if not is_mail_set_up():
        return
    members = Membership.objects.active().filter(gets_reminders=True).exclude(user__email="")
    with transaction.atomic():
        ids = list(members.exclude(reminded_on=on).values_list("pk", flat=True))
        defer("remind", *({"membership": str(one)} for one in ids))


@transaction.atomic
def remind(membership_id: int, *, on: dt.date) -> bool:
    """Mail one member, once a day; False where there was nothing to tell, or nobody."""
    members = Membership.objects.active().filter(gets_reminders=True)
    member = members.select_for_update(of=("self",)).filter(pk=membership_id).first()
    if member is None or member.reminded_on == on:
        return False
    member.reminded_on = on
    member.save(update_fields=["reminded_on"])
    told = " ".join(due_told(member, on=on))
    if not told or not member.user.email:
        return False
    link = site_address().rstrip("/") + reverse("clinics:clinic", args=[member.clinic_id])
    text = TEXT.format(told=told, link=link)
    # Where it fails, the transaction does too, so that the job's next try mails.
    send_mail(SUBJECT, text, None, [member.user.email])
    return True


def due_told(member: Membership, *, on: dt.date) -> Iterator[str]:
    """How many cases are overdue and due soon, a sentence each."""
    counts = count(cases_of(member.clinic, Filters(), on=on), "", on=on).by_window
    overdue, soon = counts[Window.OVERDUE], counts[Window.SOON]
    if overdue:
        yield f"{_cases(overdue)} overdue."
    if soon:
        yield f"{_cases(soon)} due within 7 days."


def _cases(number: int) -> str:
    """How many, with the verb.

    >>> _cases(1), _cases(3)
    ('1 case is', '3 cases are')
    """
    return "1 case is" if number == 1 else f"{number} cases are"


@transaction.atomic
def want_reminders(membership: Membership, *, wants: bool) -> None:
    """Begin or end a member's reminders; ValidationError where there is nowhere to send them."""
    if wants and not membership.user.email:
        raise ValidationError("Your account has no e-mail address. An administrator can add one.")
    if wants and not is_mail_set_up():
        raise ValidationError("This site sends no mail yet. Whoever runs the server can change it.")
    Membership.objects.filter(pk=membership.pk).update(gets_reminders=wants)
