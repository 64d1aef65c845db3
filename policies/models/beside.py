"""What is appended beside a version: readings of its source, worked cases, translations."""

from typing import Any, Self

import pgtrigger
from django.db import models

from policies import catalogue
from policies.models.events import wants_event
from policies.models.fields import choices_of, validate_printed_date
from policies.models.versions import PolicyVersion


def _refuse_once_published(name: str) -> pgtrigger.Trigger:
    """Rows beside a published version are appended; those beside a draft may still change."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM policies_policyversion
                WHERE id = OLD.version_id AND published_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'what stands beside a published version is appended, not changed';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


class SourceReading(models.Model):
    """One reading of a version's source: when, from what, by whom."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="readings")
    key = models.SlugField(help_text="A short name that criteria may refer to.")
    kind = models.CharField(max_length=20, choices=choices_of(catalogue.ReadingKind))
    read_on = models.CharField(
        max_length=10,
        validators=[validate_printed_date],
        help_text="A date like 2026-11-05 or 2026-11.",
    )
    read_by = models.CharField(max_length=200)
    description = models.TextField(help_text="What was read, in our words.")
    url = models.URLField(max_length=500, blank=True)
    added_at = models.DateTimeField(
        null=True,
        auto_now_add=True,
        help_text="Empty for one that was there before such moments were kept.",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="one_reading_for_each_key",
                violation_error_message="A reading is never changed; give the new one its own key.",
            )
        ]
        triggers = [
            _refuse_once_published("reading_never_changes"),
            wants_event("reading_leaves_event", of="policyversion", by="version_id"),
        ]

    def __str__(self) -> str:
        return f"{self.key}, read {self.read_on}"

    def data(self) -> dict[str, Any]:
        """The reading in its data form."""
        return {
            "kind": self.kind,
            "read_on": self.read_on,
            "read_by": self.read_by,
            "description": self.description,
            "url": self.url or None,
        }


class WorkedCase(models.Model):
    """A situation with the verdict and findings it must have; the newest of a name counts.

    `content` is null where the case of that name was withdrawn.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="cases")
    name = models.CharField(max_length=300)
    content = models.JSONField(null=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        triggers = [
            _refuse_once_published("case_never_changes"),
            wants_event("case_leaves_event", of="policyversion", by="version_id"),
        ]

    def __str__(self) -> str:
        return self.name


class TranslationQuerySet(models.QuerySet["Translation"]):
    """Reads of translations."""

    def spanish(self) -> Self:
        return self.filter(language="es")

    def newest(self) -> Self:
        """Of each place of a version the one that counts."""
        newer = Translation.objects.filter(
            version=models.OuterRef("version"),
            language=models.OuterRef("language"),
            place=models.OuterRef("place"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(newer))

    def unreviewed(self) -> Self:
        """Texts that readers meet and nobody has reviewed."""
        return self.newest().filter(reviewed_by="", of="", version__published_at__isnull=False)


class Translation(models.Model):
    """A text of a version in another language, with its review; the newest of a place counts.

    `of` is filled where that was written for other English: readers meet none of it.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, choices=[("es", "Spanish")])
    place = models.CharField(max_length=300, help_text="For example positions[0].criteria.label.")
    text = models.TextField()
    of = models.TextField(
        blank=True, help_text="The English it was written for, where that changed since."
    )
    reviewed_by = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        triggers = [
            _refuse_once_published("translation_never_changes"),
            wants_event("translation_leaves_event", of="policyversion", by="version_id"),
        ]

    def __str__(self) -> str:
        return f"{self.place} ({self.language})"
