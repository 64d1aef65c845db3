"""Follows the catalogue: an edition that is published has the open cases checked anew."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from appeals.clinics.rechecking import recheck_policy
from policies.models import PolicyVersion
from policies.publishing import published


def follow_publishing() -> None:
    """Listen to what is published; asked for once, when the app is ready."""
    published.connect(_recheck_later, dispatch_uid="clinics recheck their open cases")


def _recheck_later(sender: type[PolicyVersion], version: PolicyVersion, **_: Any) -> None:
    """Once the edition stands; an edition that takes effect later is checked on its day."""
    transaction.on_commit(partial(_recheck, version.policy_id))


def _recheck(policy_id: int) -> None:
    recheck_policy(policy_id, on=timezone.localdate())
