"""Dated versions of a policy: drafts until they are published, and frozen from then on."""

from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.db import models

from policies import catalogue
from policies.catalogue.reading import read_edition
from policies.models.events import wants_event
from policies.models.fields import choices_of


class PolicyVersionQuerySet(models.QuerySet["PolicyVersion"]):
    """Reads of versions."""

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts(self) -> Self:
        return self.filter(published_at__isnull=True)


class PolicyVersion(models.Model):
    """One dated edition of a policy: a draft until it is published, and frozen from then on.

    `effective_on` is the first day that `effective`, the date as printed, can mean; null where
    no date was found.
    """

    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="versions")
    effective = models.CharField(max_length=10, blank=True)
    effective_on = models.DateField(null=True, blank=True, editable=False)
    revision = models.PositiveSmallIntegerField(default=1)
    last_reviewed = models.CharField(max_length=10, blank=True)
    status = models.CharField(
        max_length=20,
        choices=choices_of(catalogue.EditionStatus),
        default=catalogue.EditionStatus.IN_FORCE,
    )
    is_read_whole = models.BooleanField(default=False)
    change_note = models.TextField(blank=True)
    positions = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    working = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="A draft as it was last written, faulty or not; the columns hold what of it "
        "could be read last.",
    )
    counter = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often the draft was saved."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for an edition that came with a catalogue file.",
    )
    submitted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Since when it is in review."
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty for an edition that came with a catalogue file.",
    )
    is_published_alone = models.BooleanField(
        default=False,
        editable=False,
        help_text="One person sent it to review and published it, which a setting allowed.",
    )

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "edition"
        ordering = ["policy", models.F("effective_on").desc(nulls_last=True), "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "effective_on", "revision"],
                nulls_distinct=False,
                name="one_version_for_each_date_and_revision",
                violation_error_message="This policy has an edition of this date and revision. "
                "A correction takes the next revision and a change note.",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(working=None),
                name="only_drafts_are_being_written",
                violation_error_message="A published edition is no longer written.",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, submitted_by=None)
                | models.Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submitted_by_someone",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by=None)
                | models.Q(is_published_alone=True)
                | (
                    models.Q(submitted_by__isnull=False)
                    & ~models.Q(submitted_by=models.F("published_by"))
                ),
                name="published_by_a_second_person",
                violation_error_message="Who sent an edition to review can't publish it too.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="in_review_nothing_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.submitted_at IS NOT NULL AND NEW.submitted_at IS NOT NULL"
                    " AND (OLD.positions, OLD.notes, OLD.effective, OLD.revision, OLD.status,"
                    " OLD.is_read_whole, OLD.last_reviewed, OLD.change_note)"
                    " IS DISTINCT FROM (NEW.positions, NEW.notes, NEW.effective, NEW.revision,"
                    " NEW.status, NEW.is_read_whole, NEW.last_reviewed, NEW.change_note)"
                ),
            ),
            wants_event("version_leaves_event", of="policyversion"),
        ]
        permissions = [("publish_policyversion", "Can publish a version")]

    def __str__(self) -> str:
        state = "" if self.published_at else ", draft"
        revision = f", revision {self.revision}" if self.revision > 1 else ""
        reviewed = f"reviewed {self.last_reviewed}" if self.last_reviewed else "undated"
        return f"{self.policy} ({self.effective or reviewed}{revision}{state})"

    def data(self) -> dict[str, Any]:
        """The edition in its data form, without its sources."""
        return {
            "effective": self.effective or None,
            "revision": self.revision,
            "last_reviewed": self.last_reviewed or None,
            "status": self.status,
            "is_read_whole": self.is_read_whole,
            "change_note": self.change_note or None,
            "positions": self.positions,
            "notes": self.notes,
        }

    def stored_data(self) -> dict[str, Any]:
        """The edition as it is stored, with its sources; the rules need not be able to read it."""
        return {**self.data(), "sources": {one.key: one.data() for one in self.readings.all()}}

    def edition(self) -> catalogue.Edition:
        """The plain record, with every reading appended so far."""
        return read_edition(self.stored_data())
