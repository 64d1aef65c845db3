"""The end of a policy: an edition of its own, with the day, the reason and what was read."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from policies.catalogue import CoveragePosition, Edition, EditionStatus, PrintedDate
from policies.catalogue.reading import read_edition
from policies.models import Policy, PolicyVersion
from policies.publishing import save_draft

KEY = "retirement"  # the short name of what was read


@transaction.atomic
def begin_retirement(
    policy: Policy, *, effective: str, reason: str, source: Mapping[str, Any], by: User
) -> PolicyVersion:
    """Begin the draft of an edition that ends a policy; it is reviewed as any other.

    InputError where the day or the source can't be read.
    """
    newest = policy.versions.published().prefetch_related("readings").first()
    edition = read_edition(
        {
            "effective": effective,
            "revision": _next_revision(policy, effective),
            "status": EditionStatus.WITHDRAWN.value,
            "change_note": reason,
            "sources": {KEY: dict(source)},
            "positions": _named(newest.edition()) if newest else [],
        }
    )
    return save_draft(policy, edition, by=by)


def _next_revision(policy: Policy, effective: str) -> int:
    first_day = PrintedDate(effective).first_day
    same_day = policy.versions.filter(effective_on=first_day).order_by("-revision").first()
    return same_day.revision + 1 if same_day else 1


def _named(edition: Edition) -> list[dict[str, Any]]:
    """What the policy was about, so that nobody else is told of its end; no rule is left of it."""
    named = dict.fromkeys((one.treatment, one.indications) for one in edition.positions)
    return [
        {
            "treatment": treatment.value,
            "indications": list(indications),
            "coverage": CoveragePosition.NOT_ADDRESSED.value,
        }
        for treatment, indications in named
    ]
