"""The editors' desk: insurers, policies, and drafts of their versions."""

from django.contrib import admin

from policies.admin.history import PolicyEventAdmin
from policies.admin.people import PersonAdmin, RoleAdmin
from policies.admin.policies import AdministrationAdmin, InsurerAdmin, PolicyAdmin
from policies.admin.versions import PolicyVersionAdmin

admin.site.site_header = "Ketamine Coverage: the editors' desk"
admin.site.site_title = "Editors' desk"
admin.site.index_title = "Insurers, policies and editions"

__all__ = [
    "AdministrationAdmin",
    "InsurerAdmin",
    "PersonAdmin",
    "PolicyAdmin",
    "PolicyEventAdmin",
    "PolicyVersionAdmin",
    "RoleAdmin",
]
