"""The drafts of whoever is at the desk, for its front page."""

from typing import Any

from django import template
from django.contrib.auth.models import User
from django.db.models import OuterRef, Q, Subquery

from policies.models import DraftStep, PolicyVersion

register = template.Library()


@register.simple_tag
def drafts_of(person: User) -> list[PolicyVersion]:
    """What a person began or wrote last and is not published; the newest first."""
    newest = DraftStep.objects.filter(version=OuterRef("pk")).order_by("-counter")
    drafts: Any = PolicyVersion.objects.drafts().select_related("policy__insurer__parent")
    found = drafts.annotate(last_by=Subquery(newest.values("by")[:1])).filter(
        Q(created_by=person.pk) | Q(last_by=person.pk)
    )
    return list(found.order_by("-pk"))
