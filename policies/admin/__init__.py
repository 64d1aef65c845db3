"""The editors' desk: insurers, policies, and drafts of their versions."""

from policies.admin.policies import AdministrationAdmin, InsurerAdmin, PolicyAdmin, PolicyEventAdmin
from policies.admin.versions import PolicyVersionAdmin

__all__ = [
    "AdministrationAdmin",
    "InsurerAdmin",
    "PolicyAdmin",
    "PolicyEventAdmin",
    "PolicyVersionAdmin",
]
