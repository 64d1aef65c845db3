"""Copies of the insurers' documents, as they were attached at the desk."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce

from policies.models.events import wants_event
from policies.models.policies import Policy
from policies.models.versions import PolicyVersion


class SourceCopyQuerySet(models.QuerySet["SourceCopy"]):
    """Reads of copies; a file and its text only where they are asked for."""

    def listed(self) -> Self:
        """What a list shows of each, the newest first."""
        count = models.F("pages__len")
        return (
            self.defer("content", "pages")
            .select_related("added_by", "version")
            .annotate(page_count=Coalesce(count, 0))
            .order_by("-taken_on", "-pk")
        )

    def with_text(self) -> Self:
        return self.defer("content").order_by("-taken_on", "-pk")


class SourceCopy(models.Model):
    """One copy of a policy's document: the file, its hash, and the text of each page.

    `pages` is empty where the file holds pictures of pages only. `version` is the edition that was
    written from it, where one was.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="copies")
    version = models.ForeignKey(
        PolicyVersion, null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )
    name = models.CharField(max_length=200, help_text="The file's name as it was sent.")
    content = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    pages = ArrayField(models.TextField(), default=list, blank=True)
    url = models.URLField(max_length=500, blank=True)
    taken_on = models.DateField(help_text="The day it was taken from the insurer's site.")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    page_count: int  # set by `listed`

    objects = SourceCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "source copies"
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "sha256"],
                name="one_copy_of_each_file",
                violation_error_message="This very file is attached already.",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="copy_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "policy", "name", "content", "size", "sha256", "pages", "url", "taken_on"
                ),
            ),
            wants_event("copy_leaves_event", of="policy", by="policy_id"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, taken {self.taken_on}"
