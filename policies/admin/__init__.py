"""The editors' desk: insurers, policies, and drafts of their versions."""

from django.contrib import admin

from policies.admin.addresses import AppealAddressAdmin
from policies.admin.history import PolicyEventAdmin
from policies.admin.insurers import AdministrationAdmin, InsurerAdmin
from policies.admin.people import PersonAdmin, RoleAdmin
from policies.admin.policies import PolicyAdmin
from policies.admin.versions import PolicyVersionAdmin

admin.site.site_header = "Ketamine Coverage: the editors' desk"
admin.site.site_title = "Editors' desk"
admin.site.index_title = "Insurers, policies and editions"

__all__ = [
    "AdministrationAdmin",
    "AppealAddressAdmin",
    "InsurerAdmin",
    "PersonAdmin",
    "PolicyAdmin",
    "PolicyEventAdmin",
    "PolicyVersionAdmin",
    "RoleAdmin",
]
