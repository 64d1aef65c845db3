"""A fact of the guide, with its source and date, for any page."""

from django import template

from policies import guide
from policies.presenting.guide import FactView, present_fact

register = template.Library()


@register.inclusion_tag("policies/guide/_fact.html")
def guide_fact(name: str) -> dict[str, FactView]:
    """Show the fact of this id."""
    return {"content": present_fact(guide.fact(name))}
