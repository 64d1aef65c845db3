"""Who did what to the catalogue."""

import pgtrigger
from django.conf import settings
from django.db import models


class PolicyEvent(models.Model):
    """Who did what to the catalogue, and when; never changed."""

    class Kind(models.TextChoices):
        LOADED = "loaded", "Loaded from a file"
        EDITED = "edited", "Edited at the desk"
        DRAFTED = "drafted", "Draft begun"
        PUBLISHED = "published", "Published"
        READ = "read", "Reading appended"
        DELETED = "deleted", "Deleted at the desk"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    what = models.CharField(max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(
                name="event_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.what}"
