"""Who saw or changed which record, and when; never changed, and holding opaque ids only."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class AccessEntry(models.Model):
    """One look at a patient's record or one change to it.

    `clinic_id`, `patient_id` and `case_id` are plain values: the entry outlives what they named.
    """

    class What(models.TextChoices):
        OPENED = "opened", "Opened"
        CHANGED = "changed", "Changed"
        SEARCHED = "searched", "Found by search"
        LISTED = "listed", "Seen in a list"
        READ_FILE = "read_file", "Opened a file"
        PRINTED = "printed", "Printed"
        EXPORTED = "exported", "Exported"
        DELETED = "deleted", "Deleted"
        HELD = "held", "Put under legal hold, or released"

    clinic_id = models.UUIDField()
    patient_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    what = models.CharField(max_length=20, choices=What.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "access entries"
        default_permissions = ()
        indexes = [
            models.Index(fields=["clinic_id", "-id"], name="access_of_clinic"),
            models.Index(fields=["patient_id", "-id"], name="access_of_patient"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="access_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at}"
