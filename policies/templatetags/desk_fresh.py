"""The buttons on an edition's own page: for a document that was read again, and to correct it."""

from typing import Any

from django import template

from policies.admin.correcting import correct_address
from policies.admin.fresh.rereading import offer_of_version
from policies.models import PolicyVersion

register = template.Library()


@register.inclusion_tag("admin/policies/fresh/_reread.html", takes_context=True)
def reread_buttons(context: dict[str, Any], version: PolicyVersion | None) -> dict[str, Any]:
    """The two buttons while the edition is in force; nothing for any other."""
    request = context["request"]
    return {
        "offer": offer_of_version(request, version) if version else None,
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("admin/policies/fresh/_correct.html", takes_context=True)
def correct_button(context: dict[str, Any], version: PolicyVersion | None) -> dict[str, Any]:
    """The button on a published edition, for whoever may begin one."""
    may_begin = context["request"].user.has_perm("policies.add_policyversion")
    return {
        "correct": correct_address(version) if version and may_begin else "",
        "named": str(version),
        "csrf_token": context.get("csrf_token"),
    }
