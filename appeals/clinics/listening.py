"""Follows the catalogue: what is published or merged reaches cases, and the desk counts them."""

from typing import Any

from appeals.background import defer
from appeals.clinics.insurer_merged import CASES
from appeals.clinics.rechecking import affected
from appeals.models import Case
from policies.effects.open_cases import counts
from policies.followers import followers
from policies.models import PolicyVersion
from policies.publishing import published


def follow_the_catalogue() -> None:
    """Listen to what is done to it; asked for once, when the app is ready."""
    published.connect(_recheck_later, dispatch_uid="clinics recheck their open cases")
    counts.add(affected)
    followers.add(CASES)


def _recheck_later(sender: type[PolicyVersion], version: PolicyVersion, **_: Any) -> None:
    """Queue the work with the edition; one that takes effect later is checked on its day.

    A case that is begun meanwhile is held against the newest edition by its beginning.
    """
    if Case.objects.open().exists():
        defer("recheck_open_cases", {"policy": str(version.policy_id)})
