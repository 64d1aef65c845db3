"""Calendar feeds: a secret address tells a clinic's last days, by case number alone.

Whoever has the address reads it without signing in. Of the secret only the hash stays, and it is
void once its owner leaves the clinic.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from appeals.calendar_file import PlainDay, plain_calendar
from appeals.clinics.due_steps import due_words
from appeals.clinics.people import lock_clinic
from appeals.models import CalendarFeed, Clinic, Membership
from appeals.models.cases import CaseQuerySet

SHOWN_PAST = dt.timedelta(days=60)
MOST_DAYS = 3000


def feed_of(membership: Membership) -> CalendarFeed | None:
    """The feed of a member at a clinic, while its address works."""
    feeds = CalendarFeed.objects.filter(clinic=membership.clinic_id, user=membership.user_id)
    return feeds.filter(revoked_at=None).first()


@transaction.atomic
def make_feed(membership: Membership) -> str:
    """Make a new secret, which is told once; the address before it is void."""
    lock_clinic(membership.clinic)
    revoke_feed(membership)
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed(clinic=membership.clinic, user=membership.user)
    feed.token_digest = _digest(token)
    feed.full_clean(exclude=["token_digest"])
    feed.save(force_insert=True)
    return token


def revoke_feed(membership: Membership) -> None:
    """Make a member's address void."""
    feeds = CalendarFeed.objects.filter(clinic=membership.clinic_id, user=membership.user_id)
    feeds.filter(revoked_at=None).update(revoked_at=timezone.now())


def clinic_of(token: str) -> Clinic | None:
    """The clinic whose last days this secret opens; None where it is void."""
    feeds = CalendarFeed.objects.filter(token_digest=_digest(token), revoked_at=None)
    feed = feeds.select_related("clinic").first()
    if feed is None:
        return None
    is_member = feed.clinic.memberships.active().filter(user=feed.user_id).exists()
    return feed.clinic if is_member else None


def calendar_of(clinic: Clinic, *, on: dt.date) -> bytes:
    """The last days of the open cases, those lately missed among them."""
    return plain_calendar(_days(clinic, on), made_on=on)


def _days(clinic: Clinic, on: dt.date) -> Iterator[PlainDay]:
    cases: CaseQuerySet = clinic.cases.all()
    listed = cases.open().filter(due_on__gte=on - SHOWN_PAST).by_deadline()
    for pk, number, day, step in listed.values_list("pk", "number", "due_on", "due_step")[
        :MOST_DAYS
    ]:
        what = due_words(step)
        words = f"Case {number}, last day: {what}" if what else f"Case {number}: last day"
        if day is not None:
            yield PlainDay(day, words, pk.hex)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
