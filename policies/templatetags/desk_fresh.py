"""The buttons for a document that was read again, on an edition's own page."""

from typing import Any

from django import template

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
