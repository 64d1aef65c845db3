"""The writes to saved views: a member's own filters under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import transaction

from appeals.models import Membership, SavedView

MOST_VIEWS = 20


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A saved view with the address it stands for."""

    name: str
    query: str


def views_of(membership: Membership) -> list[ViewLink]:
    """The views that a member has kept at a clinic."""
    rows = SavedView.objects.filter(clinic=membership.clinic_id, user=membership.user_id)
    return [ViewLink(one.name, urlencode(one.filters)) for one in rows]


@transaction.atomic
def keep_view(membership: Membership, name: str, filters: Mapping[str, str]) -> SavedView:
    """Write a view; ValidationError where the name is taken, or there are too many."""
    rows = SavedView.objects.filter(clinic=membership.clinic_id, user=membership.user_id)
    if rows.count() >= MOST_VIEWS:
        raise ValidationError(f"You have {MOST_VIEWS} views. Take one away first.")
    view = SavedView(
        clinic=membership.clinic, user=membership.user, name=name, filters=dict(filters)
    )
    view.full_clean()
    view.save(force_insert=True)
    return view


def drop_view(membership: Membership, name: str) -> bool:
    """Take a view away, and tell whether it was there."""
    rows = SavedView.objects.filter(clinic=membership.clinic_id, user=membership.user_id)
    count, _ = rows.filter(name=name).delete()
    return count > 0
