"""What a draft was before each of its changes, while it is written."""

import pgtrigger
from django.conf import settings
from django.db import models

from policies.models.versions import PolicyVersion


class DraftStep(models.Model):
    """A state that a draft had, and the change that led on from it; gone once it is published.

    Two people's changes are joined from the state that both began with, and a change is undone
    by going back to the one before it.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="steps")
    counter = models.PositiveIntegerField()
    working = models.JSONField()
    what = models.CharField(max_length=300)
    place = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="The part and the field that alone changed, where it was one.",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["counter"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["version", "counter"], name="one_step_for_each_save")
        ]
        triggers = [
            pgtrigger.Protect(name="step_never_changes", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="no_step_of_what_is_published",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM policies_policyversion
                        WHERE id = NEW.version_id AND published_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'a published version has no steps';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.what
