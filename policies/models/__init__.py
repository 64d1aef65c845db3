"""Insurers, policies and their dated versions; querysets for every read.

What was published never changes: the database refuses it. What happens around a version (a
reading of its source, a worked case, a translation) is appended beside it.
"""

from policies.models.addresses import AppealAddress
from policies.models.beside import SourceReading, Translation, WorkedCase
from policies.models.drafts import DraftStep
from policies.models.events import PolicyEvent, RoleHeld
from policies.models.former import FormerAddress
from policies.models.insurers import Administration, Insurer
from policies.models.policies import Policy
from policies.models.review import ReviewComment
from policies.models.source_copies import SourceCopy
from policies.models.versions import PolicyVersion

__all__ = [
    "Administration",
    "AppealAddress",
    "DraftStep",
    "FormerAddress",
    "Insurer",
    "Policy",
    "PolicyEvent",
    "PolicyVersion",
    "ReviewComment",
    "RoleHeld",
    "SourceCopy",
    "SourceReading",
    "Translation",
    "WorkedCase",
]
