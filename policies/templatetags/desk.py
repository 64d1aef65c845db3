"""What the desk's front page tells of, and what its templates look up."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse

from policies.admin.reviewing.states import sent_back, waiting_for_review
from policies.checks import Part, Unreadable, unreadable
from policies.models import PolicyEvent, PolicyVersion

register = template.Library()


@register.filter
def at(held: Mapping[str, Any] | None, key: str) -> Any:
    """What a mapping holds under a key that another variable has; nothing where it holds none."""
    return (held or {}).get(key)


@register.simple_tag
def waiting() -> list[PolicyVersion]:
    """What is in review."""
    return waiting_for_review()


@register.simple_tag
def came_back() -> list[PolicyVersion]:
    """What was sent back from review."""
    return sent_back()


@register.simple_tag
def records_in_need() -> list[tuple[str, str, str]]:
    """What can no longer be read: its name, what is wrong, and its page."""
    return [(one.what, one.fault, _page(one)) for one in _found(_newest_event())]


def _newest_event() -> int | None:
    """A draft that is being written shows its faults on its own page."""
    seen = PolicyEvent.objects.exclude(kind=PolicyEvent.Kind.WRITTEN)
    return seen.values_list("pk", flat=True).first()


@lru_cache(maxsize=1)
def _found(_newest_event: int | None) -> list[Unreadable]:
    """Read anew when anything was written; the terms are those of the running code."""
    return unreadable()


def _page(one: Unreadable) -> str:
    model = "policy" if one.part is Part.POLICY else "policyversion"
    return reverse(f"admin:policies_{model}_change", args=[one.key])
