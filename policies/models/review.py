"""What is said about a draft while it is reviewed."""

import pgtrigger
from django.conf import settings
from django.db import models

from policies.models.events import wants_event
from policies.models.versions import PolicyVersion


class ReviewComment(models.Model):
    """A remark about a draft or one line of it; settled by whoever has dealt with it.

    `key` is that of the line in the draft as it is written, empty for the whole of it; `line` says
    in words which line that was, since it may be gone by now.
    """

    class Kind(models.TextChoices):
        COMMENT = "comment", "Comment"
        SENT_BACK = "sent_back", "Sent back"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COMMENT)
    key = models.CharField(max_length=20, blank=True)
    line = models.CharField(max_length=300, blank=True)
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None)
                | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_by_someone",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="comment_words_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("version", "kind", "key", "line", "text", "by", "at"),
            ),
            wants_event("comment_leaves_event", of="policyversion", by="version_id"),
        ]

    def __str__(self) -> str:
        return self.text
