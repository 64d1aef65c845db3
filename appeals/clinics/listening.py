"""Follows the catalogue: an edition that is published has the open cases checked anew."""

from typing import Any

from appeals.background import defer
from appeals.models import Case
from policies.models import PolicyVersion
from policies.publishing import published


def follow_publishing() -> None:
    """Listen to what is published; asked for once, when the app is ready."""
    published.connect(_recheck_later, dispatch_uid="clinics recheck their open cases")


def _recheck_later(sender: type[PolicyVersion], version: PolicyVersion, **_: Any) -> None:
    """Queue the work with the edition; one that takes effect later is checked on its day.

    A case that is begun meanwhile is held against the newest edition by its beginning.
    """
    if Case.objects.open().exists():
        defer("recheck_open_cases", {"policy": str(version.policy_id)})
