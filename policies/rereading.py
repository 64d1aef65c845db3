"""A document read again: what is appended to its edition where nothing changed."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from policies.catalogue import Edition, ReadingKind
from policies.history import record_event
from policies.models import Policy, PolicyEvent, PolicyVersion, SourceReading

# Its Spanish stands in policies/spanish/words.yaml.
NOTHING_CHANGED = "Read again; nothing changed."


class RereadError(ValidationError):
    """A document that can't be read again in this way; the text says why."""


@dataclass(frozen=True, slots=True)
class Reread:
    """A reading that stands beside an edition, and whether it was appended just now."""

    reading: SourceReading
    is_new: bool


def version_in_force(policy: Policy, *, on: dt.date) -> PolicyVersion | None:
    """The version that speaks of the day; fetch the policy by `with_record`."""
    editions = [(version.edition(), version) for version in policy.published_versions]
    known = [(edition.order, version) for edition, version in editions if edition.known_from <= on]
    return max(known, key=lambda one: one[0])[1] if known else None


def own_address(policy_url: str, edition: Edition) -> str:
    """Where the document itself can be read; empty where only accounts of it have an address."""
    hearsay = {one.url for one in edition.readings if one.kind is ReadingKind.SECOND_HAND}
    if policy_url and policy_url not in hearsay:
        return policy_url
    own = [one for one in edition.readings if one.url and one.url not in hearsay]
    return max(own, key=lambda one: one.read_on.first_day).url if own else ""


def open_draft(policy: Policy) -> PolicyVersion | None:
    """The draft of a policy that is being written, the newest of several."""
    return policy.versions.drafts().order_by("-pk").first()


@transaction.atomic
def read_again(policy: Policy, *, on: dt.date, by: User) -> Reread:
    """Append that the live document was read on the day and says what its edition in force says.

    A second time on one day appends nothing.
    """
    held = version_in_force(Policy.objects.with_record().get(pk=policy.pk), on=on)
    if held is None:
        raise RereadError("No edition of this document speaks of today yet.")
    version = PolicyVersion.objects.select_for_update(of=("self",)).get(pk=held.pk)
    known = version.readings.filter(key=on.isoformat()).first()
    if known is not None:
        return Reread(known, is_new=False)
    address = own_address(policy.url, held.edition())
    if not address:
        raise RereadError(
            "We hold no address of the document itself, only of somebody else's account of it. "
            "Give the policy its own address first, or begin a draft with what you read."
        )
    reading = SourceReading(
        version=version,
        key=on.isoformat(),
        kind=ReadingKind.LIVE_DOCUMENT.value,
        read_on=on.isoformat(),
        read_by=by.get_full_name() or by.get_username(),
        description=NOTHING_CHANGED,
        url=address,
    )
    reading.full_clean()
    reading.save()
    what = f"{version}: read again on {on:%B} {on.day}, {on.year}; nothing changed"
    record_event(PolicyEvent.Kind.READ, version, by=by, what=what)
    return Reread(reading, is_new=True)
